"""Renders one self-contained HTML page; everything untrusted is escaped by the template engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from diff_insight.markup.escape import INVISIBLE, visible
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import Insight
from diff_insight.render.environment import environment, speaker
from diff_insight.render.model_parts import ModelParts
from diff_insight.wording.negative_findings import nothing_found

#: Pieces of the template that are joined before they are written.
BUFFERED = 200
_CLASSES = {"+": "add", "-": "del", "@": "hunk", "\\": "end"}


def render_html(insight: Insight, locale: str) -> Iterator[str]:
    """Yield the page of one locale in pieces."""
    voice = speaker(locale)

    def pill(type_: ModificationType) -> Markup:
        """Return the type of a change as a small coloured label."""
        name = type_.replace(" ", "-")
        return Markup('<span class="pill {}">{}</span>').format(name, voice.say(f"type.{type_}"))

    made = environment(html=True)
    stream = made.get_template("report.html.j2").stream(
        insight=insight,
        locale=locale,
        say=voice.say,
        fill=voice.fill,
        model_parts=ModelParts(insight, locale, voice),
        nothing_found=partial(
            nothing_found, files=[entry.analysis for entry in insight.files], speaker=voice
        ),
        counted=voice.forms.counted_noun,
        date=voice.forms.date(insight.date),
        grouped=voice.forms.number,
        pill=pill,
        markdown=_markdown,
        inline=_inline,
        language=locale.replace("_", "-"),
        diff_lines=_diff_lines,
        linked=frozenset(insight.coverage.patches_linked),
    )
    stream.enable_buffering(BUFFERED)
    yield from stream


@cache
def _parser() -> MarkdownIt:
    # A document may be anybody's; an image would tell its server who reads the page, and when.
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def _markdown(text: str) -> Markup:
    """Render Markdown; raw HTML in it stays text."""
    return Markup(_parser().render(text))  # noqa: S704 - the parser escapes, HTML is off


def _inline(text: str) -> Markup:
    return Markup(_parser().renderInline(text))  # noqa: S704 - as above


def _diff_lines(patch: str) -> Iterator[tuple[str, Markup]]:
    """Yield (class, line) for each line of a patch."""
    lines = patch.removesuffix("\n").split("\n")
    body = [line for line in lines if line[:1] in {"+", "-", " "}]
    # A carriage return at every end is how the file is; only a mixture tells something.
    every_end = all(line.endswith("\r") for line in body)
    for line in lines:
        shown = line.removesuffix("\r") if every_end else line
        yield _CLASSES.get(line[:1], "ctx"), _with_visible_characters(shown)


def _with_visible_characters(line: str) -> Markup:
    """Return a line whose invisible characters stand out; a tab stays a tab."""
    if not INVISIBLE.search(line.replace("\t", "")):
        return escape(line)
    pieces = re.split(rf"({INVISIBLE.pattern})", line)
    return Markup("").join(
        Markup("<i>{}</i>").format(visible(piece)) if number % 2 and piece != "\t" else piece
        for number, piece in enumerate(pieces)
    )
