"""Reads the configuration from a commit of the workflow's own repository, whatever stands in the workspace.

On events of pull requests the checkout holds what a stranger proposes, and on a schedule it may be
that of a compared repository, or hold what an earlier step has written there.
"""

from __future__ import annotations

from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.git.committed import NotRegularError
from diff_insight.model.messages import Notice
from diff_insight.settings.config_file import parse_config
from diff_insight.settings.settings import DEFAULT_CONFIG
from diff_insight.settings.template_file import ReadFile

_Config = tuple[dict[str, object], tuple[Notice, ...]]


def committed_config(path: str, commit: str, read: ReadFile, *, proposed: bool) -> _Config:
    """Return the configuration at a commit, with what there is to say of it.

    Args:
        path: Path in the repository as the step names it; empty for the default.
        commit: The commit to read from.
        read: Gives a file of that commit.
        proposed: Whether the run is about a proposal, whose own configuration has no say.

    Raises:
        UsageError: The configuration is wrong, a link, or named and not there.
    """
    location = path or DEFAULT_CONFIG
    source = Notice("config-untrusted", {"commit": commit[:7]})
    try:
        content = read(location)
    except NotRegularError:
        raise
    except DiffInsightError as error:
        params = {"commit": commit[:7], "why": error.what}
        return {}, (Notice("config-unavailable", params),)
    if content is None:
        if path and not proposed:
            raise UsageError(
                f"there is no config file {path!r} in commit {commit[:7]}",
                cause="configuration is read from the commit that the workflow is from",
                cure="commit the file, or name one that is there",
            )
        return {}, (source,) if path else ()
    name = f"{location} at {commit[:7]}" if proposed else location
    config = parse_config(content.decode("utf-8", "replace"), name)
    return config, (source,) if proposed else ()
