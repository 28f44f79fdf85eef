"""Puts a model's accepted texts into the document of the rules, part by part; types, facts and losses stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.kinds.catalogue import kind_of
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import code, line_with_code, link
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import FileEntry, Highlights, Insight
from diff_insight.model.telling import Bullet, FileText, RangeText, Told
from diff_insight.report.explanation_lines import add_line_links
from diff_insight.report.patches import file_diff_url
from diff_insight.wording.citing import cited_phrase

MODEL, RULES = "model", "rules"
#: Files named behind one bullet, and bullets made of titles.
_MOST_NAMED, _MOST_TITLES = 3, 6
_PARTS = ("headline", "summary", "insights")


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
            _file(entry, texts.files.get(index, {}), insight)
            for index, entry in enumerate(insight.files)
        ),
        headline=_texts(insight.headline, texts.ranges, "headline"),
        summary=_texts(insight.summary, texts.ranges, "summary"),
        insights=_texts(insight.insights, texts.ranges, "insights"),
        highlights={locale: _highlights(insight, locale, texts) for locale in insight.highlights},
        notices=(*insight.notices, *texts.notices),
        usage=texts.usage,
        overview_author={
            locale: MODEL if _whole(texts.ranges.get(locale)) else RULES
            for locale in insight.locales
        },
        overview_parts={
            locale: parts
            for locale in insight.locales
            if (parts := tuple(_parts(texts.ranges.get(locale))))
        },
    )


def _whole(text: RangeText | None) -> bool:
    return text is not None and all(getattr(text, name) for name in _PARTS)


def _parts(text: RangeText | None) -> Iterator[str]:
    """Yield the parts of the texts about the range that a model wrote."""
    if text is None:
        return
    yield from (name for name in _PARTS if getattr(text, name))
    if text.new_features or text.other_updates:
        yield "highlights"


def _fingerprint(insight: Insight, texts: Told) -> str:
    made = f"{insight.fingerprint}\0{texts.model}\0{texts.prompt_version}"
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def _file(entry: FileEntry, texts: Mapping[str, FileText], insight: Insight) -> FileEntry:
    if not texts:
        return entry
    authors = {
        locale: MODEL if locale in texts and texts[locale].whole else RULES
        for locale in insight.locales
    }
    mixed = len(set(authors.values())) > 1
    titles = {locale: text.title for locale, text in texts.items() if text.title}
    explanations = {
        locale: add_line_links(text.explanation, entry, insight.range, locale)
        for locale, text in texts.items()
        if text.explanation
    }
    return replace(
        entry,
        title={**entry.title, **titles},
        explanation={**entry.explanation, **explanations},
        author=RULES if mixed else authors[insight.locales[0]],
        authors=authors if mixed else {},
        parts_by_model={
            locale: ("title",) if text.title else ("explanation",)
            for locale, text in texts.items()
            if not text.whole
        },
    )


def _texts(ours: Mapping[str, str], ranges: Mapping[str, RangeText], name: str) -> dict[str, str]:
    return {
        locale: (locale in ranges and getattr(ranges[locale], name)) or text
        for locale, text in ours.items()
    }


def _highlights(insight: Insight, locale: str, texts: Told) -> Highlights:
    """Return the sections: what breaks, what is asked and losses are the rules', the rest may be a model's.

    Where no text about the range stands, titles of files that the model wrote come before the word
    edits of the rules. A model never empties a section that has facts.
    """
    ours = insight.highlights[locale]
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    kept = len(ours.other_updates) - ours.losses
    other, losses = ours.other_updates[:kept], ours.other_updates[kept:]
    theirs = texts.ranges.get(locale) or _from_titles(insight, texts, locale)
    new = _bullets(theirs.new_features, insight, speaker) or ours.new_features
    other = _bullets(theirs.other_updates, insight, speaker) or other
    other = (*other, *_files_left(insight, theirs, speaker))
    said = tuple(speaker.say(f"notice.{notice.key}", notice.params) for notice in texts.notices)
    return Highlights(
        to_do=ours.to_do,
        new_features=new,
        breaking_changes=ours.breaking_changes,
        other_updates=(*other, *said, *losses),
        losses=len(said) + len(losses),
    )


def _from_titles(insight: Insight, texts: Told, locale: str) -> RangeText:
    """Return highlights made of the titles that a model wrote for the files that matter most."""
    titles = {
        index: by_locale[locale].title
        for index, by_locale in texts.files.items()
        if locale in by_locale and by_locale[locale].title
    }
    ranked = sorted(titles, key=lambda index: (-_salience(insight.files[index]), index))
    new = [index for index in ranked if _is_new(insight.files[index])]
    lists = [
        tuple(Bullet(line_with_code(titles[index]), (index,)) for index in indexes[:_MOST_TITLES])
        for indexes in (new, [index for index in ranked if index not in new])
    ]
    return RangeText(
        headline="", summary="", insights="", new_features=lists[0], other_updates=lists[1]
    )


def _is_new(entry: FileEntry) -> bool:
    return entry.analysis.type is ModificationType.NEW_FEATURE


def _salience(entry: FileEntry) -> int:
    return max((kind_of(fact.kind).salience for fact in entry.analysis.facts), default=0)


def _files_left(insight: Insight, text: RangeText, speaker: Speaker) -> Iterator[str]:
    """Yield how many files a model's bullets do not name; nothing when the rules' stand."""
    if not text.other_updates:
        return
    named = {index for each in (*text.new_features, *text.other_updates) for index in each.files}
    rest = len(insight.files) - len(named)
    if rest > 0:
        yield speaker.say("range.more", {"count": rest})


def _bullets(bullets: Sequence[Bullet], insight: Insight, speaker: Speaker) -> tuple[str, ...]:
    """Return the bullets with links to the files that they speak of."""
    return tuple(
        cited_phrase(bullet.text, _links(bullet, insight, speaker), speaker) for bullet in bullets
    )


def _links(bullet: Bullet, insight: Insight, speaker: Speaker) -> str:
    named = []
    for index in bullet.files[:_MOST_NAMED]:
        entry = insight.files[index]
        url = file_diff_url(entry.analysis.change, insight.range)
        named.append(link(code(entry.name), url) if url else code(entry.name))
    rest = len(bullet.files) - len(named)
    if rest > 0:
        named.append(speaker.say("cite.more", {"count": rest}))
    text = named[0] if named else ""
    for other in named[1:]:
        text = speaker.fill("cite.join", first=text, second=other)
    return text
