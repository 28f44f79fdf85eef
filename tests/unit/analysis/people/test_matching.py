"""Entries of changelogs declare the breaking facts that they name, and no others."""

from __future__ import annotations

from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.gather import EntryOfFile
from diff_insight.analysis.people.matching import with_entries
from diff_insight.model.facts import Fact
from support.analyses import analysis_of

CHANGELOG = "## 2.0\n\n### Removed\n\n- The `proxies` argument has been removed.\n\n### Added\n\n- `Client.cert`\n"
ENTRIES = [
    EntryOfFile(0, entry, fragment=False) for entry in read_entries(CHANGELOG, headings=False)
]


def declared(fact: Fact) -> tuple[str, str] | None:
    (file,) = with_entries([analysis_of(fact, path="src/api.py")], ENTRIES)
    by = file.facts[0].declared
    return (by.by, by.quote) if by else None


def test_an_entry_declares_what_it_names() -> None:
    lost = Fact(
        "symbol.parameter-removed", {"name": "get()", "parameters": ("proxies",)}, breaking=True
    )
    assert declared(lost) == ("changelog", "The `proxies` argument has been removed.")


def test_what_is_in_no_entry_about_losses_stays_undeclared() -> None:
    assert declared(Fact("symbol.removed", {"name": "Client.cert"}, breaking=True)) is None
    assert declared(Fact("symbol.removed", {"name": "proxies"})) is None
