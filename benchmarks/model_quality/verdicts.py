"""What becomes of one text: it stands, is marked, is doubted (asked about, then marked), or is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from benchmarks.model_quality.diffs import DiffSetting
from diff_insight.llm.prompting.answers import RawBullet, RawFile, RawOverview, RawText
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.llm.prompting.verify import check_file
from diff_insight.llm.prompting.verify_overview import check_overview
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker

LISTS = ("new_features", "other_updates")


class Fate(StrEnum):
    """What becomes of a text, from best to worst."""

    STANDS = "stands"
    MARKED = "marked"
    DOUBTED = "doubted"
    REFUSED = "refused"


#: A fate and why.
Verdict = tuple[Fate, tuple[str, ...]]


def file_verdict(setting: DiffSetting, path: str, locale: str, part: str, text: str) -> Verdict:
    """Judge a title, an explanation or a type of a file."""
    unit = setting.by_path[path]
    kind = str(unit.entry.analysis.type)
    raw = RawText(text if part == "title" else "x", text if part == "explanation" else "x")
    answer = RawFile(text if part == "type" else kind, {locale: raw})
    verdict = check_file(answer, PatchPiece(unit, unit.patch), (locale,))
    if part == "type":
        faults = tuple(fault for each in verdict.faults.values() for fault in each)
        return (Fate.REFUSED if faults else Fate.STANDS), faults
    faults = tuple(
        fault for fault in verdict.faults.get(locale, ()) if fault.startswith(f"{locale} {part}")
    )
    rest = getattr(verdict.rests[locale], part) if locale in verdict.rests else ""
    shown = getattr(verdict.saved[locale], part) if locale in verdict.saved else ""
    return _fate(faults, text, rest, is_marked=mark(locale) in shown)


def range_verdict(
    setting: DiffSetting, locale: str, part: str, text: str, files: Sequence[int] = ()
) -> Verdict:
    """Judge a headline, summary, insights or one bullet about the range."""
    empty: dict[str, Any] = dict.fromkeys(("headline", "summary", "insights"), "")
    empty |= dict.fromkeys(LISTS, ())
    value = (RawBullet(text, tuple(files)),) if part in LISTS else text
    verdict = check_overview(RawOverview(**{**empty, part: value}), setting.ground(locale), locale)
    faults = tuple(fault for fault in verdict.faults if fault.startswith(part))
    kept = getattr(verdict.raw, part)
    rest = kept[0].text if part in LISTS and kept else kept if isinstance(kept, str) else ""
    shown = getattr(verdict.text, part)
    shown = "".join(each.text for each in shown) if part in LISTS else shown
    return _fate(faults, text, rest, is_marked=mark(locale) in shown)


@cache
def mark(locale: str) -> str:
    """Return what stands behind a model's own reading."""
    return Speaker(load_catalog(locale), Style.MARKDOWN).say("model.reading")


def _fate(faults: tuple[str, ...], text: str, rest: str, *, is_marked: bool) -> Verdict:
    if not faults:
        return (Fate.MARKED if is_marked else Fate.STANDS), ()
    whole = " ".join(rest.split()) == " ".join(text.split())
    return (Fate.DOUBTED if whole else Fate.REFUSED), faults


def verdict(setting: DiffSetting, row: Mapping[str, Any]) -> Verdict:
    """Judge a row of the kept texts."""
    if row.get("path"):
        return file_verdict(setting, row["path"], row["locale"], row["part"], row["text"])
    return range_verdict(setting, row["locale"], row["part"], row["text"], row.get("files", ()))
