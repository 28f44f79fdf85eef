"""Front matter facts: keys added, removed and changed; the title and the date stamp by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.identity.page_address import read_address, serves
from diff_insight.facts.identity.redirect_rules import ADDRESS_KEYS, ALIAS_KEYS
from diff_insight.facts.identity.same_content import same_content
from diff_insight.facts.pages.dates import days_between, find_dates
from diff_insight.facts.pages.front_values import (
    Values,
    changed_lines_of,
    front_values,
    lost_addresses,
)
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.file_types import is_page
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Keys that say when a page was last looked at, not what it says.
DATE_KEYS = frozenset(
    "ms.date date lastmod last_modified last_updated last-updated updated modified reviewed".split()
)
#: Keys that say how far the thing that a page describes is.
STATUS_KEYS = frozenset("status state stability maturity".split())
#: Keys that keep a page out of a site, and the value that does.
DRAFT_KEYS = {"draft": "true", "published": "false", "unpublished": "true"}
_Key = tuple[int, str]


def applies(view: FileView) -> bool:
    """Only a page that exists on both sides has changed keys."""
    return view.has_page_structure and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact a key, in the order of their lines."""
    removed = _changed_keys(view, Side.BASE)
    added = _changed_keys(view, Side.HEAD)
    changed = {*removed, *added}
    if is_page(view.change.path):
        yield from _publication(view, removed, added)
        yield from _address_change(view, removed, added)
    values = front_values(view)
    spoken = changed - {*removed, *added}
    yield from _list_changes(view, values, removed, added, spoken)
    for key, (line, value) in added.items():
        if key in removed:
            old_line, old = removed[key]
            before, after = values[Side.BASE].get(key, old), values[Side.HEAD].get(key, value)
            if same_content(before, after, markup=False):
                evidence = {base_line(old_line), head_line(line)}
                if key in values[Side.BASE] and key in values[Side.HEAD]:
                    evidence.update(map(base_line, changed_lines_of(view, Side.BASE, key)))
                    evidence.update(map(head_line, changed_lines_of(view, Side.HEAD, key)))
                proofs = sorted(evidence, key=lambda proof: (proof.side, proof.start))
                yield Fact("text.markup", {"section": ""}, tuple(proofs))
            else:
                yield _change(key, before, after, old_line, line)
        else:
            yield Fact("front-matter.key-added", {"key": key, "value": value}, (head_line(line),))
    for key, (line, value) in removed.items():
        if key not in added:
            yield Fact("front-matter.key-removed", {"key": key, "value": value}, (base_line(line),))


def _list_changes(
    view: FileView, values: Values, removed: dict[str, _Key], added: dict[str, _Key],
    spoken: set[str],
) -> Iterator[Fact]:  # fmt: skip
    """Yield old addresses that no longer lead to the page, and lists whose key's line stays."""
    for key in sorted((values[Side.BASE].keys() & values[Side.HEAD].keys()) - spoken):
        old, new = (values[side][key] for side in Side)
        lines = {side: changed_lines_of(view, side, key) for side in Side}
        evidence = (
            *(base_line(number) for number in lines[Side.BASE]),
            *(head_line(number) for number in lines[Side.HEAD]),
        )
        if old == new or not evidence:
            continue
        lost = lost_addresses(old, new) if key.lower() in ALIAS_KEYS else ()
        if lost:
            names: dict[str, Value] = {"items": lost, "total": len(lost)}
            yield Fact("page.alias-removed", {"names": names, "key": key}, evidence)
        elif key in removed or key in added:
            continue
        else:
            yield Fact("front-matter.key-changed", {"key": key, "old": old, "new": new}, evidence)
        removed.pop(key, None)
        added.pop(key, None)


def is_draft(keys: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the front matter of a page keeps it out of the site."""
    return any(DRAFT_KEYS.get(key) == value.lower() for key, value in keys)


def _publication(
    view: FileView, removed: dict[str, _Key], added: dict[str, _Key]
) -> Iterator[Fact]:
    """Yield that a page became a draft, or is none any more; take the key out of both sides."""
    for key, hiding in DRAFT_KEYS.items():
        old, new = removed.get(key), added.get(key)
        before, after = (side is not None and side[1].lower() == hiding for side in (old, new))
        if before == after:
            continue
        evidence = (*([base_line(old[0])] if old else []), *([head_line(new[0])] if new else []))
        title = structure(view, Side.HEAD).title()
        value = new[1] if new else old[1] if old else ""
        shown: dict[str, Value] = {"title": title, "key": f"{key}: {value}"}
        kind = "page.unpublished" if after else "page.published"
        yield Fact(kind, shown, evidence, breaking=after)
        removed.pop(key, None)
        added.pop(key, None)


def _address_change(
    view: FileView, removed: dict[str, _Key], added: dict[str, _Key]
) -> Iterator[Fact]:
    """Yield that a page gave itself another address; take the key out of both sides."""
    path = view.change.path
    folder = path.rpartition("/")[0]
    for key in sorted(ADDRESS_KEYS):
        old, new = removed.get(key), added.get(key)
        if old is None and new is None:
            continue
        names = [path if side is None else side[1] for side in (old, new)]
        full = [name if "/" in name else f"{folder}/{name}" for name in names]
        first, second = (read_address(name) for name in full)
        # Where a page is without the key is known only about.
        same = first == second if old and new else serves(second, first) or serves(first, second)
        if same or not (first.parts and second.parts):
            continue
        evidence = (*([base_line(old[0])] if old else []), *([head_line(new[0])] if new else []))
        params: dict[str, Value] = {"old": names[0], "new": names[1], "only": False, "address": key}
        yield Fact("page.moved", params, evidence, breaking=True)
        removed.pop(key, None)
        added.pop(key, None)


def _changed_keys(view: FileView, side: Side) -> dict[str, _Key]:
    """Return the keys on changed lines of one side: key -> (line, value)."""
    page = structure(view, side)
    if not page.front_end:
        return {}
    keys: dict[str, _Key] = {}
    for block in view.blocks:
        old = side is Side.BASE
        start, lines = (
            (block.old_start, block.old_lines) if old else (block.new_start, block.new_lines)
        )
        if start > page.front_end:
            break
        for number in range(start, start + len(lines)):
            if number in page.front_matter:
                key, value = page.front_matter[number]
                keys[key] = (number, value)
            if number <= page.front_end:
                view.claimed.add((side, number))
    return keys


def _change(key: str, old: str, new: str, old_line: int, new_line: int) -> Fact:
    evidence = (base_line(old_line), head_line(new_line))
    if key == "title":
        return Fact("front-matter.title", {"old": old, "new": new}, evidence)
    if key.lower() in DATE_KEYS:
        month_first = key.startswith("ms.")
        dates = [next(find_dates(text, month_first=month_first), None) for text in (old, new)]
        if dates[0] and dates[1]:
            before, after = dates[0].value, dates[1].value
            params = {"key": key, "old": before, "new": after, "days": days_between(before, after)}
            return Fact("front-matter.date", params, evidence)
    kind = "front-matter.status" if key.lower() in STATUS_KEYS else "front-matter.key-changed"
    return Fact(kind, {"key": key, "old": old, "new": new}, evidence)
