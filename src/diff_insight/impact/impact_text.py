"""Puts what matters here first: into headline, highlights and to-do of a finished document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.impact.finding import UsedFinding
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.joined_lists import MOST_LEFT_OUT
from diff_insight.localization.speaker import Speaker
from diff_insight.model.dependency_steps import DependencyStep
from diff_insight.model.insight import Highlights, Insight
from diff_insight.model.messages import Notice, Params, Value
from diff_insight.model.story import Role
from diff_insight.wording.citing import cited_phrase, ends_in_bracket
from diff_insight.wording.sentences import phrase

#: Bullets about uses, and things to do.
MOST_BULLETS, MOST_ACTIONS = 30, 5
#: Files named behind one finding, and lines of each.
MOST_FILES, MOST_LINES = 5, 4


class StepTelling(Struct, frozen=True, kw_only=True):
    """What is said of one dependency besides its uses.

    Attributes:
        label: `name`, `old` and `new`.
        unused: Names of what it takes away and nothing here uses.
        takes_away: Whether it takes anything away at all.
        said: Words of its changelog.
    """

    label: Params
    unused: tuple[str, ...] = ()
    takes_away: bool = True
    said: tuple[str, ...] = ()


class ImpactTelling(Struct, frozen=True, kw_only=True):
    """Everything that is added to a document, before any language.

    Attributes:
        findings: What is used here, the weightiest first.
        unused: Names that were looked up and not found.
        steps: What is said of dependencies.
        notices: What was not read or cut.
    """

    findings: tuple[UsedFinding, ...] = ()
    unused: tuple[str, ...] = ()
    steps: tuple[StepTelling, ...] = ()
    notices: tuple[Notice, ...] = ()


def with_impact(
    insight: Insight, telling: ImpactTelling, steps: Sequence[DependencyStep] = ()
) -> Insight:
    """Return a document that says first what matters here; unchanged where there is nothing to say."""
    if not (telling.findings or telling.unused or telling.steps or telling.notices):
        return insight
    headline, highlights = dict(insight.headline), dict(insight.highlights)
    for locale in insight.locales:
        voice = _Voice(locale)
        headline[locale] = voice.headline(insight.headline[locale], telling.findings)
        highlights[locale] = voice.highlights(insight.highlights[locale], telling)
    return replace(
        insight,
        headline=headline,
        highlights=highlights,
        notices=(*insight.notices, *telling.notices),
        steps=tuple(steps),
    )


class _Voice:
    """Words findings in one locale."""

    def __init__(self, locale: str) -> None:
        catalog = load_catalog(locale)
        self._markdown = Speaker(catalog, Style.MARKDOWN)
        self._line = Speaker(catalog, Style.LINE)

    def headline(self, text: str, findings: Sequence[UsedFinding]) -> str:
        """Return the headline: the weightiest finding, or what stood there where it is the same."""
        if not findings:
            return text
        first = findings[0]
        said = self._phrase(first, self._line)
        key = "impact.headline" if first.is_certain else "impact.headline.likely"
        whole = text if text.startswith(said) else said
        return self._line.fill(key, text=whole, files=self._files(first, self._line))

    def highlights(self, before: Highlights, telling: ImpactTelling) -> Highlights:
        """Return the highlights with what is used here at the front of each section."""
        sections = {
            "new_features": list(before.new_features),
            "breaking_changes": list(before.breaking_changes),
            "other_updates": list(before.other_updates),
        }
        lead: defaultdict[str, list[str]] = defaultdict(list)
        for finding in telling.findings[:MOST_BULLETS]:
            name = _section(finding)
            bullet, same = self._bullet(finding, sections[name])
            if same:
                sections[name].remove(same)
            lead[name].append(bullet)
        said = [bullet for step in telling.steps for bullet in self._step(step)]
        losses = [self._markdown.say(f"notice.{each.key}", each.params) for each in telling.notices]
        if telling.unused:
            losses.append(self._markdown.say("impact.unused", {"names": _names(telling.unused)}))
        front = {name: tuple(dict.fromkeys((*lead[name], *sections[name]))) for name in sections}
        others, end = front["other_updates"], len(front["other_updates"]) - before.losses
        return Highlights(
            to_do=tuple(dict.fromkeys((*self._actions(telling.findings), *before.to_do))),
            new_features=front["new_features"],
            breaking_changes=front["breaking_changes"],
            other_updates=(*others[:end], *said, *losses, *others[end:]),
            losses=before.losses + len(losses),
        )

    def _bullet(self, finding: UsedFinding, others: Sequence[str]) -> tuple[str, str]:
        """Return the bullet of a finding, and the one that says the same and goes for it."""
        said = self._phrase(finding, self._markdown)
        links = finding.places.cite(finding.item, self._markdown, with_name=True)
        start = said[:-1] if ends_in_bracket(said) else said
        same = next((other for other in others if other.startswith(start)), "")
        linked = cited_phrase(said, links, self._markdown)
        key = "impact.bullet" if finding.is_certain else "impact.bullet.likely"
        return self._markdown.fill(
            key,
            phrase=same or linked,
            files=self._files(finding, self._markdown),
            places=self._places(finding),
        ), same

    def _actions(self, findings: Sequence[UsedFinding]) -> list[str]:
        certain = [finding for finding in findings if finding.is_certain][:MOST_ACTIONS]
        return [
            self._markdown.fill(
                "impact.action",
                places=self._places(finding),
                phrase=self._markdown.behind_colon(self._phrase(finding, self._markdown)),
            )
            for finding in certain
        ]

    def _step(self, step: StepTelling) -> list[str]:
        say = self._markdown.say
        bullets = []
        if step.unused:
            names = _names(step.unused)
            bullets.append(say("impact.step.unused", {**step.label, "names": names}))
        elif not step.takes_away:
            bullets.append(say("impact.step.nothing", step.label))
        if step.said:
            bullets.append(say("impact.step.said", {**step.label, "said": _names(step.said)}))
        return bullets

    def _phrase(self, finding: UsedFinding, speaker: Speaker) -> str:
        said = phrase(finding.item, speaker, finding.name)
        if finding.step is None:
            return said
        return speaker.fill(
            "impact.step.joined",
            step=speaker.say("impact.step", finding.step),
            text=speaker.behind_colon(said),
        )

    def _files(self, finding: UsedFinding, speaker: Speaker) -> str:
        count = len({use.path for use in finding.uses})
        return speaker.forms.counted_noun("files", count)

    def _places(self, finding: UsedFinding) -> str:
        """Return files with their lines: `config/models.yaml` L12."""
        lines: dict[str, list[int]] = defaultdict(list)
        for use in finding.uses:
            lines[use.path].append(use.line)
        voice, text = self._markdown, ""
        for path, numbers in list(lines.items())[:MOST_FILES]:
            shown = ""
            for number in sorted(numbers)[:MOST_LINES]:
                line = voice.fill("line.one", start=str(number))
                shown = voice.fill("cite.join", first=shown, second=line) if shown else line
            shown = self._with_more(shown, len(numbers) - MOST_LINES)
            file = voice.fill("impact.file", name=voice.forms.code(path), lines=shown)
            text = voice.fill("cite.join", first=text, second=file) if text else file
        return self._with_more(text, len(lines) - MOST_FILES)

    def _with_more(self, text: str, count: int) -> str:
        if count <= 0:
            return text
        more = self._markdown.fill("cite.more", count=self._markdown.forms.number(count))
        return self._markdown.fill("cite.join", first=text, second=more)


def _section(finding: UsedFinding) -> str:
    role = finding.item.role
    if role is Role.BREAKING:
        return "breaking_changes"
    return "new_features" if role is Role.NEW else "other_updates"


def _names(names: Sequence[str]) -> Mapping[str, Value]:
    return {"items": tuple(names[:MOST_LEFT_OUT]), "total": len(names)}
