"""Values that are kept on disk are read as they were, also what helper processes kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.runtime import kept_rows
from diff_insight.runtime.kept_rows import (
    RowFile,
    keep_like,
    keep_mappings,
    keep_sequence,
    row_file,
)
from diff_insight.runtime.workers import Forked

FACT = Fact(
    "text.added", {"quote": "é\ud800", "rows": (1, ("a", None))}, (Evidence(Side.HEAD, 1, 2),)
)


def test_a_kept_tuple_is_like_the_tuple() -> None:
    rows = RowFile()
    facts = keep_sequence((FACT, FACT), rows)
    assert (len(facts), facts[1], facts[-1:], list(facts)) == (2, FACT, (FACT,), [FACT, FACT])
    others: list[object] = [(FACT, FACT), [FACT], "other", None]
    assert [facts == other for other in others] == [True, False, False, False]


def test_nothing_takes_no_room() -> None:
    assert keep_sequence((), RowFile()) == ()
    assert keep_sequence([FACT], None) == (FACT,)


def test_other_values_are_kept_where_those_before_were() -> None:
    first = keep_sequence((FACT,), RowFile())
    second = keep_like(first, (FACT, FACT))
    assert isinstance(second, kept_rows.KeptSequence)
    assert (len(first), len(second)) == (1, 2)
    assert keep_like((FACT,), [FACT]) == (FACT,)


def test_texts_are_read_by_name() -> None:
    titles, texts = keep_mappings(RowFile(), {"en_US": "one", "ja_JP": "一"}, {"en_US": "more"})
    assert {**titles} == {"en_US": "one", "ja_JP": "一"}
    assert (len(titles), titles["ja_JP"], {**texts}) == (2, "一", {"en_US": "more"})
    assert keep_mappings(None, {"en_US": "one"}) == ({"en_US": "one"},)


def test_helper_processes_keep_rows_at_the_same_time() -> None:
    rows = RowFile()

    def work(number: int) -> tuple[Sequence[str], dict[str, str]]:
        return keep_sequence([f"{number}" * 5000], rows), {
            **keep_mappings(rows, {"name": str(number)})[0]
        }

    done = Forked(4).map(work, range(300))
    assert [facts[0] for facts, _ in done] == [f"{number}" * 5000 for number in range(300)]
    assert [texts["name"] for _, texts in done] == [str(number) for number in range(300)]


def test_a_file_is_wanted_above_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "MOST_IN_MEMORY", 2)
    assert row_file(2) is None
    assert row_file(3) is not None


def test_equal_rows_stand_in_the_same_place() -> None:
    rows = RowFile()
    first, second = rows.add((FACT,)), rows.add((FACT,))
    assert first == second
    others = [rows.add((number,)) for number in range(200)]
    assert len(set(others)) == len(others)
    assert rows.read(*rows.add((FACT,))) == (FACT,)
