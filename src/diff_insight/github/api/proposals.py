"""One pull request with reports: its branch, which begins at the base, and its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from diff_insight.github.api.client import ApiFailure, GitHubClient
from diff_insight.github.api.report_branch import GitHubBranch
from diff_insight.model.branches import BranchMovedError, BranchState, ReportPullRequest

_NOT_PERMITTED = "not permitted to create"


class ProposalBranch:
    """The branch of a pull request: as it is while one is open, else anew from the base.

    A branch that is left over is not thrown away: the next commit joins it with the base, so that
    nothing is ever overwritten.

    Args:
        branch: The branch.
        base: Gives the name of the branch that the pull request is for; it may have to ask.
        pulls: Tells whether one is open.
    """

    def __init__(self, branch: GitHubBranch, base: Callable[[], str], pulls: PullRequests) -> None:
        self.name = branch.name
        self._branch = branch
        self._base = base
        self._pulls = pulls

    def read(self) -> BranchState:
        """Return what the next commit goes on top of.

        Raises:
            ApiFailure: The base has no commit.
        """
        head = self._branch.tip(self.name)
        if head and self._pulls.find_open() is not None:
            return self._branch.read()
        name = self._base()
        base = self._branch.tip(name)
        if not base:
            raise ApiFailure(
                f"there is no branch {name!r} to open a pull request for",
                cause="the repository is empty, or the token may not read it",
                cure="make a first commit; give the job the permission contents: write",
            )
        return BranchState(
            head=head,
            files=self._branch.files(base),
            parents=(head, base) if head and head != base else (base,),
        )

    def content(self, state: BranchState, path: str) -> bytes | None:
        """Return a file of the branch as it was read; None when it has none of that name."""
        return self._branch.content(state, path)

    def commit(self, state: BranchState, files: Mapping[str, bytes], message: str) -> str:
        """Commit files on top of the branch as it was read, and return the commit.

        Raises:
            BranchMovedError: It is not as it was read, or no longer left over.
        """
        if state.head and state.parents and self._pulls.find_open() is not None:
            raise BranchMovedError(f"a pull request for {self.name!r} was opened meanwhile")
        return self._branch.commit(state, files, message)


class PullRequests:
    """The open pull request of a branch; there is never a second one.

    Args:
        client: Sends the requests; its token may write pull requests.
        repository: `OWNER/NAME`.
        branch: Name of its branch.
        base: Gives the name of the branch that it is for.
    """

    def __init__(
        self, client: GitHubClient, repository: str, branch: str, base: Callable[[], str]
    ) -> None:
        self._client = client
        self._place = f"/repos/{repository}/pulls"
        self._head = f"{repository.partition('/')[0]}:{branch}"
        self._branch = branch
        self._base = base

    def find_open(self) -> ReportPullRequest | None:
        """Return the one that is open, or None."""
        pulls = self._client.get(self._place, state="open", head=self._head, per_page=1)
        return _proposal(pulls[0]) if isinstance(pulls, list) and pulls else None

    def put(self, title: str, body: str) -> ReportPullRequest:
        """Open a pull request, or give the open one this text.

        Raises:
            ApiFailure: GitHub refused.
        """
        pull = self.find_open()
        if pull is None:
            text = {"title": title, "body": body, "head": self._branch}
            try:
                return _proposal(
                    self._client.send("POST", self._place, {**text, "base": self._base()})
                )
            except ApiFailure as error:
                # Another run may have been faster by a moment.
                pull = self.find_open() if error.status == 422 else None
                if pull is None:
                    raise _explain(error) from error
        if (pull.title, pull.body) != (title, body):
            changed = {"title": title, "body": body}
            try:
                self._client.send("PATCH", f"{self._place}/{pull.number}", changed)
            except ApiFailure as error:
                raise _explain(error) from error
        return pull


def _proposal(answer: object) -> ReportPullRequest:
    pull = answer if isinstance(answer, dict) else {}
    return ReportPullRequest(
        number=int(pull["number"]),
        url=str(pull["html_url"]),
        title=str(pull["title"]),
        body=str(pull["body"] or ""),
    )


def _explain(error: ApiFailure) -> ApiFailure:
    """Return a refusal with what has to be allowed for pull requests."""
    if error.status not in {403, 404}:
        return error
    cure = "give the job the permission pull-requests: write"
    if _NOT_PERMITTED in error.cause:
        cure = "allow it in the settings of the repository: Actions, General, Workflow permissions"
    return ApiFailure(error.what, status=error.status, cause=error.cause, cure=cure)
