"""Salience: consequence before size."""

from __future__ import annotations

from diff_insight.kinds.catalogue import KINDS, kind_of
from diff_insight.model.story import Role
from diff_insight.story.salience import BREAKING, VERSION_STEPS


def test_deadlines_before_losses_before_new_before_edits_before_housekeeping() -> None:
    order = ["deadline.later", "page.added", "page.removed", "table.cell", "text.replaced",
             "link.added", "picture.added", "front-matter.date"]  # fmt: skip
    saliences = [kind_of(name).salience for name in order]
    assert saliences == sorted(saliences, reverse=True)


def test_a_breaking_fact_outweighs_all_but_deadlines() -> None:
    assert all(
        known.salience <= BREAKING or known.role is Role.DEADLINE for known in KINDS.values()
    )


def test_housekeeping_is_always_last() -> None:
    least = min(
        k.salience
        for k in KINDS.values()
        if k.role is not Role.HOUSEKEEPING and not k.name.startswith("thread.")
    )
    assert all(k.salience < least for k in KINDS.values() if k.role is Role.HOUSEKEEPING)


def test_unknown_kinds_are_plain_changes() -> None:
    assert kind_of("from.tomorrow").role is Role.CHANGE


def test_a_major_step_weighs_more_than_a_patch() -> None:
    assert VERSION_STEPS["major"] > VERSION_STEPS["minor"] > VERSION_STEPS["patch"]
