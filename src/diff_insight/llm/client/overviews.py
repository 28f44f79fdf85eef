"""Asks what a category adds up to, once for each locale, in groups when there are many files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from diff_insight.llm.client.cache import key_of
from diff_insight.llm.client.category_session import CategorySession
from diff_insight.llm.client.client import Client
from diff_insight.llm.client.protocol import EndpointError, Question
from diff_insight.llm.prompting.answers import (
    AnswerError,
    RawOverview,
    overview_schema,
    read_overview,
)
from diff_insight.llm.prompting.overview import (
    OUTPUT,
    Known,
    groups_of,
    known_files,
    overview_prompt,
)
from diff_insight.llm.prompting.prompts import prompt_version
from diff_insight.llm.prompting.verify import check_overview
from diff_insight.markup.plain import clip
from diff_insight.model.telling import RangeText

_ROOM = OUTPUT * 2
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
            "overview", self._desk.place, self._model, prompt_version(), locale, *known.lines
        )
        if self._recall(key, known, locale):
            return
        try:
            text = await self._whole(known, locale, key)
        except EndpointError as error:
            self._desk.overviews[locale] = str(error.trouble)
            return
        if text is None:
            self._desk.overviews[locale] = "rejected"
            self._desk.cache.put(key, {"rejected": True})
        else:
            self._desk.ranges[locale] = text

    async def _whole(self, known: Known, locale: str, key: str) -> RangeText | None:
        groups = groups_of(known)
        if len(groups) > 1:
            answers = await asyncio.gather(*(self._answer(each, locale) for each in groups))
            known = _digest(groups, [raw for raw, _ in answers])
        raw, text = await self._answer(known, locale)
        if raw is not None and text is not None:
            self._desk.cache.put(
                key, {"known": list(known.lines), "files": list(known.files), "answer": _plain(raw)}
            )
        return text

    async def _answer(
        self, known: Known, locale: str
    ) -> tuple[RawOverview | None, RangeText | None]:
        """Ask, check, and ask once more with what was wrong."""
        failures: tuple[str, ...] = ()
        for again in (False, True):
            question = Question(
                model=self._model,
                prompt=overview_prompt(known, locale, failures),
                schema=overview_schema(),
                room=_ROOM,
            )
            answer = await self._client.ask(
                question,
                self._desk.ledger,
                (_URGENT, self._number, again),
                "corrective" if again else "",
            )
            try:
                raw = read_overview(answer.text)
            except AnswerError as error:
                failures = (str(error),)
                continue
            text, failures = check_overview(raw, self._desk.insight, known, locale)
            if text is not None:
                return raw, text
        return None, None

    def _recall(self, key: str, known: Known, locale: str) -> bool:
        kept = self._desk.cache.get(key)
        if kept is None:
            return False
        if kept.get("rejected") is True:
            self._desk.overviews[locale] = "rejected"
            self._desk.ledger.cache_hits += 1
            return True
        try:
            raw = read_overview(str(kept.get("answer")))
        except AnswerError:
            return False
        shown = known if len(groups_of(known)) == 1 else _recall_known(kept, known)
        text, _ = check_overview(raw, self._desk.insight, shown, locale)
        if text is None:
            return False
        self._desk.ranges[locale] = text
        self._desk.ledger.cache_hits += 1
        return True


def _recall_known(kept: dict[str, object] | object, known: Known) -> Known:
    """Return what a final request over groups had shown, as it was kept with its answer."""
    lines = kept.get("known") if isinstance(kept, dict) else None
    if not isinstance(lines, list):
        return known
    return Known(tuple(str(line) for line in lines), known.files)


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
    return Known(tuple(lines), files)


def _plain(raw: RawOverview) -> str:
    """Return an answer as the JSON that it came in."""
    import json  # noqa: PLC0415 - only to keep an answer

    return json.dumps(
        {
            "headline": raw.headline,
            "summary": raw.summary,
            "insights": raw.insights,
            "new_features": [{"text": b.text, "files": list(b.files)} for b in raw.new_features],
            "other_updates": [{"text": b.text, "files": list(b.files)} for b in raw.other_updates],
        },
        ensure_ascii=False,
    )
