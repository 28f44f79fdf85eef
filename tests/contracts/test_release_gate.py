"""A version is published of a commit of main that ci has passed, and of no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

WORKFLOWS = Path(__file__).parents[2] / ".github" / "workflows"


def jobs(name: str) -> dict[str, Any]:
    text = (WORKFLOWS / f"{name}.yml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)["jobs"]  # noqa: S506 - own files
    return loaded


def needed(name: str, every: dict[str, Any]) -> set[str]:
    """Return the jobs that have to be done before one of them, near and far."""
    near = every[name].get("needs", [])
    near = [near] if isinstance(near, str) else near
    return {*near, *(far for each in near for far in needed(each, every))}


def test_whoever_may_write_something_waits_for_the_gate() -> None:
    release = jobs("release")
    writers = [
        name for name, job in release.items() if "write" in job.get("permissions", {}).values()
    ]
    assert writers
    for name in writers:
        assert {"gate", "ci"} <= needed(name, release)


def test_the_gate_asks_for_the_check_that_ci_has() -> None:
    gate = jobs("release")["gate"]
    commands = "\n".join(step.get("run", "") for step in gate["steps"])
    assert f'.name == "{jobs("ci")["all-green"]["name"]}"' in commands
    assert 'merge-base --is-ancestor "$GITHUB_SHA" origin/main' in commands
    assert gate["environment"]
    assert "write" not in gate["permissions"].values()
