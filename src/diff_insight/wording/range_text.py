"""Words a category as a whole: headline, highlights and summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

from msgspec.structs import replace

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.plain import clip
from diff_insight.model.insight import Highlights
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.story.certainty import is_likely
from diff_insight.story.listed import HighlightSection, sections, standing
from diff_insight.wording.citing import cited_phrase, cited_sentence
from diff_insight.wording.file_text import join
from diff_insight.wording.losses import losses
from diff_insight.wording.places import Places
from diff_insight.wording.range_facts import RangeFacts
from diff_insight.wording.sentences import names_its_subject, phrase, sentence

#: A headline joins a second phrase only when it matters at least this much.
_SECOND_HEADLINE = 45
_LONGEST_HEADLINE = 200
#: Characters of a title in a headline, and where it may be cut.
_LONGEST_TITLE = 160
_CLAUSE = re.compile(r"[,;:]? (?=[-–—] )|[,;:](?= )|[，、；：。]|(?<=\w)(?= \()")
#: Items that are tried for the second half of a headline.
_TRIED = 3
_SUMMARY_SENTENCES = 3
#: A theme stands in the headline where one file in so many speaks of it.
_PART_OF_THEME = 6
#: Facts that a bullet shows behind what people say; the article has more of them.
SHOWN_PROOFS = 2
#: Breaking changes up to which each bullet says that it was not declared.
_FEW_BREAKING = 3


def headline(facts: RangeFacts, plain: Speaker) -> str:
    """Return one plain line: the most consequential item, and a second one from another file."""
    main = main_items(facts.items)
    if not main:
        return plain.say("range.housekeeping-only")
    # What says where something changed, and not what, leads only where there is nothing else.
    main = sorted(main, key=lambda item: kind_of(item.kind).has(Trait.VAGUE))
    lead = _with_short_title(main[0])
    first = _with_setting(_named_phrase(lead, facts, plain), lead, plain)
    if _is_about_theme(facts, main[0]):
        theme = plain.say("headline.theme", facts.theme.params if facts.theme else {})
        joined = plain.fill("headline.join", first=theme, second=first)
        return joined if len(joined) <= _LONGEST_HEADLINE else first
    others = [
        item
        for item in (*main[0].proofs, *main[1:])
        if item.salience >= _SECOND_HEADLINE and _adds(item, main[0])
    ]
    version = str(main[0].params.get("since") or "")
    if version and version not in first:
        first = plain.fill("headline.release", version=version, text=first)
    if main[0].params.get("upkeep"):
        first = plain.fill("headline.upkeep", text=plain.behind_colon(first))
    for item in others[:_TRIED]:
        joined = plain.fill("headline.join", first=first, second=_named_phrase(item, facts, plain))
        if len(joined) <= _LONGEST_HEADLINE:
            return joined
    return first


def _with_short_title(item: StoryItem) -> StoryItem:
    """Return an item whose title is no longer than a headline: of a paragraph its first clauses."""
    title = item.params.get("title")
    if not isinstance(title, str) or len(title) <= _LONGEST_TITLE:
        return item
    clauses = [match.start() for match in _CLAUSE.finditer(title, 0, _LONGEST_TITLE)]
    at = clauses[-1] if clauses and clauses[-1] > _LONGEST_TITLE // 3 else 0
    short = f"{title[:at]}…" if at else clip(title, _LONGEST_TITLE)
    if short.count("`") % 2:  # within code
        short = title[: short.rindex("`")].rstrip(" ,;:(") + "…"
    return replace(item, params={**item.params, "title": short})


def _is_about_theme(facts: RangeFacts, lead: StoryItem) -> bool:
    """Tell whether what many files have in common says more than the one item that would lead."""
    quiet = lead.role in (Role.NEW, Role.CHANGE) and not kind_of(lead.kind).has(Trait.VOICE)
    wide = facts.theme is not None and len(facts.theme.files) * _PART_OF_THEME >= len(facts.files)
    return quiet and wide and len(lead.files) < (len(facts.theme.files) if facts.theme else 0)


def _more(section: HighlightSection, markdown: Speaker) -> list[str]:
    """Return the bullet about what has none of its own: its themes, else its files."""
    # Steps that a tool makes every week have one title.
    titles = list(
        dict.fromkeys(
            item.params["title"]
            for item in section.hidden
            if item.params.get("title") and kind_of(item.kind).has(Trait.VOICE)
        )
    )
    if titles:
        names: Value = {"items": tuple(titles), "total": len(titles)}
        return [markdown.say("range.themes", {"names": names})]
    return [markdown.say("range.more", {"count": section.below})] if section.below else []


def _adds(item: StoryItem, first: StoryItem) -> bool:
    """Tell whether an item may stand behind another in a headline."""
    versions = {str(each.params.get("since") or "") for each in (item, first)} - {""}
    if len(versions) > 1:
        return False
    of_people = kind_of(first.kind).has(Trait.VOICE)
    if of_people and kind_of(item.kind).has(Trait.VAGUE):
        return False
    title, lead = (str(each.params.get("title") or "").casefold() for each in (item, first))
    if title and title in lead:
        return False  # “Add the page on x” has said that there is a page on x
    return of_people or not set(item.files) & set(first.files)


def highlights(facts: RangeFacts, markdown: Speaker, places: Places) -> Highlights:
    """Return the bullets of the three sections."""
    housekeeping = standing(facts.items, (Role.HOUSEKEEPING,))
    closing = [_named_phrase(item, facts, markdown) for item in housekeeping[:2]]
    left_out = losses(facts, markdown)
    undeclared = _says_undeclared(facts)
    bullets = []
    for section in sections(facts.items):
        texts = _bullets(section.items, facts, markdown, places, undeclared=undeclared)
        bullets.append([*texts, *_more(section, markdown)])
    new, breaking, other = bullets
    return Highlights(
        to_do=tuple(dict.fromkeys(_action(item, markdown, places) for item in facts.actions)),
        new_features=tuple(new),
        breaking_changes=tuple(breaking),
        other_updates=(*other, *closing, *left_out),
        losses=len(left_out),
    )


def _action(item: StoryItem, markdown: Speaker, places: Places) -> str:
    """Return what is asked of readers, with the page that asks it where its own words are quoted."""
    text = phrase(item, markdown, "")
    links = places.cite(item, markdown, with_name=True) if item.facts else ""
    return cited_phrase(text, links, markdown)


def summary(facts: RangeFacts, plain: Speaker) -> str:
    """Return one plain paragraph of the most consequential sentences; quotations alone make a line."""
    main = main_items(facts.items)[:_SUMMARY_SENTENCES]
    if not main:
        return plain.say("range.housekeeping-only")
    if len(main) > 1 and all(kind_of(item.kind).has(Trait.VOICE) for item in main):
        # Sentences about who said each of them would say nothing more.
        said = [_with_setting(_named_phrase(item, facts, plain), item, plain) for item in main]
        return reduce(lambda line, text: plain.fill("headline.join", first=line, second=text), said)
    teller = SentenceSequence(facts, plain, None)
    return join((teller.tell(item) for item in main), plain)


def main_items(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Return the items that matter and stand for themselves."""
    return [
        item
        for item in items
        if item.relation is Relation.NONE and item.role is not Role.HOUSEKEEPING
    ]


def _path(item: StoryItem, facts: RangeFacts) -> str:
    return facts.names[item.files[0]] if len(item.files) == 1 else ""


def _bullets(
    items: Sequence[StoryItem],
    facts: RangeFacts,
    markdown: Speaker,
    places: Places,
    *,
    undeclared: bool,
) -> list[str]:
    """Return bullets with their places; equal ones stand once."""
    bullets = []
    for item in items:
        text = _with_proofs(item, facts, markdown)
        links = places.cite(item, markdown, with_name=True)
        text = _with_setting(text, item, markdown)
        verdict = _verdict(item, facts, undeclared=undeclared)
        text = markdown.fill(verdict, phrase=text) if verdict else text
        if is_likely(item, facts.files):
            text = markdown.fill("bullet.likely", phrase=markdown.behind_colon(text))
        bullets.append(cited_phrase(text, links, markdown))
    return list(dict.fromkeys(bullets))


def _with_proofs(item: StoryItem, facts: RangeFacts, speaker: Speaker) -> str:
    """Return the phrase of an item; behind what people say, what the facts add to it."""
    text = phrase(item, speaker, _path(item, facts))
    if not item.proofs:
        return text
    proofs = ""
    texts: set[Value] = {text}
    for proof in item.proofs[:SHOWN_PROOFS]:
        shown = phrase(proof, speaker, _path(proof, facts))
        # Twins say one thing in several files, and an edit may be told in more than one way.
        if texts & {shown, proof.params.get("quote") or shown}:
            continue
        texts |= {shown, proof.params.get("quote") or shown}
        proofs = speaker.fill("bullet.proofs.join", first=proofs, second=shown) if proofs else shown
    return speaker.fill("bullet.proved", said=text, proofs=proofs) if proofs else text


def _with_setting(text: str, item: StoryItem, speaker: Speaker) -> str:
    """Return a phrase with what its heading says it is, and how it goes on from an earlier report."""
    label = item.params.get("label")
    if label:
        text = speaker.fill("labelled", label=speaker.say(f"thread.{label}"), phrase=text)
    how = item.params.get("continues")
    if not how:
        return text
    date = speaker.forms.date(item.params.get("told_on"))
    return speaker.fill(f"continues.{how}", phrase=text, date=date)


def _says_undeclared(facts: RangeFacts) -> bool:
    """Tell whether bullets say that a breaking item was not declared.

    Said with each of many bullets it would be noise: the insights say it once.
    """
    if not any(other.kind.startswith("relation.undeclared") for other in facts.items):
        return False
    few = sum(other.role is Role.BREAKING for other in facts.items) <= _FEW_BREAKING
    return few or any(fact.declared for file in facts.files for fact in file.facts)


def _verdict(item: StoryItem, facts: RangeFacts, *, undeclared: bool) -> str:
    """Return the message that says whether a breaking item was declared; empty when unknown.

    `undeclared` tells whether it is said that one was not.
    """
    if item.role is not Role.BREAKING:
        return ""
    behind = [facts.files[ref.file].facts[ref.fact] for ref in item.facts]
    if not any(fact.breaking for fact in behind):
        return ""  # the page that is quoted declares it
    if all(fact.accepted for fact in behind):
        return "bullet.accepted"
    if all(fact.declared for fact in behind):
        return "bullet.declared"
    said = undeclared and not any(fact.declared for fact in behind)
    return "bullet.undeclared" if said else ""


class SentenceSequence:
    """Tells sentences one after the other; a page is named once, when the talk turns to it."""

    def __init__(self, facts: RangeFacts, speaker: Speaker, places: Places | None) -> None:
        self._facts = facts
        self._speaker = speaker
        self._places = places
        self._page: int | None = None

    def tell(self, item: StoryItem) -> str:
        """Return the sentence of an item with its place."""
        text = sentence(item, self._speaker, _path(item, self._facts))
        if item.relation is not Relation.NONE:
            return text
        page = item.files[0] if len(item.files) == 1 else None
        new_page = page != self._page
        named = names_its_subject(item)
        self._page = page
        if self._places is not None:
            links = self._places.cite(item, self._speaker, with_name=named and new_page)
            text = cited_sentence(text, links, self._speaker)
        if page is None or named or not new_page:
            return text
        name = page_name(page, self._facts, self._speaker)
        return self._speaker.fill("in-page", page=name, text=self._speaker.behind_colon(text))


def _named_phrase(item: StoryItem, facts: RangeFacts, speaker: Speaker) -> str:
    """Return a phrase with the name of its file, where its words do not say it."""
    text = phrase(item, speaker, _path(item, facts))
    if names_its_subject(item) or len(item.files) != 1:
        return text
    name = page_name(item.files[0], facts, speaker)
    return speaker.fill("in-page", page=name, text=speaker.behind_colon(text))


def page_name(index: int, facts: RangeFacts, speaker: Speaker) -> str:
    """Return what a sentence calls a file: a page by its title, anything else by its name."""
    title = facts.titles[index] if facts.titles else ""
    return speaker.forms.quote(title) if title else speaker.forms.code(facts.names[index])
