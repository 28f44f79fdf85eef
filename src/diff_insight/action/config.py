"""Reads the configuration from a place that the event's author could not write to.

On events of pull requests the checkout holds what a stranger proposes, so the file is read from the
base commit: from the checkout's objects when they have it, else from the server.
"""

from __future__ import annotations

from pathlib import Path

from diff_insight.errors import DiffInsightError
from diff_insight.model.messages import Notice
from diff_insight.settings.config_file import parse_config, read_config
from diff_insight.settings.settings import DEFAULT_CONFIG
from diff_insight.settings.template_file import ReadFile

_Found = tuple[dict[str, object], tuple[Notice, ...]]


def workspace_config(given: str, workspace: Path) -> dict[str, object]:
    """Return the configuration of a checkout that may be trusted."""
    return read_config(workspace / (given or DEFAULT_CONFIG), required=bool(given))


def trusted_config(given: str, commit: str, read: ReadFile) -> _Found:
    """Return the configuration at a commit, with what there is to say of it.

    Args:
        given: Path in the repository as the step names it; empty for the default.
        commit: The commit to read from.
        read: Gives a file of that commit.

    Raises:
        UsageError: The configuration is wrong.
    """
    path = given or DEFAULT_CONFIG
    told = Notice("config-untrusted", {"commit": commit[:7]})
    try:
        content = read(path)
    except DiffInsightError as error:
        params = {"commit": commit[:7], "why": error.what}
        return {}, (Notice("config-unavailable", params),)
    if content is None:
        return {}, (told,) if given else ()
    return parse_config(content.decode("utf-8", "replace"), f"{path} at {commit[:7]}"), (told,)
