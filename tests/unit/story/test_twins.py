"""What happened alike in copies of one file of code is told once."""

from __future__ import annotations

from diff_insight.model.facts import Fact
from diff_insight.story.build import build_story
from support.analyses import analysis_of
from support.commit_stories import story_of_commits


def test_what_a_built_copy_repeats_is_one_item() -> None:
    changed = Fact("symbol.changed", {"name": "decrypt()"})
    paths = ("src/jwe/decrypt.ts", "dist/deno/jwe/decrypt.ts", "dist/webapi/jwe/decrypt.js")
    (item,) = build_story([analysis_of(changed, path=path) for path in paths], ()).items
    assert (item.params["name"], item.files, len(item.facts)) == ("decrypt()", (0, 1, 2), 3)


def test_files_of_other_names_and_what_breaks_are_told_one_by_one() -> None:
    added = Fact("symbol.added", {"name": "open()"})
    gone = Fact("symbol.removed", {"name": "close()"}, breaking=True)
    files = [
        analysis_of(added, path="a/reader.py"),
        analysis_of(added, path="b/writer.py"),
        analysis_of(gone, path="a/file.py"),
        analysis_of(gone, path="b/file.py"),
    ]
    assert sorted(item.files for item in build_story(files, ()).items) == [(0,), (1,), (2,), (3,)]


def test_a_copy_repeats_nothing_that_proves_what_people_say() -> None:
    added = Fact("symbol.added", {"name": "Options.limit"})
    files = [
        analysis_of(added, path="src/types.d.ts"),
        analysis_of(added, path="dist/types.d.ts"),
        analysis_of(path="src/other.ts"),
    ]
    story = story_of_commits(
        files, ("a", "Add an option for the limit", [0]), ("b", "Release of all files", [1, 2])
    )
    assert [item.kind for item in story.items if item.kind.startswith("symbol.")] == []


def test_a_stub_repeats_nothing_that_its_module_says() -> None:
    files = [
        analysis_of(Fact("symbol.added", {"name": "open()"}), path="acme/more.py"),
        analysis_of(Fact("symbol.added", {"name": "shut()"}), path="acme/more.pyi"),
        analysis_of(Fact("symbol.added", {"name": "pack()"}), path="acme/alone.pyi"),
    ]
    names = [item.params["name"] for item in build_story(files, ()).items]
    assert sorted(map(str, names)) == ["open()", "pack()"]
