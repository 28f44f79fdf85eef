"""Honest texts stand and most planted falsehoods do not; the whole set is `make bench-texts`."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from benchmarks.model_quality import __main__ as command
from benchmarks.model_quality.__main__ import fates, read_rows, target
from benchmarks.model_quality.diffs import DiffSetting
from benchmarks.model_quality.replay import replay
from benchmarks.model_quality.verdicts import Fate, file_verdict

#: Small diffs of three locales.
CASES = frozenset(
    (
        "oowl-en_US-20250205-openai",
        "autotaker-ja_JP-20250423-openai",
        "autotaker-ja_JP-20250329-misc",
    )
)


@cache
def settings() -> dict[str, DiffSetting | None]:
    return {}


def some(name: str) -> list[tuple[str, str, Fate, tuple[str, ...]]]:
    rows = [row for row in read_rows(name) if row["case"] in CASES]
    return [
        (target(row), str(row["text"]), fate, why) for row, fate, why in fates(rows, settings())
    ]


def test_honest_texts_stand() -> None:
    judged = some("honest.jsonl")
    assert len(judged) > 25
    assert [(text, why) for _, text, fate, why in judged if fate is not Fate.STANDS] == []


def test_few_falsehoods_stand() -> None:
    judged = some("planted.jsonl")
    counts = Counter(fate for _, _, fate, _ in judged)
    assert counts.total() > 20
    assert counts[Fate.STANDS] <= 0.6 * counts.total()
    assert {where for where, _, _, _ in judged} == {"files", "ranges"}


def test_a_wrong_type_is_refused() -> None:
    list(fates([row for row in read_rows("honest.jsonl") if row["case"] in CASES], settings()))
    setting = settings()["oowl-en_US-20250205-openai "]
    assert setting is not None
    path = next(iter(setting.by_path))
    assert file_verdict(setting, path, "en_US", "type", "breaking change")[0] is Fate.REFUSED
    assert file_verdict(setting, path, "en_US", "type", "minor update") == (Fate.STANDS, ())


def test_figures_are_printed_by_locale_and_kind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ("honest.jsonl", "planted.jsonl")
    rows = {name: [row for row in read_rows(name) if row["case"] in CASES][:12] for name in files}
    rows |= {
        f"{prefix}{name}": rows[name][:3]
        for prefix in ("held_", "fresh_", "unseen_", "last_")
        for name in files
    }
    monkeypatch.setattr(command, "read_rows", lambda name: iter(rows[name]))
    assert command.main(["--verbose"]) == 0
    out = capsys.readouterr().out
    assert "asked again" in out
    assert "pass (" in out
    assert "## hold-out set\n" in out
    assert "## fresh set\n" in out
    assert "## unseen set\n" in out
    assert "## last set\n" in out


def test_a_row_of_a_range_without_its_clone_is_left_out() -> None:
    row = {**next(iter(read_rows("held_planted.jsonl"))), "base": "0" * 40, "head": "1" * 40}
    assert list(fates([row], {}, None)) == []


def test_no_file_of_the_hold_out_set_is_in_the_tuned_set() -> None:
    tuned, held = (
        {
            (row["case"], row.get("head"), row.get("path"))
            for name in names
            for row in read_rows(name)
        }
        for names in (
            ("honest.jsonl", "planted.jsonl"),
            (
                "held_honest.jsonl",
                "held_planted.jsonl",
                "fresh_honest.jsonl",
                "fresh_planted.jsonl",
                "unseen_honest.jsonl",
                "unseen_planted.jsonl",
                "last_honest.jsonl",
                "last_planted.jsonl",
            ),
        )
    )
    assert {place for place in tuned & held if place[2]} == set()


def test_an_analyst_loses_no_honest_text_that_it_is_told_twice() -> None:
    rows = [
        row
        for name in ("honest.jsonl", "held_honest.jsonl")
        for row in read_rows(name)
        if row["case"] in CASES
    ]
    kept = replay(rows)
    assert kept.parts == len(rows)
    assert kept.lost == []
    assert kept.asked_again == 0
    assert (kept.lost_ranges, kept.ranges > 0) == (0, True)
