"""Runs the families over one file: patch bytes in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.diffs.headers import hunks_start
from diff_insight.diffs.hunks import BrokenPatchError, parse_hunks
from diff_insight.facts import cosmetic, whole_file
from diff_insight.facts.file_view import FileView, Reader
from diff_insight.facts.gaps import is_white_space
from diff_insight.facts.identity.encoding import declared_encoding, decode_text, is_readable
from diff_insight.facts.line_ledger import LineLedger
from diff_insight.facts.pages.moves_in_file import with_moved
from diff_insight.facts.pages.page_anchors import gone_anchors
from diff_insight.facts.pages.page_scanner import known_structures, structure
from diff_insight.facts.pages.shown_view import Shown, shown_view
from diff_insight.facts.pages.translated import with_translated_headings
from diff_insight.facts.protocol import FactFamily
from diff_insight.facts.registry import families_of, knows_format, knows_name
from diff_insight.file_types import generated_kind
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import (
    SUBMODULE_MODE,
    SYMLINK_MODE,
    FileChange,
    Hunk,
    PatchStore,
    Side,
    Status,
)
from diff_insight.model.facts import Fact, LineCounts
from diff_insight.model.messages import Value

#: Bytes of one file's patch above which it is counted but not read for facts.
LARGEST_PATCH = 8_000_000
#: Statuses whose two sides can both be read for a title.
_TITLED = (Status.ADDED, Status.MODIFIED, Status.REMOVED, Status.RENAMED, Status.COPIED)


class Extraction(Struct, frozen=True):
    """What was read of one file.

    Attributes:
        facts: In the order of the families.
        titles: What the page calls itself on each side.
        anchors: Those of the page that went, with the base line of their heading.
        detected: Whether a family knew the format, so that no fact means that nothing was found.
        lines: Where the changed lines went.
        read_in_part: Keys of why the file was not read whole.
    """

    facts: tuple[Fact, ...]
    titles: dict[Side, str]
    anchors: dict[str, int] = field(default_factory=dict)
    detected: bool = True
    lines: LineCounts = LineCounts()
    read_in_part: tuple[str, ...] = ()


def extract(
    change: FileChange, patches: PatchStore, reader: Reader, *, whole_versions: bool
) -> Extraction:
    """Return the facts of one file.

    Args:
        change: The file.
        patches: Where its patch stands.
        reader: Gives the bytes of either version, or None.
        whole_versions: Whether to read whole text versions; False keeps to the hunks.
    """
    if change.generated and not generated_kind(change.path):
        plain = replace(change, generated="")
        whole = extract(plain, patches, reader, whole_versions=whole_versions)
        return _fold_generated(whole, change, patches, reader)
    text = change.is_text
    if text is not None and text.size > LARGEST_PATCH:
        large = (Fact("file.too-large", {"bytes": text.size}),)
        untold = LineCounts(untold=change.changes)
        known = knows_name(change.path)
        limit = ("limit",) if known else ()
        return Extraction(large, {}, detected=known, lines=untold, read_in_part=limit)
    try:
        declared, known_bytes, quotable = _encoding(change, patches, reader)
        hunks = tuple(read_hunks(change, patches, declared))
    except BrokenPatchError:
        broken = (Fact("file.unreadable", {"reason": "patch-broken"}),)
        return Extraction(broken, {}, lines=LineCounts(untold=change.changes))
    raw = FileView(change, hunks, reader, whole_versions, encoding=declared)
    if not known_bytes:
        raw.skip("encoding")
    if (reason := _unread_sort(change)) and knows_name(raw.known_path):
        raw.skip(reason)
    return _extract_families(raw, texts=has_text(change) and quotable)


def _extract_families(raw: FileView, *, texts: bool) -> Extraction:
    """Return what the families tell of a file; `texts` is whether its words can be read."""
    change = raw.change
    shown = shown_view(raw) if texts else Shown(raw)
    view = shown.view
    collected_facts: list[Fact] = [*shown.facts]
    asked: list[FactFamily] = []
    for family in families_of(view) if texts and not whole_file.is_pointer(raw) else (whole_file,):
        # White space is compared as it is written.
        seen = raw if family is cosmetic else view
        if family.applies(seen):
            asked.append(family)
            collected_facts.extend(family.facts(seen))
    facts, counts = _account_for_lines(
        raw, with_translated_headings(with_moved(collected_facts)), texts=texts
    )
    titles, anchors = _titles(view), _anchors(view, collected_facts)
    skipped = raw.skipped | view.skipped
    known = not has_text(change) or bool(skipped) or knows_format(view, asked)
    return Extraction(facts, titles, anchors, known, counts, tuple(sorted(skipped)))


def _unread_sort(change: FileChange) -> str:
    """Return why the content of a file has no lines to read, whatever its name says; else nothing."""
    if change.status is Status.CHANGED:
        return "link"
    is_binary = change.binary and change.hidden is None
    return "binary-mark" if is_binary and not change.unreadable else ""


def unread(change: FileChange, reason: str) -> Extraction:
    """Return what is known of a file whose reading was ended: that it changed, and by how much.

    Args:
        change: The file.
        reason: The key of why: `time` or `limit`.
    """
    params: dict[str, Value] = {
        "additions": change.additions,
        "deletions": change.deletions,
        "quote": "",
    }
    untold = LineCounts(untold=change.changes)
    lines = (Fact("text.lines", params),)
    return Extraction(lines, {}, lines=untold, read_in_part=(reason,))


def _fold_generated(
    whole: Extraction, change: FileChange, patches: PatchStore, reader: Reader
) -> Extraction:
    """Return what was read of a file that attributes call generated: one fact, and what breaks.

    A mark says what is not worth a reader's time. It does not say that nobody is broken.
    """
    if any(fact.kind in ("file.unreadable", "file.too-large") for fact in whole.facts):
        return whole
    view = FileView(change, tuple(read_hunks(change, patches)), reader, whole_versions=False)
    breaking = tuple(fact for fact in whole.facts if fact.breaking)
    known = {fact.kind for fact in breaking}
    folded = tuple(fact for fact in whole_file.facts(view) if fact.kind not in known)
    facts, lines = _account_for_lines(view, folded + breaking, texts=False)
    return replace(whole, facts=facts, anchors={}, lines=lines)


def _account_for_lines(
    view: FileView, facts: Sequence[Fact], *, texts: bool
) -> tuple[tuple[Fact, ...], LineCounts]:
    """Return the facts with one about the lines that none of them tells, and where each line went.

    Args:
        view: The file.
        facts: What the families tell.
        texts: Whether its lines were read; those of what is only named are untold.
    """
    change, ledger = view.change, LineLedger(view.blocks, facts, partial(is_white_space, view))
    rest = ledger.remainder(change, alone=not facts) if texts else None
    if rest is not None:
        facts = (*facts, rest)
    counts = ledger.counts(change, remainder=rest is not None)
    if not facts and change.changes:
        params: dict[str, Value] = {
            "additions": change.additions,
            "deletions": change.deletions,
            "quote": "",
        }
        facts = (Fact("text.lines", params) if counts.untold else Fact("cosmetic.whitespace"),)
    return tuple(facts), counts


def has_text(change: FileChange) -> bool:
    """Tell whether a change is one of text that somebody wrote, and not of a link or a commit id."""
    if change.generated or change.unreadable or (change.binary and change.hidden is None):
        return False
    return {SYMLINK_MODE, SUBMODULE_MODE}.isdisjoint({change.old_mode, change.new_mode})


def read_hunks(change: FileChange, patches: PatchStore, declared: str = "") -> list[Hunk]:
    """Parse the hunks of a change, section by section; `declared` is the encoding of the file."""
    hunks: list[Hunk] = []
    for section in _sections(change, patches):
        hunks += parse_hunks(decode_text(section, declared))
    return hunks


def _sections(change: FileChange, patches: PatchStore) -> Iterator[bytes]:
    """Yield the hunks of each section of a change."""
    text = change.is_text
    for offset, length in text.parts if text is not None else ():
        section = patches.read(offset, length)
        yield section[hunks_start(section) :]


def _encoding(change: FileChange, patches: PatchStore, reader: Reader) -> tuple[str, bool, bool]:
    """Return what encoding a file declares, whether its hunks are text, and whether they say words.

    Most files are UTF-8, of which nothing has to be asked.
    """
    raw = b"".join(_sections(change, patches))
    if is_readable(raw)[0]:
        return "", True, True
    sides = (Side.BASE,) if change.status is Status.REMOVED else (Side.HEAD, Side.BASE)
    contents = [reader(side) or b"" for side in sides[: 1 if change.status is Status.ADDED else 2]]
    declared = next((name for content in contents if (name := declared_encoding(content))), "")
    return declared, *is_readable(raw, declared)


def _anchors(view: FileView, facts: list[Fact]) -> dict[str, int]:
    """Return the anchors that a page lost, where both versions are known as a whole."""
    if not view.markdown or not any(kind_of(fact.kind).has(Trait.LOSES_ANCHOR) for fact in facts):
        return {}
    if not (view.base.complete and view.head.complete):
        return {}
    texts = ["".join(text for _, text in view.version(side).texts) for side in Side]
    headings = [structure(view, side).headings for side in Side]
    return gone_anchors(texts[0], headings[0], texts[1], headings[1])


def _titles(view: FileView) -> dict[Side, str]:
    if not view.has_page_structure or view.change.status not in _TITLED:
        return {}
    known = known_structures(view)
    return {side: title for side, page in known.items() if (title := page.title())}
