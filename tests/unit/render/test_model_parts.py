"""What a model wrote opens the report and is marked where it stands, in every layout."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.insight import Insight
from support.asking import pages, told
from support.fake_model import Block, FakeModel, honest
from support.insights import classic, page

LOCALES = ("en_US", "ja_JP", "zh_CN")


def document(model: FakeModel | None = None) -> Insight:
    return told(pages(2), model or FakeModel(), locales=LOCALES).insight


def mark(locale: str) -> str:
    return Speaker(load_catalog(locale), Style.MARKDOWN).say("model.mark")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_summary_opens_the_report_behind_the_headline(locale: str) -> None:
    insight = document()
    report = classic(insight, locale)
    lead = report.partition("# Highlights\n")[2].partition("\n## ")[0]
    assert insight.headline[locale] in lead
    assert f"{insight.summary[locale]}{'' if locale != 'en_US' else ' '}{mark(locale)}" in lead
    assert insight.summary[locale] in page(insight, locale).partition("</header>")[0]


def test_texts_of_a_model_are_marked_and_those_of_rules_are_not() -> None:
    def one_only(block: Block, locale: str) -> tuple[str, str]:
        title, text = honest(block, locale)
        return (title, text) if "01" in block.path else ("It ends in 2099", "It ends in 2099.")

    insight = document(FakeModel(writer=one_only))
    first, second = (
        classic(insight).partition("# Modified Contents")[2].split("### Explanation\n")[1:]
    )
    assert f" {mark('en_US')}\n" in first
    assert mark("en_US") not in second


def test_a_report_of_the_rules_has_no_mark_and_no_second_opening() -> None:
    def nothing(block: Block, locale: str) -> tuple[str, str]:
        return "It ends in 2099", "It ends in 2099."

    bad = dict.fromkeys(("headline", "summary", "insights"), "It ends in 2099.")
    model = FakeModel(writer=nothing, overview=lambda request: bad)
    insight = document(model)
    report = classic(insight)
    assert mark("en_US") not in report
    lead = report.partition("# Highlights\n")[2].partition("\n## ")[0].strip()
    assert "\n" not in lead


def test_the_front_matter_has_no_marks_of_code() -> None:
    def overview(request: object) -> dict[str, object]:
        texts = dict.fromkeys(("headline", "summary", "insights"), "The switch `--fast` is named.")
        return {**texts, "new_features": [], "other_updates": []}

    insight = document(FakeModel(overview=overview))
    assert insight.summary["en_US"] == "The switch `--fast` is named."
    assert "summary: The switch --fast is named.\n" in classic(insight)
