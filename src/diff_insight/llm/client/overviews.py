"""Asks what a category adds up to, once for each locale, in groups when there are many files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from diff_insight.llm.client.cache import key_of
from diff_insight.llm.client.category_session import CategorySession
from diff_insight.llm.client.endpoint_client import Client
from diff_insight.llm.client.exchange import EndpointError, Question
from diff_insight.llm.prompting.answers import (
    AnswerError,
    RawOverview,
    overview_json,
    overview_schema,
    read_overview,
)
from diff_insight.llm.prompting.grounds import range_ground
from diff_insight.llm.prompting.overview import (
    OUTPUT,
    Known,
    groups_of,
    known_files,
    overview_prompt,
)
from diff_insight.llm.prompting.prompts import prompt_version
from diff_insight.llm.prompting.verify_overview import RangeVerdict, better, check_overview
from diff_insight.markup.plain import clip
from diff_insight.model.telling import RangeText

_ROOM = OUTPUT * 2
#: Characters of an answer that cannot be read which a second request shows.
_LONGEST_EARLIER = 2_000
_URGENT = 0


class OverviewAsker:
    """Asks about one category as a whole."""

    def __init__(self, client: Client, desk: CategorySession, model: str, number: int) -> None:
        self._client = client
        self._desk = desk
        self._model = model
        self._number = number

    async def ask(self, locale: str) -> None:
        """Write the texts about the range in one locale, or leave them to the rules."""
        known = known_files(self._desk.insight, self._desk.texts, locale)
        key = key_of(
            "overview", self._desk.place, self._model, prompt_version(), locale,
            *known.preface, *known.lines,
        )  # fmt: skip
        if self._recall(key, known, locale):
            return
        try:
            verdict = await self._whole(known, locale, key)
        except EndpointError as error:
            self._desk.overviews[locale] = str(error.trouble)
            return
        if verdict is None or not _says_something(verdict.text):
            self._desk.overviews[locale] = "rejected"
        else:
            self._desk.ranges[locale] = verdict.text

    async def _whole(self, known: Known, locale: str, key: str) -> RangeVerdict | None:
        groups = groups_of(known)
        if len(groups) > 1:
            answers = await asyncio.gather(*(self._answer(each, locale) for each in groups))
            known = _digest(groups, [None if each is None else each.raw for each in answers])
        verdict = await self._answer(known, locale)
        if verdict is not None and not verdict.faults:
            self._desk.cache.put(
                key,
                {
                    "preface": list(known.preface),
                    "known": list(known.lines),
                    "files": list(known.files),
                    "answer": overview_json(verdict.raw),
                },
            )
        return verdict

    async def _answer(self, known: Known, locale: str) -> RangeVerdict | None:
        """Ask, check, and ask once more with the answer and what was wrong; what stands of both is kept."""
        ground = range_ground(self._desk.insight, known, self._desk.chosen.units)
        faults: tuple[str, ...] = ()
        earlier = ""
        best: RangeVerdict | None = None
        for again in (False, True):
            question = Question(
                model=self._model,
                prompt=overview_prompt(known, locale, faults, earlier),
                schema=overview_schema(),
                room=_ROOM,
            )
            try:
                answer = await self._client.ask(
                    question,
                    self._desk.ledger,
                    (_URGENT, self._number, again),
                    "corrective" if again else "",
                )
            except EndpointError:
                if best is None:
                    raise
                return best
            try:
                raw = read_overview(answer.text)
            except AnswerError as error:
                faults, earlier = (str(error),), clip(answer.text, _LONGEST_EARLIER)
                continue
            verdict = check_overview(raw, ground, locale)
            best = verdict if best is None else better(verdict, best)
            if not verdict.faults:
                break
            faults, earlier = verdict.faults, overview_json(raw)
        return best

    def _recall(self, key: str, known: Known, locale: str) -> bool:
        kept = self._desk.cache.get(key)
        if kept is None:
            return False
        try:
            raw = read_overview(str(kept.get("answer")))
        except AnswerError:
            return False
        shown = known if len(groups_of(known)) == 1 else _kept_known(kept, known)
        ground = range_ground(self._desk.insight, shown, self._desk.chosen.units)
        verdict = check_overview(raw, ground, locale)
        if verdict.faults:
            return False
        self._desk.ranges[locale] = verdict.text
        self._desk.ledger.cache_hits += 1
        return True


def _says_something(text: RangeText) -> bool:
    return any((text.headline, text.summary, text.insights, text.new_features, text.other_updates))


def _kept_known(kept: dict[str, object] | object, known: Known) -> Known:
    """Return what a final request over groups had shown, as it was kept with its answer."""
    lines = kept.get("known") if isinstance(kept, dict) else None
    if not isinstance(lines, list):
        return known
    preface = kept.get("preface") if isinstance(kept, dict) else None
    first = tuple(map(str, preface)) if isinstance(preface, list) else known.preface
    return Known(tuple(str(line) for line in lines), known.files, first)


def _digest(groups: Sequence[Known], answers: Sequence[RawOverview | None]) -> Known:
    """Return what the groups add up to: their accepted answers, else their most important lines."""
    lines: list[str] = []
    for group, answer in zip(groups, answers, strict=True):
        if answer is None:
            lines += [clip(line, 200) for line in group.lines[:8]]
            continue
        lines.append(f"{answer.headline}: {answer.summary}")
        for bullet in (*answer.new_features, *answer.other_updates):
            numbers = ", ".join(map(str, bullet.files))
            lines.append(f"{numbers}. {bullet.text}")
    files = tuple(index for group in groups for index in group.files)
    return Known(tuple(lines), files, groups[0].preface)
