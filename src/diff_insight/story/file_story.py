"""Turns the facts of one file into items: equal kinds are joined, so that nothing is said twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of, names_with
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import StoryItem
from diff_insight.story.changelog_entries import declared_entries
from diff_insight.story.internals import is_private, name_contents
from diff_insight.story.joiners import Numbered, join_facts, make_item, names_of
from diff_insight.story.salience import Moment, SalienceContext, cue_weight, weigh

#: Lines that came to examples, or went from them, which are quoted one by one.
_MOST_LINES = 3
#: Passages told one by one; more of them in one file are a rewriting.
MOST_PASSAGES = 8
#: Sections that came and went in one place before they are told as one replacement.
_LEAST_REPLACED = 3
#: Passages of which a rewriting quotes the first, the most telling ones first.
_MOST_TELLING = (Trait.NEW_PASSAGE, Trait.REWORDED_PASSAGE, Trait.LOST_PASSAGE)
#: Spaces in a quote that says something by itself.
_TELLING = 3


def file_story(
    index: int, analysis: FileAnalysis, watch: Sequence[re.Pattern[str]]
) -> tuple[StoryItem, ...]:
    """Return the items of one file, most consequential first.

    Args:
        index: The file's place in its category.
        analysis: The file's facts.
        watch: Expressions that raise the salience of what they match.
    """
    by_kind: dict[str, list[Numbered]] = defaultdict(list)
    for entry in enumerate(analysis.facts):
        kind = entry[1].kind
        if not kind_of(kind).has(Trait.QUOTED):  # quoted behind what they explain (story/people.py)
            by_kind[kind].append(entry)
    items: list[StoryItem] = [*declared_entries(by_kind, analysis, index)]
    new = _within_sections(by_kind)
    _code_blocks(by_kind)
    _outline(by_kind, items, index)
    _fold_rewriting(by_kind, items, index, new=new)
    for kind, facts in by_kind.items():
        for private, alike in _apart(facts):
            made = join_facts(kind, alike, index)
            context = SalienceContext(analysis=analysis, private=private)
            items += [weigh(item, Moment.SEEN, context) for item in made]
    context = SalienceContext(analysis=analysis, watch=watch)
    weighed = [weigh(item, Moment.COMPLETE, context) for item in name_contents(items)]
    return tuple(sorted(weighed, key=lambda item: (-item.salience, item.facts[0].fact)))


def _apart(facts: list[Numbered]) -> list[tuple[bool, list[Numbered]]]:
    """Cut facts of a kind, as what breaks, or is seen, is never listed together with what is not.

    What is likely to break is never listed with what certainly does.

    Returns whether users do not see a part, and its facts.
    """
    if len(facts) == 1:
        return [(is_private(facts[0][1]), facts)]
    apart: dict[tuple[bool, bool, bool], list[Numbered]] = {}
    for entry in facts:
        fact = entry[1]
        key = not fact.is_proved_breaking, not fact.breaking, is_private(fact)
        apart.setdefault(key, []).append(entry)
    return [(key[2], apart[key]) for key in sorted(apart)]


def _outline(by_kind: dict[str, list[Numbered]], items: list[StoryItem], index: int) -> None:
    """Join sections that came where others went into one item; takes its facts out of `by_kind`."""
    both = (_one_with(Trait.SECTION_GOES), _one_with(Trait.SECTION_COMES))
    if not all(by_kind.get(kind) for kind in both):
        return
    shared = set.intersection(*({_place(fact) for _, fact in by_kind[kind]} for kind in both))
    removed, added = (
        [entry for entry in by_kind[kind] if _place(entry[1]) in shared] for kind in both
    )
    if len(removed) + len(added) < _LEAST_REPLACED:
        return
    top = min(_level(fact) for _, fact in removed + added)
    gone = [fact for _, fact in removed if _level(fact) == top]
    come = [fact for _, fact in added if _level(fact) == top]
    if gone and come:
        params: dict[str, Value] = {
            "removed": names_of([fact.params["heading"] for fact in gone]),
            "first_removed": gone[0].params["heading"],
            "first_added": come[0].params["heading"],
            "removed_count": len(gone),
            "added": names_of([fact.params["heading"] for fact in come]),
            "added_count": len(come),
            "sub_removed": len(removed) - len(gone),
            "sub_added": len(added) - len(come),
            "questions": all(str(fact.params["heading"]).endswith("?") for fact in gone),
        }
        items.append(make_item("outline.replaced", params, removed + added, index))
        for kind in both:
            by_kind[kind] = [entry for entry in by_kind[kind] if _place(entry[1]) not in shared]
    _drop_empty(by_kind)


def _within_sections(by_kind: dict[str, list[Numbered]]) -> frozenset[int]:
    """Take out what went with a section that is told as removed.

    Returns the numbers of new passages that stand in new sections.
    """
    gone = [
        span for _, fact in by_kind.get(_one_with(Trait.SECTION_GOES), ()) for span in _span(fact)
    ]
    for kind in _with(Trait.IN_SECTION, by_kind) if gone else ():
        by_kind[kind] = [
            entry for entry in by_kind[kind] if entry[1].breaking or not _stands(entry[1], gone)
        ]
    come = [
        span for _, fact in by_kind.get(_one_with(Trait.SECTION_COMES), ()) for span in _span(fact)
    ]
    added = by_kind.get(_one_with(Trait.NEW_PASSAGE), ()) if come else ()
    return frozenset(number for number, fact in added if _stands(fact, come))


def _span(fact: Fact) -> Iterator[tuple[int, int]]:
    """Yield first and last line of a section, where they are known."""
    end = fact.params.get("end")
    if fact.evidence and isinstance(end, int):
        yield fact.evidence[0].start, end


def _stands(fact: Fact, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether all of a fact stands in sections; they are in the order of their lines."""
    for line in fact.evidence:
        at = bisect_right(spans, line.start, key=lambda span: span[0]) - 1
        if at < 0 or line.end > spans[at][1]:
            return False
    return bool(fact.evidence)


def _code_blocks(by_kind: dict[str, list[Numbered]]) -> None:
    """Put changed lines and changed blocks of code together, so that they are counted once."""
    line, block = _one_with(Trait.CODE_LINE), _one_with(Trait.CODE_BLOCK)
    lines, blocks = by_kind.get(line), by_kind.get(block)
    if lines and blocks:
        by_kind[block] = sorted([*lines, *blocks], key=lambda entry: entry[0])
        del by_kind[line]
    for end in ("added", "removed"):
        quoted = by_kind.get(f"code-block.line-{end}", ())
        if (
            len(quoted) > _MOST_LINES
            and len({fact.params.get("quote") for _, fact in quoted}) > _MOST_LINES
        ):
            # So many lines are counted with those of larger blocks.
            by_kind[f"code-block.{end}"] += [(number, _line(end, fact)) for number, fact in quoted]
            by_kind[f"code-block.{end}"].sort(key=lambda entry: entry[0])
            del by_kind[f"code-block.line-{end}"]


def _line(end: str, fact: Fact) -> Fact:
    params: dict[str, Value] = {"language": fact.params.get("language"), "lines": 1}
    return Fact(f"code-block.{end}", {**params, "shown": fact.params.get("quote")}, fact.evidence)


def _fold_rewriting(
    by_kind: dict[str, list[Numbered]],
    items: list[StoryItem],
    index: int,
    *,
    new: frozenset[int],
) -> None:
    """Make one item of many new, lost and reworded passages; takes its facts out of `by_kind`.

    Passages of new sections (`new`) do not count; many of them are told by their sections alone.
    """
    kinds = _with(Trait.PASSAGE, by_kind)
    if sum(len(by_kind[kind]) for kind in kinds) <= MOST_PASSAGES:
        return
    every = [entry for kind in kinds for entry in by_kind[kind]]
    facts = [entry for entry in every if entry[0] not in new]
    if len(facts) <= MOST_PASSAGES:
        added_kind = _one_with(Trait.NEW_PASSAGE)
        by_kind[added_kind] = [
            entry for entry in every if entry[0] not in new and entry[1].kind == added_kind
        ]
        return
    added = [fact for _, fact in facts if kind_of(fact.kind).has(Trait.NEW_PASSAGE)]
    telling = next(
        (fact for fact in added if str(fact.params["quote"]).count(" ") >= _TELLING), None
    )
    cued = [fact for _, fact in facts if fact.params.get("cue")]
    best = max(cued, key=lambda fact: cue_weight(fact.params["cue"]), default=None)
    first = best or telling or next((fact for trait in _MOST_TELLING
                  for _, fact in facts if kind_of(fact.kind).has(trait)), facts[0][1])  # fmt: skip
    params: dict[str, Value] = {
        "count": len(facts),
        "quote": first.params["quote"],
        "shorter": kind_of(first.kind).has(Trait.LOST_PASSAGE),
        "cue": first.params.get("cue", ""),
    }
    items.append(make_item("text.rewritten", params, facts, index))
    for kind in kinds:
        by_kind.pop(kind, None)


def _one_with(trait: Trait) -> str:
    """Return the only kind that has a trait."""
    (kind,) = names_with(trait)
    return kind


def _with(trait: Trait, by_kind: Mapping[str, object]) -> list[str]:
    """Return the kinds at hand that have a trait, in the order of their rows."""
    return [kind for kind in names_with(trait) if kind in by_kind]


def _drop_empty(by_kind: dict[str, list[Numbered]]) -> None:
    for kind in [kind for kind, facts in by_kind.items() if not facts]:
        del by_kind[kind]


def _place(fact: Fact) -> Value:
    """Return behind how many unchanged headings a section stands, on either side."""
    return fact.params.get("place")


def _level(fact: Fact) -> int:
    level = fact.params.get("level")
    return level if isinstance(level, int) else 0
