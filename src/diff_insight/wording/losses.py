"""Words what a report does not hold: files left out or read in part, lines that are counted only."""

from __future__ import annotations

from diff_insight.localization.joined_lists import MOST_LEFT_OUT
from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import files_by_unread_part
from diff_insight.model.messages import Value
from diff_insight.wording.range_facts import RangeFacts


def losses(facts: RangeFacts, markdown: Speaker) -> list[str]:
    """Return what a reader has to know about what is not in the report; left-out files last."""
    coverage = facts.coverage
    said = [markdown.say(f"notice.{notice.key}", notice.params) for notice in facts.notices]
    if coverage.patches_linked:
        said.append(markdown.say("range.patches-linked", {"count": len(coverage.patches_linked)}))
    said += _parts(facts, markdown)
    said += _untold(facts, markdown)
    left_out = [path for path, _ in coverage.excluded]
    left_out += [*coverage.unmatched, *(path for path, _ in coverage.unreadable)]
    if left_out:
        names: Value = {"items": tuple(left_out[:MOST_LEFT_OUT]), "total": len(left_out)}
        said.append(markdown.say("range.left-out", {"count": len(left_out), "names": names}))
    return said


def _untold(facts: RangeFacts, markdown: Speaker) -> list[str]:
    """Return how many lines are counted only; those that machines write are no loss."""
    silent = {
        name: file.lines.untold
        for name, file in zip(facts.names, facts.files, strict=True)
        if file.lines.untold and not file.change.generated
    }
    if not silent:
        return []
    names: Value = {"items": tuple(silent)[:MOST_LEFT_OUT], "total": len(silent)}
    return [markdown.say("range.untold", {"count": sum(silent.values()), "names": names})]


def _parts(facts: RangeFacts, markdown: Speaker) -> list[str]:
    """Return which files were read in part, one bullet for each reason."""
    said = []
    for reason, files in files_by_unread_part(facts.files).items():
        names = tuple(facts.names[number] for number in files[:MOST_LEFT_OUT])
        listed: Value = {"items": names, "total": len(files)}
        params: dict[str, Value] = {
            "reason": markdown.say(f"part.{reason}"),
            "count": len(files),
            "names": listed,
        }
        said.append(markdown.say("range.read-in-part", params))
    return said
