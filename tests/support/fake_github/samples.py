"""The least that GitHub's description takes for an object: every required member, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from support.fake_github.contract import resolved

_TEXTS = {"uri": "https://127.0.0.1/x", "date-time": "2025-06-13T00:00:00Z", "email": "a@b.example"}


def sample(schema: Mapping[str, Any], /, **known: Any) -> Any:
    """Return a value of a schema, with known members instead of invented ones."""
    found = resolved(schema)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in found:
            options = [resolved(option) for option in found[several]]
            if any(option.get("type") == "null" for option in options):
                return None
            return sample(options[0], **known)
    if "enum" in found:
        return found["enum"][0]
    kind = found.get("type", "object")
    if kind == "object":
        members = found.get("properties", {})
        made = {name: sample(members[name]) for name in found.get("required", ())}
        return {**made, **known}
    text = _TEXTS.get(found.get("format", ""), "x")
    return {"string": text, "integer": 1, "number": 1, "boolean": False, "array": []}[kind]


def component(name: str, /, **known: Any) -> dict[str, Any]:
    """Return an object of the description by its name."""
    made: dict[str, Any] = sample({"$ref": f"#/components/schemas/{name}"}, **known)
    return made
