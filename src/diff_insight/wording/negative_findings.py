"""Words what the rules looked for and did not find, with what they really read of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import PurePosixPath

from diff_insight.file_types import (
    extension,
    is_binary_name,
    is_changelog,
    is_image,
    is_markdown,
    is_page,
    is_sample,
    is_test,
)
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.model.changes import SUBMODULE_MODE
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.story import Role

#: Files that others rely on by what is in them, besides the manifests of packages.
_INTERFACES = frozenset("graphql graphqls gql proto tf tofu sql".split())
_ACTIONS = ("action.yml", "action.yaml")
#: Suffixes of files without a rule that are named; the rest is counted with them.
_MOST_NAMED = 4
#: What a rule looks for, in this order; the terms are `term.…` of the catalogs.
CHECKS = _PAGES, _SYMBOLS, _PUBLISHED = "removed-pages", "public-symbols", "published-interfaces"
#: The wheel of a grammar -> the language as people write it.
_LANGUAGES = {
    "python": "Python", "javascript": "JavaScript", "typescript": "TypeScript", "go": "Go",
    "java": "Java", "c_sharp": "C#", "rust": "Rust", "c": "C", "cpp": "C++", "ruby": "Ruby",
    "php": "PHP", "swift": "Swift", "bash": "Shell",
}  # fmt: skip


class _Account:
    """How many files there are of each check and language, and how many were read whole."""

    def __init__(self, files: Iterable[FileAnalysis]) -> None:
        self.total: Counter[tuple[str, str]] = Counter()
        self.read: Counter[tuple[str, str]] = Counter()
        self.unknown: Counter[str] = Counter()
        for analysis in files:
            check = _check(analysis)
            if check is not None:
                self.total[check] += 1
                # That a page is gone is seen in any diff.
                self.read[check] += not analysis.read_in_part or check[0] == _PAGES
            elif _may_hold_code(analysis):
                name = PurePosixPath(analysis.change.path)
                self.unknown[name.suffix or name.name] += 1


def no_breaking(files: Sequence[FileAnalysis], speaker: Speaker) -> str:
    """Return that no rule found a breaking change, with what was read; beside deadlines, that they are apart."""
    sentence = _no_breaking(files, speaker)
    ends = any(kind_of(fact.kind).role is Role.DEADLINE for file in files for fact in file.facts)
    return speaker.fill("range.no-breaking.deadlines", sentence=sentence) if ends else sentence


def _no_breaking(files: Sequence[FileAnalysis], speaker: Speaker) -> str:
    """Return the sentence that no rule found a breaking change, with what was read and what was not."""
    account = _Account(files)
    reads = [
        speaker.fill(
            "reads.check",
            check=speaker.forms.terms((check,)),
            files=_reading_account(account, check, speaker),
        )
        for check in CHECKS
        if any(account.read[key] for key in account.total if key[0] == check)
    ]
    unread = _unread(account, speaker)
    if reads and unread:
        joined = _join(reads, "reads.join", speaker)
        return speaker.fill("range.no-breaking.rest", reads=joined, unread=unread)
    if reads:
        return speaker.fill("range.no-breaking", reads=_join(reads, "reads.join", speaker))
    if account.total:
        return speaker.fill("range.no-breaking.partly", unread=unread)
    return speaker.say("range.no-breaking.unread")


def read_counts(files: Iterable[FileAnalysis]) -> tuple[int, ...]:
    """Return the numbers of files that such a sentence may name."""
    account = _Account(files)
    counts = (account.total, account.read, account.unknown)
    return tuple(number for counter in counts for number in counter.values())


def nothing_found(key: str, files: Sequence[FileAnalysis], speaker: Speaker) -> str:
    """Return what a section says that has no bullet: never a bare "none" over unread files."""
    if key == "breaking-changes":
        return no_breaking(files, speaker)
    whole = not any(analysis.read_in_part or analysis.lines.untold for analysis in files)
    return speaker.say("section.none" if whole else "section.none-read")


def _reading_account(account: _Account, check: str, speaker: Speaker) -> str:
    """Return of how many files of a check how many were read, by language."""
    pieces = []
    for key, total in account.total.items():
        if key[0] != check or not account.read[key]:
            continue
        params = {"read": account.read[key], "total": total}
        files = speaker.say("reads.whole" if account.read[key] == total else "reads.part", params)
        pieces.append(_name_files(files, key[1], speaker))
    return _join(pieces, "reads.comma", speaker)


def _unread(account: _Account, speaker: Speaker) -> str:
    """Return the files that a rule knows and nobody read, and those that no rule knows."""
    pieces = []
    for key, total in account.total.items():
        if not account.read[key]:
            name = key[1] or speaker.forms.terms((key[0],))
            pieces.append(_name_files(speaker.say("reads.whole", {"total": total}), name, speaker))
    for suffix, count in account.unknown.most_common(_MOST_NAMED):
        files = speaker.say("reads.whole", {"total": count})
        pieces.append(_name_files(files, speaker.forms.code(suffix), speaker))
    return _join(pieces, "reads.comma", speaker)


def _name_files(files: str, name: str, speaker: Speaker) -> str:
    return speaker.fill("reads.named", files=files, name=name) if name else files


def _join(pieces: Sequence[str], key: str, speaker: Speaker) -> str:
    """Return pieces with the mark of the locale between them; `key` is that of the joining message."""
    if not pieces:
        return ""
    if key == "reads.join":
        return reduce(
            lambda first, second: speaker.fill("reads.join", first=first, second=second), pieces
        )
    return reduce(
        lambda first, second: speaker.fill("reads.comma", first=first, second=second), pieces
    )


def _check(analysis: FileAnalysis) -> tuple[str, str] | None:
    """Return what a rule looks for in a file, and its language; None where no rule does."""
    path = analysis.change.path
    if is_page(path):
        return _PAGES, ""
    if _is_interface(analysis):
        return _PUBLISHED, ""
    if is_markdown(path) or is_image(path) or is_test(path) or is_sample(path):
        return None
    from diff_insight.facts.code.grammars import BY_EXTENSION  # noqa: PLC0415 - code only

    grammar = BY_EXTENSION.get(extension(path))
    if grammar is None:
        return None
    return _SYMBOLS, _LANGUAGES.get(grammar.package.removeprefix("tree_sitter_"), extension(path))


def _may_hold_code(analysis: FileAnalysis) -> bool:
    """Tell whether others may rely on a file of a format that no rule knows."""
    change = analysis.change
    path = change.path
    quiet = is_markdown(path) or is_image(path) or is_test(path) or is_sample(path)
    name = PurePosixPath(path)
    # Without a suffix and behind a dot stand the settings of tools.
    quiet = quiet or is_changelog(path) or (name.name.startswith(".") and not name.suffix)
    if (
        quiet
        or change.new_mode == SUBMODULE_MODE
        or change.binary
        or change.generated
        or is_binary_name(change.path_bytes)
    ):
        return False
    from diff_insight.facts.registry import knows_name  # noqa: PLC0415 - loads readers of data

    return bool(change.changes) and extension(path) not in _PLAIN and not knows_name(path)


#: Text for readers, and settings of tools, on which no other program relies.
_PLAIN = frozenset(
    "txt adoc asciidoc rst gitignore gitattributes editorconfig css scss csv tsv lock log po pot svg".split()
)


def _is_interface(analysis: FileAnalysis) -> bool:
    path = analysis.change.path
    if extension(path) in _INTERFACES or PurePosixPath(path).name in _ACTIONS:
        return True
    if any(kind_of(fact.kind).has(Trait.INTERFACE) for fact in analysis.facts):
        return True
    if is_markdown(path) or is_image(path):
        return False
    from diff_insight.facts.packages.manifest_lines import is_line_manifest  # noqa: PLC0415 - no page has it
    from diff_insight.facts.packages.manifests import is_tree_manifest  # noqa: PLC0415

    return is_tree_manifest(path) or is_line_manifest(path)
