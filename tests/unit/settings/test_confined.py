"""A configuration comes with a checkout: it names no place outside, refers to nothing twice, follows no link."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from diff_insight.errors import UsageError
from diff_insight.settings.config_file import parse_config, read_config
from diff_insight.settings.template_file import read_below, read_typed


@pytest.mark.parametrize("key", ["output", "template", "cache-dir"])
@pytest.mark.parametrize("place", ["/etc/x", "../x", "a/../../x", "/"])
def test_places_outside_are_refused(key: str, place: str) -> None:
    with pytest.raises(UsageError, match="not inside the workspace"):
        parse_config(f"{key}: {place}\n", "x.yml")


@pytest.mark.parametrize("key", ["output", "template", "cache-dir"])
def test_places_inside_are_taken(key: str) -> None:
    assert parse_config(f"{key}: a/..b/c.md\n", "x.yml")


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nexclude: *a\n",
        "exclude: &a [*a]\n",
        "categories:\n  x: &x [a]\n  y:\n    <<: *x\n",
        "- &a x\n- *a\n",
    ],
)
def test_aliases_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="alias"):
        parse_config(text, "x.yml")


def test_nine_levels_of_merge_keys_take_no_time() -> None:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 10)]
    with pytest.raises(UsageError, match="alias"):
        parse_config("\n".join(lines), "x.yml")


def test_links_in_a_checkout_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "clone"
    (root / "d").mkdir(parents=True)
    (tmp_path / "private.txt").write_text("notice: {en_US: private}\n", "utf-8")
    (root / "t.j2").symlink_to(tmp_path / "private.txt")
    (root / "e").symlink_to(tmp_path)
    read = read_below(root)
    for path in ("t.j2", "e/private.txt", "../private.txt", "d", "none"):
        assert read(path) is None
    assert read_typed(str(root / "t.j2"))  # somebody typed it
    with pytest.raises(UsageError, match="cannot be read"):
        read_config(Path("t.j2"), required=False, root=root)
    assert read_config(Path("none.yml"), required=False, root=root) == {}
    assert PurePath("none.yml").name == "none.yml"
