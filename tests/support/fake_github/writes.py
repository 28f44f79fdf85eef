"""Writes of the fake: git's own objects, refs, commits by GraphQL and pull requests."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from support.fake_github import releases
from support.fake_github.answers import NOT_FOUND, Answer
from support.fake_github.hosting import Hosted
from support.fake_github.rest import git_commit, ref_object
from support.fake_github.samples import component

_PEOPLE = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "github-actions[bot]"),
        ("EMAIL", "bot@users.noreply.github.com"),
        ("DATE", "2025-06-13T00:00:00+00:00"),
    )
}
#: GitHub moves a ref under a lock of its own; here one lock does for all.
_LOCK = threading.Lock()


def post(hosted: Hosted, api: str, rest: str, body: Mapping[str, Any]) -> Answer:
    """Answer a POST below `/repos/OWNER/NAME/`."""
    handlers = {
        "git/trees": _make_tree,
        "git/commits": _make_commit,
        "git/refs": _make_ref,
        "pulls": _make_pull,
    }
    handler = handlers.get(rest)
    return handler(hosted, f"{api}/repos/{hosted.slug}", body) if handler else NOT_FOUND


def patch(hosted: Hosted, api: str, rest: str, body: Mapping[str, Any]) -> Answer:
    """Answer a PATCH below `/repos/OWNER/NAME/`."""
    url = f"{api}/repos/{hosted.slug}"
    if match := re.fullmatch(r"git/refs/(.+)", rest):
        return _move_ref(hosted, url, match[1], body)
    if match := re.fullmatch(r"pulls/(\d+)", rest):
        return _change_pull(hosted, url, int(match[1]), body)
    if match := re.fullmatch(r"releases/(\d+)", rest):
        return releases.change(hosted, int(match[1]), body)
    return NOT_FOUND


def commit_on_branch(hosted: Hosted, given: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out `createCommitOnBranch` and return the answer's body."""
    branch = given["branch"]["branchName"]
    files = given["fileChanges"].get("additions") or []
    with _LOCK:
        tip = hosted.commit(f"refs/heads/{branch}")
        if not tip:
            return _error("NOT_FOUND", "Could not resolve to a Ref")
        if tip != given["expectedHeadOid"]:
            said = f"Expected branch to point to {given['expectedHeadOid']!r} but it did not."
            return _error("STALE_DATA", said)
        contents = [(each["path"], base64.b64decode(each["contents"])) for each in files]
        message = "\n\n".join(filter(None, given["message"].values()))
        made = _committed(hosted, _tree(hosted, tip, contents), message, [tip])
        hosted.git("update-ref", f"refs/heads/{branch}", made, tip)
    return {"data": {"createCommitOnBranch": {"commit": {"oid": made}}}}


def _make_tree(hosted: Hosted, url: str, body: Mapping[str, Any]) -> Answer:
    contents = [(each["path"], each["content"].encode()) for each in body["tree"]]
    made = _tree(hosted, body.get("base_tree", ""), contents)
    listed = [
        {"path": each["path"], "mode": "100644", "type": "blob", "sha": "0" * 40}
        for each in body["tree"]
    ]
    told = {"sha": made, "url": f"{url}/git/trees/{made}", "tree": listed, "truncated": False}
    return Answer(201, told)


def _make_commit(hosted: Hosted, url: str, body: Mapping[str, Any]) -> Answer:
    made = _committed(hosted, body["tree"], body["message"], body.get("parents", []))
    return Answer(201, git_commit(hosted, url, made))


def _make_ref(hosted: Hosted, url: str, body: Mapping[str, Any]) -> Answer:
    with _LOCK:
        if hosted.commit(body["ref"]):
            return _invalid("Reference already exists")
        hosted.git("update-ref", body["ref"], body["sha"])
    return Answer(201, ref_object(url, body["ref"].removeprefix("refs/"), body["sha"]))


def _move_ref(hosted: Hosted, url: str, ref: str, body: Mapping[str, Any]) -> Answer:
    if body.get("force"):
        hosted.forced += 1
    with _LOCK:
        tip = hosted.commit(f"refs/{ref}")
        if not tip:
            return _invalid("Reference does not exist")
        merge_base = hosted.git("merge-base", tip, body["sha"]).decode().strip()
        if merge_base != tip:
            return _invalid("Update is not a fast forward")
        hosted.git("update-ref", f"refs/{ref}", body["sha"], tip)
    return Answer(200, ref_object(url, ref, body["sha"]))


def _make_pull(hosted: Hosted, url: str, body: Mapping[str, Any]) -> Answer:
    if hosted.no_pulls:
        return Answer(403, {"message": hosted.no_pulls})
    with _LOCK:
        ends = {"head": body["head"], "base": body["base"]}
        if any(
            pull["state"] == "open" and all(pull[end]["ref"] == ends[end] for end in ends)
            for pull in hosted.opened
        ):
            return _invalid("Validation Failed: A pull request already exists")
        if not all(hosted.commit(f"refs/heads/{name}") for name in ends.values()):
            return _invalid("Validation Failed")
        number = len(hosted.opened) + 1
        made = component(
            "pull-request", number=number, state="open", title=body["title"], body=body["body"],
            html_url=f"https://127.0.0.1/{hosted.slug}/pull/{number}",
        )  # fmt: skip
        for end, name in ends.items():
            made[end] |= {"ref": name, "sha": hosted.commit(f"refs/heads/{name}")}
        hosted.opened.append(made)
    return Answer(201, made)


def _change_pull(hosted: Hosted, url: str, number: int, body: Mapping[str, Any]) -> Answer:
    made = next((pull for pull in hosted.opened if pull["number"] == number), None)
    if made is None:
        return NOT_FOUND
    made.update(body)
    return Answer(200, made)


def _tree(hosted: Hosted, base: str, files: Sequence[tuple[str, bytes]]) -> str:
    index = hosted.path / f"index-{threading.get_ident()}"
    index.unlink(missing_ok=True)
    environ = {"GIT_INDEX_FILE": str(index)}
    _git(hosted, "read-tree", base or "--empty", environ=environ)
    lines = []
    for path, content in files:
        blob = _git(hosted, "hash-object", "-w", "--stdin", stdin=content).decode().strip()
        lines.append(f"100644 {blob}\t{path}\0")
    _git(
        hosted, "update-index", "-z", "--index-info", stdin="".join(lines).encode(), environ=environ
    )
    made = _git(hosted, "write-tree", environ=environ).decode().strip()
    index.unlink(missing_ok=True)
    return made


def _committed(hosted: Hosted, tree: str, message: str, parents: Sequence[str]) -> str:
    options = [word for parent in parents for word in ("-p", parent)]
    told = _git(hosted, "commit-tree", tree, *options, stdin=message.encode(), environ=_PEOPLE)
    return told.decode().strip()


def _git(
    hosted: Hosted, *arguments: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None
) -> bytes:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-C", str(hosted.path), *arguments],
        input=stdin,
        check=True,
        capture_output=True,
        env={**os.environ, **quiet, **(environ or {})},
    )
    return done.stdout


def _invalid(message: str) -> Answer:
    told = {"message": message, "documentation_url": "https://docs.github.com", "errors": []}
    return Answer(422, told)


def _error(kind: str, message: str) -> dict[str, Any]:
    told = {"type": kind, "path": ["createCommitOnBranch"], "message": message}
    return {"data": {"createCommitOnBranch": None}, "errors": [told]}
