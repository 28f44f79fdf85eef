"""What a comment has account, kept in a line that nobody sees, and what came since the last push.

The line holds digests and numbers alone. It is read only from a comment of our own, and what it
says never reaches a reader: it only picks among the files and findings of this run.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from diff_insight.model.insight import FileEntry, Insight

#: A comment about more files has no such line: it would crowd out what people read.
MOST_FILES = 800
MOST_FINDINGS = 400
#: Lines of a patch from which on its size stands for it.
_LONGEST_PATCH = 20_000
_FILE, _FINDING = 4, 8
_BASE64 = r"([A-Za-z0-9+/=]{0,20000})"
_LINE = re.compile(
    rf"<!-- diff-insight-told 1 ([0-9a-f]{{0,64}}) {_BASE64} {_BASE64} {_BASE64} {_BASE64} "
    r"([0-9]{1,6}) ([0-9]{1,6}) -->"
)


class Since(Struct, frozen=True, kw_only=True):
    """What came since an earlier head of the pull request, as keys.

    Attributes:
        head: That head; empty where the comment is the first one.
        files: Files whose change is another one than it was.
        findings: Breaking changes that were not there.
        unchanged: How many files are not changed any more.
        gone: How many breaking changes are not there any more.
    """

    head: str = ""
    files: frozenset[bytes] = frozenset()
    findings: frozenset[bytes] = frozenset()
    unchanged: int = 0
    gone: int = 0


class CommentAccount(Struct, frozen=True, kw_only=True):
    """What a comment tells: each file with the digest of its change, the findings, what is new.

    Attributes:
        files: Digests of changes by the keys of their paths.
        findings: Keys of the breaking changes.
        since: What came since the push before.
    """

    files: Mapping[bytes, bytes]
    findings: frozenset[bytes]
    since: Since = Since()


class PushNews(Struct, frozen=True, kw_only=True):
    """What came since the last push, in names of this run.

    Attributes:
        head: The head that was told before.
        files: Paths of the files whose change is another one.
        breaking: Paths of the files with new breaking changes, one for each of those.
        unchanged: How many files are not changed any more.
        gone: How many breaking changes are not there any more.
    """

    head: str
    files: tuple[str, ...] = ()
    breaking: tuple[str, ...] = ()
    unchanged: int = 0
    gone: int = 0


def account_of(
    insights: Sequence[Insight], head: str, earlier: tuple[str, CommentAccount] | None
) -> CommentAccount:
    """Return what a comment about these documents tells.

    Args:
        insights: The documents.
        head: The head that they are about.
        earlier: The head and the account of the comment that is there.
    """
    files = {key(entry): _digest(entry) for entry in _entries(insights)}
    findings = frozenset(finding for finding, _ in _findings(insights))
    if earlier is None:
        return CommentAccount(files=files, findings=findings)
    before, old = earlier
    # A run once more about the same head: what it tells came since the same push.
    base = old.since if before == head else Since(head=before)
    return CommentAccount(
        files=files,
        findings=findings,
        since=Since(
            head=base.head,
            files=frozenset(
                each for each, digest in files.items()
                if each in base.files or old.files.get(each) != digest
            ),
            findings=findings - (old.findings - base.findings),
            unchanged=base.unchanged + len(old.files.keys() - files.keys()),
            gone=base.gone + len(old.findings - findings),
        ),
    )  # fmt: skip


def news_of(account: CommentAccount, insights: Sequence[Insight]) -> PushNews | None:
    """Return what came since the last push in names; None where nothing was told before."""
    since = account.since
    if not since.head:
        return None
    paths = dict.fromkeys(
        entry.analysis.change.path for entry in _entries(insights) if key(entry) in since.files
    )
    return PushNews(
        head=since.head,
        files=tuple(paths),
        breaking=tuple(path for finding, path in _findings(insights) if finding in since.findings),
        unchanged=since.unchanged,
        gone=since.gone,
    )


def account_line(account: CommentAccount) -> str:
    """Return the line that keeps an account; empty when it would be too long."""
    if len(account.files) > MOST_FILES or len(account.findings) > MOST_FINDINGS:
        return ""
    since = account.since
    parts = (
        since.head,
        _pack(name + digest for name, digest in account.files.items()),
        _pack(account.findings),
        _pack(since.files),
        _pack(since.findings),
        min(since.unchanged, 999_999),
        min(since.gone, 999_999),
    )
    return f"<!-- diff-insight-told 1 {' '.join(map(str, parts))} -->\n"


def read_account(body: str) -> CommentAccount | None:
    """Return the account in the second line of a comment; None when it has none."""
    line = body.partition("\n")[2].partition("\n")[0].rstrip("\r")
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        rows = _unpack(match[2], 2 * _FILE)
        return CommentAccount(
            files={row[:_FILE]: row[_FILE:] for row in rows},
            findings=frozenset(_unpack(match[3], _FINDING)),
            since=Since(
                head=match[1],
                files=frozenset(_unpack(match[4], _FILE)),
                findings=frozenset(_unpack(match[5], _FINDING)),
                unchanged=int(match[6]),
                gone=int(match[7]),
            ),
        )
    except ValueError:  # somebody has edited it
        return None


def key(entry: FileEntry) -> bytes:
    """Return what stands for a file's path."""
    return hashlib.sha256(entry.analysis.change.path_bytes).digest()[:_FILE]


def _digest(entry: FileEntry) -> bytes:
    """Return what stands for a file's change: its lines, wherever they stand in the file."""
    change = entry.analysis.change
    digest = hashlib.sha256(
        f"{change.status} {change.additions} {change.deletions} {change.old_mode}".encode()
    )
    if entry.patch is not None and change.changes <= _LONGEST_PATCH:
        lines = (line for line in entry.patch().split("\n") if line[:1] in {"+", "-"})
        digest.update("\n".join(lines).encode("utf-8", "surrogateescape"))
    return digest.digest()[:_FILE]


def _entries(insights: Sequence[Insight]) -> Iterable[FileEntry]:
    return (entry for insight in insights for entry in insight.files)


def _findings(insights: Sequence[Insight]) -> list[tuple[bytes, str]]:
    """Return the key of each breaking change with the path of its file."""
    paths: dict[bytes, str] = {}
    for entry in _entries(insights):
        change = entry.analysis.change
        for fact in entry.analysis.facts:
            if fact.breaking:
                paths[bytes.fromhex(fact.fingerprint(change.path_bytes))] = change.path
    return list(paths.items())


def _pack(rows: Iterable[bytes]) -> str:
    return b64encode(b"".join(sorted(rows))).decode("ascii")


def _unpack(text: str, width: int) -> list[bytes]:
    data = b64decode(text, validate=True)
    if len(data) % width:
        raise ValueError
    return [data[at : at + width] for at in range(0, len(data), width)]
