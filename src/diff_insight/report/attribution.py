"""Says whose words a report quotes and under which licence, when they are another repository's."""

from __future__ import annotations

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import code, link, within_line
from diff_insight.model.licences import Licences
from diff_insight.model.ranges import CommitRange


def attribution_text(licences: Licences, commits: CommitRange, locale: str) -> str:
    """Return the sentence in Markdown; empty where it is not known which repository it is."""
    if not commits.repository:
        return ""
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    name = link(within_line(commits.repository), commits.web.root)
    if not licences.read:
        return speaker.fill("attribution.unread", repository=name)
    if not licences.files:
        return speaker.fill("attribution.none", repository=name)
    shown = [
        link(code(file.path) if not file.expression else within_line(file.expression),
             commits.web.file(commits.head, file.path.encode(), rendered=True))
        for file in licences.files
    ]  # fmt: skip
    known = [text for text, file in zip(shown, licences.files, strict=True) if file.expression]
    unknown = [
        text for text, file in zip(shown, licences.files, strict=True) if not file.expression
    ]
    sentences = []
    if known:
        listed = speaker.forms.lists.join(list(dict.fromkeys(known)))
        sentences.append(speaker.fill("attribution.licensed", repository=name, licences=listed))
    if unknown:
        key = "attribution.also-unknown" if known else "attribution.unknown"
        listed = speaker.forms.lists.join(unknown)
        sentences.append(speaker.fill(key, repository=name, files=listed))
    between = "" if speaker.catalog.is_unspaced else " "
    return between.join(sentences)
