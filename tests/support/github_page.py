"""Shows Markdown as GitHub does: its renderer, its sanitizer's allow-list, what it reads in texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options

from support.rendered import VOID, Page

EXTENSIONS = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"]
#: https://github.com/gjtorikian/html-pipeline, SanitizationFilter (MIT).
ALLOWED = set(
    "h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture ol ul table "
    "thead tbody tfoot blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary "
    "details caption figure figcaption abbr bdo cite dfn mark small source span time wbr".split()
)
ATTRIBUTES = {
    "*": {"align", "open", "lang", "dir", "title", "id", "name", "aria-label"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
}
ZERO_WIDTH = "\u2060"
#: What GitHub looks for in the texts that are neither code nor in a link, generously read.
ACTIVE = re.compile(
    r"@[A-Za-z0-9]|#\d|\bGH-\d|(?<![A-Za-z0-9])[0-9a-f]{7,40}(?![A-Za-z0-9])|://|www\.|"
    r":[a-z0-9_+-]+:|\$[^$\s].*\$",
    re.IGNORECASE,
)


def html_of(markdown: str) -> str:
    """Return the page before the sanitizer."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    written = markdown.encode("utf-8", "replace").decode()
    html: str = cmarkgfm.markdown_to_html_with_extensions(written, options, extensions=EXTENSIONS)
    return html


def sanitized(markdown: str) -> str:
    """Return the page as GitHub lets it through."""
    return nh3.clean(
        html_of(markdown),
        tags=ALLOWED,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def page_of(markdown: str) -> Page:
    """Return what readers see, as a tree."""
    return Page(sanitized(markdown))


class _Texts(HTMLParser):
    """Text nodes with the names of the elements around them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.found.append((data, tuple(self._open)))


def prose_nodes(html: str) -> list[str]:
    """Return the texts in which GitHub looks for people, numbers and commits."""
    return [text for text, around in _Texts(html).found if not {"code", "pre", "a"} & set(around)]


def check_inert(markdown: str, *, links: str = "https://github.com/") -> None:
    """Assert that a text pings nobody, links nothing by itself and loads nothing.

    Args:
        markdown: The text.
        links: What the address of every link begins with.
    """
    html = sanitized(markdown)
    for text in prose_nodes(html):
        assert not ACTIVE.search(text), text
    page = Page(html)
    page.check_harmless()
    for link in page.root.all("a"):
        assert link.attributes["href"].startswith(links), link


def plain(text: str) -> str:
    """Return a text as people read it: without what has no width."""
    return text.replace(ZERO_WIDTH, "")
