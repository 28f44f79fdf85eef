"""Takes the pictures of docs/pictures: a page and a site, as readers see them (`make pictures`)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.render.html import render_html_pages
from diff_insight.render.json_form import write_json
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.site.lists import SiteSettings
from diff_insight.site.site_builder import build_site
from support.browser import DESKTOP, PHONE, browse
from support.insights import LOCALES, insight_of_diff
from support.recorded import cases, seeds, unified_diff

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
#: Bytes of the largest picture.
LARGEST = 150_000


def documents() -> list[Insight]:
    """Return documents of recorded diffs in three languages, each on a day of its own."""
    recorded = [*seeds(), *cases()][:8]
    made = []
    for number, each in enumerate(recorded):
        insight = insight_of_diff(unified_diff(each.files), Settings(locales=LOCALES))
        commits = replace(insight.range, head=f"{number:040x}")
        made.append(replace(insight, date=f"2025-06-{20 - number:02d}", range=commits))
    return made


def take(page: Path, name: str, width: int, scheme: str, *, fragment: str = "") -> None:
    """Take a picture of what stands on a screen."""
    path = PICTURES / f"{name}.jpeg"
    browse(page, [["shot", str(path)]], fragment=fragment, width=width, scheme=scheme)
    assert path.stat().st_size < LARGEST, name


def main() -> None:
    """Write all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    insights = documents()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for locale in LOCALES:
            for part, pieces in render_html_pages(
                max(insights, key=lambda each: len(each.files)), locale
            ):
                path = folder / locale / (part or "page.html")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("".join(pieces), "utf-8")
        for number, insight in enumerate(insights):
            (folder / f"{number}.json").write_bytes(b"".join(write_json(insight)))
        build_site([str(folder)], folder / "site", SiteSettings(), InPlace())
        take(folder / "en_US" / "page.html", "page-en", DESKTOP, "light")
        take(folder / "ja_JP" / "page.html", "page-ja-phone", PHONE, "light")
        take(folder / "zh_CN" / "page.html", "page-zh-dark", DESKTOP, "dark")
        take(folder / "site" / "en_US" / "index.html", "site-en", DESKTOP, "light")
        take(folder / "site" / "ja_JP" / "index.html", "site-ja-phone-dark", PHONE, "dark")


if __name__ == "__main__":
    main()
