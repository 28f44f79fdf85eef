"""CONTRIBUTING.md and the decisions: what they name is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "diff_insight"
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
_PACKAGE = re.compile(r"^\| `([\w./]+)` \| \w", re.MULTILINE)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_every_package_has_its_sentence() -> None:
    rows = set(_PACKAGE.findall(TEXT))
    packages = {f"{path.name}/" for path in SOURCE.iterdir() if any(path.glob("*.py"))}
    modules = {path.name for path in SOURCE.glob("*.py") if not path.name.startswith("__")}
    assert packages | modules <= rows


def test_packages_stand_in_the_order_in_which_one_may_import_another() -> None:
    named = [row.removesuffix("/").removesuffix(".py") for row in _PACKAGE.findall(TEXT)]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in contracts["contracts"] if each["type"] == "layers")
    checked = [name for layer in layers for name in layer.split(" | ") if name != "__main__"]
    assert [name for name in named if name in checked] == checked


def test_every_folder_of_tests_has_its_sentence() -> None:
    folders = {f"tests/{path.name}/" for path in (ROOT / "tests").iterdir() if path.is_dir()}
    for page in (TEXT, (ROOT / "tests" / "README.md").read_text("utf-8")):
        named = {
            row if row.startswith("tests/") else f"tests/{row}" for row in _PACKAGE.findall(page)
        }
        assert {folder for folder in folders if "__" not in folder} <= named


def test_every_make_target_that_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^make ([a-z-]+)", TEXT, re.MULTILINE))
    assert len(targets) >= 4
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", *DECISIONS], ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", text))
    named |= {f"src/diff_insight/{name}" for name in re.findall(r"`([a-z]+/\w+\.py)`", text)}
    named |= {f"{page.parent.relative_to(ROOT)}/{name}" for name in re.findall(r"\]\(([\w./-]+?)(?:#[\w-]+)?\)", text)}  # fmt: skip
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts(page: Path) -> None:
    number, _, _ = page.stem.partition("-")
    text = page.read_text("utf-8")
    assert text.startswith(f"# {int(number)}. ")
    parts = re.findall(r"^\*\*([A-Z][a-z ]+?)\.?\*\*", text, re.MULTILINE)
    assert parts == ["Context", "Decision", "Alternatives looked at", "Consequences"]
