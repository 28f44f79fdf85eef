"""Chooses the reader of a structured file by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from diff_insight.facts.trees.node import LARGEST, Node, TooLargeError, UnreadableError

_BY_EXTENSION = {
    **dict.fromkeys(
        "json jsonc json5 webmanifest geojson code-workspace arb avsc avpr".split(), "json"
    ),
    **dict.fromkeys("yaml yml".split(), "yaml"),
    "toml": "toml",
    **dict.fromkeys("ini cfg properties editorconfig".split(), "ini"),
}
_BY_NAME = {
    "pipfile": "toml",
    ".editorconfig": "ini",
    ".prettierrc": "yaml",
    ".eslintrc": "json",
    ".babelrc": "json",
    "citation.cff": "yaml",
}


#: How comments begin; a file of nothing else has no tree, and nothing is lost with it.
_COMMENTS = ("#", ";", "//")


def format_of(path: str) -> str:
    """Return `json`, `yaml`, `toml` or `ini` for a structured file, else an empty string."""
    name = PurePosixPath(path).name.lower()
    if name == ".env" or name.startswith(".env."):
        return "ini"
    extension = PurePosixPath(name).suffix[1:]
    return _BY_NAME.get(name) or _BY_EXTENSION.get(extension, "")


def read_tree(path: str, text: str) -> Node | None:
    """Return the tree of a file, or None when it is not structured, not valid or too large."""
    try:
        return parse_tree(path, text)
    except UnreadableError:
        return None


def parse_tree(path: str, text: str) -> Node | None:
    """Return the tree of a file; None when it is not structured, or says nothing.

    Raises:
        TooLargeError: It is larger or deeper than is read.
        UnreadableError: It is not of its format.
    """
    kind = format_of(path)
    if not kind:
        return None
    if len(text) > LARGEST[kind]:
        raise TooLargeError
    try:
        return _reader(kind)(text)
    except UnreadableError:
        if all(line.lstrip().startswith(_COMMENTS) for line in text.split("\n") if line.strip()):
            return None
        raise


def _reader(kind: str) -> Callable[[str], Node]:
    """Return the reader of a format; it is loaded with the first file that has it."""
    match kind:
        case "json":
            from diff_insight.facts.trees.json_tree import read_json as read  # noqa: PLC0415
        case "yaml":
            from diff_insight.facts.trees.yaml_tree import read_yaml as read  # noqa: PLC0415
        case "toml":
            from diff_insight.facts.trees.toml_tree import read_toml as read  # noqa: PLC0415
        case _:
            from diff_insight.facts.trees.ini_tree import read_ini as read  # noqa: PLC0415
    return read
