"""Finds and reads the configuration of the command, and tells how its templates are read."""

from __future__ import annotations

from pathlib import Path

from diff_insight.settings.config_file import read_config
from diff_insight.settings.settings import DEFAULT_CONFIG
from diff_insight.settings.template_file import ReadFile, read_below, read_typed


def read_configuration(
    named: str | None, template: str | None
) -> tuple[dict[str, object], ReadFile]:
    """Return the settings of the configuration file, and how to read a template.

    Args:
        named: The file that the user named; None for the default one of the checkout around here.
        template: The template that the user named, if any.

    Raises:
        UsageError: The file is not there although it is named, or says something wrong.
    """
    # The default file is that of the checkout one stands in, never that of a compared --repo.
    top = _checkout(Path.cwd() if named is None else Path(named).absolute().parent)
    path = Path(DEFAULT_CONFIG if named is None else named)
    config = read_config(path, required=named is not None, root=top)
    # What a checkout's configuration names stands in that checkout, wherever one is in it.
    return config, read_below(top) if template is None else read_typed


def _checkout(folder: Path) -> Path:
    """Return the top of the checkout around a place, or the place itself."""
    return next((top for top in (folder, *folder.parents) if (top / ".git").exists()), folder)
