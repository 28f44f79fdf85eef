"""Takes the pictures of docs/pictures: every output as readers see it, in three languages (`make pictures`).

Each is a sheet: the languages side by side, on a desktop above, on a phone in light and dark below.
Documents may be named instead of the recorded ones: `pictures.py --into FOLDER DOCUMENT...`
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from diff_insight.markup.text_size import utf8_size, utf16_units
from diff_insight.model.insight import Insight
from diff_insight.publishers.branch_content import PlacedReport
from diff_insight.publishers.branch_index import BranchIndex
from diff_insight.publishers.comment import LIMIT
from diff_insight.publishers.fitting import Fitting, Measure
from diff_insight.publishers.report_files import planned_reports
from diff_insight.publishers.summary import BUDGET
from diff_insight.render.github import render_github, render_github_file
from diff_insight.render.html import render_html_pages
from diff_insight.render.json_form import write_json
from diff_insight.render.json_reader import read_insight
from diff_insight.render.terminal import render_terminal
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.site.lists import SiteSettings
from diff_insight.site.site_builder import build_site
from support.browser import DESKTOP, PHONE, chromium
from support.github_page import sanitized
from support.insights import LOCALES, insight_of_diff
from support.parts import MODULES, NODE, PARTS
from support.recorded import cases, seeds, unified_diff

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
#: Bytes of the largest picture.
LARGEST = 110_000
#: Width of a language on a sheet, and of a phone.
_COLUMN, _PHONE = 540, 264
#: Columns of a terminal, by the width of the screen.
_COLUMNS = {DESKTOP: 110, PHONE: 44}
_TEMPLATE = "reports/%Y%m/{locale}/report-%Y%m%d-{category}.md"

#: Gives the page of an output in a language, for a width of the screen.
Maker = Callable[[str, int], Path]
#: What is done before a picture is taken: a selector to `scroll` to, or one to `fill` with words.
Wish = Mapping[str, object]


def documents() -> list[Insight]:
    """Return documents of recorded diffs in three languages, each on a day of its own."""
    recorded = [*seeds(), *cases()][:8]
    made = []
    for number, each in enumerate(recorded):
        insight = insight_of_diff(unified_diff(each.files), Settings(locales=LOCALES))
        commits = replace(insight.range, head=f"{number:040x}")
        made.append(replace(insight, date=f"2025-06-{20 - number:02d}", range=commits))
    return sorted(made, key=lambda each: -len(each.files))


class Outputs:
    """The pages of every output.

    Args:
        insights: The documents, the one that is shown first.
        folder: Where the pages go.
    """

    def __init__(self, insights: Sequence[Insight], folder: Path) -> None:
        self._insights, self._folder = insights, folder

    def makers(self) -> Iterator[tuple[str, Maker, Wish]]:
        """Yield the name of each picture, what makes its page, and what is done there."""
        for number, insight in enumerate(self._insights):
            (self._folder / f"{number}.json").write_bytes(b"".join(write_json(insight)))
        site = self._folder / "site"
        build_site([str(self._folder)], site, SiteSettings(), InPlace())
        yield "page", self._page, {}
        yield "branch", self._branch, {}
        yield "branch-report", self._branch_report, {}
        yield "site", lambda locale, _: site / locale / "index.html", {}
        yield "search", lambda locale, _: site / locale / "search.html", {"fill": ("input", "API")}
        yield (
            "comment",
            partial(self._fitted, limit=LIMIT, measure=utf16_units),
            {"scroll": "table"},
        )
        yield (
            "summary",
            partial(self._fitted, limit=BUDGET, measure=utf8_size),
            {"scroll": "article > details:last-of-type"},
        )
        yield "terminal", self._terminal, {"height": 520}

    def _page(self, locale: str, _: int) -> Path:
        for part, pieces in render_html_pages(self._insights[0], locale):
            self._written(f"{locale}/{part or 'page.html'}", "".join(pieces))
        return self._folder / locale / "page.html"

    def _branch(self, locale: str, _: int) -> Path:
        others = [each for each in LOCALES if each != locale]
        planned = planned_reports(_TEMPLATE, ("markdown", "json"), self._insights)
        placed = [PlacedReport(report, str(report.path)) for report in planned]
        index = BranchIndex(template=_TEMPLATE, locales=(locale, *others))
        readme = index.files(placed, lambda _: None)["reports/README.md"]
        return self._on_github(f"branch-{locale}", readme.decode())

    def _branch_report(self, locale: str, _: int) -> Path:
        return self._on_github(f"report-{locale}", render_github_file(self._insights[0], locale))

    def _fitted(self, locale: str, _: int, *, limit: int, measure: Measure) -> Path:
        others = [each for each in LOCALES if each != locale]
        insight = replace(self._insights[0], locales=(locale, *others))
        text = Fitting(partial(render_github, full_report=""), limit, measure).fit([insight]).text
        return self._on_github(f"fitted-{limit}-{locale}", text)

    def _terminal(self, locale: str, width: int) -> Path:
        shown = render_terminal(self._insights[0], locale, width=_COLUMNS[width], colour=True)
        with (self._folder / "shown.txt").open("w", encoding="utf-8") as nowhere:
            console = Console(record=True, file=nowhere, width=_COLUMNS[width] + 1, highlight=False)
            console.print(Text.from_ansi(shown), soft_wrap=True)
        lines = console.export_html(inline_styles=True, code_format="<pre>{code}</pre>")
        font = "font:13px/1.35 'Liberation Mono','Noto Sans Mono CJK JP',monospace"
        style = f"<style>body{{margin:12px;background:#1e1e1e;color:#ddd}}pre{{{font};margin:0}}a{{color:inherit;text-decoration:none}}</style>"
        return self._written(f"terminal-{locale}-{width}.html", _document(locale, style, lines))

    def _on_github(self, name: str, markdown: str) -> Path:
        """Show Markdown as GitHub does: its sanitizer and its style sheet."""
        sheet = (MODULES / "github-markdown-css" / "github-markdown.css").read_text("utf-8")
        own = "body{max-width:60rem;margin:0 auto;padding:24px;background:light-dark(#fff,#0d1117)}:root{color-scheme:light dark}"
        body = f'<article class="markdown-body">{sanitized(markdown)}</article>'
        return self._written(
            f"{name}.html", _document(name[-5:], f"<style>{sheet}{own}</style>", body)
        )

    def _written(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "replace")
        return path


def _document(locale: str, head: str, body: str) -> str:
    language = locale.replace("_", "-")
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8">{head}<body>{body}</body></html>'


def take(name: str, make: Maker, wish: Wish, into: Path) -> None:
    """Take the sheet of an output."""
    desktops, phones = [], []
    for locale, scheme in zip(LOCALES, ("light", "light", "dark"), strict=True):
        wide = {"url": make(locale, DESKTOP).as_uri(), "width": DESKTOP, "height": 600}
        desktops.append(wide | {"scheme": scheme, "shown": _COLUMN, **wish})
        small = {"url": make(locale, PHONE).as_uri(), "width": PHONE, "height": 620}
        phones += [small | {"scheme": each, "shown": _PHONE, **wish} for each in ("light", "dark")]
    path = into / f"{name}.webp"
    subprocess.run(
        [str(NODE), "sheet.mjs", chromium(), str(path)],
        input=json.dumps([desktops, phones]), text=True, cwd=PARTS, check=True,
    )  # fmt: skip
    assert path.stat().st_size < LARGEST, (name, path.stat().st_size)


def main() -> None:
    """Write all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--into", default=PICTURES, type=Path)
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    given = [read_insight(path.read_text("utf-8"), str(path)) for path in asked.documents]
    with tempfile.TemporaryDirectory() as name:
        for each in Outputs(given or documents(), Path(name)).makers():
            take(*each, asked.into.resolve())


if __name__ == "__main__":
    main()
