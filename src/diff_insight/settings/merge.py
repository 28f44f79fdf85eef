"""Makes the `Settings` value from checked settings by name, whoever gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from diff_insight.settings.settings import Settings

#: Settings whose field has another name.
_FIELDS = {"format": "formats"}


def merge_layers(*layers: Mapping[str, object]) -> Settings:
    """Return the defaults with every layer laid over them, the last one on top."""
    chosen = {name: value for layer in layers for name, value in layer.items()}
    fields: dict[str, Any] = {
        _FIELDS.get(name, name.replace("-", "_")): value for name, value in chosen.items()
    }
    return replace(Settings(), **fields)
