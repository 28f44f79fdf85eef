"""Callouts and words that one place of a file lost and another gained: they moved, or moved and were reworded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

#: Kind of what came -> the kind of what went, and what makes both the same.
_PAIRS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "admonition.added": ("admonition.removed", ("what", "quote")),
    "text.words-added": ("text.words-removed", ("quote",)),
    "text.added": ("text.removed", ("quote", "lines")),
}
#: What came -> what went of the same sort, which may be the same in other words.
_REWORDED: Mapping[str, str] = {
    "text.added": "text.removed",
    "admonition.added": "admonition.removed",
}
#: Characters from which words of two passages are taken for the same ones.
_SHORTEST = 6
#: Words of a sentence that is known again when some differ, the share that is the same, and pairs held together.
_LEAST_WORDS, _ALIKE, _MOST_PAIRS = 6, 0.75, 400


def with_moved(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return the facts of a file with one fact instead of each such pair, where the later one stood."""
    kinds = {fact.kind for fact in facts}
    if not any(come in kinds and gone in kinds for come, (gone, _) in _PAIRS.items()):
        return facts  # most files
    lost: dict[tuple[Value, ...], list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        for gone, names in _PAIRS.values():
            if fact.kind == gone:
                lost[gone, *(fact.params.get(name) for name in names)].append(number)
    replacements: dict[int, Fact | None] = {}
    for number, fact in enumerate(facts):
        if fact.kind not in _PAIRS:
            continue
        gone, names = _PAIRS[fact.kind]
        candidates = lost.get((gone, *(fact.params.get(name) for name in names)), [])
        other = next((each for each in candidates if _same(facts[each], fact)), None)
        if other is None:
            continue
        candidates.remove(other)
        replacements[min(number, other)] = None
        replacements[max(number, other)] = _move(facts[other], fact)
    kept = (replacements.get(number, fact) for number, fact in enumerate(facts))
    return _with_reworded([fact for fact in kept if fact is not None])


def _with_reworded(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return facts with one instead of a passage that went and one of the same section that nearly says it."""
    gone = [fact for fact in facts if fact.kind in _REWORDED.values()]
    come = [fact for fact in facts if fact.kind in _REWORDED]
    if not gone or not come or len(gone) * len(come) > _MOST_PAIRS:
        return facts
    reworded: dict[int, Fact] = {}
    covered: set[int] = set()
    for fact in come:
        old = next((each for each in gone if id(each) not in covered and _alike(each, fact)), None)
        if old is not None:
            covered.add(id(old))
            params = {
                name: value for name, value in fact.params.items() if name not in ("lines", "what")
            }
            proofs = (*old.evidence, *fact.evidence)
            reworded[id(fact)] = Fact(
                "text.reworded", {**params, "old": old.params["quote"]}, proofs
            )
    return [reworded.get(id(fact), fact) for fact in facts if id(fact) not in covered]


def _alike(gone: Fact, come: Fact) -> bool:
    """Tell whether the sentences that two passages of one section are quoted by say nearly the same."""
    if gone.kind != _REWORDED[come.kind] or any(
        gone.params.get(name) != come.params.get(name) for name in ("section", "what")
    ):
        return False
    old, new = (str(fact.params.get("quote", "")).lower().split() for fact in (gone, come))
    if min(len(old), len(new)) < _LEAST_WORDS:
        return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _same(gone: Fact, come: Fact) -> bool:
    """Tell whether words are long enough to be the same ones, or of one passage."""
    long = not come.kind.startswith("text.") or len(str(come.params.get("quote"))) >= _SHORTEST
    return long or gone.evidence == come.evidence


def _move(gone: Fact, come: Fact) -> Fact:
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys((*gone.evidence, *come.evidence)))
    if come.kind == "admonition.added":
        params = {name: come.params[name] for name in ("what", "quote")}
        return Fact("admonition.moved", params, evidence)
    params = {"section": come.params["section"], "quote": come.params["quote"]}
    return Fact("text.words-moved", params, evidence)
