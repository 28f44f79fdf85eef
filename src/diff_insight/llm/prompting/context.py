"""Says in short lines what is known around a patch: what people said, facts with lines, other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.llm.prompting.redact import redact
from diff_insight.markup.escape import visible
from diff_insight.markup.plain import clip
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Value
from diff_insight.model.story import Role
from diff_insight.model.threads import SaidBy, Thread

#: Facts, threads and other files that one request names; characters of each of their values.
_MOST_FACTS, _MOST_THREADS, _MOST_OTHERS = 4, 2, 2
#: Up to so many files a range is shown whole in every request.
_SMALL_RANGE = 9
_LONGEST_VALUE, _LONGEST_SAID, _MOST_VALUES = 80, 240, 3
#: What the patch itself shows as well.
_SHOWN = (
    Trait.EDIT | Trait.PASSAGE | Trait.UNTOLD | Trait.REST | Trait.VAGUE | Trait.MARKUP
    | Trait.COSMETIC | Trait.QUOTED | Trait.NEW_TEXT
)  # fmt: skip
#: Parameters that say where something stands, as the lines do.
_POSITIONS = frozenset(("place", "level", "end", "lines", "places"))
_SIGNS = {Side.BASE: "-", Side.HEAD: "+"}


def said_lines(threads: Sequence[Thread], file: int | None = None) -> list[str]:
    """Return what people said of a file or of the whole range, in their words.

    Args:
        threads: All threads, the most consequential first.
        file: Index of the file; None for the range, whose lines name the files.
    """
    lines = []
    for thread in threads:
        if thread.said_by is SaidBy.RULES or not (file is None or file in thread.files):
            continue
        number = f" #{thread.number}" if thread.number else ""
        said = f"{thread.said_by.replace('_', ' ')}{number}: {thread.title}"
        said += f" -- {thread.why}" if thread.why else ""
        said += f" -- to do: {thread.action}" if thread.action else ""
        said = clip(said, _LONGEST_SAID)
        if thread.contradicted:
            said += f" (the diff denies {thread.contradicted})"
        if file is None and thread.files:
            said += f" [{', '.join(str(index + 1) for index in thread.files[:8])}]"
        lines.append(_clean(said))
    return lines[: _MOST_THREADS if file is not None else 5 * _MOST_THREADS]


def fact_lines(analysis: FileAnalysis) -> list[str]:
    """Return the facts of a file that its patch does not show by itself, with their lines."""
    facts = [fact for fact in analysis.facts if _tells(fact)]
    facts.sort(key=lambda fact: (not fact.breaking, -kind_of(fact.kind).salience))
    return [fact_line(fact) for fact in facts[:_MOST_FACTS]]


def date_facts(analysis: FileAnalysis) -> list[Fact]:
    """Return the facts about deadlines of a file."""
    return [fact for fact in analysis.facts if kind_of(fact.kind).role is Role.DEADLINE]


def fact_line(fact: Fact) -> str:
    """Return one fact: its lines, its kind, its values."""
    places = ", ".join(
        f"{_SIGNS[each.side]}{each.start}" + (f"-{each.end}" if each.end > each.start else "")
        for each in fact.evidence[:2]
    )
    values = "; ".join(
        f"{name} {text}"
        for name, value in fact.params.items()
        if name not in _POSITIONS and (text := _value(value))
    )
    breaking = f", breaking ({fact.certainty})" if fact.breaking else ""
    return _clean(f"[{places}] {fact.kind}{breaking}: {values}")


class Neighborhood(Struct, frozen=True):
    """The range as one of its files sees it: whose it is, its size, and lines of the closest files."""

    total: str
    count: int
    lines: Mapping[int, str]


def neighborhood(insight: Insight, file: int) -> Neighborhood:
    """Return what a request about a file says of the others."""
    count = len(insight.files)
    most = count if count <= _SMALL_RANGE else _MOST_OTHERS
    ranks = _closeness(insight, file)
    close = sorted((index for index in range(count) if index != file), key=lambda i: (ranks[i], i))
    return Neighborhood(
        ", ".join(
            part
            for part in (
                insight.range.repository,
                f"{count} files" if count > 1 else "1 file",
                f"+{insight.additions} -{insight.deletions}",
            )
            if part
        ),
        count,
        {index: _clean(file_line(insight, index)) for index in close[:most]},
    )


def neighbor_lines(files: Mapping[int, Neighborhood]) -> list[str]:
    """Return what a request says of the files that it is not about; nothing when there are none.

    Args:
        files: The files that it is about, by their indexes.
    """
    if not files:
        return []
    first = next(iter(files.values()))
    rest = first.count - len(files)
    if rest <= 0:
        return []
    close = {
        index: line
        for each in files.values()
        for index, line in each.lines.items()
        if index not in files
    }
    most = rest if first.count <= _SMALL_RANGE else _MOST_OTHERS
    lines = [close[index] for index in list(close)[:most]]
    unnamed = rest - len(lines)
    end = [f"and {unnamed} more"] if unnamed else []
    return [_clean(f"range: {first.total}; the others:"), *(f"- {line}" for line in lines), *end]


def file_line(insight: Insight, index: int) -> str:
    """Return the path of a file with what happened to it, and the title of its page."""
    analysis = insight.files[index].analysis
    change = analysis.change
    title = page_title(analysis)
    shown = f" “{clip(title, _LONGEST_VALUE)}”" if title else ""
    return f"{change.path}{shown} ({change.status}, +{change.additions} -{change.deletions})"


def page_title(analysis: FileAnalysis) -> str:
    """Return what a file calls itself; nothing when it does not."""
    return analysis.titles.get(Side.HEAD, "") or analysis.titles.get(Side.BASE, "")


def _closeness(insight: Insight, file: int) -> Sequence[int]:
    """Rank the files: those of the same cause first, then those of the same folder."""
    kin = {index for thread in insight.threads if file in thread.files for index in thread.files}
    folder = PurePosixPath(insight.files[file].analysis.change.path).parent
    return [
        (index not in kin) + 2 * (PurePosixPath(entry.analysis.change.path).parent != folder)
        for index, entry in enumerate(insight.files)
    ]


def _tells(fact: Fact) -> bool:
    row = kind_of(fact.kind)
    if fact.breaking or row.role is Role.DEADLINE:
        return True
    return row.role is not Role.HOUSEKEEPING and not row.has(_SHOWN)


def _value(value: Value) -> str:
    """Return a parameter as text; what has no short form is left out."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str | int):
        text = " ".join(str(value).split())
        return f"`{clip(text, _LONGEST_VALUE)}`" if text else ""
    if isinstance(value, Mapping) and isinstance(value.get("items"), tuple):
        total = value.get("total")
        return f"{_value(value['items'])} ({total} in all)"
    if isinstance(value, Mapping):
        return " ".join(_values(tuple(value.values())))
    if isinstance(value, tuple):
        return ", ".join(_values(value[:_MOST_VALUES]))
    return ""


def _values(values: Sequence[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            text = _value(next((each for each in value.values() if isinstance(each, str)), None))
        else:
            text = _value(value)
        if text:
            yield text


def _clean(line: str) -> str:
    return redact(visible(line)).text
