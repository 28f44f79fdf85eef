"""Renders the Markdown of documents as harmless HTML: no raw HTML, no images."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

#: Gives another address for that of a link.
Resolve = Callable[[str], str]
#: Lines of a file at the end of a link's label, and what keeps them on one line of the page.
_LINES = re.compile(r" ?L\d+(?:–L\d+)?\Z")
_UNBROKEN = {ord(" "): "\u00a0", ord("–"): "\u2060–\u2060"}
#: Rules that find nothing while HTML is off, asked at every line.
_HTML = ("html_block", "html_inline")


def markdown_html(text: str, resolve: Resolve = str) -> Markup:
    """Render Markdown; raw HTML in it stays text."""
    return Markup(_parser().render(text, {"resolve": resolve}))  # noqa: S704 - the parser escapes, HTML is off


def inline_html(text: str, resolve: Resolve = str) -> Markup:
    """Render a line of Markdown without a paragraph around it."""
    return Markup(_parser().renderInline(text, {"resolve": resolve}))  # noqa: S704 - as above


@cache
def _parser() -> MarkdownIt:
    # A document may be anybody's; an image would tell its server who reads the page, and when.
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", *_HTML])
    parser.add_render_rule("link_open", _link_open)
    return parser


def _link_open(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:  # noqa: ANN401 - as the library has it
    """Open a link with the address that it has here."""
    token = tokens[index]
    token.attrs["href"] = env["resolve"](str(token.attrs["href"]))
    label = tokens[index + 1]
    if label.type == "text" and (lines := _LINES.search(label.content)):
        label.content = label.content[: lines.start()] + lines[0].translate(_UNBROKEN)
    opened: str = self.renderToken(tokens, index, options, env)
    return opened
