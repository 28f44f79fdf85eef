"""Renders HTML reports: one self-contained page, and beside it pages with the largest patches.

Everything untrusted is escaped by the template engine. The page is read without its script, which
filters, opens what a link leads to, and colours the syntax of patches.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from markupsafe import Markup
from msgspec import Struct

from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import Insight
from diff_insight.model.threads import ThreadKind
from diff_insight.render.environment import environment, speaker
from diff_insight.render.first_screen import ranked_sections
from diff_insight.render.markdown_html import inline_html, markdown_html
from diff_insight.render.model_parts import ModelParts
from diff_insight.render.page.diff import NEW, diff_markup
from diff_insight.render.page.line_links import PageLinks, file_address
from diff_insight.render.page.patch_places import PatchPlaces, folded_files, patch_places
from diff_insight.render.page.sides import commit_count, range_sides, shown_people
from diff_insight.render.page.thread_rows import page_threads
from diff_insight.render.page.tree import folder_tree, main_folders
from diff_insight.wording.negative_findings import nothing_found

#: Pieces of the template that are joined before they are written.
BUFFERED = 200
_TYPES = {
    ThreadKind.BREAKING: ModificationType.BREAKING_CHANGE,
    ThreadKind.FEATURE: ModificationType.NEW_FEATURE,
    ThreadKind.FIX: ModificationType.BUG_FIX,
}
_SCRIPT = Path(__file__).parent / "templates" / "page.js"


class PageFrame(Struct, frozen=True):
    """The way from a report to the rest of its site: labels and addresses.

    `languages` are the same report in others: tag, name and address.
    """

    crumbs: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str, str], ...]


def render_html(insight: Insight, locale: str) -> Iterator[str]:
    """Yield the page of one locale in pieces, with every patch on it."""
    places = patch_places(insight, locale, split=False)
    yield from _report(insight, locale, places)


def render_html_pages(
    insight: Insight, locale: str, frame: PageFrame | None = None
) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the page of one locale and those beside it: each name, empty for the first, and its pieces.

    Args:
        insight: The document.
        locale: One of its locales.
        frame: The site that the page is part of.
    """
    places = patch_places(insight, locale, split=True)
    yield "", _report(insight, locale, places, frame)
    for address, files in places.beside:
        context = _context(insight, locale, places, own=address)
        numbered = [(index, insight.files[index]) for index in files]
        yield address, _stream("patches.html.j2", context | {"numbered": numbered})


def _report(
    insight: Insight, locale: str, places: PatchPlaces, frame: PageFrame | None = None
) -> Iterator[str]:
    context = _context(insight, locale, places, own="")
    voice: Speaker = speaker(locale)
    yield from _stream(
        "report.html.j2",
        context
        | {
            "frame": frame,
            "numbered": list(enumerate(insight.files)),
            "fold": folded_files(insight),
            "cards": ranked_sections(insight, locale),
            "threads": page_threads(insight),
            "sides": range_sides(insight),
            "commits": commit_count(insight, voice),
            "people": shown_people(insight, voice),
            "kind_name": partial(_kind_name, voice),
            "tree": folder_tree(insight.files),
            "folders": main_folders(insight.files),
            "types": [type_ for type_ in ModificationType if _has(insight, type_)],
            "nothing_found": partial(
                nothing_found, files=[entry.analysis for entry in insight.files], speaker=voice
            ),
        },
    )


def _kind_name(voice: Speaker, kind: ThreadKind) -> str:
    """Return what a thread is; what files are called too has the same name."""
    type_ = _TYPES.get(kind)
    return voice.say(f"type.{type_}") if type_ else voice.say(f"thread.{kind}")


def _has(insight: Insight, type_: ModificationType) -> bool:
    return any(entry.analysis.type is type_ for entry in insight.files)


def _stream(name: str, context: Mapping[str, object]) -> Iterator[str]:
    stream = environment(html=True).get_template(name).stream(context)
    stream.enable_buffering(BUFFERED)
    yield from stream


def _context(insight: Insight, locale: str, places: PatchPlaces, *, own: str) -> dict[str, object]:
    """Return what every page of a report is rendered with.

    Args:
        insight: The document.
        locale: One of its locales.
        places: Where the patches are.
        own: Address of this page as the report calls it; empty for the report itself.
    """
    voice = speaker(locale)
    links = PageLinks(insight, locale, places.pages)
    script, source = page_script()

    @cache
    def pill(type_: ModificationType) -> Markup:
        """Return the type of a change as a small coloured label."""
        name = type_.replace(" ", "-")
        return Markup('<span class="pill {}">{}</span>').format(name, voice.say(f"type.{type_}"))

    @cache
    def link_label(line: int) -> str:
        """Return what the link of a line to its host is called."""
        host = insight.range.web.host_name
        return voice.fill("html.line", line=voice.forms.number(line), host=host)

    def diff(index: int) -> Markup:
        """Return the lines of the patch of a file."""
        entry = insight.files[index]
        patch = entry.patch() if entry.patch else ""
        return diff_markup(patch, entry.anchor, links.targets(index, link_label))

    return {
        "insight": insight,
        "locale": locale,
        "say": voice.say,
        "fill": voice.fill,
        "counted": voice.forms.counted_noun,
        "date": voice.forms.date(insight.date),
        "grouped": voice.forms.number,
        "pill": pill,
        "model_parts": ModelParts(insight, locale, voice),
        "markdown": partial(markdown_html, resolve=links.resolve),
        "inline": partial(inline_html, resolve=links.resolve),
        "language": locale.replace("_", "-"),
        "diff": diff,
        "places": places,
        "own": own,
        "host_file": lambda entry: file_address(insight.range, entry, NEW),
        "linked": frozenset(insight.coverage.patches_linked),
        "script": script,
        "script_source": source,
    }


@cache
def page_script() -> tuple[Markup, Markup]:
    """Return the script of pages, and the source by which their policy lets it run."""
    text = _SCRIPT.read_text("utf-8")
    return Markup(text), script_source(text)  # noqa: S704 - our own file


def script_source(text: str) -> Markup:
    """Return the source of a policy that lets one script run."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return Markup(f"'sha256-{digest}'")  # noqa: S704 - letters and digits
