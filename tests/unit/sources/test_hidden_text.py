"""Text that attributes keep out of git's diff is read all the same, and counted as git counts it."""

from __future__ import annotations

import pytest

from diff_insight.facts.extract import extract
from diff_insight.model.changes import ChangeSet, FileChange, Side
from diff_insight.sources import hidden_text
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo
from support.truth import direct

ATTRIBUTES = "*.py -diff\ndata/* binary\n"
OLD: dict[str | bytes, bytes | str] = {
    ".gitattributes": ATTRIBUTES,
    "a.py": "def f():\n    pass\n",
    "data/b": b"\0\1",
    "m.md": "a\n",
}
NEW: dict[str | bytes, bytes | str] = {".gitattributes": ATTRIBUTES, "a.py": "def g():\n    1\n", "data/b": b"\0\2", "m.md": "b\n",
       "data/c": "text\n", "é x.py": "x = 1\n"}  # fmt: skip


def compared(made: TestRepo, source: CheckoutSource) -> tuple[ChangeSet, dict[str, FileChange]]:
    made.write(OLD)
    base = made.commit("base")
    made.write(NEW)
    found = source.diff(direct(base, made.commit("head")))
    return found, {change.path: change for change in found.files}


def test_hidden_text_is_read_and_not_counted(made: TestRepo, source: CheckoutSource) -> None:
    found, by_path = compared(made, source)
    read = {path for path, change in by_path.items() if change.hidden is not None}
    assert read == {"a.py", "data/c", "é x.py"}
    for path in read:
        change = by_path[path]
        assert (change.binary, change.changes, change.unreadable) == (True, 0, "")
    assert by_path["data/b"].hidden is None
    assert by_path["m.md"].changes == 2
    (notice,) = found.notices
    assert (notice.key, notice.params["count"]) == ("text-hidden", 3)
    assert notice.params["names"] == ("a.py", "data/c", "é x.py")


def test_facts_of_hidden_text(made: TestRepo, source: CheckoutSource) -> None:
    found, by_path = compared(made, source)
    change = by_path["a.py"]

    def read(side: Side) -> bytes | None:
        return source.read(side, change.path_bytes)

    told = extract(change, found.patches, read, whole_versions=True).facts
    assert [(fact.kind, fact.params["name"]) for fact in told] == [
        ("symbol.removed", "f()"),
        ("symbol.added", "g()"),
    ]
    told = extract(by_path["data/b"], found.patches, read, whole_versions=True).facts
    assert [fact.kind for fact in told] == ["binary.changed"]


def test_patches_of_others_stay_as_they_are(made: TestRepo, source: CheckoutSource) -> None:
    found, by_path = compared(made, source)
    patch = by_path["m.md"].patch
    assert patch is not None
    shown = b"".join(found.patches.read(*part) for part in patch.parts)
    assert shown.endswith(b"-a\n+b\n")
    assert found.patch_bytes < sum(
        part[1] for change in found.files for span in (change.patch, change.hidden) if span
        for part in span.parts
    )  # fmt: skip


def test_what_is_too_much_is_unreadable(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hidden_text, "MOST_FILES", 1)
    _, by_path = compared(made, source)
    assert by_path["a.py"].unreadable == ""
    assert by_path["data/c"].unreadable == by_path["é x.py"].unreadable == "text-hidden"


def test_a_rename_of_hidden_text(made: TestRepo, source: CheckoutSource) -> None:
    body = "".join(f"x{number} = {number}\n" for number in range(20))
    made.write({".gitattributes": ATTRIBUTES, "old.py": body})
    base = made.commit("base")
    (made.path / "old.py").unlink()
    made.write({"new.py": body.replace("x1 =", "y1 =")})
    found = source.diff(direct(base, made.commit("head")))
    assert [(one.status, one.hidden is not None) for one in found.files] in (
        [("renamed", True)],
        [("added", True), ("removed", True)],
    )


def test_git_that_fails_leaves_them_unreadable(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hidden_text, "git_sections", lambda *_: [])
    _, by_path = compared(made, source)
    assert by_path["a.py"].unreadable == "text-hidden"
