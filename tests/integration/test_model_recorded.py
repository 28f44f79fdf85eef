"""Answers that a model once gave for real diffs: what of them is believed, and what is not."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest

from diff_insight.llm.prompting.checks import LONGEST_TEXT, judge
from diff_insight.llm.prompting.grounds import file_ground
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.llm.prompting.units import Unit
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from support.asking import Told, told
from support.fake_model import FakeModel, Request
from support.recorded import DATA, Recorded, cases, unified_diff

#: Cases of every locale that are quick, with and without faults in their answers.
NAMES = (
    "autotaker-ja_JP-20241101-misc", "autotaker-ja_JP-20250423-openai",
    "oowl-en_US-20250214-misc", "oowl-en_US-20250423-openai", "oowl-en_US-20250531-search",
    "oowl-en_US-20250718-misc", "oowl-zh_CN-20250423-openai", "oowl-zh_CN-20250602-openai",
    "oowl-zh_CN-20250609-search",
)  # fmt: skip


WEB = "https://github.com/example/docs"
#: A link to lines whose label and address name the same ones.
LINE_LINK = re.compile(r"\[L(\d+)(?:–L(\d+))?\]\((?P<page>[^()\s#]+)#L\1(?(2)-L\2)\)")


@cache
def answers() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Return the recorded answers by case and path."""
    with gzip.open(DATA / "answers.jsonl.gz", "rt", encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    return {case["id"]: {entry["filename"]: entry for entry in case["files"]} for case in found}


class RecordedModel(FakeModel):
    """Answers as the recorded model did."""

    def __init__(self, case: Recorded) -> None:
        super().__init__()
        self._case = case

    def answer(self, request: Request) -> Mapping[str, Any]:
        if request.overview:
            return super().answer(request)
        known = answers()[self._case.name]
        files = []
        for block in request.blocks:
            entry = known[block.path]
            text = {
                "title": entry["modification_title"] or "",
                "explanation": entry["explanation"] or "",
            }
            files.append(
                {"id": block.number, "type": block.type, "texts": {self._case.locale: text}}
            )
        return {"files": files}


def run(name: str) -> tuple[Recorded, Told]:
    case = next(case for case in cases() if case.name == name)
    return case, told(unified_diff(case.files), RecordedModel(case), locales=(case.locale,))


def without_links(text: str, path: str) -> str:
    """Return what the model wrote of an explanation: the links behind it are the rules', to lines of its file."""
    links = list(LINE_LINK.finditer(text))
    if not links:
        return text
    page = re.compile(
        rf"{re.escape(WEB)}/blob/(?:1111111|2222222)/{re.escape(quote(path))}(?:\?plain=1)?"
    )
    for link in links:
        assert page.fullmatch(link["page"]), link[0]
    start = links[0].start()
    marks = LINE_LINK.sub("", text[start:])
    assert re.fullmatch(r"[,、 ]*(?:\)|）)[.。]?", marks), marks
    said = text[:start].rstrip()
    if said.endswith((";", "；", "、")):  # behind the mark of a reading, within its bracket
        return f"{said[:-1]}{')' if said.endswith(';') else '）'}"
    assert said.endswith(("(", "（"))
    return said[:-1].rstrip()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_believed_says_nothing_that_the_diff_does_not_show(name: str) -> None:
    case, done = run(name)
    assert len(done.insight.files) == len(case.files)
    for index, entry in enumerate(done.insight.files):
        assert entry.title[case.locale]
        assert entry.explanation[case.locale]
        if entry.author != "model":
            continue
        patch = next(f.patch for f in case.files if f.path == entry.analysis.change.path) or ""
        unit = Unit(index=index, entry=entry, patch=patch, tokens=0, output=0)
        ground = file_ground(PatchPiece(unit, patch))
        text = entry.explanation[case.locale]
        mark = Speaker(load_catalog(case.locale), Style.MARKDOWN).say("model.reading")
        told = without_links(text, entry.analysis.change.path)
        told = told.replace(f" {mark}", "").replace(mark, "")
        judgement = judge(told, case.locale, ground, longest=LONGEST_TEXT, prose=True)
        assert judgement.rest
        assert "Locale" not in entry.title[case.locale]


def test_titles_with_the_locale_in_front_are_not_believed() -> None:
    case, done = run("oowl-en_US-20250531-search")
    leaking = [
        path
        for path, entry in answers()[case.name].items()
        if re.search("Locale:", entry["modification_title"] or "")
    ]
    assert leaking
    authors = done.authors()
    assert {authors[path] for path in leaking} == {"rules"}
    assert done.count("model-rejected") >= 1


def test_most_recorded_answers_of_a_good_day_stand() -> None:
    """They praise and guess at purposes, which is asked about once, and marked when it stays."""
    for name in ("oowl-zh_CN-20250609-search", "oowl-en_US-20250423-openai"):
        case, done = run(name)
        assert set(done.authors().values()) == {"model"}
        assert set(done.insight.usage.resent) <= {"corrective"}
        mark = Speaker(load_catalog(case.locale), Style.MARKDOWN).say("model.reading")
        assert any(mark in entry.explanation[case.locale] for entry in done.insight.files)
