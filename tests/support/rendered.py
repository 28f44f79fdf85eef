"""Renders reports with other people's Markdown and HTML readers, and takes the pages apart."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """One element with its attributes and the text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these names below this one, in document order."""
        found = []
        for child in self.children:
            found += [child] if child.tag in tags else []
            found += child.all(*tags)
        return found


class Page(HTMLParser):
    """A page as a tree; a tag that is not balanced is an assertion error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]
        self.comments: list[str] = []
        self.doctypes: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [self.root], f"never closed: {[part.tag for part in self._open[1:]]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, f"<{tag} /> closes nothing in HTML"
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.doctypes.append(decl)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")

    @property
    def diffs(self) -> list[str]:
        """The text of every block of code that a class calls a diff."""
        blocks = self.root.all("pre")
        return [block.text for block in blocks if "diff" in _classes(block)]

    @property
    def table(self) -> list[list[str]]:
        """The cells of the one table, row by row."""
        (table,) = self.root.all("table")
        return [[cell.text for cell in row.all("td", "th")] for row in table.all("tr")]

    def check_harmless(self, *, script: str = "", beside: str = "") -> None:
        """Assert that nothing on the page acts by itself, and that links lead to the web.

        Args:
            script: The one script that the page may have.
            beside: The folder whose files it may link to.
        """
        kept = ("https://", "http://", "#", "mailto:", *([f"{beside}/"] if beside else []))
        for element in self.root.all(*{part.tag for part in _every(self.root)}):
            assert element.tag not in {"iframe", "object", "embed", "svg", "img"}
            if element.tag == "script":
                assert script
                assert (element.text, element.attributes) == (script, {})
                continue
            if element.tag == "form":  # the script's own; its policy lets it go nowhere
                assert element.attributes == {"id": "filter", "hidden": ""}
            for name, value in element.attributes.items():
                assert not name.startswith("on"), (element.tag, name)
                if name in {"href", "src"}:
                    assert value.startswith(kept), value


def _every(element: Element) -> list[Element]:
    return [part for child in element.children for part in (child, *_every(child))]


def _classes(element: Element) -> set[str]:
    found = {element.attributes.get("lang", "")}
    for part in (element, *element.children):
        found |= set(part.attributes.get("class", "").replace("language-", "").split())
    return found


def without_front_matter(report: str) -> str:
    """Return the body, as sites hand it to their renderers."""
    return report[report.index("\n---\n", 3) + 5 :]


def by_github(markdown: str) -> Page:
    """Render with GitHub's extensions, but without its filter for dangerous tags."""
    html = cmarkgfm.markdown_to_html_with_extensions(
        markdown,
        Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES,
        extensions=["table", "autolink", "strikethrough", "tasklist"],
    )
    return Page(html)


def by_pandoc(report: str, reader: str = "markdown") -> Page:
    """Render a whole report, front matter included, with pandoc's Markdown."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        pytest.skip("pandoc is not installed: this rendering is checked where it is")
    done = subprocess.run(
        [pandoc, "-f", reader, "-t", "html", "--no-highlight", "--preserve-tabs"],
        input=report.encode(),
        capture_output=True,
        check=True,
    )
    return Page(done.stdout.decode())
