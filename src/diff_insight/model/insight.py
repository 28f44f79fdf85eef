"""The insight document: one category of one range, with its texts in every locale."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from diff_insight.model.dependency_steps import DependencyStep
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeOrigin
from diff_insight.model.story import StoryItem
from diff_insight.model.threads import Thread

SCHEMA_VERSION = 1
ByLocale = Mapping[str, str]
#: Gives the text of a patch when a renderer reaches it, so that no report holds all patches.
PatchReader = Callable[[], str]


class Coverage(Struct, frozen=True, kw_only=True):
    """Where every changed file of the range went: `changed` is the sum of the four kinds.

    Attributes:
        read_in_part: Path and reason of files whose format is known and that were not read whole.
        without_detector: How many files of each suffix have a format that no detector knows.
        untold_lines: Changed lines of the files that no fact tells.
        unlisted: How many changed files at least are beyond those that a report is made of.
    """

    changed: int
    reported: int
    in_category: int
    excluded: tuple[tuple[str, str], ...] = ()
    unmatched: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    patches_linked: tuple[str, ...] = ()
    sent_to_model: int = 0
    read_in_part: tuple[tuple[str, str], ...] = ()
    without_detector: Mapping[str, int] = field(default_factory=dict)
    untold_lines: int = 0
    unlisted: int = 0

    @property
    def complete(self) -> bool:
        """Nothing unmatched, unreadable or beyond the limit, and no changed line untold."""
        return not (self.unmatched or self.unreadable or self.untold_lines or self.unlisted)


class Highlights(Struct, frozen=True, kw_only=True):
    """Markdown bullets of the sections in one locale; `to_do` is what the range asks of readers.

    `losses` is the number of bullets at the end of the other updates that say what is not told;
    they are the product's own, whoever writes the rest.
    """

    to_do: tuple[str, ...] = ()
    new_features: tuple[str, ...] = ()
    breaking_changes: tuple[str, ...] = ()
    other_updates: tuple[str, ...] = ()
    losses: int = 0


class FileEntry(Struct, frozen=True, kw_only=True):
    """One row of the report.

    Attributes:
        name: Enough of the path to tell the file apart within the report.
        anchor: `item-` and the shortest distinct prefix of the path's MD5, at least six digits.
        patch: Gives the patch; None when there is none or it is linked instead.
        patch_url: Where to read a patch that is not shown; empty when it is.
        title: Plain text by locale.
        explanation: Markdown by locale.
        author: `model` when a model wrote the texts of every locale, else `rules`.
        authors: Who wrote them by locale, where that differs.
        parts_by_model: The part that a model wrote by locale, where it is one of the two.
    """

    analysis: FileAnalysis
    name: str
    anchor: str
    patch: PatchReader | None
    patch_url: str
    title: ByLocale
    explanation: ByLocale
    author: str = "rules"
    authors: ByLocale = field(default_factory=dict)
    parts_by_model: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def author_in(self, locale: str) -> str:
        """Who wrote the texts of one locale."""
        return self.authors.get(locale, self.author)


class Usage(Struct, frozen=True, kw_only=True):
    """What a model was asked and answered; zero in the rules mode.

    `resent` counts the requests that sent again what had been sent before, by reason; what is said of
    a batch is the part that came out of the provider's queue, for half the price.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_hits: int = 0
    resent: Mapping[str, int] = field(default_factory=dict)
    batch_requests: int = 0
    batch_input_tokens: int = 0
    batch_output_tokens: int = 0


class Insight(Struct, frozen=True, kw_only=True):
    """Everything that the reports of one category are made from.

    `headline` and `summary` are plain text; `insights` and the highlights are Markdown. `model`,
    `prompt_version`, `overview_author` and `overview_parts` (by locale) are set with the analyst
    `model` only.
    """

    version: str
    analyst: str
    fingerprint: str
    date: str
    category: str
    locales: tuple[str, ...]
    range: CommitRange
    source: str
    diff_options: tuple[str, ...]
    coverage: Coverage
    additions: int
    deletions: int
    files: tuple[FileEntry, ...]
    story: tuple[StoryItem, ...]
    threads: tuple[Thread, ...] = ()
    headline: ByLocale
    highlights: Mapping[str, Highlights]
    insights: ByLocale
    summary: ByLocale
    notices: tuple[Notice, ...] = ()
    notice: ByLocale = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    prompt_version: str = ""
    overview_author: ByLocale = field(default_factory=dict)
    origin: RangeOrigin = RangeOrigin()
    overview_parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    steps: tuple[DependencyStep, ...] = ()

    @property
    def impacts(self) -> int:
        """Number of findings, of the range and of dependency steps, that one's own code certainly uses."""
        own = sum(fact.is_used for entry in self.files for fact in entry.analysis.facts)
        return own + sum(step.touching for step in self.steps)

    @property
    def texts_by_model(self) -> tuple[int, int]:
        """How many texts a model wrote, of how many: one for each file and for the range, by locale."""
        written = [entry.author_in(locale) for entry in self.files for locale in self.locales]
        written += [self.overview_author.get(locale, "rules") for locale in self.locales]
        return written.count("model"), len(written)

    @property
    def breaking(self) -> int:
        """Number of breaking facts that are proved."""
        return sum(fact.is_proved_breaking for entry in self.files for fact in entry.analysis.facts)

    @property
    def likely_breaking(self) -> int:
        """Number of breaking facts of whose proof a part could not be had."""
        facts = (fact for entry in self.files for fact in entry.analysis.facts)
        return sum(fact.breaking and not fact.is_proved_breaking for fact in facts)

    @property
    def undeclared(self) -> int:
        """Number of proved breaking facts that nobody declared and no setting accepts."""
        return sum(fact.is_unexpected for entry in self.files for fact in entry.analysis.facts)

    @property
    def accepted(self) -> int:
        """Number of proved breaking facts that the settings accept."""
        return sum(
            fact.is_proved_breaking and fact.accepted
            for entry in self.files
            for fact in entry.analysis.facts
        )
