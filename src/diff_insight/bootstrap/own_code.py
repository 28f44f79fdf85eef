"""Which checkout is the reader's own: uses of what changes elsewhere are looked up in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.kept_folder import is_believed
from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.git.own_checkout import OwnCheckout
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.web_links import DEFAULT_SERVER
from diff_insight.ports import Progress
from diff_insight.runtime.sealed_folder import SealedFolder
from diff_insight.settings.settings import IMPACT_AUTO, IMPACT_OFF, Settings

if TYPE_CHECKING:
    from diff_insight.impact.step_impact import Dependencies
    from diff_insight.sources.kept_ranges import KeptRanges


class ImpactPorts(Struct, frozen=True):
    """Where impact is looked up: of the range itself, and of dependencies that it moves."""

    own_code: OwnCheckout | None = None
    dependencies: Dependencies | None = None


def command_impact(
    repo: str | None,
    settings: Settings,
    environment: Mapping[str, str] | None,
    progress: Progress,
) -> ImpactPorts:
    """Return where a command looks impact up.

    Args:
        repo: The repository that is compared, as typed; None for the checkout at hand.
        settings: A folder that is named there counts in any case.
        environment: The environment of git.
        progress: Hears what cannot be kept.

    Raises:
        UsageError: The named folder is no checkout.
    """
    environ = os.environ if environment is None else environment
    if settings.impact == IMPACT_OFF:
        return ImpactPorts()
    compared = OwnCheckout(Git(Path(repo or "."), environ)) if _is_here(repo) else None
    if settings.impact != IMPACT_AUTO:
        own = _checkout_at(settings.impact, environ)
        if compared is not None and compared.top == own.top:
            server = environ.get("GITHUB_SERVER_URL") or DEFAULT_SERVER
            world = _StepPlace(settings=settings, environ=environ, server=server)
            return ImpactPorts(dependencies=_dependencies(own, world, progress))
        return ImpactPorts(own)
    # Who compares two folders of this machine stands somewhere, but need not read about the one here.
    if repo is None or compared is not None:
        return ImpactPorts()
    here = OwnCheckout(Git(Path(), environ))
    return ImpactPorts(here if here.top is not None and not _is_of(here, repo) else None)


def is_foreign(repo: str | None, environment: Mapping[str, str] | None) -> bool:
    """Tell whether a command compares a repository on a server that is not the one at hand."""
    if repo is None or _is_here(repo):
        return False
    here = OwnCheckout(Git(Path(), os.environ if environment is None else environment))
    return not _is_of(here, repo)


def _is_of(checkout: OwnCheckout, repo: str) -> bool:
    """Tell whether a checkout is one of a repository that is named by its address."""
    web = checkout.web if checkout.top is not None else None
    return web is not None and repo.lower().removesuffix(".git").endswith(web.repository.lower())


def _is_here(repo: str | None) -> bool:
    return repo is None or Path(repo).exists()


def action_impact(
    event: Event,
    wanted: WantedRange,
    settings: Settings,
    inputs: StepInputs,
    environ: Mapping[str, str],
    progress: Progress,
) -> ImpactPorts:
    """Return where a step looks impact up.

    Reports are published in the workflow's repository, so the code of another one is looked at only
    when the step says that it may be shown.

    Args:
        event: Names the workflow's repository.
        wanted: The range.
        settings: A folder of the workspace that is named there, or how it is chosen.
        inputs: Whether the step lets code of another repository be shown, and the token that reads the
            repositories of dependencies that the configuration names.
        environ: The environment of the step.
        progress: Hears why nothing is looked up, and what cannot be kept.

    Raises:
        UsageError: The named folder is no checkout.
    """
    top = Path(environ.get("GITHUB_WORKSPACE") or ".")
    is_named = settings.impact not in (IMPACT_AUTO, IMPACT_OFF)
    own = (
        _checkout_at(settings.impact, environ, top) if is_named else OwnCheckout(Git(top, environ))
    )
    is_proposal = event.pull_request is not None and not wanted.foreign
    wished = is_named or wanted.foreign or is_proposal
    if settings.impact == IMPACT_OFF or not wished or not (is_named or (top / ".git").exists()):
        return ImpactPorts()
    web = own.web
    is_own = (
        web is not None
        and web.repository.lower() == event.repository.lower()
        and web.server.lower() == event.server.lower()
    )
    if not is_own and not inputs.allow_private_source:
        progress.notice(Notice("impact-foreign", {"repository": event.repository}))
        return ImpactPorts()
    if wanted.foreign or not is_own:
        return ImpactPorts(own)
    world = _StepPlace(
        settings=settings, environ=environ, server=event.server,
        token=inputs.source_token_for(foreign=True), secret=inputs.cache_secret or inputs.api_key,
    )  # fmt: skip
    return ImpactPorts(dependencies=_dependencies(own, world, progress))


@dataclass(frozen=True, slots=True, kw_only=True)
class _StepPlace:
    """What steps of dependencies are read with, as a run has it; see `StepWorld`."""

    settings: Settings
    environ: Mapping[str, str]
    server: str
    token: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


def _dependencies(own: OwnCheckout, step: _StepPlace, progress: Progress) -> Dependencies:
    # Loaded late: most runs move no dependency whose repository is known.
    from diff_insight.bootstrap.engine import workers  # noqa: PLC0415
    from diff_insight.bootstrap.upstream_reader import StepWorld, UpstreamReader  # noqa: PLC0415
    from diff_insight.impact.step_impact import Dependencies  # noqa: PLC0415

    world = StepWorld(
        settings=step.settings, workers=workers(), environ=step.environ, server=step.server,
        token=step.token,
        open_kept=lambda: _kept_ranges(step.settings.cache_dir, step.secret, progress),
    )  # fmt: skip
    return Dependencies(own, UpstreamReader(world))


def _kept_ranges(folder: str, secret: str, progress: Progress) -> KeptRanges | None:
    """Return where ranges of dependencies are kept; None for nowhere."""
    what, needed = "versions of dependencies", "cache-secret"
    if not folder or not is_believed(folder, secret, progress, what=what, needed=needed):
        return None
    from diff_insight.bootstrap.engine_digest import engine_digest  # noqa: PLC0415 - reads every module
    from diff_insight.sources.kept_ranges import ROOM, KeptRanges  # noqa: PLC0415

    sealed = SealedFolder(Path(folder), "kept ranges", secret, suffix=".range", room=ROOM)
    return KeptRanges(sealed, engine_digest(), SystemClock().now)


def _checkout_at(folder: str, environ: Mapping[str, str], top: Path = Path()) -> OwnCheckout:
    own = OwnCheckout(Git(top / folder, environ), is_named=True)
    if not (top / folder).is_dir() or own.top is None:
        raise UsageError(
            f"impact: {folder!r} is no git checkout",
            cause="uses are looked up in what git tracks",
            cure=f"name the folder of a checkout, or write {IMPACT_AUTO} or {IMPACT_OFF}",
        )
    return own
