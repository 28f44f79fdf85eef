"""A branch on GitHub that takes report files: read whole, committed to only as it was read.

One GraphQL request commits on top of an expected tip, and GitHub signs it. A branch that is not
there yet, and commits too large for one request, are written as git's own objects.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import quote

from diff_insight.github.api.client import ApiFailure, GitHubClient
from diff_insight.github.api.git_data import GitData
from diff_insight.github.api.trees import files_of
from diff_insight.model.branches import BranchMovedError, BranchState

#: Bytes of file contents that one GraphQL request takes; base64 makes them a third larger.
REQUEST_BYTES = 20_000_000
_MUTATION = """mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}"""
_MISSING = frozenset({404, 409})


class GitHubBranch:
    """One branch of one repository.

    Args:
        client: Sends the requests; its token may write contents.
        repository: `OWNER/NAME`.
        name: The branch, without `refs/heads/`.
        request_bytes: Bytes of file contents in one request.
    """

    def __init__(
        self,
        client: GitHubClient,
        repository: str,
        name: str,
        request_bytes: int = REQUEST_BYTES,
    ) -> None:
        self._client = client
        self._repository = repository
        self.name = name
        self._request_bytes = request_bytes
        self._objects = GitData(client, repository, request_bytes)

    def read(self) -> BranchState:
        """Return the tip and the files of the branch; nothing when it is not there."""
        head = self.tip(self.name)
        if not head:
            return BranchState()
        return BranchState(head=head, files=self.files(head))

    def files(self, commit: str) -> dict[str, str]:
        """Return the object ids of the files of a commit, by path."""
        return files_of(self._client, self._repository, commit)

    def tip(self, branch: str) -> str:
        """Return the commit at the tip of a branch; empty when it is not there."""
        try:
            answer = self._client.get(f"/repos/{self._repository}/git/ref/heads/{quote(branch)}")
        except ApiFailure as error:
            if error.status in _MISSING:  # 409: the repository has no commit yet
                return ""
            raise
        return str(answer["object"]["sha"]) if isinstance(answer, dict) else ""

    def content(self, state: BranchState, path: str) -> bytes | None:
        """Return a file of the branch as it was read; None when it has none of that name."""
        if path not in state.files:
            return None
        blob = self._client.get(f"/repos/{self._repository}/git/blobs/{state.files[path]}")
        return base64.b64decode(str(blob["content"])) if isinstance(blob, dict) else None

    def commit(self, state: BranchState, files: Mapping[str, bytes], message: str) -> str:
        """Commit files on top of the branch as it was read, and return the commit.

        Raises:
            BranchMovedError: The branch is not as it was read any more; nothing was changed.
            ApiFailure: GitHub refused.
        """
        small = sum(map(len, files.values())) <= self._request_bytes
        if state.head and not state.parents and small:
            try:
                return self._on_top(state.head, files, message)
            except ApiFailure as error:
                if error.status != 404:
                    raise
        parents = state.parents or ((state.head,) if state.head else ())
        made = self._objects.commit(files, message, parents)
        if state.head:
            self._objects.advance(self.name, made)
        else:
            self._objects.create(self.name, made)
        return made

    def _on_top(self, head: str, files: Mapping[str, bytes], message: str) -> str:
        """Commit in one request that names the tip it expects."""
        headline, _, body = message.partition("\n\n")
        additions = [
            {"path": path, "contents": base64.b64encode(content).decode()}
            for path, content in files.items()
        ]
        input_ = {
            "branch": {"repositoryNameWithOwner": self._repository, "branchName": self.name},
            "expectedHeadOid": head,
            "message": {"headline": headline, "body": body},
            "fileChanges": {"additions": additions},
        }
        answer = self._client.graphql(_MUTATION, {"input": input_})
        errors = answer.get("errors")
        if isinstance(errors, list) and errors:
            raise self._refusal(errors[0])
        data = answer.get("data")
        made = data.get("createCommitOnBranch") if isinstance(data, dict) else None
        if not isinstance(made, dict) or not isinstance(made.get("commit"), dict):
            raise ApiFailure(f"GitHub did not say what it committed to {self.name!r}", status=502)
        return str(made["commit"]["oid"])

    def _refusal(self, error: Mapping[str, object]) -> ApiFailure | BranchMovedError:
        """Return what an error of the GraphQL API means."""
        kind, said = str(error.get("type", "")), str(error.get("message", ""))
        if kind == "STALE_DATA" or "expected branch to point to" in said.lower():
            return BranchMovedError(f"the branch {self.name!r} has moved meanwhile", cause=said)
        cure = "see the rules of the branch, and the documentation of createCommitOnBranch"
        status = 422
        if kind in {"FORBIDDEN", "INSUFFICIENT_SCOPES"} or "not accessible" in said.lower():
            cure, status = "give the job the permission contents: write", 403
        return ApiFailure(
            f"GitHub refused a commit to {self.name!r}", status=status, cause=said, cure=cure
        )
