"""Entries of changelogs declare the breaking facts that they name, and no others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.gather import EntryOfFile
from diff_insight.analysis.people.matching import NamedFacts, names_in, with_entries
from diff_insight.model.facts import Declared, Fact
from diff_insight.model.threads import FactRef
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


@pytest.mark.parametrize(
    ("by", "quote"), [("changelog", "The `proxies` argument has been removed."), ("commit", "Said")]
)
def test_an_entry_says_more_than_the_heading_above_it_and_less_than_a_commit(
    by: str, quote: str
) -> None:
    lost = Fact(
        "symbol.parameter-removed", {"name": "get()", "parameters": ("proxies",)},
        breaking=True, declared=Declared(by, "Said"),
    )  # fmt: skip
    assert declared(lost) == (by, quote)


def test_what_is_in_no_entry_about_losses_stays_undeclared() -> None:
    assert declared(Fact("symbol.removed", {"name": "Client.cert"}, breaking=True)) is None
    assert declared(Fact("symbol.removed", {"name": "proxies"})) is None


def shown(fact: Fact, line: str) -> bool:
    """Tell whether a fact shows what an entry about a loss says."""
    (entry,) = read_entries(f"## 2.0\n\n### Removed\n\n- {line}\n", headings=False)
    return bool(NamedFacts([(0, [fact])], [entry]).proofs_of(entry, names_in(entry)))


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("Python", ">=3.9", ">=3.10", "Dropped support for Python 3.9"),
        ("Node.js", ">=20", ">=22.12.0", "Commander requires Node v22.12.0 or higher"),
        ("Rust", "1.63", "1.85", "Use Edition 2024 and MSRV 1.85"),
        ("Java", "8", "11", "Update the minimum version of Java from 8 to 11"),
        (".NET", "netstandard2.0;net6.0", "net8.0", ".NET 8 is the minimum now"),
    ],
)
def test_a_raised_runtime_shows_the_entry_that_names_its_version(
    name: str, old: str, new: str, line: str
) -> None:
    assert shown(
        Fact("runtime.raised", {"name": name, "old": old, "new": new}, breaking=True), line
    )


@pytest.mark.parametrize(
    "line",
    [
        "Dropped support for Python 3.8",
        "Python 2 prints are removed",
        "Removed support for PyPy 3.9",
    ],
)
def test_a_raised_runtime_shows_nothing_of_other_versions(line: str) -> None:
    fact = Fact(
        "runtime.raised", {"name": "Python", "old": ">=3.9", "new": ">=3.10"}, breaking=True
    )
    assert not shown(fact, line)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("./esm.mjs", "removed the export of `commander/esm.mjs`"),
        ("Faraday::Connection#basic_auth", "Removed `Connection#basic_auth`"),
        ("Name.$parts", "Removed `Name::$parts`"),
        ("Document.update()", "Removed `Document.update(boolean)`"),
    ],
)
def test_names_are_one_whatever_separates_their_parts(name: str, line: str) -> None:
    assert shown(Fact("symbol.removed", {"name": name}, breaking=True), line)


def test_facts_are_looked_at_once_for_all_entries() -> None:
    class Counted(list[Fact]):
        passes = 0

        def __iter__(self) -> Iterator[Fact]:
            Counted.passes += 1
            return super().__iter__()

    facts = Counted(
        [
            Fact("symbol.added", {"name": "Shop.shipping"}),
            Fact("symbol.removed", {"name": "shipping"}),
        ]
    )
    lines = "".join(f"- Adds `shipping` and `thing{number}`\n" for number in range(50))
    entries = read_entries(f"## 2.0\n\n### Added\n\n{lines}", headings=False)
    named = NamedFacts([(3, facts), (7, facts)], entries)
    for entry in entries:
        assert named.proofs_of(entry, names_in(entry)) == [FactRef(3, 0), FactRef(7, 0)]
    assert (len(entries), Counted.passes) == (50, 2)


def test_an_entry_on_how_a_type_is_called_is_about_its_members() -> None:
    text = "## 3.0\n\n- **BREAKING CHANGES** `Pool` and `Pool::Stack` now use keyword arguments.\n"
    entries = [
        EntryOfFile(0, entry, fragment=False) for entry in read_entries(text, headings=False)
    ]

    def is_declared(fact: Fact) -> bool:
        (file,) = with_entries([analysis_of(fact, path="lib/pool.rb")], entries)
        return file.facts[0].declared is not None

    taken = {"parameters": ("options",)}
    assert is_declared(
        Fact("symbol.parameter-removed", {"name": "Pool#checkout", **taken}, breaking=True)
    )
    assert is_declared(
        Fact("symbol.parameter-removed", {"name": "Pool::Stack#push", **taken}, breaking=True)
    )
    assert not is_declared(
        Fact("symbol.parameter-removed", {"name": "Wrapper#push", **taken}, breaking=True)
    )
    assert not is_declared(Fact("symbol.removed", {"name": "Pool#checkout"}, breaking=True))
