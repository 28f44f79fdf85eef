"""What is known of one category while a model is asked about it; it survives an interruption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec import Struct, field

from diff_insight.llm.client.cache import Cache, key_of
from diff_insight.llm.client.exchange import EndpointError, Trouble
from diff_insight.llm.client.usage_ledger import UsageLedger
from diff_insight.llm.prompting.answers import RawFile, RawText
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.llm.prompting.prompts import prompt_version
from diff_insight.llm.prompting.units import Chosen, Unit
from diff_insight.llm.prompting.verify import Verdict, check_file
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice, Params
from diff_insight.model.telling import FileText, RangeText, Told

#: Texts are the rules' because the questions wait in a queue, or were not answered there.
WAITING, ENDED = "waiting", "ended"
#: Why texts are the rules' -> the notice that says so, most telling first.
_NOTICES: tuple[tuple[str, Callable[[Params], Notice]], ...] = (
    (Trouble.KEY, lambda params: Notice("model-key", params)),
    (Trouble.MODEL, lambda params: Notice("model-unknown", params)),
    (Trouble.QUOTA, lambda params: Notice("model-quota", params)),
    (Trouble.SILENT, lambda params: Notice("model-silent", params)),
    (Trouble.DEADLINE, lambda params: Notice("model-deadline", params)),
    (Trouble.BUDGET, lambda params: Notice("model-budget", params)),
    ("interrupted", lambda params: Notice("model-interrupted", params)),
    ("rejected", lambda params: Notice("model-rejected", params)),
    ("unanswered", lambda params: Notice("model-unanswered", params)),
    (WAITING, lambda params: Notice("model-batch-waiting", params)),
    (ENDED, lambda params: Notice("model-batch-ended", params)),
)
_OWN_NOTICE = frozenset(str(reason) for reason, _ in _NOTICES)


class CategorySession(Struct):
    """One category: its document, what is asked, what is believed so far."""

    insight: Insight
    chosen: Chosen
    model: str
    place: str
    cache: Cache
    texts: dict[int, dict[str, FileText]] = field(default_factory=dict)
    raws: dict[int, dict[str, RawText]] = field(default_factory=dict)
    ranges: dict[str, RangeText] = field(default_factory=dict)
    ledger: UsageLedger = field(default_factory=UsageLedger)
    reached: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)
    overviews: dict[str, str] = field(default_factory=dict)
    unreached: str = ""

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales of the document."""
        return self.insight.locales

    def recall(self) -> dict[tuple[str, ...], list[Unit]]:
        """Take what the cache knows, and return what to ask: the files by the locales they lack."""
        waiting: dict[tuple[str, ...], list[Unit]] = {}
        for unit in self.chosen.units:
            lacking = tuple(name for name in self.locales if not self._recall(unit, name))
            if lacking:
                waiting.setdefault(lacking, []).append(unit)
            else:
                self.reached.add(unit.index)
        return dict(sorted(waiting.items()))

    def missing(self, unit: Unit) -> tuple[str, ...]:
        """Return the locales in which a file lacks a part of its text."""
        texts = self.texts.get(unit.index, {})
        return tuple(
            locale for locale in self.locales if locale not in texts or not texts[locale].whole
        )

    def believe(self, unit: Unit, verdict: Verdict) -> None:
        """Keep the parts of an answer that stand; those that stood before stay."""
        self.reached.add(unit.index)
        for locale, text in verdict.texts.items():
            self._keep(unit, locale, text, verdict.raws[locale])

    def save(self, unit: Unit, verdict: Verdict) -> None:
        """Keep what can be saved of an answer that was not believed twice; the rest is the rules'."""
        self.reached.add(unit.index)
        for locale, text in verdict.saved.items():
            self._keep(unit, locale, text, verdict.rests[locale])

    def reject(self, unit: Unit) -> None:
        """Leave the parts that are still missing to the rules; another run may ask again."""
        self.reached.add(unit.index)
        if self.missing(unit):
            self.refused[unit.index] = "rejected"

    def leave_to_queue(self, why: str) -> None:
        """Leave every file that lacks a text to the rules: what was sent waits, or came to nothing.

        Args:
            why: `WAITING` or `ENDED`.
        """
        for unit in self.chosen.units:
            self.reached.add(unit.index)
            if self.missing(unit):
                self.refused[unit.index] = why

    def _keep(self, unit: Unit, locale: str, text: FileText, raw: RawText) -> None:
        texts = self.texts.setdefault(unit.index, {})
        raws = self.raws.setdefault(unit.index, {})
        known = raws.get(locale, RawText("", ""))
        texts[locale] = text if locale not in texts else texts[locale].with_gaps_from(text)
        raws[locale] = RawText(known.title or raw.title, known.explanation or raw.explanation)
        if texts[locale].whole:
            raw_text = raws[locale]
            self.cache.put(
                self._key(unit, locale),
                {
                    "type": str(unit.entry.analysis.type),
                    "title": raw_text.title,
                    "explanation": raw_text.explanation,
                },
            )

    def give_up(self, unit: Unit, error: EndpointError) -> None:
        """Leave a file to the rules because there is no answer."""
        if error.trouble is Trouble.CONNECTION:  # few requests end before it counts as silent
            self.unreached = self.unreached or error.detail
            self.refused.setdefault(unit.index, str(Trouble.SILENT))
        trouble = str(error.trouble)
        self.refused.setdefault(unit.index, trouble if trouble in _OWN_NOTICE else "unanswered")

    def _recall(self, unit: Unit, locale: str) -> bool:
        kept = self.cache.get(self._key(unit, locale))
        if kept is None:
            return False
        texts = {name: kept.get(name) for name in ("type", "title", "explanation")}
        raw = RawText(str(texts["title"]), str(texts["explanation"]))
        verdict = check_file(
            RawFile(str(texts["type"]), {locale: raw}), PatchPiece(unit, unit.patch), (locale,)
        )
        saved = verdict.saved.get(locale)
        if saved is None or not saved.whole:
            return False
        self.texts.setdefault(unit.index, {})[locale] = saved
        self.ledger.cache_hits += 1
        return True

    def _key(self, unit: Unit, locale: str) -> str:
        head = "\n".join(f"{name}: {value}" for name, value in unit.head())
        return key_of("file", self.place, self.model, prompt_version(), locale, head, unit.patch)

    def contribution(self, over: EndpointError | None, *, interrupted: bool) -> Told:
        """Return what the model contributes."""
        wanted = {unit.index for unit in self.chosen.units}
        if interrupted:
            for index in wanted:
                texts = self.texts.get(index, {})
                if not all(name in texts and texts[name].whole for name in self.locales):
                    self.refused.setdefault(index, "interrupted")
        return Told(
            model=self.model,
            prompt_version=prompt_version(),
            files={
                index: {
                    name: text for name, text in texts.items() if text.title or text.explanation
                }
                for index, texts in sorted(self.texts.items())
            },
            ranges={name: self.ranges[name] for name in self.locales if name in self.ranges},
            sent=len(self.reached),
            usage=self.ledger.usage(),
            notices=tuple(self._notices(over)),
        )

    def _notices(self, over: EndpointError | None) -> list[Notice]:
        counts = Counter(self.refused.values())
        counts[str(Trouble.BUDGET)] += self.chosen.left_out
        why = over.detail if over is not None else self.unreached
        notices = [
            make({"count": counts[reason], "model": self.model, "why": why})
            for reason, make in _NOTICES
            if counts[reason]
        ]
        if self.overviews:
            names = tuple(locale for locale in self.locales if locale in self.overviews)
            notices.append(Notice("model-overview", {"names": names}))
        secrets = sum(self.chosen.redacted.values())
        if secrets:
            notices.append(Notice("model-redacted", {"count": secrets}))
        return notices
