"""REST answers computed by git from a bare repository, with GitHub's limits."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from support.fake_github import releases
from support.fake_github.answers import NOT_FOUND, Answer
from support.fake_github.hosting import Hosted
from support.fake_github.samples import component

MOST_COMPARED = 300
MOST_PULL_FILES = 3000
_ACTIONS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "T": "changed"}
_SUBMODULE = "160000"
_SECTIONS = re.compile(rb"^diff --git ", re.MULTILINE)


def answer(hosted: Hosted, api: str, rest: str, query: Mapping[str, str]) -> Answer:
    """Answer a GET below `/repos/OWNER/NAME/`."""
    handlers = {
        r"compare/(.+)": _compare,
        r"pulls/(\d+)/files": _pull_files,
        r"git/trees/(.+)": _tree,
        r"git/blobs/(.+)": _blob,
        r"git/commits/(.+)": _git_commit,
        r"commits/(.+)": _commit,
        r"commits()": _commits,
        r"git/ref/(.+)": _ref,
        r"pulls()": _pulls,
        r"tags()": _tags,
        r"actions/workflows/([^/]+)/runs": _runs,
        r"releases/tags/(.+)": releases.of_tag,
        r"releases/(\d+)": releases.of_number,
        r"releases()": releases.listed,
    }
    if not rest:
        return _repository(hosted, api)
    for pattern, handler in handlers.items():
        if match := re.fullmatch(pattern, rest):
            return handler(hosted, f"{api}/repos/{hosted.slug}", match[1], query)
    return NOT_FOUND


def _compare(hosted: Hosted, url: str, basehead: str, query: Mapping[str, str]) -> Answer:
    base, dots, head = basehead.partition("...")
    first, second = hosted.commit(base), hosted.commit(head)
    merge_base = hosted.git("merge-base", first, second).decode().strip() if dots else ""
    if not (first and second and merge_base):
        return NOT_FOUND
    ahead = _count(hosted, first, second)
    behind = _count(hosted, second, first)
    commits = hosted.git("rev-list", "--reverse", f"{first}..{second}").decode().split()
    size = int(query.get("per_page", "250"))
    page = int(query.get("page", "1"))
    states = {(False, False): "identical", (True, False): "ahead", (False, True): "behind"}
    body = {
        "url": f"{url}/compare/{basehead}",
        "html_url": f"{url}/compare/{basehead}",
        "permalink_url": f"{url}/compare/{basehead}",
        "diff_url": f"{url}/compare/{basehead}.diff",
        "patch_url": f"{url}/compare/{basehead}.patch",
        "base_commit": _full_commit(hosted, url, first),
        "merge_base_commit": _full_commit(hosted, url, merge_base),
        "status": states.get((ahead > 0, behind > 0), "diverged"),
        "ahead_by": ahead,
        "behind_by": behind,
        "total_commits": ahead,
        "commits": [
            _full_commit(hosted, url, commit) for commit in commits[(page - 1) * size : page * size]
        ],
    }
    if page == 1:
        body["files"] = _files(hosted, url, merge_base, second)[:MOST_COMPARED]
    return Answer(200, body)


def _pull_files(hosted: Hosted, url: str, number: str, query: Mapping[str, str]) -> Answer:
    if int(number) not in hosted.pulls:
        return NOT_FOUND
    base, head = hosted.pulls[int(number)]
    merge_base = hosted.git("merge-base", base, head).decode().strip()
    files = _files(hosted, url, merge_base, head)[:MOST_PULL_FILES]
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return Answer(200, files[(page - 1) * size : page * size])


def _tree(hosted: Hosted, url: str, tree: str, query: Mapping[str, str]) -> Answer:
    recursive = ("-r", "-t") if "recursive" in query else ()
    listed = hosted.git("ls-tree", "-z", *recursive, tree)
    sha = hosted.git("rev-parse", "--verify", "--quiet", tree + "^{tree}").decode().strip()
    if not sha:
        return NOT_FOUND
    entries = []
    for line in listed.decode("utf-8", "replace").split("\0")[:-1]:
        meta, _, path = line.partition("\t")
        mode, kind, entry = meta.split(" ")
        entries.append({"path": path, "mode": mode, "type": kind, "sha": entry})
    truncated = bool(recursive) and len(entries) > hosted.tree_limit
    shown = entries[: hosted.tree_limit] if recursive else entries
    return Answer(
        200, {"sha": sha, "url": f"{url}/git/trees/{sha}", "tree": shown, "truncated": truncated}
    )


def _blob(hosted: Hosted, url: str, blob: str, query: Mapping[str, str]) -> Answer:
    if hosted.git("cat-file", "-t", blob).strip() != b"blob":
        return NOT_FOUND
    content = hosted.git("cat-file", "blob", blob)
    encoded = base64.encodebytes(content).decode()
    return Answer(
        200,
        {
            "sha": blob, "node_id": "B_" + blob, "size": len(content), "content": encoded,
            "encoding": "base64", "url": f"{url}/git/blobs/{blob}",
        },
    )  # fmt: skip


def _git_commit(hosted: Hosted, url: str, commit: str, query: Mapping[str, str]) -> Answer:
    if not hosted.commit(commit):
        return NOT_FOUND
    return Answer(200, git_commit(hosted, url, commit))


def git_commit(hosted: Hosted, url: str, commit: str) -> dict[str, Any]:
    """Return a commit as the endpoints for git's own objects show it."""
    full = _full_commit(hosted, url, hosted.commit(commit))
    inner = full["commit"]
    web = f"{url}/commit/{full['sha']}"
    return {
        "sha": full["sha"], "node_id": full["node_id"], "html_url": web,
        "url": f"{url}/git/commits/{full['sha']}",
        "author": inner["author"], "committer": inner["committer"],
        "tree": inner["tree"], "message": inner["message"],
        "parents": full["parents"],
        "verification": inner["verification"],
    }  # fmt: skip


def _repository(hosted: Hosted, api: str) -> Answer:
    slug = hosted.slug
    owner, _, name = slug.partition("/")
    told = component(
        "full-repository", full_name=slug, name=name, private=hosted.private,
        owner=component("simple-user", login=owner), default_branch="main",
        visibility="private" if hosted.private else "public",
    )  # fmt: skip
    return Answer(200, told)


def _tags(hosted: Hosted, url: str, _: str, query: Mapping[str, str]) -> Answer:
    form = "%(refname:lstrip=2)%00%(objectname)%00%(*objectname)"
    listed = hosted.git("for-each-ref", "--sort=-refname", f"--format={form}", "refs/tags/")
    rows = []
    for line in listed.decode().splitlines():
        name, own, peeled = line.split("\0")
        rows.append(
            {
                "name": name, "node_id": f"T_{own}",
                "commit": {"sha": peeled or own, "url": f"{url}/commits/{peeled or own}"},
                **{f"{kind}ball_url": f"{url}/{kind}ball/refs/tags/{quote(name)}" for kind in ("zip", "tar")},
            }
        )  # fmt: skip
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return Answer(200, rows[(page - 1) * size : page * size])


def _ref(hosted: Hosted, url: str, ref: str, query: Mapping[str, str]) -> Answer:
    tip = hosted.commit(f"refs/{ref}")
    return Answer(200, ref_object(url, ref, tip)) if tip else NOT_FOUND


def ref_object(url: str, ref: str, tip: str) -> dict[str, Any]:
    """Return a ref, given without `refs/`."""
    return {
        "ref": f"refs/{ref}", "node_id": "R_" + ref, "url": f"{url}/git/refs/{quote(ref)}",
        "object": {"type": "commit", "sha": tip, "url": f"{url}/git/commits/{tip}"},
    }  # fmt: skip


def _pulls(hosted: Hosted, url: str, _: str, query: Mapping[str, str]) -> Answer:
    owner = hosted.slug.partition("/")[0]
    found = [
        pull
        for pull in hosted.opened
        if query.get("state", "open") in {pull["state"], "all"}
        and query.get("head", f"{owner}:{pull['head']['ref']}") == f"{owner}:{pull['head']['ref']}"
        and query.get("base", pull["base"]["ref"]) == pull["base"]["ref"]
    ]
    return Answer(200, found)


def _runs(hosted: Hosted, url: str, workflow: str, query: Mapping[str, str]) -> Answer:
    wanted = [
        run
        for run in hosted.runs
        if run["path"].endswith(f"/{workflow}")
        and query.get("status") in {None, run["conclusion"], run["status"]}
    ]
    return Answer(200, {"total_count": len(wanted), "workflow_runs": wanted})


def _commits(hosted: Hosted, url: str, _: str, query: Mapping[str, str]) -> Answer:
    start = hosted.commit(query.get("sha", "HEAD"))
    if not start:
        return NOT_FOUND
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    options = [f"--{name}={query[name]}" for name in ("since", "until") if name in query]
    listed = hosted.git(
        "rev-list", *options, f"--max-count={size}", f"--skip={(page - 1) * size}", start
    )
    return Answer(200, [_full_commit(hosted, url, each) for each in listed.decode().split()])


def _commit(hosted: Hosted, url: str, commit: str, query: Mapping[str, str]) -> Answer:
    found = hosted.commit(commit)
    if not found:
        return Answer(422, {"message": f"No commit found for SHA: {commit}",
                            "documentation_url": "https://docs.github.com"})  # fmt: skip
    return Answer(200, _full_commit(hosted, url, found))


def _count(hosted: Hosted, without: str, reachable: str) -> int:
    return int(hosted.git("rev-list", "--count", f"{without}..{reachable}") or 0)


def _full_commit(hosted: Hosted, url: str, commit: str) -> dict[str, Any]:
    told = hosted.git("show", "-s", "--format=%T%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%B", commit)
    tree, parents, *people, message = told.decode("utf-8", "replace").split("\n", 8)
    author = dict(zip(("name", "email", "date"), people[:3], strict=True))
    committer = dict(zip(("name", "email", "date"), people[3:], strict=True))
    place = f"{url}/commits/{commit}"
    return {
        "url": place, "sha": commit, "node_id": "C_" + commit, "html_url": place,
        "comments_url": f"{place}/comments", "author": None, "committer": None,
        "parents": [
            {"sha": parent, "url": f"{url}/commits/{parent}", "html_url": f"{url}/commit/{parent}"}
            for parent in parents.split()
        ],
        "commit": {
            "url": place, "author": author, "committer": committer, "message": message.strip(),
            "tree": {"sha": tree, "url": f"{url}/git/trees/{tree}"}, "comment_count": 0,
            "verification": {
                "verified": False, "reason": "unsigned", "signature": None, "payload": None,
                "verified_at": None,
            },
        },
    }  # fmt: skip


def _files(hosted: Hosted, url: str, base: str, head: str) -> list[dict[str, Any]]:
    """Return the files of a comparison as the API lists them, in path order."""
    options = ("-M", "--full-index", "--no-abbrev")
    raw = hosted.git("diff", *options, "--raw", "-z", base, head).decode("utf-8", "replace")
    text = hosted.git("diff", *options, "-p", base, head)
    starts = [match.start() for match in _SECTIONS.finditer(text)] + [len(text)]
    sections = iter([text[a:b] for a, b in pairwise(starts)])
    fields = iter(raw.split("\0")[:-1])
    rows = []
    for meta in fields:
        old_mode, new_mode, old, new, letter = meta[1:].split(" ")
        previous = next(fields)
        path = next(fields) if letter[0] == "R" else previous
        section = next(sections)
        if letter[0] == "T" and old_mode not in {new_mode, _SUBMODULE}:
            section = section + next(sections)
        sha = old if letter[0] == "D" else new
        rows.append(_row(hosted, f"{url}|{head}", (path, previous), sha, letter[0], section))
    return sorted(rows, key=lambda row: str(row["filename"]))


def _row(
    hosted: Hosted, place: str, paths: tuple[str, str], sha: str, letter: str, section: bytes
) -> dict[str, Any]:
    (path, previous), (url, _, head) = paths, place.partition("|")
    start = section.find(b"\n@@ ")
    patch = section[start + 1 :].decode("utf-8", "replace").removesuffix("\n") if start >= 0 else ""
    lines = patch.split("\n")
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    if path in hosted.zeroed:
        added, removed, patch = 0, 0, ""
    row: dict[str, Any] = {
        "sha": sha, "filename": path, "status": _ACTIONS[letter],
        "additions": added, "deletions": removed, "changes": added + removed,
        "blob_url": f"{url}/blob/{head}/file", "raw_url": f"{url}/raw/{head}/file",
        "contents_url": f"{url}/contents/file?ref={head}",
    }  # fmt: skip
    if patch and path not in hosted.lost_patches:
        row["patch"] = patch
    if previous != path:
        row["previous_filename"] = previous
    return row
