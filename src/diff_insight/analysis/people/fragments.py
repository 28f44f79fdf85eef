"""Reads change fragments: one file for each entry of the next changelog, in the forms of their tools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from diff_insight.analysis.people.changelog_entry import ChangelogEntry
from diff_insight.analysis.people.cues import Words, read_words
from diff_insight.analysis.people.dialects import as_markdown
from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.labels import kind_of_label
from diff_insight.facts.trees.node import Node
from diff_insight.facts.trees.read import read_tree
from diff_insight.file_types import fragment_type
from diff_insight.markup.plain import sentences_of
from diff_insight.model.threads import ThreadKind

#: A fragment is a note; a larger file is something else.
LARGEST = 20_000
_KINDS: Mapping[str, ThreadKind] = {
    "removal": ThreadKind.BREAKING, "removed": ThreadKind.BREAKING, "expired": ThreadKind.BREAKING,
    "compatibility": ThreadKind.BREAKING, "break": ThreadKind.BREAKING, "api": ThreadKind.FEATURE,
    "upgrade": ThreadKind.BREAKING, "major": ThreadKind.BREAKING, "minor": ThreadKind.FEATURE,
    "patch": ThreadKind.FIX, "trivial": ThreadKind.MAINTENANCE, "process": ThreadKind.MAINTENANCE,
    "vendor": ThreadKind.MAINTENANCE, "contrib": ThreadKind.MAINTENANCE, "packaging": ThreadKind.MAINTENANCE,
    "highlight": ThreadKind.FEATURE, "future": ThreadKind.DEPRECATED, "none": ThreadKind.MAINTENANCE,
}  # fmt: skip
_FRONT = re.compile(r"---\n(?P<front>.{0,4000}?)\n---\s*\n(?P<body>.*)", re.DOTALL)
_NOTES = ("note", "body", "description", "message", "comment", "summary", "title", "text")
_TYPES = ("change_type", "type", "kind", "category", "changeType")
_COMPONENTS = ("component", "package", "packageName", "area", "service")
_UNDERLINE = re.compile(r"[=\-~^]{3,}\s*$")


def read_fragment(path: str, text: str) -> list[ChangelogEntry]:
    """Return the entries of a fragment; none of what cannot be read."""
    if len(text) > LARGEST:
        return []
    name = path.rpartition("/")[2].lower()
    text = text.replace("\r\n", "\n")
    if name.endswith((".yaml", ".yml", ".json")):
        return list(_of_data(read_tree(path, text), text))
    front = _FRONT.match(text)
    if front:
        return list(_of_front_matter(front["front"], front["body"]))
    said = fragment_type(name)
    kind = _kind(said) if said else None
    if ".. change" in text:
        return read_entries(as_markdown(path, text), headings=False)
    text = as_markdown(path, text)
    lines = [line for line in text.split("\n") if not _UNDERLINE.match(line)]
    return list(_entries("\n".join(lines), kind, "", text))


def _of_front_matter(front: str, body: str) -> Iterator[ChangelogEntry]:
    """Yield the entry of changesets: packages with the step of their version, and the note."""
    steps = re.findall(
        r"(?m)^[^\S\n]*+['\"]?+([^'\":\n]{1,120}+)['\"]?+[^\S\n]*+:[^\S\n]*+['\"]?+([\w-]{1,40})",
        front,
    )
    kinds = [kind for _, step in steps if (kind := _kind(step)) is not None]
    order = tuple(ThreadKind)
    kind = min(kinds, key=order.index, default=None)
    yield from _entries(body, kind, steps[0][0].strip() if steps else "", body)


def _of_data(tree: Node | None, text: str) -> Iterator[ChangelogEntry]:
    """Yield the entries of YAML and JSON: one note with its type, or lists of notes by type."""
    for row in (tree.items() or [tree]) if tree else ():
        note = _text_of(row, _NOTES)
        if note:
            subtext = row.at("subtext").text()
            body = note + ("\n\n" + subtext if subtext else "")
            yield from _entries(
                body, _kind(_text_of(row, _TYPES)), _text_of(row, _COMPONENTS), text
            )
            continue
        for type_, notes in row.entries().items():
            kind = _kind(type_)
            for entry in notes.items() if kind else ():
                if entry.text():
                    yield from _entries(entry.text(), kind, "", text)


def _text_of(node: Node, keys: tuple[str, ...]) -> str:
    """Return the first text that stands below one of some keys."""
    return next((text for key in keys if (text := node.at(key).text())), "")


def _kind(type_: str) -> ThreadKind | None:
    return _KINDS.get(type_.lower()) or kind_of_label(type_.replace("_", " ")) or None


def _entries(body: str, kind: ThreadKind | None, scope: str, text: str) -> Iterator[ChangelogEntry]:
    first = " ".join(body.strip().split("\n\n")[0].lstrip("-*# ").split())
    sentences = sentences_of(first)
    if not sentences:
        return
    words: Words = read_words(sentences[0])
    rest = " ".join([*sentences[1:], *body.strip().split("\n\n")[1:]])
    order = tuple(ThreadKind)
    own = words.kind
    if kind is None or (
        own is not None and order.index(own) < order.index(kind) and words.labelled
    ):
        kind = own
    if scope and not words.scope:
        words = replace(words, scope=scope)
    lines = text.split("\n")
    first_line = next((at for at, line in enumerate(lines, 1) if sentences[0][:30] in line), 1)
    yield ChangelogEntry(
        words=words, kind=kind, detail=" ".join(rest.split()), version="", start=first_line, end=first_line,
        declared=kind is not None,
    )  # fmt: skip
