"""Where every changed file goes: patterns as git reads them, categories, and the equation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.model.changes import ChangeSet, FileChange, Status
from diff_insight.selection.select import Selection, select
from diff_insight.settings.settings import CategoryPaths, Settings


class NoPatches:
    def read(self, offset: int, length: int) -> bytes:
        return b""


def change(path: str | bytes, unreadable: str = "", generated: str = "") -> FileChange:
    return FileChange(
        path_bytes=path.encode() if isinstance(path, str) else path,
        status=Status.MODIFIED,
        unreadable=unreadable,
        generated=generated,
    )


def select_paths(paths: list[str], chosen: Settings) -> Selection:
    files = tuple(change(path) for path in paths)
    return select(ChangeSet(files=files, patches=NoPatches(), source="test"), chosen)


def categories(**named: list[str]) -> tuple[CategoryPaths, ...]:
    return tuple(CategoryPaths(name, tuple(paths)) for name, paths in named.items())


def placed(selection: Selection) -> dict[str, list[str]]:
    return {name: [file.path for file in files] for name, files in selection.categories.items()}


TREE = ["a.md", "b.txt", "docs/a.md", "docs/b.txt", "docs/deep/a.md", "docs/deep/c.png", "x/docs/a.md",
        "docs2/a.md", "[d]/a.md", "#a.md", "!a.md", "a b.md", "日本/a.md", "docs.md"]  # fmt: skip


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["*.md", "!a.md"], {"docs.md", "#a.md", "!a.md", "a b.md"}),
        (["/docs/*", "!/docs/a.md"], {"docs/b.txt", "docs/deep/a.md", "docs/deep/c.png"}),
        (["*.md", "!a.md", "docs/"], {"docs.md", "#a.md", "!a.md", "a b.md", "x/docs/a.md", "docs/a.md",
                                      "docs/b.txt", "docs/deep/a.md", "docs/deep/c.png"}),
        (["\\#a.md", "\\!a.md", "a\\ b.md"], {"#a.md", "!a.md", "a b.md"}),
        (["[[]d]/"], {"[d]/a.md"}),
        # As in git, nothing is taken back from a folder that is out.
        (["docs/", "!docs/a.md"], {"docs/a.md", "docs/b.txt", "docs/deep/a.md", "docs/deep/c.png",
                                   "x/docs/a.md"}),
    ],
)  # fmt: skip
def test_the_last_pattern_that_matches_decides(patterns: list[str], left: set[str]) -> None:
    selection = select_paths(TREE, Settings(exclude=tuple(patterns)))
    assert {file.path for file, _ in selection.excluded} == left


def test_include_keeps_and_exclude_wins() -> None:
    chosen = Settings(include=("docs/*", "!docs/deep/"), exclude=("*.png",))
    selection = select_paths(TREE, chosen)
    assert placed(selection) == {
        "all": ["docs/a.md", "docs/b.txt"],
    }
    reasons = {file.path: reason for file, reason in selection.excluded}
    assert reasons["docs/deep/c.png"] == "exclude"
    assert reasons["docs/deep/a.md"] == "include"
    assert reasons["x/docs/a.md"] == "include"
    assert reasons["a.md"] == "include"


def test_prefixes_are_plain_and_the_first_category_wins() -> None:
    chosen = Settings(categories=categories(deep=["docs/deep"], docs=["docs"], tail=["./x", "/a"]))
    selection = select_paths(TREE, chosen)
    assert placed(selection) == {
        "deep": ["docs/deep/a.md", "docs/deep/c.png"],
        # A prefix is no folder: `docs` begins `docs2/` too, as in the format this continues.
        "docs": ["docs/a.md", "docs/b.txt", "docs2/a.md", "docs.md"],
        "tail": ["a.md", "x/docs/a.md", "a b.md"],
    }
    assert [file.path for file in selection.unmatched] == ["b.txt", "[d]/a.md", "#a.md", "!a.md", "日本/a.md"]  # fmt: skip


def test_globs_stand_beside_prefixes() -> None:
    chosen = Settings(categories=categories(pages=["docs2", "docs/**/*.md"], rest=[""]))
    found = placed(select_paths(TREE, chosen))
    assert found["pages"] == ["docs/a.md", "docs/deep/a.md", "docs2/a.md"]
    assert len(found["rest"]) == len(TREE) - 3


def test_a_negated_pattern_takes_back_from_prefixes_too() -> None:
    chosen = Settings(categories=categories(docs=["!docs/deep/", "!docs.*", "docs", "日本", "#*"]))
    assert placed(select_paths(TREE, chosen)) == {
        "docs": ["docs/a.md", "docs/b.txt", "docs2/a.md", "日本/a.md"]
    }


def test_a_category_without_paths_takes_nothing() -> None:
    selection = select_paths(TREE, Settings(categories=categories(none=[])))
    assert placed(selection) == {"none": []}
    assert len(selection.unmatched) == len(TREE)


def test_the_rest_is_unmatched_or_other() -> None:
    some = categories(docs=["docs/"])
    named = select_paths(["a.md", "docs/a.md"], Settings(categories=some))
    assert [file.path for file in named.unmatched] == ["a.md"]
    other = select_paths(["a.md", "docs/a.md"], Settings(categories=some, unmatched="other"))
    assert placed(other) == {"docs": ["docs/a.md"], "other": ["a.md"]}
    assert not other.unmatched


def test_generated_files_are_marked_and_stay() -> None:
    files = (change("yarn.lock"), change("a.md", generated="generated"), change("b.md"))
    selection = select(ChangeSet(files=files, patches=NoPatches(), source="test"), Settings())
    assert [file.generated for file in selection.categories["all"]] == ["lock", "generated", ""]
    assert selection.reported_count == 3


def test_paths_that_are_no_utf8_are_selected_by_what_is_shown() -> None:
    files = (change(b"docs/\xff.md"),)
    chosen = Settings(categories=categories(docs=["docs/*.md"]))
    selection = select(ChangeSet(files=files, patches=NoPatches(), source="test"), chosen)
    assert selection.categories["docs"] == files


PATHS = st.lists(
    st.builds(
        "{}/{}{}".format,
        st.sampled_from(["docs", "docs/deep", "src", "media", "[x]", "日本"]),
        st.text("ab*!# ", min_size=1, max_size=3),
        st.sampled_from([".md", ".png", ".lock", ""]),
    ),
    unique=True,
    max_size=25,
)
SOME_PATTERNS = st.lists(
    st.sampled_from(["docs/", "*.md", "!*.md", "/src", "**/deep/*", "a*", "[x]", "日本"]),
    max_size=3,
)
SOME_PATHS = st.lists(
    st.sampled_from(["docs", "docs/deep", "src/", "*.png", "!a*", ""]), max_size=3
)


@settings(deadline=None, max_examples=150)
@given(
    PATHS,
    SOME_PATTERNS,
    SOME_PATTERNS,
    st.lists(SOME_PATHS, min_size=1, max_size=3),
    st.sampled_from(["report", "other"]),
    st.data(),
)
def test_every_file_goes_to_exactly_one_place(
    paths: list[str],
    include: list[str],
    exclude: list[str],
    named: list[list[str]],
    unmatched: str,
    data: st.DataObject,
) -> None:
    files = tuple(
        change(path, unreadable=data.draw(st.sampled_from(["", "object-missing"])))
        for path in paths
    )
    chosen = Settings(
        include=tuple(include),
        exclude=tuple(exclude),
        unmatched=unmatched,
        categories=tuple(
            CategoryPaths(f"c{index}", tuple(paths)) for index, paths in enumerate(named)
        ),
    )
    found = select(ChangeSet(files=files, patches=NoPatches(), source="test"), chosen)
    in_categories = [file.path for members in found.categories.values() for file in members]
    out = [file.path for file, _ in found.excluded] + [file.path for file in found.unmatched]
    assert sorted(in_categories + out) == sorted(paths)
    unreadable = {file.path for file in found.unreadable}
    assert unreadable <= set(in_categories)
    assert found.reported_count == len(set(in_categories) - unreadable)
    assert found.changed == (
        found.reported_count + len(found.excluded) + len(found.unmatched) + len(found.unreadable)
    )
    for members in found.categories.values():  # the order of the range is kept
        order = [paths.index(file.path) for file in members]
        assert order == sorted(order)
