"""A finding that matters here: what to say of it, and where one's own code uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Params
from diff_insight.model.story import StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.model.uses import Use
from diff_insight.story.file_story import file_story
from diff_insight.wording.places import Places


class UsedFinding(Struct, frozen=True, kw_only=True):
    """One fact with its uses, ready to be worded in any locale.

    Attributes:
        item: Says the fact, by itself.
        name: The short name of its file.
        uses: Where it is used, the certain ones first.
        places: Links to the lines that prove it.
        step: Name and versions of the dependency that it is of; None for the range itself.
    """

    item: StoryItem
    name: str
    uses: tuple[Use, ...]
    places: Places
    step: Params | None = None

    @property
    def is_certain(self) -> bool:
        """Tell whether one use at least is proved."""
        return any(use.certainty == "proved" for use in self.uses)


def used_findings(
    files: Sequence[FileAnalysis],
    uses: Mapping[FactRef, tuple[Use, ...]],
    places: Places,
    step: Params | None = None,
) -> Iterator[UsedFinding]:
    """Yield what is used, in the order of the files.

    Args:
        files: The files that the facts are of.
        uses: Where their subjects are used.
        places: Links to their lines.
        step: The dependency, where the files are of one.
    """
    for ref, matches in uses.items():
        # A list of its own for each fact: joined with others, nobody could tell which is meant.
        alone = [replace(file, facts=()) for file in files]
        alone[ref.file] = replace(files[ref.file], facts=(files[ref.file].facts[ref.fact],))
        lone = Places(places.commits, alone, places.names)
        for item in file_story(ref.file, alone[ref.file], ())[:1]:
            yield UsedFinding(
                item=item, name=places.names[ref.file], uses=matches, places=lone, step=step
            )


def weight(finding: UsedFinding) -> tuple[bool, int, int]:
    """Return what orders findings: certain ones first, then what weighs most, then the most uses."""
    return not finding.is_certain, -finding.item.salience, -len(finding.uses)
