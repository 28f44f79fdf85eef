"""Files that attributes call generated: folded into one fact, and what breaks is told all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.facts.extract import extract
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.changes import Side
from diff_insight.model.ranges import RangeRequest
from diff_insight.selection.select import select
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo

OLD = (
    'syntax = "proto3";\npackage demo;\n\nmessage Order {\n  string id = 1;\n  string note = 2;\n}\n\n'
    "message Gone {\n  string id = 1;\n}\n"
)
NEW = 'syntax = "proto3";\npackage demo;\n\nmessage Order {\n  string id = 1;\n}\n'
QUIET = 'syntax = "proto3";\npackage quiet;\n'
#: Enough of the same for a rename to be seen as one.
MORE = "\n" + "".join(f"message Kept{n} {{\n  string id = 1;\n}}\n" for n in range(9))
#: What somebody who proposes a change may write to have it overlooked.
HEADS: dict[str, dict[str | bytes, bytes | str]] = {
    "generated": {".gitattributes": "* linguist-generated\n"},
    "vendored": {"pkg/.gitattributes": "*.proto linguist-vendored=true\n"},
    "a macro": {".gitattributes": "[attr]mine linguist-generated\npkg/** mine\n"},
    "no diff": {".gitattributes": "*.proto -diff linguist-generated\n"},
}


def breaking(repo: TestRepo, base: str, head: str) -> dict[str, list[str]]:
    """Return the kinds of each file's facts, those that break marked."""
    source = CheckoutSource(Repository(Git(repo.path, os.environ)))
    changes = source.diff(source.resolve(RangeRequest(base=base, head=head)))
    told = {}
    for files in select(changes, Settings()).categories.values():
        for change in files:

            def read(
                side: Side,
                path: bytes = change.path_bytes,
                old: bytes | None = change.previous_path_bytes,
            ) -> bytes | None:
                return source.read(side, (old or path) if side is Side.BASE else path)

            facts = extract(change, changes.patches, read, whole_versions=True).facts
            told[change.path] = [fact.kind + "!" * fact.breaking for fact in facts]
    source.close()
    return told


@pytest.mark.parametrize("head", HEADS)
def test_marks_that_are_proposed_do_not_count(tmp_path: Path, head: str) -> None:
    repo = TestRepo(tmp_path)
    repo.write({"pkg/api.proto": OLD})
    base = repo.commit()
    repo.write({"pkg/api.proto": NEW})
    plain = breaking(repo, base, repo.commit())["pkg/api.proto"]
    repo.write(HEADS[head])
    assert sum(kind.endswith("!") for kind in plain) == 2
    assert breaking(repo, base, repo.commit())["pkg/api.proto"] == plain


def test_a_mark_of_the_base_folds_a_file_and_hides_nothing_that_breaks(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path)
    repo.write(
        {
            "pkg/api.proto": OLD,
            "pkg/quiet.proto": QUIET,
            ".gitattributes": "*.proto linguist-generated\n",
        }
    )
    base = repo.commit()
    repo.write({"pkg/api.proto": NEW, "pkg/quiet.proto": QUIET + MORE})
    told = breaking(repo, base, repo.commit())
    assert told["pkg/quiet.proto"] == ["file.generated"]
    assert told["pkg/api.proto"][0] == "file.generated"
    assert sum(kind.endswith("!") for kind in told["pkg/api.proto"]) == 2


def test_a_name_that_a_rename_gives_marks_nothing(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path)
    repo.write({"pkg/api.proto": OLD + MORE})
    base = repo.commit()
    repo.git("mv", "pkg", "vendor")
    repo.write({"vendor/api.proto": NEW + MORE})
    told = breaking(repo, base, repo.commit())["vendor/api.proto"]
    assert "file.generated" not in told
    assert [kind for kind in told if kind.endswith("!")]
