"""Puts a model's accepted texts into the document of the rules; types, facts and losses stay."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import code, link
from diff_insight.model.insight import FileEntry, Highlights, Insight
from diff_insight.model.telling import Bullet, FileText, RangeText, Told
from diff_insight.report.patches import file_diff_url

MODEL, RULES = "model", "rules"
#: Files named behind one bullet.
_MOST_NAMED = 3


def retell(insight: Insight, texts: Told) -> Insight:
    """Return the document with the texts of a model wherever there are any."""
    return replace(
        insight,
        analyst=MODEL,
        model=texts.model,
        prompt_version=texts.prompt_version,
        fingerprint=_fingerprint(insight, texts),
        coverage=replace(insight.coverage, sent_to_model=texts.sent),
        files=tuple(
            _file(entry, texts.files.get(index, {}), insight.locales)
            for index, entry in enumerate(insight.files)
        ),
        headline=_texts(insight.headline, texts.ranges, "headline"),
        summary=_texts(insight.summary, texts.ranges, "summary"),
        insights=_texts(insight.insights, texts.ranges, "insights"),
        highlights={locale: _highlights(insight, locale, texts) for locale in insight.highlights},
        notices=(*insight.notices, *texts.notices),
        usage=texts.usage,
        overview_author={
            locale: MODEL if locale in texts.ranges else RULES for locale in insight.locales
        },
    )


def _fingerprint(insight: Insight, texts: Told) -> str:
    made = f"{insight.fingerprint}\0{texts.model}\0{texts.prompt_version}"
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def _file(entry: FileEntry, texts: Mapping[str, FileText], locales: Sequence[str]) -> FileEntry:
    if not texts:
        return entry
    authors = {locale: MODEL if locale in texts else RULES for locale in locales}
    mixed = len(set(authors.values())) > 1
    return replace(
        entry,
        title={**entry.title, **{locale: text.title for locale, text in texts.items()}},
        explanation={
            **entry.explanation,
            **{locale: text.explanation for locale, text in texts.items()},
        },
        author=RULES if mixed else MODEL,
        authors=authors if mixed else {},
    )


def _texts(ours: Mapping[str, str], ranges: Mapping[str, RangeText], name: str) -> dict[str, str]:
    return {
        locale: getattr(ranges[locale], name) if locale in ranges else text
        for locale, text in ours.items()
    }


def _highlights(insight: Insight, locale: str, texts: Told) -> Highlights:
    """Return the sections: breaking changes and losses are the rules', the rest may be a model's.

    A model never empties a section that has facts.
    """
    ours, theirs = insight.highlights[locale], texts.ranges.get(locale)
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    kept = len(ours.other_updates) - ours.losses
    other, losses = ours.other_updates[:kept], ours.other_updates[kept:]
    new = ours.new_features
    if theirs is not None:
        new = _bullets(theirs.new_features, insight, speaker) or new
        other = _bullets(theirs.other_updates, insight, speaker) or other
    said = tuple(speaker.say(f"notice.{notice.key}", notice.params) for notice in texts.notices)
    return Highlights(
        new_features=new,
        breaking_changes=ours.breaking_changes,
        other_updates=(*other, *said, *losses),
        losses=len(said) + len(losses),
    )


def _bullets(bullets: Sequence[Bullet], insight: Insight, speaker: Speaker) -> tuple[str, ...]:
    """Return the bullets with links to the files that they speak of."""
    return tuple(
        speaker.fill("bullet", phrase=bullet.text, links=links) if links else bullet.text
        for bullet in bullets
        for links in [_links(bullet, insight, speaker)]
    )


def _links(bullet: Bullet, insight: Insight, speaker: Speaker) -> str:
    named = []
    for index in bullet.files[:_MOST_NAMED]:
        entry = insight.files[index]
        url = file_diff_url(entry.analysis.change, insight.range)
        named.append(link(code(entry.name), url) if url else code(entry.name))
    text = named[0] if named else ""
    for other in named[1:]:
        text = speaker.fill("cite.join", first=text, second=other)
    return text
