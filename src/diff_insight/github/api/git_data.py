"""Writes commits through the REST endpoints for git's own objects, and moves refs forward only.

Files go into trees a batch at a time; a ref moves once, when the whole commit is there. So a
commit of any size is seen whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from diff_insight.github.api.client import ApiFailure, GitHubClient
from diff_insight.model.branches import BranchMovedError

#: Bytes and files of one request.
BATCH_BYTES = 10_000_000
_BATCH_FILES = 500
_REFUSED = frozenset({409, 422})


class GitData:
    """Trees, commits and refs of one repository.

    Args:
        client: Sends the requests.
        repository: `OWNER/NAME`.
        batch: Bytes of file contents in one request.
    """

    def __init__(self, client: GitHubClient, repository: str, batch: int = BATCH_BYTES) -> None:
        self._client = client
        self._place = f"/repos/{repository}/git"
        self._batch = batch

    def commit(self, files: Mapping[str, bytes], message: str, parents: Sequence[str]) -> str:
        """Write a commit on top of the last of its parents; without parents it is a first one."""
        tree = ""
        if parents:
            tree = _sha(_member(self._client.get(f"{self._place}/commits/{parents[-1]}"), "tree"))
        for batch in _batches(files, self._batch):
            entries = [
                {"path": path, "mode": "100644", "type": "blob", "content": content.decode()}
                for path, content in batch.items()
            ]
            base: dict[str, object] = {"base_tree": tree} if tree else {}
            tree = _sha(
                self._client.send("POST", f"{self._place}/trees", {**base, "tree": entries})
            )
        # No author is named: GitHub signs what a bot's token commits only then.
        made = {"message": message, "tree": tree, "parents": list(parents)}
        return _sha(self._client.send("POST", f"{self._place}/commits", made))

    def create(self, branch: str, commit: str) -> None:
        """Create a branch at a commit.

        Raises:
            BranchMovedError: It is there already.
        """
        body = {"ref": f"refs/heads/{branch}", "sha": commit}
        try:
            self._client.send("POST", f"{self._place}/refs", body)
        except ApiFailure as error:
            raise explain_refusal(error, branch, "already exists") from error

    def advance(self, branch: str, commit: str) -> None:
        """Move a branch to a descendant of its tip.

        Raises:
            BranchMovedError: Its tip is no ancestor of the commit any more.
        """
        body = {"sha": commit, "force": False}
        try:
            self._client.send("PATCH", f"{self._place}/refs/heads/{quote(branch)}", body)
        except ApiFailure as error:
            raise explain_refusal(error, branch, "fast forward") from error


def explain_refusal(error: ApiFailure, branch: str, words: str) -> ApiFailure | BranchMovedError:
    """Return what a refusal means: that the branch has moved, or the failure that it is."""
    if error.status in _REFUSED and words in error.cause.lower():
        return BranchMovedError(f"the branch {branch!r} has moved meanwhile", cause=error.cause)
    return error


def _batches(files: Mapping[str, bytes], limit: int) -> Iterator[dict[str, bytes]]:
    batch: dict[str, bytes] = {}
    size = 0
    for path, content in files.items():
        if batch and (size + len(content) > limit or len(batch) == _BATCH_FILES):
            yield batch
            batch, size = {}, 0
        batch[path] = content
        size += len(content)
    if batch:
        yield batch


def _sha(answer: object) -> str:
    return str(_member(answer, "sha"))


def _member(answer: object, name: str) -> object:
    return answer[name] if isinstance(answer, dict) else None
