"""Starts the action the way the runner does: inputs, event file, file commands, a workspace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from support import in_process
from support.repos import TestRepo

ENTRYPOINT = Path(__file__).parents[2] / "entrypoint.py"
#: Folders that the runner makes for every step, and mounts into containers.
FOLDERS = ("home", "workflow", "file_commands", "runner_temp")
#: Starts the action with variables in a workspace and waits for its end.
Launch = Callable[[Mapping[str, str], Path], subprocess.CompletedProcess[bytes]]
#: Defaults of action.yml that the runner fills in.
DEFAULTS = {"publish": "summary", "fail-on": "never", "dry-run": "false"}


@dataclass(frozen=True, slots=True)
class Step:
    """A finished step.

    Attributes:
        code: Exit code.
        log: Standard output and error together, as the runner reads them.
        summary: What was written to the step's summary.
        outputs: What was written as outputs, by name.
        workspace: The workspace.
    """

    code: int
    log: str
    summary: str
    outputs: Mapping[str, str]
    workspace: Path


def run_step(
    folder: Path,
    *,
    event: str,
    payload: Mapping[str, object],
    inputs: Mapping[str, str],
    environ: Mapping[str, str],
    workspace: Path | None = None,
    launch: Launch | None = None,
) -> Step:
    """Run the action as one step of a job.

    Args:
        folder: Where the runner's files go, in folders as the runner has them.
        event: Name of the event.
        payload: What GitHub sent.
        inputs: Values under `with:`.
        environ: More of the runner's variables.
        workspace: The checkout; an empty folder by default.
        launch: Starts the action; inside the test's own process by default, which costs no start.
    """
    place = workspace or folder / "workspace"
    for made in (place, *(folder / name for name in FOLDERS)):
        made.mkdir(parents=True, exist_ok=True)
    told = folder / "workflow/event.json"
    told.write_text(json.dumps(payload), "utf-8")
    files = {name: folder / "file_commands" / name for name in ("output", "summary")}
    for file in files.values():
        file.touch()
    variables = {
        "HOME": str(folder / "home"),
        "RUNNER_TEMP": str(folder / "runner_temp"),
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(told),
        "GITHUB_OUTPUT": str(files["output"]),
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "GITHUB_WORKSPACE": str(place),
        "GITHUB_SHA": _checked_out(place),
        **{f"INPUT_{name.upper()}": value for name, value in {**DEFAULTS, **inputs}.items()},
        **environ,
    }
    done = (launch or in_process.launch)(variables, place)
    return Step(
        code=done.returncode,
        log=done.stdout.decode("utf-8", "replace"),
        summary=files["summary"].read_text("utf-8"),
        outputs=_outputs(files["output"].read_text("utf-8")),
        workspace=place,
    )


def _checked_out(workspace: Path) -> str:
    """Return the commit of a checkout, as the runner gives it; any other where there is none.

    A workspace with a configuration is made the checkout of a commit that has it.
    """
    if not (workspace / ".git").exists() and (workspace / ".github").exists():
        TestRepo(workspace).commit("the workspace")
    done = subprocess.run(
        ["git", "-C", str(workspace), "rev-parse", "--verify", "-q", "HEAD"],
        capture_output=True, check=False,
    )  # fmt: skip
    return done.stdout.decode().strip() or "5a" * 20


def process(
    variables: Mapping[str, str], workspace: Path, *, seconds: float = 120
) -> subprocess.CompletedProcess[bytes]:
    """Run `entrypoint.py` as a process of this machine, for so many seconds at most: what only a process shows."""
    return subprocess.run(
        [sys.executable, str(ENTRYPOINT)],
        env={"PATH": os.environ["PATH"], **variables},
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=seconds,
    )


def _outputs(text: str) -> dict[str, str]:
    """Read `name<<DELIMITER` blocks as the runner does."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, delimiter = line.split("<<", 1)
        value: list[str] = []
        for inner in lines:
            if inner == delimiter:
                break
            value.append(inner)
        found[name] = "\n".join(value)
    return found
