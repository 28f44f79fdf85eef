"""Rows: when a variant of words applies, and what a joined kind has from those that it joins."""

from __future__ import annotations

import pytest

from diff_insight.kinds.catalogue import KINDS, REPEATED, ROWS, kind_of, names_with
from diff_insight.kinds.kind import Alike, Custom, Listed, Many, Trait, Variant
from diff_insight.model.messages import Params


@pytest.mark.parametrize(
    ("variant", "params", "applies"),
    [
        (Variant(suffix=".x", holds=("a", "b")), {"a": 1, "b": "c"}, True),
        (Variant(suffix=".x", holds=("a", "b")), {"a": 1, "b": ""}, False),
        (Variant(suffix=".x", lacks=("a", "b")), {"a": ""}, True),
        (Variant(suffix=".x", lacks=("a", "b")), {"b": "c"}, False),
        (Variant(suffix=".x", lacks_one=("a", "b")), {"a": 1}, True),
        (Variant(suffix=".x", lacks_one=("a", "b")), {"a": 1, "b": 1}, False),
        (Variant(suffix=".x", has=("a",)), {"a": 0}, True),
        (Variant(suffix=".x", has=("a",)), {"b": 0}, False),
        (Variant(suffix=".x", single=("a", "b")), {"a": 1, "b": 1}, True),
        (Variant(suffix=".x", single=("a", "b")), {"a": 1, "b": 2}, False),
        (Variant(suffix=".x", holds=("a",), lacks=("b",)), {"a": 1, "b": 1}, False),
        (Variant(suffix=".x", equal=(("a", "b"),)), {"a": "b"}, True),
        (Variant(suffix=".x", equal=(("a", "b"),)), {"a": "c"}, False),
    ],
    ids=str,
)
def test_a_variant_applies_when_all_that_it_asks_holds(
    variant: Variant, params: Params, *, applies: bool
) -> None:
    assert variant.applies(params) is applies


def test_what_joins_facts_means_what_they_mean() -> None:
    listed, single = kind_of("symbols.removed"), kind_of("symbol.removed")
    assert (listed.role, listed.salience) == (single.role, single.salience)
    assert listed.traits == single.traits | Trait.ITEM
    assert (listed.same, listed.join, listed.variants) == (None, None, ())


def test_a_row_of_its_own_wins() -> None:
    assert kind_of("deadlines.moved").salience > kind_of("deadline.moved").salience


def test_an_edit_of_many_files_means_what_it_means_in_one() -> None:
    for row in ROWS:
        if row.same is not None:
            assert kind_of(row.name + REPEATED) is kind_of(row.name)


def test_names_stand_in_the_order_of_the_rows() -> None:
    order = [row.name for row in ROWS]
    for trait in (Trait.PASSAGE, Trait.ENTRY, Trait.IN_SECTION):
        names = list(names_with(trait))
        assert names
        assert names == sorted(names, key=order.index)


def test_every_form_of_joining_is_in_use() -> None:
    assert {type(row.join) for row in ROWS if row.join} == {Listed, Many, Alike, Custom}
    assert all(row.join.plural in KINDS for row in ROWS if row.join)
