"""What the lines of the diff say about titles: who wrote a fact, what a title gets wrong, what many files replace."""

from __future__ import annotations

from diff_insight.analysis.people.causes import causes_of
from diff_insight.analysis.people.contradictions import contradictions
from diff_insight.analysis.people.entries import read_entries
from diff_insight.analysis.people.gather import EntryOfFile, without_history
from diff_insight.analysis.people.origins import LineAuthors
from diff_insight.analysis.people.substitutions import common_substitutions
from diff_insight.model.changes import Block, Hunk, Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.history import Commit, CommitLines, History
from support.analyses import analysis_of


def hunk(old: str, new: str, start: int = 1) -> Hunk:
    before, behind = tuple(old.split("\n")) if old else (), tuple(new.split("\n")) if new else ()
    return Hunk(start, start, "", before, behind, (Block(start, before, start, behind),))


def test_a_fact_belongs_to_the_commit_that_wrote_its_lines() -> None:
    path = b"docs/page.md"
    authors = LineAuthors([
        CommitLines("newest", path, frozenset({b"A line about one."}), frozenset()),
        CommitLines("older", path, frozenset({b"A line about two."}), frozenset({b"Gone for good."})),
    ])  # fmt: skip
    analysis = analysis_of(
        Fact("text.added", {}, (Evidence(Side.HEAD, 1, 1),)),
        Fact("text.added", {}, (Evidence(Side.HEAD, 2, 2),)),
        Fact("text.removed", {}, (Evidence(Side.BASE, 1, 1),)),
        Fact("text.added", {}, (Evidence(Side.HEAD, 9, 9),)),
    )
    hunks = [hunk("Gone for good.", "A line about one.\nA line about two.")]
    assert authors.origins(analysis, hunks) == ("newest", "older", "older", "")


def test_a_parameter_belongs_to_the_commit_that_wrote_its_line() -> None:
    path = b"src/toml.py"
    authors = LineAuthors([
        CommitLines("newest", path, frozenset({b"    def __init__(", b"        file: Source,", b"        deep: bool,"}), frozenset()),
        CommitLines("older", path, frozenset({b"        header: tuple[str, ...] = (),"}), frozenset()),
    ])  # fmt: skip
    proof = (Evidence(Side.HEAD, 1, 4),)
    analysis = analysis_of(
        Fact("symbol.parameter-inserted", {"name": "Toml.__init__()", "parameters": ("header",)}, proof),
        Fact("symbol.changed", {"name": "Toml.__init__()"}, proof),
        path="src/toml.py",
    )  # fmt: skip
    new = "    def __init__(\n        file: Source,\n        header: tuple[str, ...] = (),\n        deep: bool,"
    assert authors.origins(analysis, [hunk("", new)]) == ("older", "newest")


def test_a_commit_whose_lines_are_not_in_the_diff_left_no_trace() -> None:
    path = b"docs/page.md"
    authors = LineAuthors([
        CommitLines("kept", path, frozenset({b"A line about one."}), frozenset()),
        CommitLines("old", path, frozenset({b"Support the old line.", b"And its tests."}), frozenset({b"Before it."})),
        CommitLines("mute", path, frozenset({b"}"}), frozenset()),
        CommitLines("first line", path, frozenset({b"Something else."}), frozenset()),
    ])  # fmt: skip
    hunks = [[hunk("Gone.", "A line about one.")]]
    among = frozenset(("kept", "old", "mute"))
    assert authors.without_trace(among, [analysis_of()], hunks) == {"old"}
    assert authors.without_trace(among, [analysis_of()], [()]) == frozenset()  # not read


def test_one_commit_of_a_file_made_all_of_it() -> None:
    authors = LineAuthors([CommitLines("only", b"docs/page.md", frozenset({b"x"}), frozenset())])
    assert authors.origins(analysis_of(Fact("text.lines"), Fact("text.lines")), []) == (
        "only",
        "only",
    )


def titled(title: str, old: str, new: str) -> list[tuple[str, str, str, str]]:
    history = History(commits=(Commit(id="a" * 40, message=title),), read=True)
    found = contradictions(causes_of(history, None), [[hunk(old, new)]])
    return [(one.name, one.said, one.old, one.new) for one in found.values()]


def test_a_version_that_no_line_has_is_denied() -> None:
    old, new = "  nanoid@3.3.16:", "  nanoid@3.3.18:"
    assert titled("bump nanoid from 3.3.16 to 6.0.1", old, new) == [
        ("nanoid", "6.0.1", "3.3.16", "3.3.18")
    ]


def test_a_version_that_the_range_went_past_is_not_denied() -> None:
    old, new = "  nanoid@3.3.16:", "  nanoid@3.3.18:"
    assert titled("bump nanoid from 3.3.16 to 3.3.17", old, new) == []


def test_a_title_that_may_be_right_is_not_denied() -> None:
    assert titled("bump nanoid from 3.3.16 to 3.3.18", "nanoid@3.3.16", "nanoid@3.3.18") == []
    assert titled("bump nanoid to 6.0.1", "other 1.0.0", "other 2.0.0") == []
    assert (
        titled("bump nanoid to 6.0.1", "nanoid 1.0.0\nnanoid 2.0.0", "nanoid 3.0.0\nnanoid 4.0.0")
        == []
    )


def test_what_many_files_replace_is_found_once() -> None:
    files = [
        [hunk(f"using Acme.Kernel.Connectors.{name};", f"using Toolkit.Data.{name};")]
        for name in ("Qdrant", "Redis", "Pg")
    ]
    (one,) = common_substitutions(files)
    assert (one.old, one.new, one.open, one.files) == (
        "Acme.Kernel.Connectors",
        "Toolkit.Data",
        True,
        (0, 1, 2),
    )


def test_an_owner_that_changes_keeps_its_repository() -> None:
    files = [
        [
            hunk(
                f"see https://github.com/facebook/react/pull/{n}",
                f"see https://github.com/react/react/pull/{n}",
            )
        ]
        for n in range(3)
    ]
    (one,) = common_substitutions(files)
    assert (one.old, one.new) == ("facebook/react", "react/react")


def test_versions_digests_and_few_files_are_no_replacement() -> None:
    assert common_substitutions([[hunk("tool@v4", "tool@v5")]] * 4) == []
    assert (
        common_substitutions(
            [
                [
                    hunk(
                        "a/b@08c6903cd8c0fde910a37f88322edcfb5dd907a8",
                        "a/b@de0fac2e4500dabe0009e67214ff5f5447ce83dd",
                    )
                ]
            ]
            * 4
        )
        == []
    )
    assert common_substitutions([[hunk("oldName()", "newName()")]] * 2) == []


def test_pages_on_versions_before_those_of_the_list_are_history() -> None:
    paths = ["History.md", "docs/7.0-Upgrade.md", "docs/8.0-Upgrade.md", "docs/upgrade.md"]
    (entry,) = read_entries("## 8.0.0\n\n* The default address is another\n", headings=False)
    entries = [EntryOfFile(at, entry, False) for at in range(len(paths))]
    assert [each.file for each in without_history(entries, paths)] == [0, 2, 3]
