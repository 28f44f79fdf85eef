"""Refactorings break nobody, whatever things are called: over generated names and neighbours, in ten languages."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.readers import language_of, reader_of
from diff_insight.model.source_tree import SourceTree
from support.refactorings import CASES, Files

#: What is called otherwise, small; capitalized it is called so too.
WORDS = ("grow", "shrink", "make", "clean", "size", "by", "limit", "box", "base", "opts")
#: Words that a language has for itself, or that the programs use in other roles.
TAKEN = frozenset(
    "self this type impl move crate super mod pub use fn let mut ref box init new get set val var in is as do if "
    "int str any map nil end def not and or out func case enum from into core g b a f x y i t s r v n go rs java "
    "name src lib main test base size box public private static class struct trait module main abs api gen try "
    "async await dyn macro union where yield become final override virtual typeof unsized abstract priv default "
    "package import return string object list len all min max sum id ok err error none some true false".split()
)
NAMES = st.from_regex(r"[a-z]{4,8}", fullmatch=True).filter(
    lambda name: name not in TAKEN and not keyword.iskeyword(name)
)
#: Declarations beside the ones that change, by language.
BESIDE = {
    "py": "\n\ndef {0}_beside(a, b=1):\n    return a\n",
    "ts": "\nexport function {0}Beside(a: number): number {{\n  return a;\n}}\n",
    "go": "\n// {1}Beside is beside.\nfunc {1}Beside(a int) int {{\n\treturn a\n}}\n",
    "rs": "\npub fn {0}_beside(a: u32) -> u32 {{\n    a\n}}\n",
    "swift": "\npublic func {0}Beside(a: Int) -> Int {{\n    return a\n}}\n",
}


def tree(files: Files) -> SourceTree:
    return SourceTree(
        paths=frozenset(files),
        content=lambda path: files[path].encode() if path in files else None,
    )


def breaking(old: Files, new: Files) -> list[str]:
    """Return what the readers of packages call breaking."""
    paths = sorted({path for path in {**old, **new} if old.get(path) != new.get(path)})
    changed = [Changed(path if path in old else "", path if path in new else "") for path in paths]
    findings = []
    for language in sorted({language_of(path) for path in paths} - {""}):
        mine = [each for each in changed if language_of(each.base or each.head) == language]
        changes = reader_of(language)(Sides(tree(old), tree(new), mine))
        findings += [f"{each.kind} {dict(each.params)}" for each in changes if each.breaking]
    return findings


def called(files: Files, names: Mapping[str, str]) -> Files:
    """Return files in which things have other names."""
    expression = re.compile(
        r"(?<![A-Za-z0-9])(" + "|".join([*names, *(word.capitalize() for word in names)]) + r")(?![A-Za-z0-9])"
    )  # fmt: skip

    def name(match: re.Match[str]) -> str:
        word = match[1]
        return names[word] if word in names else names[word.lower()].capitalize()

    return {expression.sub(name, path): expression.sub(name, text) for path, text in files.items()}


def with_neighbour(files: Files, name: str) -> Files:
    """Return files with one more declaration in the first file of each language that has one."""
    grown = dict(files)
    for suffix, text in BESIDE.items():
        path = next((each for each in files if each.endswith(f".{suffix}") and "index" not in each
                     and "__init__" not in each and "d.ts" not in each), None)  # fmt: skip
        if path is not None:
            grown[path] += text.format(name, name.capitalize())
    return grown


@pytest.mark.parametrize("case", CASES)
def test_they_break_nobody(case: str) -> None:
    old, new = CASES[case]
    assert breaking(old, new) == []


#: Paths and keys of manifests are names too: only programs whose files are called otherwise stay as they are.
GENERATED = [name for name in CASES if name.split()[0] in ("py", "ts", "go", "rs", "java", "cs")]


@pytest.mark.parametrize("case", GENERATED)
@given(
    names=st.lists(NAMES, min_size=8, max_size=8, unique=True), neighbour=NAMES,
)  # fmt: skip
@settings(deadline=None, max_examples=5)
def test_whatever_things_are_called(case: str, names: list[str], neighbour: str) -> None:
    words = dict(zip(WORDS[:6], names, strict=False))
    old, new = (called(side, words) for side in CASES[case])
    assert breaking(old, new) == []
    assert breaking(with_neighbour(old, neighbour), new) != [] or not _gains(old, neighbour)


def _gains(files: Files, name: str) -> bool:
    """Tell whether a neighbour that goes is one that the reader has to miss: in the entry of the package itself."""
    grown = with_neighbour(files, name)
    return any(grown[path] != files[path] and path in ("box.go", "src/lib.rs") for path in files)
