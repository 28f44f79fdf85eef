"""Insight documents follow docs/insight.schema.json, and hold what they say they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import ModificationType
from diff_insight.model.ranges import Comparison
from diff_insight.model.story import Relation, Role
from diff_insight.render.json_form import write_json
from diff_insight.settings.settings import CategoryPaths, Settings
from support.hostile import HOSTILE, modified, page_of, raw
from support.insights import LOCALES, insight_of_diff, insight_of_range
from support.recorded import cases, seeds, unified_diff
from support.repos import TestRepo

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "insight.schema.json"
HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True)
class Made:
    """A document, and how many lines each side of each file has where that is known."""

    name: str
    document: dict[str, Any]
    lines: dict[tuple[str, str], int]


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return loaded


def in_memory() -> Iterator[Made]:
    settings = Settings(locales=LOCALES)
    diffs = {
        "seed": unified_diff(seeds()[0].files),
        "images": unified_diff(seeds()[3].files),
        "unreadable": unified_diff(next(case for case in cases() if "20241120" in case.name).files),
        "hostile": b"".join(
            modified(b"docs/%02d-" % number + raw(text)[:80], page_of("x").split(b"\n"), page_of(text).split(b"\n"))
            for number, text in enumerate(HOSTILE)
        ),
    }  # fmt: skip
    for name, diff in diffs.items():
        yield Made(name, document_of(insight_of_diff(diff, settings)), {})
    linked = Settings(max_patch_bytes=3_000, notice={"": "Licence: see *there*."})
    yield Made("linked", document_of(insight_of_diff(diffs["images"], linked)), {})
    unlabelled = insight_of_diff(diffs["seed"], repository="")
    yield Made("unlabelled", document_of(unlabelled), {})
    sorted_out = Settings(
        categories=(CategoryPaths("how-to", ("articles/ai-services/openai/how-to",)),),
        exclude=("*.png",),
    )
    yield Made("category", document_of(insight_of_diff(diffs["images"], sorted_out)), {})


def document_of(insight: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(b"".join(write_json(insight)))
    return loaded


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    folder = tmp_path_factory.mktemp("schema")
    return [*in_memory(), checkout(folder / "checkout")]


def checkout(folder: Path) -> Made:
    """Return the document of a checkout with every kind of change, and the lines of its files."""
    repo = TestRepo(folder)
    before: dict[str | bytes, bytes | str] = {
        f"docs/{number:02}.md": page_of("before") for number in range(len(HOSTILE))
    }
    before |= {
        "moved.md": "# Title\n\n" + "line\n" * 30,
        "gone.md": "# Gone\n\ntext\n",
        "image.png": b"\x89PNG\r\n\x1a\n\0old",
        "run.sh": "#!/bin/sh\n",
        "kind": "a file\n",
        b"bad-\xff.txt": "one\n",
        "package-lock.json": "{}\n",
        "app.min.js": "one\n",
    }
    repo.write(before)
    base = repo.commit()
    after: dict[str | bytes, bytes | str] = {
        f"docs/{number:02}.md": page_of(text) for number, text in enumerate(HOSTILE) if "\0" not in text
    }  # fmt: skip
    after |= {
        "image.png": b"\x89PNG\r\n\x1a\n\0newer",
        "empty": b"",
        b"bad-\xff.txt": "two",
        "package-lock.json": "{ }\n",
        # Of what a program wrote nothing is told but that it did.
        "app.min.js": "two\n",
    }
    repo.write(after)
    (folder / "gone.md").unlink()
    (folder / "kind").unlink()
    (folder / "kind").symlink_to("run.sh")
    (folder / "run.sh").chmod(0o755)
    (folder / "moved.md").rename(folder / "docs" / "moved.md")
    head = repo.commit()
    insight = insight_of_range(folder, base, head)
    lines = {}
    for entry in insight.files:
        change = entry.analysis.change
        previous = change.previous_path or change.path
        for side, commit, path in (("base", base, previous), ("head", head, change.path)):
            if path.isascii() and change.status not in absent(side):
                content = repo.git("show", f"{commit}:{path}")
                lines[change.path, side] = len(content.removesuffix(b"\n").split(b"\n"))
    return Made("checkout", document_of(insight), lines)


def absent(side: str) -> set[Status]:
    return {Status.ADDED} if side == "base" else {Status.REMOVED}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_every_member_is_described() -> None:
    definitions = schema()["$defs"]

    def walk(node: object, place: str) -> Iterator[str]:
        if isinstance(node, dict):
            for name, member in node.get("properties", {}).items():
                target = definitions.get(str(member.get("$ref", "")).rpartition("/")[2], {})
                if "description" not in member and "description" not in target:
                    yield f"{place}.{name}"
            for key, child in node.items():
                yield from walk(child, f"{place}/{key}")

    assert list(walk(schema(), "")) == []


@pytest.mark.parametrize(
    ("place", "enum"),
    [
        ("file/status", Status),
        ("file/type", ModificationType),
        ("item/role", Role),
        ("item/relation", Relation),
        ("range/comparison", Comparison),
    ],
)
def test_enumerations_are_those_of_the_code(place: str, enum: type[StrEnum]) -> None:
    definition, member = place.split("/")
    listed = schema()["$defs"][definition]["properties"][member]["enum"]
    assert sorted(listed) == sorted(enum)


def test_documents_are_valid(made: list[Made]) -> None:
    validator = Draft202012Validator(
        schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
    )  # fmt: skip
    for run in made:
        errors = [f"{run.name} {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(run.document)]  # fmt: skip
        assert errors == []


def test_coverage_adds_up(made: list[Made]) -> None:
    for run in made:
        coverage, files = run.document["coverage"], run.document["files"]
        excluded = [entry["path"] for entry in coverage["excluded"]]
        unreadable = [entry["path"] for entry in coverage["unreadable"]]
        left = excluded + coverage["unmatched"] + unreadable
        assert coverage["changed"] == coverage["reported"] + len(left)
        assert len(set(left)) == len(left)
        assert coverage["in_category"] == len(files)
        assert coverage["untold_lines"] == sum(entry["lines"]["untold"] for entry in files)
        lost = (
            coverage["unmatched"] or unreadable or coverage["untold_lines"] or coverage["unlisted"]
        )
        assert coverage["complete"] is not bool(lost)
        shown = {entry["path"] for entry in files}
        assert not shown & {*excluded, *coverage["unmatched"]}
        assert set(coverage["patches_linked"]) == {
            entry["path"] for entry in files if entry["patch_url"]
        }


def test_coverage_knows_every_kind_of_loss(made: list[Made]) -> None:
    """The equation above holds on runs that lose something, not only on complete ones."""
    by_name = {run.name: run.document["coverage"] for run in made}
    assert by_name["unreadable"]["unreadable"]
    assert by_name["category"]["excluded"]
    assert by_name["category"]["unmatched"]
    assert by_name["linked"]["patches_linked"]
    assert by_name["checkout"]["untold_lines"]
    assert not by_name["checkout"]["complete"]
    assert by_name["seed"]["complete"]


def test_sums_are_sums(made: list[Made]) -> None:
    for run in made:
        files, totals = run.document["files"], run.document["totals"]
        assert totals["files"] == len(files)
        for name in ("additions", "deletions"):
            assert totals[name] == sum(entry[name] for entry in files)
        for entry in files:
            assert entry["changes"] == entry["additions"] + entry["deletions"]
            assert entry["changes"] == sum(entry["lines"].values())
            if entry["patch"] is not None:
                marks = [line[:1] for line in entry["patch"].split("\n")]
                assert (marks.count("+"), marks.count("-")) == (
                    entry["additions"], entry["deletions"],
                )  # fmt: skip


def test_texts_exist_in_every_locale(made: list[Made]) -> None:
    for run in made:
        document = run.document
        locales = document["locales"]
        told = [document[name] for name in ("headline", "highlights", "insights", "summary")]
        told += [entry[name] for entry in document["files"] for name in ("title", "explanation")]
        for texts in told:
            assert list(texts) == locales
            assert all(texts.values())


def test_stories_point_at_facts(made: list[Made]) -> None:
    for run in made:
        files = run.document["files"]
        assert run.document["story"]
        for item in run.document["story"]:
            for ref in item["facts"]:
                assert ref["fact"] < len(files[ref["file"]]["facts"])


def evidence_of(run: Made) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for entry in run.document["files"]:
        for fact in entry["facts"]:
            for line in fact["evidence"]:
                yield entry, line


def test_evidence_lines_exist(made: list[Made]) -> None:
    """In a checkout both versions are known; elsewhere every line stands in a hunk of that side."""
    for run in made:
        told = list(evidence_of(run))
        assert told
        for entry, line in told:
            assert line["start"] <= line["end"]
            assert line["side"] in set(Side)
            count = run.lines.get((entry["path"], line["side"]))
            if count is not None:
                assert line["end"] <= count, (run.name, entry["path"], line)
            elif entry["patch"] is not None:
                assert inside_a_hunk(entry["patch"], line), (run.name, entry["path"], line)


def inside_a_hunk(patch: str, line: dict[str, Any]) -> bool:
    first = 1 if line["side"] == "base" else 3
    for match in HUNK.finditer(patch):
        start, count = int(match[first]), int(match[first + 1] or 1)
        if start <= line["start"] <= line["end"] < start + count:
            return True
    return False


def test_paths_that_are_not_utf_8_keep_their_bytes(made: list[Made]) -> None:
    (run,) = (run for run in made if run.name == "checkout")
    (entry,) = (entry for entry in run.document["files"] if "path_bytes" in entry)
    assert (entry["path"], entry["path_bytes"]) == ("bad-\ufffd.txt", "YmFkLf8udHh0")
