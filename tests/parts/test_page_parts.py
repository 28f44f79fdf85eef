"""The HTML page in a real browser: accessible, quick, used by keyboard, printed, read on a phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from diff_insight.model.insight import Insight
from diff_insight.render.html import render_html_pages
from diff_insight.settings.settings import Settings
from support.browser import DESKTOP, PHONE, browse
from support.hostile import HOSTILE, modified, page_of, raw
from support.insights import LOCALES, insight_of_diff

SHOWN = "[...document.querySelectorAll('.change')].filter((part) => !part.hidden).length"
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true })"
REACHABLE = (
    "[...document.querySelectorAll('a[href], summary, input, select')]"
    ".filter((part) => part.checkVisibility({ contentVisibilityAuto: false }))"
)
#: Where the focus is among them, and whether an outline shows it.
HERE = (
    "(() => { const at = document.activeElement, look = getComputedStyle(at);"
    f" return [{REACHABLE}.indexOf(at), look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0] }})()"
)
#: What is wider than the paper, and what stands in a closed section without a name.
WIDER = (
    "[...document.querySelectorAll('main *')].filter((part) => part.checkVisibility()"
    " && part.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(part).position !== 'absolute')"
    ".map((part) => part.outerHTML.slice(0, 200))"
)
HIDDEN = (
    "[...document.querySelectorAll('main details:not([open])')].filter((part) => !part.firstElementChild.checkVisibility()"
    " || !part.querySelector(':scope > pre') && !part.lastElementChild.checkVisibility()).map((part) => part.outerHTML.slice(0, 200))"
)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@cache
def document(hostile: int = len(HOSTILE)) -> Insight:
    """Return a document of code, pages and hostile texts."""
    code = [b"def take(size, limit=10):", b'    # it takes "ten"', b"    return size + limit"]
    diff = b"".join(
        [
            modified(b"src/api.py", code, [code[0].replace(b", limit=10", b""), *code[1:2], b"    return size"]),
            modified(b"docs/guide/page.md", [b"It takes 10 seconds by default."], [b"It takes 20 seconds by default."]),
            *(
                modified(b"hostile/%02d-" % number + raw(text)[:200], [b"x"], page_of(text).split(b"\n"))
                for number, text in enumerate(HOSTILE[:hostile])
            ),
        ]
    )  # fmt: skip
    return insight_of_diff(diff)


def written(insight: Insight, locale: str, folder: Path) -> Path:
    """Write a report with its pages, and return the report."""
    for name, pieces in render_html_pages(insight, locale):
        path = folder / (name or "report.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(pieces), "utf-8", "replace")
    return folder / "report.html"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_never_wider_than_the_screen(
    locale: str, width: int, scheme: str, tmp_path: Path
) -> None:
    page = written(document(), locale, tmp_path)
    steps = [
        ["eval", OPEN_ALL],
        ["axe"],
        ["eval", "document.documentElement.scrollWidth - innerWidth"],
    ]
    _, violations, wider = browse(page, steps, width=width, scheme=scheme)
    assert violations == []
    assert wider <= 0


def test_the_keyboard_reaches_everything_and_shows_where_it_is(tmp_path: Path) -> None:
    page = written(document(4), "en_US", tmp_path)
    (reachable,) = browse(page, [["eval", f"{OPEN_ALL}; {REACHABLE}.length"]])
    walk = [step for _ in range(reachable) for step in (["press", "Tab"], ["eval", HERE])]
    _, *answers = browse(page, [["eval", OPEN_ALL], *walk])
    here = answers[1::2]
    assert len({at for at, _ in here}) == reachable  # each of them once, in the order of the page
    assert [at for at, _ in here] == sorted(at for at, _ in here)
    assert all(shown for _, shown in here)
    skipped = browse(
        page,
        [["press", "Tab"], ["press", "Enter"], ["press", "Tab"], ["eval", "document.activeElement.closest('main, nav').tagName"]],
    )  # fmt: skip
    assert skipped[3] == "MAIN"
    folded = browse(
        page,
        [
            ["eval", "document.querySelector('.change summary').focus()"], ["press", "Space"],
            ["eval", "document.activeElement.parentElement.open"],
        ],
    )  # fmt: skip
    assert folded[2] is True


@pytest.mark.parametrize("locale", LOCALES)
def test_a_printed_page_has_all_it_says_and_cuts_nothing_off(locale: str, tmp_path: Path) -> None:
    page = written(document(), locale, tmp_path)
    _, wider, hidden, pages = browse(
        page, [["media", "print"], ["eval", WIDER], ["eval", HIDDEN], ["pdf"]], width=718
    )
    assert wider == []
    assert hidden == []
    assert pages >= 2


def test_files_are_filtered_by_words_type_and_folder(tmp_path: Path) -> None:
    page = written(document(), "en_US", tmp_path)
    answers = browse(
        page,
        [
            ["press", "/"], ["eval", "document.activeElement.type"],
            ["fill", "#filter input", "SECONDS"], ["wait", f"{SHOWN} === 1"],
            ["eval", "[...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).length"],
            ["eval", "document.querySelector('output').textContent"],
            ["fill", "#filter input", ""], ["select", "#by-folder", "docs"], ["wait", f"{SHOWN} === 1"],
            ["select", "#by-folder", ""], ["select", "#by-type", "minor-update"],
            ["wait", f"{SHOWN} < {len(document().files)}"],
        ],
    )  # fmt: skip
    assert (answers[1], answers[4], answers[5]) == (
        "search",
        1,
        f"1 of {len(document().files)} files",
    )


def test_evidence_opens_the_patch_at_its_line_by_keyboard(tmp_path: Path) -> None:
    insight = document(0)
    (entry,) = [each for each in insight.files if each.analysis.change.path == "docs/guide/page.md"]
    page = written(insight, "en_US", tmp_path)
    line = f"{entry.anchor}-R1"
    answers = browse(
        page,
        [
            ["eval", f"document.querySelector('main a[href=\"#{line}\"]').focus()"], ["press", "Enter"],
            ["wait", "document.querySelector(':target') !== null"],
            ["eval", "document.querySelector(':target').closest('details').open"],
            ["eval", "document.querySelector(':target mark').textContent"],
            ["eval", "document.querySelector(':target a').getAttribute('aria-label')"],
            ["eval", "[...CSS.highlights.keys()].length"],
        ],
    )  # fmt: skip
    assert answers[3:6] == [True, "20", "Line 1 on GitHub"]
    assert answers[6] == 4


def test_syntax_is_painted_without_a_change_to_the_page(tmp_path: Path) -> None:
    page = written(document(), "en_US", tmp_path)
    answers = browse(
        page,
        [
            ["eval", OPEN_ALL], ["wait", "CSS.highlights.get('code-keyword').size > 0"],
            ["eval", "[...CSS.highlights.get('code-keyword')].map(String).sort().join()"],
            ["eval", "[...CSS.highlights.get('code-comment')].map(String).join()"],
            ["eval", "document.querySelectorAll('pre *').length - document.querySelectorAll('pre > *, pre mark, pre a, pre i').length"],
        ],
    )  # fmt: skip
    assert "def" in answers[2].split(",")
    assert '# it takes "ten"' in answers[3]
    assert answers[4] == 0


def test_without_a_script_everything_is_there_and_print_leaves_out_what_cannot_be_used(
    tmp_path: Path,
) -> None:
    page = written(document(), "en_US", tmp_path)
    bare = tmp_path / "bare.html"
    bare.write_text(page.read_text("utf-8").partition("<script>")[0] + "</body></html>", "utf-8")
    shown, form = browse(bare, [["eval", SHOWN], ["eval", "document.querySelector('form').hidden"]])
    assert (shown, form) == (len(document().files), True)
    display = "['nav', 'form', 'main'].map((name) => getComputedStyle(document.querySelector(name)).display)"
    assert browse(page, [["media", "print"], ["eval", display]])[1] == ["none", "none", "block"]


def test_five_hundred_files_are_painted_in_half_a_second(tmp_path: Path) -> None:
    lines = [
        b"A sentence of some length that stands in line %d of this page." % n for n in range(120)
    ]
    changed = [line.replace(b"some", b"another") if n % 3 else line for n, line in enumerate(lines)]
    diff = b"".join(
        modified(b"docs/part-%d/page-%03d.md" % (number % 20, number), lines, changed)
        for number in range(500)
    )
    insight = insight_of_diff(diff, Settings(locales=("ja_JP",), max_patch_bytes=0))
    page = written(insight, "ja_JP", tmp_path)
    assert page.stat().st_size < 2_000_000
    (paint,) = browse(page, [["eval", PAINT]])
    assert paint < 500
