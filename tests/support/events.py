"""Event files of tests/data/events and the environment that comes with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from diff_insight.github.events.payload import read_event
from diff_insight.model.events import Event

DATA = Path(__file__).parent.parent / "data" / "events"
#: The commit of GITHUB_SHA in these tests; no event file holds it.
SHA = "5a" * 20
FILES = tuple(sorted(path.stem for path in DATA.glob("*.json")))


def payload(name: str) -> dict[str, Any]:
    """Return an event file."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return found


def event_name(name: str) -> str:
    """Return the event of a file: the part of its name before the first dash."""
    return name.partition("-")[0]


def environ(event: str, **changes: str) -> dict[str, str]:
    """Return what the runner sets, for a workflow in octo-org/manual."""
    return {
        "GITHUB_EVENT_NAME": event,
        "GITHUB_REPOSITORY": "octo-org/manual",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REF": "refs/heads/trunk",
        "GITHUB_SHA": SHA,
    } | changes


def event(file: str, name: str = "", **changes: str) -> Event:
    """Return the event of a file, by its own or another name."""
    return read_event(environ(name or event_name(file), **changes), payload(file))
