"""Believes an answer about a category part by part: what stands, what is wrong with the rest, what can be saved of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from diff_insight.llm.prompting.answer_markdown import inline, paragraphs, title_line
from diff_insight.llm.prompting.answers import RawBullet, RawOverview
from diff_insight.llm.prompting.checks import LONGEST_TEXT, LONGEST_TITLE, judge
from diff_insight.llm.prompting.grounds import RangeGround
from diff_insight.llm.prompting.readings import with_readings
from diff_insight.llm.prompting.verify import MOST_FAULTS
from diff_insight.markup.plain import clip
from diff_insight.model.facts import ModificationType
from diff_insight.model.telling import Bullet, RangeText


class RangeVerdict(Struct, frozen=True):
    """What of an answer about a category is believed, what can be saved, and what is wrong.

    Attributes:
        text: The parts that stand, and what can be saved of the others; a part may be empty.
        raw: The same, as the model wrote it.
        faults: What is wrong.
    """

    text: RangeText
    raw: RawOverview
    faults: tuple[str, ...] = ()


def better(second: RangeVerdict, first: RangeVerdict) -> RangeVerdict:
    """Return the parts of a second answer that stand, and of the first where the second has none."""
    return RangeVerdict(
        RangeText(**{name: _more(second.text, first.text, name) for name in _PARTS}),
        RawOverview(**{name: _more(second.raw, first.raw, name) for name in _PARTS}),
        second.faults,
    )


_PARTS = ("headline", "summary", "new_features", "other_updates", "insights")


def _more(second: object, first: object, name: str) -> Any:  # noqa: ANN401 - both have the same parts
    """Return the second's part, unless the first has more of it."""
    new, old = getattr(second, name), getattr(first, name)
    return old if len(old) > len(new) and (isinstance(new, tuple) or not new) else new


def check_overview(answer: RawOverview, ground: RangeGround, locale: str) -> RangeVerdict:
    """Return what stands of the texts about a category, and what is wrong with the rest."""
    faults: list[str] = []
    parts: dict[str, str] = {}
    readings: dict[str, frozenset[str]] = {}
    for name, longest, prose in (
        ("headline", LONGEST_TITLE, False), ("summary", LONGEST_TEXT, True), ("insights", LONGEST_TEXT, True),
    ):  # fmt: skip
        judgement = judge(getattr(answer, name), locale, ground.whole, longest=longest, prose=prose)
        faults += judgement.fault_lines(name)
        parts[name] = judgement.rest
        readings[name] = judgement.readings
    doubtful: set[str] = set()
    lists = {
        name: _bullets(name, getattr(answer, name), ground, locale, faults, doubtful)
        for name in ("new_features", "other_updates")
    }
    raw = RawOverview(
        headline=parts["headline"], summary=parts["summary"], insights=parts["insights"],
        new_features=lists["new_features"], other_updates=lists["other_updates"],
    )  # fmt: skip
    insights = with_readings(paragraphs(raw.insights), readings["insights"], locale)
    text = RangeText(
        headline=with_readings(title_line(raw.headline), readings["headline"], locale),
        summary=with_readings(title_line(raw.summary), readings["summary"], locale),
        new_features=tuple(_bullet(each, doubtful, locale) for each in raw.new_features),
        other_updates=tuple(_bullet(each, doubtful, locale) for each in raw.other_updates),
        insights=insights,
    )
    return RangeVerdict(text, raw, tuple(dict.fromkeys(faults))[:MOST_FAULTS])


def _bullet(raw: RawBullet, doubtful: Collection[str], locale: str) -> Bullet:
    text = inline(raw.text)
    if raw.text.strip() in doubtful:
        text = with_readings(text, (raw.text.strip(),), locale)
    return Bullet(text, tuple(dict.fromkeys(number - 1 for number in raw.files)))


def _bullets(
    name: str,
    bullets: Sequence[RawBullet],
    ground: RangeGround,
    locale: str,
    faults: list[str],
    readings: set[str],
) -> tuple[RawBullet, ...]:
    """Return the bullets that stand; what is wrong is added to the faults, what is doubtful to the readings."""
    standing = []
    for number, bullet in enumerate(bullets, 1):
        where = f"{name} {number} (“{clip(bullet.text, 40)}”)"
        indexes = tuple(each - 1 for each in bullet.files)
        if any(not 0 <= index < ground.count for index in indexes):
            faults.append(f"{where}: there is no file of that number")
            continue
        if not indexes:
            faults.append(f"{where}: it names no file that shows it")
            continue
        judgement = judge(bullet.text, locale, ground.of(indexes), longest=LONGEST_TEXT)
        faults += judgement.fault_lines(where)
        if name == "new_features" and not any(_adds(ground, index) for index in indexes):
            faults.append(f"{where}: none of its files has anything added")
        elif judgement.rest:
            standing.append(bullet)
            readings |= judgement.readings
    return tuple(standing)


def _adds(ground: RangeGround, index: int) -> bool:
    (analysis,) = ground.files[index].evidence.analyses
    return analysis.change.additions > 0 or analysis.type is ModificationType.NEW_FEATURE
