"""Values that tell what started a run, and which range it is to report on."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.model.messages import Notice
from diff_insight.model.ranges import RangeRequest
from diff_insight.model.web_links import DEFAULT_SERVER, WebRepository


class PullRequest(Struct, frozen=True, kw_only=True):
    """A pull request as the event tells of it. Texts and names are data from strangers.

    Attributes:
        base_sha: Tip of the base branch when the event was made; not the merge base.
        head_repository: `OWNER/NAME` of the head, or empty when that repository is gone.
        is_fork: The head lies in another repository, so the token can only read.
    """

    number: int
    title: str
    body: str
    base_sha: str
    base_ref: str
    head_sha: str
    head_ref: str
    head_repository: str
    is_fork: bool
    draft: bool
    author: str
    labels: tuple[str, ...]


class FinishedRun(Struct, frozen=True, kw_only=True):
    """The workflow run that a `workflow_run` event tells of. Names are data from strangers.

    Attributes:
        event: What had started it.
        id: Its number in web addresses; 0 when it is not told.
        head_repository: `OWNER/NAME` of its commit; empty when that repository is gone.
        head_branch: Name without `refs/heads/`.
        pulls: Numbers of its pull requests; none for those of forks.
    """

    event: str = ""
    id: int = 0
    head_repository: str = ""
    head_branch: str = ""
    pulls: tuple[int, ...] = ()


class Event(Struct, frozen=True, kw_only=True):
    """What started the run. Fields that an event does not have are empty.

    Attributes:
        name: The event's name, as in `on:` of a workflow.
        repository: `OWNER/NAME` of the workflow.
        server: Web address of the server without a trailing slash.
        default_branch: Name without `refs/heads/`.
        ref: Full ref that the event is about; for a push the one that was pushed.
        sha: The commit that the workflow was read from or runs for.
        before: Commit of a pushed ref until now; zeros when there was none.
        after: Commit of a pushed ref from now on; zeros when it is gone.
        forced: The push rewrote history.
        base: Base that the payload names (merge group, repository_dispatch), or that of the pull
            request that a finished run was about.
        head: Head that the payload names (merge group, workflow_run, repository_dispatch).
        tag: Tag of a release.
        run: The run that has finished.
        pull_number: The pull request that reports are about, if there is one.
    """

    name: str
    repository: str
    action: str = ""
    server: str = DEFAULT_SERVER
    default_branch: str = ""
    ref: str = ""
    sha: str = ""
    pull_request: PullRequest | None = None
    before: str = ""
    after: str = ""
    forced: bool = False
    base: str = ""
    head: str = ""
    tag: str = ""
    run: FinishedRun | None = None
    pull_number: int | None = None

    @property
    def web(self) -> WebRepository:
        """The workflow's repository on the web; a workflow's server is always GitHub's."""
        return WebRepository(server=self.server, repository=self.repository)


class RangeInputs(Struct, frozen=True, kw_only=True):
    """What the workflow asks for itself; an empty text means that the event decides."""

    repository: str = ""
    base: str = ""
    head: str = ""
    since: str = ""
    comparison: str = "auto"


class WantedRange(Struct, frozen=True, kw_only=True):
    """The range that event and inputs ask for, still as names.

    Attributes:
        repository: `OWNER/NAME` to compare, on the event's server.
        request: What to compare.
        fallback: What to compare instead when `request` names a commit that cannot be had.
        fallback_notice: Said when the fallback is taken.
        notices: Said in any case.
        skip: There is nothing to compare, and why.
        trusted: Commit of the workflow's own repository that config, categories and templates
            are read from.
        proposed: What is compared is a proposal, which has no say in how it is reported.
        foreign: The compared repository is not the workflow's own.
        own_head: Head is the commit that this run is about, so annotations show on its lines.
        widen: A range without changes is no answer: go back to the last one that has some.
    """

    repository: str
    request: RangeRequest
    fallback: RangeRequest | None = None
    fallback_notice: Notice | None = None
    notices: tuple[Notice, ...] = ()
    skip: Notice | None = None
    trusted: str = ""
    proposed: bool = False
    foreign: bool = False
    own_head: bool = True
    widen: bool = False


class Beginning(Struct, frozen=True, kw_only=True):
    """Where a followed range begins, as it was looked up.

    Attributes:
        commit: The commit; empty when only a moment is known.
        moment: When it was made, or when the last run was; empty when nothing is known.
        first: Nothing was reported from here yet.
    """

    commit: str = ""
    moment: str = ""
    first: bool = False
