"""Keeps an Atom feed for each locale and category beside the reports (RFC 4287).

The newest reports come first, and the feed has an end. What was on a branch is read as data: a file
that is not one of our feeds, or that declares entities, is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from msgspec import Struct

from diff_insight.model.insight import Insight
from diff_insight.publishers.branch_content import PlacedReport
from diff_insight.report.identity import range_id
from diff_insight.settings.output_path import fixed_folder

#: Entries of a feed.
LENGTH = 50
ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: What XML 1.0 has no way to write.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_LARGEST = 5_000_000
#: Characters of an entry's content; what is longer is left out whole.
LONGEST_CONTENT = 60_000
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def no_content(insight: Insight, locale: str) -> str:
    """Return nothing: entries have their summary alone."""
    return ""


class Feeds(Struct, frozen=True, kw_only=True):
    """The feeds of a branch.

    Attributes:
        server: Web address of the server.
        repository: `OWNER/NAME` of the branch.
        branch: Name of the branch.
        template: Output template of the reports; feeds lie in its folder.
        content: Gives the first screen of a report as harmless HTML.
    """

    server: str
    repository: str
    branch: str
    template: str
    content: Callable[[Insight, str], str] = no_content

    def files(
        self, placed: Sequence[PlacedReport], read: Callable[[str], bytes | None]
    ) -> dict[str, bytes]:
        """Return the feeds with these reports on top, by path."""
        files: dict[str, bytes] = {}
        for each in placed:
            report = each.report
            if report.format == "markdown":
                path = self.path(report.locale, report.insight.category)
                known = files.get(path) or read(path)
                files[path] = self._feed(path, report.insight, report.locale, each.path, known)
        return files

    def path(self, locale: str, category: str) -> str:
        """Return the path of a feed on the branch."""
        return feed_path(self.template, locale, category)

    def _feed(
        self, path: str, insight: Insight, locale: str, report: str, known: bytes | None
    ) -> bytes:
        entry = self._entry(insight, locale, report)
        mine = entry.findtext("id")
        others = [each for each in _entries(known) if _text(each, "id") != mine]
        # The order is stable: of one day, what was published last stands first.
        newest = [entry, *others]
        newest.sort(key=lambda each: _text(each, "updated"), reverse=True)
        newest = newest[:LENGTH]
        feed = ET.Element("feed", {"xmlns": ATOM, XML_LANG: locale.replace("_", "-")})
        add_text(feed, "id", self._tag(self.repository, locale, insight.category))
        repository = insight.range.repository
        add_text(feed, "title", " · ".join(filter(None, (repository, insight.category))))
        add_text(feed, "updated", _text(newest[0], "updated"))
        ET.SubElement(feed, "link", {"rel": "self", "href": self._url("raw", path)})
        add_text(ET.SubElement(feed, "author"), "name", "diff-insight")
        feed.extend(newest)
        ET.indent(feed, " ")
        text = ET.tostring(feed, encoding="unicode", short_empty_elements=True)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()

    def _entry(self, insight: Insight, locale: str, report: str) -> ET.Element:
        entry = ET.Element("entry")
        identity = range_id(insight.range, insight.fingerprint)
        add_text(entry, "id", self._tag(self.repository, locale, insight.category, identity))
        add_text(entry, "title", insight.headline[locale])
        # The head's time, not the present: the same report is the same entry whenever it is made.
        moment = insight.origin.head_time
        moment = moment if _MOMENT.fullmatch(moment) else f"{insight.date}T00:00:00Z"
        add_text(entry, "updated", moment)
        link = {"rel": "alternate", "type": "text/html", "href": self._url("blob", report)}
        ET.SubElement(entry, "link", link)
        ET.SubElement(entry, "category", {"term": insight.category})
        add_text(entry, "summary", insight.summary[locale])
        _add_content(entry, self.content(insight, locale))
        return entry

    def _tag(self, *parts: str) -> str:
        """Return an address that stays the same wherever the feed is moved to (RFC 4151)."""
        host = urlsplit(self.server).hostname or "localhost"
        return f"tag:{host},2025:diff-insight/{quote('/'.join(parts))}"

    def _url(self, kind: str, path: str) -> str:
        return f"{self.server}/{self.repository}/{kind}/{quote(self.branch)}/{quote(path)}"


def feed_path(template: str, locale: str, category: str) -> str:
    """Return the path of a feed, in the folder of the reports."""
    return str(PurePath(fixed_folder(template), "feeds", locale, f"{category}.xml"))


def add_text(parent: ET.Element, name: str, text: str) -> None:
    """Add an element with plain text; nothing in it is markup, and none of it is forbidden."""
    ET.SubElement(parent, name).text = _NOT_XML.sub(_REPLACED, " ".join(text.split()))


def _add_content(entry: ET.Element, content: str) -> None:
    if content and len(content) <= LONGEST_CONTENT:
        ET.SubElement(entry, "content", {"type": "html"}).text = _NOT_XML.sub(_REPLACED, content)


def _text(entry: ET.Element, name: str) -> str:
    return entry.findtext(name) or ""


def _entries(content: bytes | None) -> Iterator[ET.Element]:
    """Yield the entries of a feed that this module has written."""
    if content is None or len(content) > _LARGEST:
        return
    try:
        text = content.decode("utf-8")
        # Without a DTD there are no entities; in another encoding one would not be seen.
        root = ET.fromstring(text) if "<!" not in text else None  # noqa: S314
    except (ET.ParseError, ValueError):
        return
    if root is None:
        return
    for entry in root.iter(f"{{{ATOM}}}entry"):
        made = ET.Element("entry")
        for name in ("id", "title", "updated"):
            add_text(made, name, entry.findtext(f"{{{ATOM}}}{name}") or "")
        link = entry.find(f"{{{ATOM}}}link")
        href = link.get("href", "") if link is not None else ""
        absolute = urlsplit(href).scheme in {"http", "https"}
        if not (absolute and _text(made, "id") and _MOMENT.fullmatch(_text(made, "updated"))):
            continue
        ET.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": href})
        for category in entry.findall(f"{{{ATOM}}}category")[:1]:
            ET.SubElement(made, "category", {"term": category.get("term", "")})
        add_text(made, "summary", entry.findtext(f"{{{ATOM}}}summary") or "")
        _add_content(made, entry.findtext(f"{{{ATOM}}}content") or "")
        yield made
