"""Patterns mean what they mean in .gitignore; git itself is the judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.settings.patterns import Patterns, compile_pattern
from support.repos import TestRepo

TREE = ["a.md", "b.txt", "docs/a.md", "docs/b.txt", "docs/deep/a.md", "docs/deep/c.png", "x/docs/a.md",
        "docs2/a.md", "[d]/a.md", "#a.md", "!a.md", "a b.md", "docs.md", "a ", "x/-", "x/^", "x/]", "x/\\",
        "x/line\nend", "x/.hidden/*"]  # fmt: skip
WELL_FORMED = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/", "docs/", "**/", "*/", "/docs/", "***/"]),
    st.sampled_from(["", "**/", "x/", "d*/", "/"]),
    st.sampled_from(
        ["*", "**", "a*", "?.md", "docs", "docs/", "deep/", "*.md", "b.txt", "[ab]*", "[!a]*", "#a.md",
         "**/", "d**s", "x/**", ".*", "a\\ ", "\\*", "[[]d]"]
    ),
)  # fmt: skip
BRACKETS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["[", "[!", "[^", "x/[", "[-", "[]"]),
    st.lists(
        st.sampled_from(["a", "a-d", "^", "!", "\\]", "\\\\", "[:punct:]", "[:alpha:]", "/", "+-."]),
        min_size=1,
        max_size=3,
    ).map("".join),
    st.sampled_from(["]", "-]"]),
    st.sampled_from(["", "*", ".md"]),
)  # fmt: skip
ANYTHING = st.text("*?[]!-^\\/ab.# ", min_size=1, max_size=5)


@pytest.mark.parametrize("strategy", [WELL_FORMED, BRACKETS, ANYTHING], ids=["usual", "set", "any"])
def test_git_agrees(strategy: st.SearchStrategy[str], tmp_path: Path) -> None:
    repo = TestRepo(tmp_path)
    repo.write(dict.fromkeys(TREE, "x"))

    @settings(deadline=None, max_examples=60)
    @given(st.lists(strategy, min_size=1, max_size=3))
    def agrees(lines: list[str]) -> None:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                try:
                    compile_pattern(line)
                except ValueError:
                    return  # refused when the settings are read
        (tmp_path / ".git" / "info").mkdir(exist_ok=True)
        (tmp_path / ".git" / "info" / "exclude").write_text("\n".join(lines), "utf-8")
        listed = repo.git("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
        patterns = Patterns(lines)
        assert [path for path in sorted(TREE) if patterns.match(path)] == sorted(
            listed.decode().split("\0")[:-1]
        )

    agrees()


@pytest.mark.parametrize(
    ("line", "reason"),
    [("!", "no name"), ("/", "no name"), ("!/", "no name"), (" ", "no name"), ("a\\", "backslash"),
     ("a[b", "bracket"), ("[z-a]", "backwards"), ("[[:word:]]", "no class")],
)  # fmt: skip
def test_broken_patterns_say_why(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compile_pattern(line)


def test_characters_beyond_ascii_are_single() -> None:
    assert Patterns(["??"]).match("日本/a.md")
    assert Patterns(["[あ-ん]"]).match("の")


def test_a_path_may_be_thousands_of_folders_deep() -> None:
    deep = "/".join(["d"] * 2_000)
    patterns = Patterns(["/d/d/out/"])
    assert patterns.match(f"d/d/out/{deep}/x.md")
    assert not patterns.match(f"{deep}/x.md")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a*a*a*a*a*a*a*a*b", "a" * 4000),
        ("**/*t*/**/*t*/**/*t*/**/*t*/**/*.md", "t/" * 2000 + "x.txt"),
        ("docs/**/a/**/a/**/a/**/a/**/b", "docs/" + "a/" * 2000 + "x"),
        ("**/?*?*?*?*?*?x/**", "ab/" * 1300 + "abababab"),
    ],
)
def test_paths_that_somebody_proposes_end(pattern: str, path: str) -> None:
    """A way that is tried again for each folder would not come to an end here."""
    assert not Patterns([pattern]).match(path)
