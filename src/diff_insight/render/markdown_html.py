"""Renders the Markdown of documents as harmless HTML: no raw HTML, no images."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

#: Gives another address for that of a link.
Resolve = Callable[[str], str]


def markdown_html(text: str, resolve: Resolve = str) -> Markup:
    """Render Markdown; raw HTML in it stays text."""
    return Markup(_parser().render(text, {"resolve": resolve}))  # noqa: S704 - the parser escapes, HTML is off


def inline_html(text: str, resolve: Resolve = str) -> Markup:
    """Render a line of Markdown without a paragraph around it."""
    return Markup(_parser().renderInline(text, {"resolve": resolve}))  # noqa: S704 - as above


@cache
def _parser() -> MarkdownIt:
    # A document may be anybody's; an image would tell its server who reads the page, and when.
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.add_render_rule("link_open", _link_open)
    return parser


def _link_open(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:  # noqa: ANN401 - as the library has it
    """Open a link with the address that it has here."""
    token = tokens[index]
    token.attrs["href"] = env["resolve"](str(token.attrs["href"]))
    opened: str = self.renderToken(tokens, index, options, env)
    return opened
