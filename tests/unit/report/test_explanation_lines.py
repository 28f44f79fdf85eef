"""A model's explanation gets the rules' links to lines; nothing that a file quotes becomes one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.ranges import CommitRange
from diff_insight.model.web_links import WebHost
from diff_insight.render.github import render_github
from diff_insight.report.explanation_lines import add_line_links
from support.asking import told
from support.fake_model import FakeModel
from support.github_page import check_inert
from support.hostile import modified
from support.insights import LOCALES, insight_of_diff

PAGE = "https://github.com/example/docs/blob/2222222/config.yaml"
FALSE = (
    "[L1](https://evil.example/x)", "[L1](javascript:alert(1))", "[L1](https://evil.example/x#L1)",
    "[L7](https://github.com/example/docs/blob/2222222/other.yaml#L7)",
    f"[L9]({PAGE}#L1)", f"[L1]({PAGE}.evil.example#L1)", f"[L1](https://evil.example/?{PAGE}#L1)",
    f"[L1]({PAGE}#L1-L4)", f"[L1–L2]({PAGE}#L1)",
)  # fmt: skip


def changed(value: str) -> bytes:
    return modified(b"config.yaml", [b"url: one"], [f'url: "{value}"'.encode()], [b"k: 5"])


@pytest.mark.parametrize("locale", ["en_US", "ja_JP"])
@pytest.mark.parametrize("value", FALSE)
def test_what_a_file_quotes_is_no_link_behind_a_models_text(value: str, locale: str) -> None:
    diff = changed(value)
    (ours,) = insight_of_diff(diff).files
    assert "evil.example" not in value or "evil.example" in ours.explanation["en_US"]
    done = told(diff, FakeModel(), locales=(locale,))
    (entry,) = done.insight.files
    assert entry.author == "model"
    text = entry.explanation[locale]
    assert value not in text
    assert text.endswith((f"[L2]({PAGE}#L2))", f"[L2]({PAGE}#L2)）"))
    check_inert(render_github(done.insight, locale), links="https://github.com/example/docs/")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_links_of_the_rules_stand_once_and_are_few(locale: str) -> None:
    insight = insight_of_diff(changed("two"))
    (entry,) = insight.files
    cited = [f"[L{line}]({PAGE}#L{line})" for line in (2, 2, 3, 4, 5)]
    entry = replace(entry, explanation={locale: " ".join(cited)})
    text = add_line_links("It is so.", entry, insight.range, locale)
    assert [text.count(link) for link in cited] == [1, 1, 1, 1, 0]
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    first = speaker.fill("cite.join", first=cited[0], second=cited[2])
    links = speaker.fill("cite.join", first=first, second=cited[3])
    assert text == speaker.fill("bullet", phrase="It is so.", links=links)


def test_spans_of_lines_and_lines_that_went_are_linked_as_hosts_write_them() -> None:
    insight = insight_of_diff(changed("two"))
    (entry,) = insight.files
    gone = f"[L3–L4]({PAGE.replace('2222222', '1111111')}#L3-L4)"
    entry = replace(entry, explanation={"en_US": f"So ({gone})."})
    assert add_line_links("It is so.", entry, insight.range, "en_US") == f"It is so. ({gone})"
    lab = "https://gitlab.example/example/docs"
    there = replace(insight.range, server="https://gitlab.example", host=WebHost.GITLAB)
    span = f"[L3–L4]({lab}/-/blob/2222222/config.yaml#L3-4)"
    entry = replace(entry, explanation={"en_US": f"So ({span})."})
    assert add_line_links("It is so.", entry, there, "en_US") == f"It is so. ({span})"


def test_paragraphs_and_repositories_without_pages_get_none() -> None:
    insight = insight_of_diff(changed("two"))
    (entry,) = insight.files
    assert f"[L2]({PAGE}#L2)" in entry.explanation["en_US"]
    paragraphs = "It is so.\n\nIt is."
    assert add_line_links(paragraphs, entry, insight.range, "en_US") == paragraphs
    nowhere: CommitRange = replace(insight.range, repository="")
    assert add_line_links("It is so.", entry, nowhere, "en_US") == "It is so."
