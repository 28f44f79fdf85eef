"""The search of a site: its page, and the words that it looks through, in pieces.

Words are looked for as parts of the text, so that languages without spaces are found as well. The
pieces are scripts, because pages that are opened as files may read nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup

from diff_insight.markup.escape import visible
from diff_insight.publishers.relative import relative_address
from diff_insight.render.environment import environment, speaker
from diff_insight.render.html import script_source
from diff_insight.site.entry import SiteEntry
from diff_insight.site.lists import SiteSettings, languages, report_path, site_title

#: Entries of a piece.
PIECE = 250
#: The category of reports that know no categories.
_EVERYTHING = "all"
_SCRIPT = Path(__file__).parents[1] / "render" / "templates" / "search.js"


def search_files(
    entries: Sequence[SiteEntry], settings: SiteSettings
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the path and the text of the search page and its pieces, for each language."""
    for locale in languages(entries, settings):
        own = [entry for entry in entries if locale in entry.locales]
        page = f"{locale}/search.html"
        pieces = []
        for number, start in enumerate(range(0, len(own), PIECE), 1):
            path = f"{locale}/search/{number}.js"
            pieces.append(relative_address(page, path))
            yield path, _piece(own[start : start + PIECE], locale, page)
        yield page, [_page(pieces, locale, site_title(entries, settings), len(own))]


def _piece(entries: Sequence[SiteEntry], locale: str, page: str) -> Iterator[str]:
    """Yield entries as a script; in ASCII, so that nothing in it can be anything but a text."""
    separator = "diffInsight.add([\n"
    for entry in entries:
        text = entry.texts[locale]
        row = [
            relative_address(page, report_path(entry, locale)),
            entry.date,
            _origin(entry),
            _show(text.headline),
            _show(f"{text.summary} {text.words}"),
        ]
        yield separator + json.dumps(row)
        separator = ",\n"
    yield "\n]);\n"


def _origin(entry: SiteEntry) -> str:
    """Return the repository and the category of an entry; the one category of everything tells nothing."""
    category = "" if entry.category == _EVERYTHING else entry.category
    return visible(" · ".join(filter(None, (entry.repository, category))))


def _show(text: str) -> str:
    """Return a text without marks of code, in which nothing is unseen."""
    return visible(" ".join(text.replace("`", "").split()) or text)


@cache
def _script() -> tuple[Markup, Markup]:
    text = _SCRIPT.read_text("utf-8")
    return Markup(text), Markup("'self' ") + script_source(text)  # noqa: S704 - our own file


def _page(pieces: Sequence[str], locale: str, title: str, count: int) -> str:
    voice = speaker(locale)
    script, source = _script()
    return (
        environment(html=True)
        .get_template("site_search.html.j2")
        .render(
            say=voice.say,
            language=locale.replace("_", "-"),
            site=title,
            pieces=json.dumps(pieces),
            found=voice.fill(
                "html.shown", shown="{shown}", total=voice.forms.counted_noun("reports", count)
            ),
            script=script,
            script_source=source,
        )
    )
