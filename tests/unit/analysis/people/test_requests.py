"""Sentences that ask something of their reader."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.requests import asks, obliges, obliges_anew


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Use `tempfile` instead of the helper.", True),
        ("You must set `proxy`.", True),
        ("Replace `A` with `B`.", True),
        ("The helper is old: use a temporary directory with absolute paths instead.", True),
        ("The file is opened with the encoding of the stream.", False),
        ("There is no default host, so we don't need to use `::1` instead of `localhost`.", False),
        ("It passes a connector to the connection.", False),
    ],
)
def test_what_asks_something_of_a_reader(sentence: str, *, asked: bool) -> None:
    assert asks(sentence) is asked


def test_what_obliges_in_a_page() -> None:
    assert obliges("Do not authorize requests by matching the path.")
    assert not obliges("You can use either form.")
    assert not obliges("When you need to run your workloads again, you can restart them.")
    assert not obliges("Monitor what you spend and migrate to the managed service for lower costs.")
    assert not obliges("You can use a script instead of a field.")
    assert obliges("Use a script instead of a field.")
    assert obliges("Upgrade to 7.6.5 soon.")
    assert obliges("Before you upgrade, do not use the old keys.")
    assert not obliges("By default, compiled applications do not use deferred loading.")
    assert not obliges("If you do not use the flag, nothing is loaded.")


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("You must preview a variable before you can save it.", False),
        ("You need to set `endpoints` in the configuration file.", False),
        ("You now need to set `endpoints` in the configuration file.", True),
        ("Databases must be migrated to the block format before upgrading beyond 6.0.", True),
        ("After you upgrade, you must set the type of each repository.", True),
        ("Users of 2.4.13 are advised to upgrade to 2.4.14 at the earliest opportunity.", True),
        ("We strongly recommend that all users upgrade to 2.4.14.", True),
        ("Members are urged to update their profiles.", False),
        ("この設定は必ず新しい形式に移行してください。", True),
    ],
)
def test_what_a_change_asks_and_how_a_thing_is_done(sentence: str, *, asked: bool) -> None:
    assert obliges_anew(sentence) is asked
