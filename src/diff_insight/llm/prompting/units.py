"""Decides which files a model is asked about, and brings what it gets to see of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct

from diff_insight.kinds.catalogue import kind_of
from diff_insight.llm.prompting.context import (
    Neighborhood,
    fact_lines,
    neighborhood,
    page_title,
    said_lines,
)
from diff_insight.llm.prompting.hunk_places import with_places
from diff_insight.llm.prompting.redact import redact
from diff_insight.llm.prompting.token_estimate import estimate
from diff_insight.model.facts import Fact
from diff_insight.model.insight import FileEntry, Insight, PatchReader
from diff_insight.model.story import Role
from diff_insight.settings.patterns import Patterns

#: Bytes of a patch above which a file is left to the rules: dozens of requests for one entry.
LARGEST_SENT = 400_000
#: Output tokens of one text: what JSON and a title take, and what each changed line adds up to a limit.
_LEAST_OUTPUT, _MOST_OUTPUT, _A_LINE = 80, 160, 4
#: Files whose diff never goes out, whatever the configuration says.
SECRET_FILES = (
    ".env", ".env.*", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "id_rsa*",
    "id_dsa*", "id_ecdsa*", "id_ed25519*", ".netrc", ".pypirc", ".npmrc", "*.kdbx", "*.tfstate",
    ".git-credentials",
)  # fmt: skip


class Unit(Struct, frozen=True, kw_only=True):
    """One file as a model sees it.

    Attributes:
        index: Index of the file in its category.
        patch: The redacted patch.
        tokens: Estimated tokens of the patch.
        output: Expected output tokens for one locale.
        said: What people said of it.
        facts: What is proved of it, with the lines.
        others: The other files of the range.
    """

    index: int
    entry: FileEntry
    patch: str
    tokens: int
    output: int
    said: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    others: Neighborhood | None = None

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.entry.analysis.change.path

    def head(self) -> list[tuple[str, str]]:
        """Return the labelled lines in front of the patch."""
        change = self.entry.analysis.change
        counts = f"{change.status}, +{change.additions} -{change.deletions}"
        renamed = f", was {change.previous_path}" if change.previous_path else ""
        return [
            ("path", redact(f"{change.path} ({counts}{renamed})").text),
            ("type", str(self.entry.analysis.type)),
            ("page", redact(page_title(self.entry.analysis)).text),
            *(("said", line) for line in self.said),
            *(("fact", line) for line in self.facts),
        ]


class Chosen(Struct, frozen=True):
    """The files to ask about, why others are not, and the secret values taken out.

    `left_out` counts the files that the budget has no room for.
    """

    units: tuple[Unit, ...]
    kept_back: Counter[str]
    redacted: Counter[str]
    left_out: int = 0


def choose(
    insight: Insight,
    patches: Sequence[PatchReader | None],
    never: Sequence[str],
    budget: int | None = None,
    head: Callable[[FileEntry], str] = lambda _: "",
) -> Chosen:
    """Return what of a category goes to a model.

    Args:
        insight: The document of the rules.
        patches: How to read each file's whole patch; None where there is none.
        never: gitignore patterns of files that are never sent.
        budget: Estimated tokens that all patches together may have; the most salient come first.
        head: Gives the new version of a file; an empty text where it cannot be had.
    """
    secret = Patterns((*SECRET_FILES, *never))
    units: list[Unit] = []
    kept_back: Counter[str] = Counter()
    redacted: Counter[str] = Counter()
    used = left_out = 0
    for index in sorted(range(len(insight.files)), key=lambda i: (-_salience(insight.files[i]), i)):
        entry, reader = insight.files[index], patches[index]
        reason = _reason_to_withhold(entry, reader, secret)
        if reason or reader is None:
            kept_back[reason] += 1
            continue
        if budget is not None and used >= budget:
            left_out += 1  # not even read: memory does not grow with what nobody will see
            continue
        patch = with_places(reader(), entry.analysis.change.path, head(entry))
        unit, secrets = _unit(insight, index, patch)
        if budget is not None and used + unit.tokens > budget:
            left_out += 1
            continue
        used += unit.tokens
        redacted += secrets
        units.append(unit)
    units.sort(key=lambda unit: unit.index)
    return Chosen(tuple(units), kept_back, redacted, left_out)


def _unit(insight: Insight, index: int, patch: str) -> tuple[Unit, Counter[str]]:
    entry, clean = insight.files[index], redact(patch)
    changes = entry.analysis.change.changes
    unit = Unit(
        index=index,
        entry=entry,
        patch=clean.text,
        tokens=estimate(clean.text),
        output=min(_MOST_OUTPUT, _LEAST_OUTPUT + _A_LINE * changes),
        said=tuple(said_lines(insight.threads, index)),
        facts=tuple(fact_lines(entry.analysis)),
        others=neighborhood(insight, index),
    )
    return unit, clean.found


def _reason_to_withhold(entry: FileEntry, reader: PatchReader | None, secret: Patterns) -> str:
    """Return why a file is not sent, or an empty text."""
    change = entry.analysis.change
    reasons = {
        "unreadable": bool(change.unreadable),
        "binary": change.binary,
        "no-text": reader is None,
        "generated": bool(change.generated),
        "never-send": secret.match(change.path)
        or secret.match(change.previous_path or change.path),
        "trivial": _trivial(entry.analysis.facts),
        "too-large": change.patch is not None and change.patch.size > LARGEST_SENT,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _trivial(facts: Sequence[Fact]) -> bool:
    """Tell whether nothing but housekeeping and cosmetic edits was found."""
    return bool(facts) and all(
        kind_of(fact.kind).role is Role.HOUSEKEEPING and not fact.breaking for fact in facts
    )


def _salience(entry: FileEntry) -> int:
    return max((kind_of(fact.kind).salience for fact in entry.analysis.facts), default=0)
