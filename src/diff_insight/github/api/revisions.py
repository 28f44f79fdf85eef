"""Answers the questions of range resolution from the REST API, as far as it can."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from diff_insight.errors import DiffInsightError, EnvironmentFailure, UsageError
from diff_insight.github.api.client import ApiFailure, GitHubClient
from diff_insight.github.api.first_parents import first_parent_before
from diff_insight.github.api.previous_tags import tag_before
from diff_insight.model.ranges import is_full_id
from diff_insight.model.web_links import WebRepository

#: Commits of a page of a comparison.
PAGE = 100
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_UNKNOWN = frozenset({404, 409, 422})


class ApiRevisions:
    """Revisions of a repository on GitHub.

    Args:
        client: Sends the requests.
        repository: `OWNER/NAME`.
        server: Web address for links.
        fork: `OWNER/NAME` of the fork that holds the head; empty for none.
    """

    def __init__(self, client: GitHubClient, repository: str, server: str, fork: str = "") -> None:
        self._client = client
        self._repository = repository
        self._server = server
        self._fork = fork
        self._first_page: tuple[tuple[str, str], dict[str, object]] | None = None

    def commit(self, revision: str) -> str:
        """Return the commit id of a revision, or raise."""
        commit = self.find(revision)
        if commit is None:
            raise UsageError(
                f"unknown revision {revision!r}",
                cause=f"no branch, tag or commit of {self._repository} has that name",
                cure="check the name",
            )
        return commit

    def find(self, revision: str) -> str | None:
        """Return the commit id of a revision, or None."""
        if is_full_id(revision):
            return revision.lower()
        branch = revision.removeprefix("refs/remotes/").removeprefix("origin/")
        name = revision.removeprefix("refs/") if branch == revision else f"heads/{branch}"
        # As one part of the path: a '#' would end it, and another branch be read.
        ref = quote(name, safe="", errors="surrogateescape")
        path = f"/repos/{self._repository}/commits/{ref}"
        try:
            answer = self._client.get(path, per_page=1)
        except ApiFailure as error:
            if error.status in _UNKNOWN:
                return None
            raise
        return str(answer["sha"]) if isinstance(answer, dict) else None

    def comparison(
        self, base: str, head: str, *, per_page: int = 1, page: int = 1
    ) -> dict[str, object]:
        """Return the API's comparison from the merge base, with up to 300 files on the first page.

        Raises:
            ApiFailure: GitHub cannot compare the two.
        """
        heads = [head, f"{self._fork.partition('/')[0]}:{head}"] if self._fork else [head]
        for name in heads:
            path = f"/repos/{self._repository}/compare/{base}...{name}"
            try:
                answer = self._client.get(path, per_page=per_page, page=page)
            except ApiFailure as error:
                if error.status != 404 or name == heads[-1]:
                    raise
            else:
                return answer if isinstance(answer, dict) else {}
        return {}

    def commit_page(self, base: str, head: str, page: int = 1) -> dict[str, object]:
        """Return a page of the API's comparison, with a hundred commits and without files.

        The first page is kept: it has the merge base and the commits, which are asked for one after
        the other, and a workflow may ask a thousand times an hour.

        Raises:
            ApiFailure: GitHub cannot compare the two.
        """
        if page == 1 and self._first_page and self._first_page[0] == (base, head):
            return self._first_page[1]
        answer = self.comparison(base, head, per_page=PAGE, page=page)
        answer = {name: value for name, value in answer.items() if name != "files"}
        if page == 1:
            self._first_page = (base, head), answer
        return answer

    def merge_base(self, base: str, head: str) -> str:
        """Return the merge base of two commits, or raise."""
        base_commit = self.commit_page(base, head).get("merge_base_commit")
        if not isinstance(base_commit, dict):
            raise EnvironmentFailure("GitHub's comparison names no merge base")
        return str(base_commit["sha"])

    def find_merge_base(self, base: str, head: str) -> str | None:
        """Return the merge base of two commits, or None."""
        try:
            return None if base == _EMPTY_TREE else self.merge_base(base, head)
        except DiffInsightError:
            return None

    def default_branch(self) -> str | None:
        """Nothing: events name the default branch, and HEAD can be asked for by name."""
        return None

    def branch(self, revision: str) -> str | None:
        """Nothing: the API does not tell what kind of name it is."""
        return None

    def parent(self, commit: str) -> str | None:
        """Return the first parent of a commit, None when it has none."""
        answer = self._client.get(f"/repos/{self._repository}/git/commits/{commit}")
        parents = answer["parents"] if isinstance(answer, dict) else []
        return str(parents[0]["sha"]) if parents else None

    def before(self, head: str, moment: datetime) -> str | None:
        """Return the newest commit of head's first-parent history at or before a moment.

        Raises:
            EnvironmentFailure: It lies further back than can be asked for one by one.
        """
        return first_parent_before(self._client, self._repository, head, moment)

    def previous_tag(self, head: str) -> str | None:
        """Return the commit of the tag before head's own, an ancestor or the version before it.

        Raises:
            EnvironmentFailure: It lies further back than lists are read.
        """
        return tag_before(self._client, self._repository, head, lambda tag: self._apart(tag, head))

    def _apart(self, base: str, head: str) -> int | None:
        """Count the commits of head that base does not have; None without a common history."""
        try:
            return int(str(self.comparison(base, head)["ahead_by"]))
        except ApiFailure as error:
            if error.status in _UNKNOWN:
                return None
            raise

    def empty_tree(self) -> str:
        """Return the id of the empty tree."""
        return _EMPTY_TREE

    def web_address(self) -> WebRepository:
        """Return where the repository is on the web."""
        return WebRepository(server=self._server, repository=self._repository)
