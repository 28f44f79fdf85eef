"""Puts the links to lines that back the rules' explanation of a file behind a model's explanation of it."""

from __future__ import annotations

import re

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import safe_target
from diff_insight.model.changes import Side
from diff_insight.model.insight import FileEntry
from diff_insight.model.ranges import CommitRange
from diff_insight.wording.citing import cited_phrase
from diff_insight.wording.places import Places

#: Links behind one explanation.
_MOST_LINKS = 3


def add_line_links(text: str, entry: FileEntry, commits: CommitRange, locale: str) -> str:
    """Return a model's explanation with the first links to lines that the rules' one has.

    The rules quote the file, so that what looks like a link may be its author's, harmless only as
    long as it stands in code: what leads to no lines of this file at the compared commits is none.
    """
    links = [] if "\n" in text else _line_links(entry, commits, locale)
    if not links:
        return text
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    joined = links[0]
    for other in links[1:]:
        joined = speaker.fill("cite.join", first=joined, second=other)
    return cited_phrase(text, joined, speaker)


def _line_links(entry: FileEntry, commits: CommitRange, locale: str) -> list[str]:
    """Return the first links of the rules' explanation that lead to lines of its file."""
    places = Places(commits, [entry.analysis], [entry.name])
    pages = {safe_target(places.address(0, None, side)) for side in Side} - {""}
    if not pages:
        return []
    page = "|".join(map(re.escape, sorted(pages)))
    # The label and the address name the same lines.
    cited = re.compile(rf"\[L(\d+)(?:[–-]L?(\d+))?\]\((?:{page})#L\1(?(2)-L?\2)\)")
    links = (match[0] for match in cited.finditer(entry.explanation[locale]))
    return list(dict.fromkeys(links))[:_MOST_LINKS]
