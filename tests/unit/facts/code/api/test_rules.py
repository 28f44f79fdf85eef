"""Every rule finds its smallest example, and what breaks nobody is no finding."""

from __future__ import annotations

import pytest

from support.api_pairs import PAIRS, ApiPair, changes_of_pair

IDS = [f"{pair.language}-{number}" for number, pair in enumerate(PAIRS)]


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_what_breaks(pair: ApiPair) -> None:
    found = {(change.kind, str(change.params["name"])) for change in changes_of_pair(pair)}
    assert found == pair.breaks


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_nothing_breaks_where_nothing_changes(pair: ApiPair) -> None:
    assert not changes_of_pair(ApiPair(pair.language, pair.new, pair.new))
