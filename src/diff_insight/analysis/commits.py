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
_FOOTER = re.compile(r"^(?:(?:MAJOR|MINOR) )?BREAKING[ -]CHANGES?:\s*+(?P<text>\S.*)", re.MULTILINE)
#: What templates of messages have people write where nothing breaks.
_DENIED = re.compile(r"(?i)(?:none|no|nothing|nil|n/?a|not applicable|-+)[.!]?")
#: Subjects that begin so say nothing beyond what the diff says.
_SILENT_START = re.compile(
    r"(?:merge|fixup!|squash!|amend!|wip\b|initial commit|\[?bot\b|\[ci\]|\[ci skip\])",
    re.IGNORECASE,
)
#: Subjects of work that brings a branch to another one, or to its readers: what it brings has words of its own.
_CARRIED = re.compile(
    r"(?i)auto[- ]?publish\w*\b|(?:resolve|fix|solve|confirm)[sd]? (?:the )?(?:merge|sync\w*)\b.{0,20}?(?:\bconflicts?\b|\bfrom \S{1,80} to \S)"
    r"|(?:sync|merg|publish|promot)\w{0,6} .{0,80}?(?:\b(?:in)?to|->|→|=>) (?:the )?[`'\"]?(?:main|master|live|develop|production|prod|staging|stable|trunk|gh-pages|upstream)\b"
    r"|(?:merging|syncing) changes\b|apply (?:\w{1,20} )?suggestions? from\b|[\w./-]{1,60} (?:to|into|->|→|=>) (?:main|master|live|staging)$"
)
#: Verbs that say nothing when only names, versions and the words behind them follow.
_SILENT_VERB = re.compile(
    r"(?:update|create|delete|rename|remove|add|edit|change|modify|upload|revise)d?", re.IGNORECASE
)
_VIA_UPLOAD = re.compile(r"files\s++via\s++upload", re.IGNORECASE)
_OBJECTS = frozenset(
    "file files the and to in readme changelog doc docs release note notes translation translations "
    "dependency dependencies version versions sponsor sponsors".split()
)
_NAME = re.compile(r"[^./_]*+[./_].*")
_RELEASE = re.compile(r"(?:release|bump|prepare)\b([^,;]*)(.*)", re.IGNORECASE)
_TAILS = frozenset("in across with for update updates directory directories".split())
_PLACE = re.compile(r"[^/(#]*+[/(#].*")
_VERSION_ALONE = re.compile(r"v?\d+(?:\.\d+)++\W*+", re.IGNORECASE)
#: Words of work on the work: a subject of nothing else says nothing.
_EMPTY_WORDS = frozenset(
    "fix typo edit change update updat revise revis refresh regenerate regenerat tweak adjust apply appli resolve resolv respond "
    "incorporate incorporat address sync merge merg rebase rebas bump format lint test build polish cleanup clean add remov remove "
    "improv improve improvement enhanc enhance enhancement misc minor small some few more few various another new latest late last final first next again other all several "
    "review feedback comment suggestion acrolinx copilot pr pull request branch conflict nit nitpick conversation "
    "output lockfile lock snapshot snap baseline fixture generated generat file code text content word wording prose style "
    "warning error issue failure problem bug ci cd check pipeline workflow job hook pre "
    "image screenshot picture link toc metadata date ms index date readme changelog note release doc docs documentation "
    "page article section topic line list table markdown formatting linting the a an and or of for to from in on at with by per "
    "based after before as it its this that be is are up out my our made did done doing wip draft progress work stuff thing info".split()
)
_ENDINGS = ("", "s", "d", "es", "ed", "ing")
_PLAIN_WORD = re.compile(r"[^\W\d_]++")
#: Pictures in front of a subject.
_MARKS = re.compile(r"^(?::\w+:|[^\w\s]|\s)+")
_REFERENCE = re.compile(r"(?<!\s)\s*+\(?#\d+\)?")
#: Words, or characters of a script without spaces, that a telling subject has at least.
_LEAST_WORDS, _LEAST_WIDE = 3, 6


#: What ends a word or a subject.
_ENDS = ".,;:!?\"'`()[]{}*#-\u2026\u3002"


class CommitMessage(Struct, frozen=True):
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


def read_message(message: str) -> CommitMessage:
    """Read a commit message, or a pull request's title with its body."""
    first, _, body = message.strip().partition("\n")
    line = " ".join(first.split())
    match = _CONVENTIONAL.match(line)
    subject = clip(line, LONGEST_QUOTE)
    declared = _declaration(body.replace("\r\n", "\n")) if "BREAKING" in body else ""
    if not declared and match and match["bang"]:
        declared = subject
    bare = _MARKS.sub("", _REFERENCE.sub("", match["rest"] if match else line))
    telling = _says(bare[:_LONGEST_READ], match) and not _is_silent(line[:_LONGEST_READ])
    return CommitMessage(subject, match["type"].lower() if match else "", declared, telling)


def _declaration(body: str) -> str:
    """Return what the first footer of a message declares broken; what says that nothing is, is none."""
    texts = (" ".join(footer["text"].split()) for footer in _FOOTER.finditer(body))
    return next((clip(text, LONGEST_QUOTE) for text in texts if not _DENIED.fullmatch(text)), "")


def only_carries(line: str) -> bool:
    """Tell whether a subject says no more than that work on one branch came to another."""
    return _CARRIED.match(line[:_LONGEST_READ]) is not None


def _is_silent(line: str) -> bool:
    """Tell whether a subject says nothing, word by word: no pattern has to try them in many ways."""
    if _SILENT_START.match(line) or only_carries(line) or _VERSION_ALONE.fullmatch(line):
        return True
    first, *words = _VIA_UPLOAD.sub("files", line).split() or [""]
    if _SILENT_VERB.fullmatch(first.rstrip(_ENDS)) and all(map(_is_object, words)):
        return True
    if (release := _RELEASE.fullmatch(line)) is not None and _is_release(release[1], release[2]):
        return True
    return all(map(_is_empty, _PLAIN_WORD.findall(line.lower())))


def _is_empty(word: str) -> bool:
    """Tell whether a word, with or without an ending, is one of work on the work."""
    return any(word.endswith(end) and word.removesuffix(end) in _EMPTY_WORDS for end in _ENDINGS)


def _is_object(word: str) -> bool:
    bare = word.rstrip(_ENDS).lower()
    return not bare or bare in _OBJECTS or _NAME.fullmatch(word) is not None


def _is_release(words: str, rest: str) -> bool:
    """Tell whether nothing but places follow the last number of a release."""
    parts = words.split()
    numbers = [at for at, word in enumerate(parts) if any(map(str.isdigit, word))]
    if not numbers:
        return False
    behind = [*parts[numbers[-1] + 1 :], *rest.split()]
    return all(
        word.strip(_ENDS).lower() in _TAILS or not word.strip(_ENDS) or _PLACE.fullmatch(word)
        for word in behind
    )


def _says(words: str, conventional: re.Match[str] | None) -> bool:
    if _is_silent(words):
        return False
    wide = 0 if words.isascii() else sum(character > "\u2e80" for character in words)
    least = _LEAST_WORDS - 1 if conventional else _LEAST_WORDS
    return len(words.split()) >= least or wide >= _LEAST_WIDE


def by_path(commits: Sequence[Commit]) -> Mapping[bytes, list[Commit]]:
    """Return the commits that touch each path, the newest first.

    Without paths only a single commit can be placed: it touches everything.
    """
    by_name: dict[bytes, list[Commit]] = {}
    for commit in commits:
        for path in commit.paths or ():
            by_name.setdefault(path, []).append(commit)
    return by_name


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
    commits: Sequence[Commit], messages: Mapping[str, CommitMessage], reach: Mapping[str, int]
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
