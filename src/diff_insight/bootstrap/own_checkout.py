"""Which checkout is the reader's own, in which uses of what changes elsewhere are looked up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.git.own_code import OwnCheckout
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.settings.settings import IMPACT_AUTO, IMPACT_OFF, Settings


def command_own_code(
    repo: str | None, settings: Settings, environment: Mapping[str, str] | None
) -> OwnCheckout | None:
    """Return the code in which a command looks uses up; None for nowhere.

    Args:
        repo: The repository that is compared, as typed; None for the checkout at hand.
        settings: A folder that is named there counts in any case.
        environment: The environment of git.

    Raises:
        UsageError: The named folder is no checkout.
    """
    environ = os.environ if environment is None else environment
    if settings.impact == IMPACT_OFF:
        return None
    if settings.impact != IMPACT_AUTO:
        return _named_checkout(settings.impact, environ)
    if repo is None:
        return None
    # Who compares two folders of this machine stands somewhere, but need not read about the one here.
    if Path(repo).exists():
        return None
    here = OwnCheckout(Git(Path(), environ))
    web = here.web
    is_same = web is not None and repo.lower().removesuffix(".git").endswith(web.repository.lower())
    return here if here.top is not None and not is_same else None


def action_own_code(
    event: Event,
    wanted: WantedRange,
    settings: Settings,
    environ: Mapping[str, str],
    tell: Callable[[Notice], None],
    *,
    is_allowed: bool,
) -> OwnCheckout | None:
    """Return the code in which a step looks uses up; None for nowhere.

    Reports are published in the workflow's repository, so the code of another one is looked at only
    when the step says that it may be shown.

    Args:
        event: Names the workflow's repository.
        wanted: The range.
        settings: A folder of the workspace that is named there, or how it is chosen.
        environ: The environment of the step.
        tell: Hears why nothing is looked up.
        is_allowed: Whether the step lets code of another repository be shown.

    Raises:
        UsageError: The named folder is no checkout.
    """
    if settings.impact == IMPACT_OFF:
        return None
    top = Path(environ.get("GITHUB_WORKSPACE") or ".")
    if settings.impact != IMPACT_AUTO:
        own = _named_checkout(settings.impact, environ, top)
    elif wanted.foreign and (top / ".git").exists():
        own = OwnCheckout(Git(top, environ))
    else:
        return None
    web = own.web
    is_own = (
        web is not None
        and web.repository.lower() == event.repository.lower()
        and web.server.lower() == event.server.lower()
    )
    if is_own or is_allowed:
        return own
    tell(Notice("impact-foreign", {"repository": event.repository}))
    return None


def _named_checkout(folder: str, environ: Mapping[str, str], top: Path = Path()) -> OwnCheckout:
    own = OwnCheckout(Git(top / folder, environ))
    if not (top / folder).is_dir() or own.top is None:
        raise UsageError(
            f"impact: {folder!r} is no git checkout",
            cause="uses are looked up in what git tracks",
            cure=f"name the folder of a checkout, or write {IMPACT_AUTO} or {IMPACT_OFF}",
        )
    return own
