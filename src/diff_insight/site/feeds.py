"""Atom feeds of a site (RFC 4287): one for each language, one for each of its categories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from diff_insight.publishers.feed import ATOM, LENGTH, XML_LANG, add_text
from diff_insight.publishers.relative import relative_address
from diff_insight.site.entry import SiteEntry
from diff_insight.site.lists import SiteSettings, categories, languages, report_path, site_title


def feeds(
    entries: Sequence[SiteEntry], settings: SiteSettings
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the path and the text of each feed."""
    title = site_title(entries, settings)
    for locale in languages(entries, settings):
        own = [entry for entry in entries if locale in entry.locales]
        yield f"{locale}/feed.xml", [_feed(f"{locale}/feed.xml", title, own, settings)]
        for category in categories(own):
            path = f"{locale}/categories/{category}.xml"
            of_category = [entry for entry in own if entry.category == category]
            yield path, [_feed(path, f"{title} · {category}", of_category, settings)]


def _feed(path: str, title: str, entries: Sequence[SiteEntry], settings: SiteSettings) -> str:
    locale = path.partition("/")[0]
    feed = ET.Element("feed", {"xmlns": ATOM, XML_LANG: locale.replace("_", "-")})
    add_text(feed, "id", _tag(settings, path))
    add_text(feed, "title", title)
    add_text(feed, "updated", _moment(entries[0]))
    if settings.url:
        ET.SubElement(feed, "link", {"rel": "self", "href": settings.url + quote(path)})
    add_text(ET.SubElement(feed, "author"), "name", "diff-insight")
    for entry in entries[:LENGTH]:
        report = report_path(entry, locale)
        href = settings.url + quote(report) if settings.url else relative_address(path, report)
        made = ET.SubElement(feed, "entry")
        add_text(made, "id", _tag(settings, f"{locale}/{entry.name}"))
        add_text(made, "title", entry.texts[locale].headline.replace("`", ""))
        add_text(made, "updated", _moment(entry))
        ET.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": href})
        ET.SubElement(made, "category", {"term": entry.category})
        add_text(made, "summary", entry.texts[locale].summary)
    ET.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _moment(entry: SiteEntry) -> str:
    return entry.time or f"{entry.date}T00:00:00Z"


def _tag(settings: SiteSettings, name: str) -> str:
    """Return an address that stays the same wherever the site is moved to (RFC 4151)."""
    host = urlsplit(settings.url).hostname or "localhost"
    return f"tag:{host},2025:diff-insight/{quote(name)}"
