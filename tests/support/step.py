"""Starts the action the way the runner does: inputs, event file, file commands, a workspace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ENTRYPOINT = Path(__file__).parents[2] / "entrypoint.py"
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
) -> Step:
    """Run `entrypoint.py` as one step of a job.

    Args:
        folder: Where the runner's files go.
        event: Name of the event.
        payload: What GitHub sent.
        inputs: Values under `with:`.
        environ: More of the runner's variables.
        workspace: The checkout; an empty folder by default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = workspace or folder / "workspace"
    place.mkdir(exist_ok=True)
    files = {name: folder / name for name in ("event.json", "output", "summary")}
    files["event.json"].write_text(json.dumps(payload), "utf-8")
    for name in ("output", "summary"):
        files[name].touch()
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(files["event.json"]),
        "GITHUB_OUTPUT": str(files["output"]),
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "GITHUB_WORKSPACE": str(place),
        **{f"INPUT_{name.upper()}": value for name, value in {**DEFAULTS, **inputs}.items()},
        **environ,
        # The coverage of the step counts too.
        **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
    }
    done = subprocess.run(
        [sys.executable, str(ENTRYPOINT)],
        env=variables,
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
    )
    return Step(
        code=done.returncode,
        log=done.stdout.decode("utf-8", "replace"),
        summary=files["summary"].read_text("utf-8"),
        outputs=_outputs(files["output"].read_text("utf-8")),
        workspace=place,
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
