"""Renders a report for a terminal: the first screen, the article and the files, in colour.

Whatever stands in a report cannot reach the terminal as an order: control characters are made visible
after Markdown is read, so that a character reference cannot bring one back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.markdown import Markdown
from rich.segment import Segment, Segments
from rich.theme import Theme

from diff_insight.markup.escape import visible
from diff_insight.model.insight import Insight
from diff_insight.render.environment import environment
from diff_insight.render.github import github_context

TEMPLATE = "terminal.md.j2"
_JOINER = "&#8288;"
#: Columns; longer lines are hard to read, shorter ones leave no room for a table.
_WIDEST, _NARROWEST = 110, 40
#: Weight tells the parts apart: a line below would hide the underscores of names. Colour stands only where no word
#: needs it: blue and magenta are not read on many a dark terminal, green and cyan on a light one.
_LOOK = Theme(
    {
        "markdown.h3": "bold",
        "markdown.h4": "bold",
        "markdown.code": "bold",
        "markdown.code_block": "none",
        "markdown.list": "none",
        "markdown.item.bullet": "bold green",
        "markdown.link": "none",
        "markdown.link_url": "none",
        "markdown.table.border": "dim",
        "markdown.table.header": "bold",
    }
)


def render_terminal(insight: Insight, locale: str, *, width: int, colour: bool) -> str:
    """Return the report of one locale for a terminal.

    Args:
        insight: The document.
        locale: One of its locales.
        width: Columns of the terminal.
        colour: Whether it shows colours, bold type and links.
    """
    context = github_context(insight, locale)
    # The layout parts what GitHub would make links of; here nothing does.
    text = environment(html=False).get_template(TEMPLATE).render(context).replace(_JOINER, "")
    shown = io.StringIO()
    console = Console(
        file=shown,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        width=max(_NARROWEST, min(width, _WIDEST)),
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        theme=_LOOK,
    )
    markdown = Markdown(text, hyperlinks=colour, code_theme="ansi_dark")
    console.print(Segments(_harmless(console.render(markdown))), end="", crop=False, soft_wrap=True)
    return shown.getvalue()


def _harmless(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield segments whose text holds no control characters but line ends."""
    for segment in segments:
        lines = segment.text.split("\n")
        yield Segment("\n".join(map(visible, lines)), segment.style)
