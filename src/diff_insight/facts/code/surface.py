"""Which files are part of what a library offers: by their path, and doubtful ones are not."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from diff_insight.facts.code.model import Defaults, Grammar
from diff_insight.file_types import extension, is_test

_NOT_OFFERED = re.compile(
    r"(?i)(^|/)(docs?(_src)?|documentation|examples?|samples?|demos?|tutorials?|playgrounds?|"
    r"scripts?|tools?|tooling|bench(mark)?s?|internals?|private|generated|gen|migrations|cmd|bin|"
    r"apps?|website|www|site|e2e|testing|test-utils|mocks?|stories|fuzz|xtask|evals?|ci|hack)/"
)
_HIDDEN = re.compile(r"(^|/)[._](?!_init__)[^/]*")
_TOOLS = frozenset("setup conftest noxfile tasks fabfile manage wsgi asgi build main __main__ app "
                   "gulpfile gruntfile dangerfile rakefile package".split())  # fmt: skip
_ENTRY = re.compile(r"(^|/)((src|lib|packages/[^/]+(/src)?)/)?(index|mod|public-api)\.[^/]+$")
_HEADERS = frozenset("h hh hpp hxx".split())


def is_offered(path: str, grammar: Grammar, text: str) -> bool:
    """Tell whether removing a public symbol of a file takes something from users of a library.

    Args:
        path: The file's path before the change.
        grammar: Its language.
        text: Its content before the change.
    """
    pure = PurePosixPath(path)
    if is_test(path) or _NOT_OFFERED.search(path) or _HIDDEN.search(path):
        return False
    if pure.stem.lower() in _TOOLS or pure.stem.endswith((".config", ".stories", ".setup")):
        return False
    if grammar.access is Defaults.EXPORTED:
        return _ENTRY.search(path) is not None or path.endswith((".d.ts", ".d.mts"))
    answers = {
        "tree_sitter_bash": False,
        "tree_sitter_go": re.search(r"^package main\b", text, re.MULTILINE) is None,
        "tree_sitter_c": False,
        "tree_sitter_cpp": extension(path) in _HEADERS and "include" in pure.parts,
        "tree_sitter_ruby": "lib" in pure.parts,
    }
    return answers.get(grammar.package, True)
