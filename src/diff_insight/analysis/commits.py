"""Reads commit messages: what a subject is worth, its conventional type, what it declares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from diff_insight.markup.plain import clip
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.history import Commit
from diff_insight.model.messages import Value

#: Characters of a quotation.
LONGEST_QUOTE = 120
#: Characters of a subject that say whether it tells something.
_LONGEST_READ = 300
#: Commits that are quoted with a file.
MOST_OF_FILE = 3
_CONVENTIONAL = re.compile(
    r"(?P<type>[A-Za-z]{2,20})(?:\([^()]{0,80}\))?(?P<bang>!?):\s+(?P<rest>\S.*)"
)
_FOOTER = re.compile(r"^BREAKING[ -]CHANGE: *(?P<text>\S.*)", re.MULTILINE)
#: Subjects that say nothing beyond what the diff says.
_SILENT = re.compile(
    r"(?:merge|fixup!|squash!|amend!|wip\b|initial commit|\[?bot\b|\[ci\]|\[ci skip\])"
    r"|(?:update|create|delete|rename|remove|add|edit|change|modify|upload|revise)d?"
    r"(?:\s+(?:files?|files via upload|the|and|to|in|\S*[./_]\S*|readme|changelog|docs?|release|notes?|translations?|dependenc(?:y|ies)|versions?|sponsors?))*\W*$"
    r"|(?:release|bump|prepare)\b[^,;]*\d[\w.+-]*(?:\s+(?:in|across|with|for|updates?|director(?:y|ies)|\S*[/(#]\S*))*\W*$"
    r"|v?\d+(?:\.\d+)+\W*$"
    r"|(?:fix|fixes|fixed|typos?|edits?|changes?|updates?|cleanup|test|misc|minor|small|some|review|"
    r"feedback|comments?|acrolinx|lint|format(?:ting)?|more|pr|address(?:ed|ing)?|\W|\d)*$",
    re.IGNORECASE,
)
#: Pictures in front of a subject.
_MARKS = re.compile(r"^(?::\w+:|[^\w\s]|\s)+")
_REFERENCE = re.compile(r"\s*\(?#\d+\)?")
#: Words, or characters of a script without spaces, that a telling subject has at least.
_LEAST_WORDS, _LEAST_WIDE = 3, 6


class Message(Struct, frozen=True):
    """What a commit message says.

    Attributes:
        subject: The first line as it is, in one line, clipped.
        type: Conventional type in lower case (`feat`, `fix`), or an empty string.
        breaking: What it declares broken: the footer's words, else the subject; or empty.
        telling: Whether the subject says something that the diff does not.
    """

    subject: str
    type: str
    breaking: str
    telling: bool


def read_message(message: str) -> Message:
    """Read a commit message, or a pull request's title with its body."""
    first, _, body = message.strip().partition("\n")
    line = " ".join(first.split())
    match = _CONVENTIONAL.match(line)
    subject = clip(line, LONGEST_QUOTE)
    footer = _FOOTER.search(body.replace("\r\n", "\n")) if "BREAKING" in body else None
    declared = clip(" ".join(footer["text"].split()), LONGEST_QUOTE) if footer else ""
    if not declared and match and match["bang"]:
        declared = subject
    bare = _MARKS.sub("", _REFERENCE.sub("", match["rest"] if match else line))
    telling = _says(bare[:_LONGEST_READ], match) and not _SILENT.match(line[:_LONGEST_READ])
    return Message(subject, match["type"].lower() if match else "", declared, telling)


def _says(words: str, conventional: re.Match[str] | None) -> bool:
    if _SILENT.match(words):
        return False
    wide = 0 if words.isascii() else sum(character > "\u2e80" for character in words)
    least = _LEAST_WORDS - 1 if conventional else _LEAST_WORDS
    return len(words.split()) >= least or wide >= _LEAST_WIDE


def by_path(commits: Sequence[Commit]) -> Mapping[bytes, list[Commit]]:
    """Return the commits that touch each path, the newest first.

    Without paths only a single commit can be placed: it touches everything.
    """
    found: dict[bytes, list[Commit]] = {}
    for commit in commits:
        for path in commit.paths or ():
            found.setdefault(path, []).append(commit)
    return found


def touching(
    analysis: FileAnalysis, placed: Mapping[bytes, list[Commit]], commits: Sequence[Commit]
) -> list[Commit]:
    """Return the commits that touch a file under its name of now or before."""
    if len(commits) == 1 and commits[0].paths is None:
        return list(commits)
    change = analysis.change
    if not change.previous_path_bytes:
        return placed.get(change.path_bytes, [])
    names = dict.fromkeys((change.path_bytes, change.previous_path_bytes))
    return list({commit.id: commit for name in names for commit in placed.get(name, ())}.values())


def subject_facts(
    commits: Sequence[Commit], messages: Mapping[str, Message], reach: Mapping[str, int]
) -> list[Fact]:
    """Return the facts that quote the telling subjects of a file's commits.

    Args:
        commits: The commits that touch the file, the newest first.
        messages: What each commit says, by its id.
        reach: How many files of the report each commit touches, by its id.
    """
    facts: dict[str, Fact] = {}
    for commit in commits:
        message = messages[commit.id]
        if message.telling and message.subject not in facts and len(facts) < MOST_OF_FILE:
            params: dict[str, Value] = {
                "quote": message.subject,
                "commit": commit.id,
                "type": message.type,
                "files": reach[commit.id],
            }
            facts[message.subject] = Fact("commit.subject", params)
    return list(facts.values())
