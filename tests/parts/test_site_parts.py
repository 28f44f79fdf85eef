"""The site in a real browser, opened as files: accessible, never too wide, searched in any script."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from diff_insight.render.json_form import write_json
from diff_insight.runtime.workers import InPlace
from diff_insight.site.lists import SiteSettings
from diff_insight.site.site_builder import build_site
from support.browser import DESKTOP, PHONE, browse
from support.hostile import HOSTILE, modified
from support.insights import LOCALES, insight_of_diff

BASE = insight_of_diff(modified(b"docs/a.md", [b"It takes 10 seconds."], [b"It takes 20 seconds."]))
WORDS = {
    "ja_JP": ("認証方式の変更", "認証"),
    "zh_CN": ("身份验证方式已更改", "验证方式"),
    "en_US": ("How people sign in has changed", "people SIGN in has"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for number, text in enumerate(["", *HOSTILE]):
        insight = replace(
            BASE, date=f"2025-{number % 12 + 1:02d}-01", category=f"c{number % 3}",
            range=replace(BASE.range, head=f"{number:040x}"),
            headline={name: (text or "-") if number else WORDS[name][0] for name in LOCALES},
        )  # fmt: skip
        (folder / f"{number}.json").write_bytes(b"".join(write_json(insight)))
    build_site([str(folder)], folder / "site", SiteSettings(), InPlace())
    return folder / "site"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_and_search_are_accessible_and_never_wider_than_the_screen(
    site: Path, locale: str, width: int, scheme: str
) -> None:
    wider = ["eval", "document.documentElement.scrollWidth - innerWidth"]
    for name, steps in (
        ("index.html", []),
        ("search.html", [["fill", "input", "2025"], ["wait", "results.children.length > 0"]]),
    ):
        answers = browse(site / locale / name, [*steps, ["axe"], wider], width=width, scheme=scheme)
        assert answers[-2] == []
        assert answers[-1] <= 0


@pytest.mark.parametrize("locale", LOCALES)
def test_words_are_found_in_every_script_and_lead_to_the_report(site: Path, locale: str) -> None:
    headline, words = WORDS[locale]
    answers = browse(
        site / locale / "search.html",
        [
            ["fill", "input", words], ["wait", "results.children.length === 1"],
            ["eval", "results.querySelector('a').textContent"], ["eval", "document.querySelector('output').textContent.match(/\\d+/g).join()"],
            ["press", "Tab"], ["press", "Enter"], ["wait", "document.querySelector('.change') !== null"],
            ["eval", "document.querySelector('h1').textContent"],
        ],
    )  # fmt: skip
    numbers = sorted(answers[3].split(","), key=int)
    assert (answers[2], numbers, answers[7]) == (headline, ["1", str(len(HOSTILE) + 1)], headline)


def test_what_is_nowhere_is_not_found_and_hostile_words_do_nothing(site: Path) -> None:
    answers = browse(
        site / "en_US" / "search.html",
        [
            ["fill", "input", "nowhereatall"], ["wait", "document.querySelector('output').textContent.startsWith('0 of ')"],
            ["fill", "input", "<"], ["wait", "results.children.length > 0"],
            ["eval", "document.querySelectorAll('#results img, #results script').length"],
        ],
    )  # fmt: skip
    assert answers[4] == 0
