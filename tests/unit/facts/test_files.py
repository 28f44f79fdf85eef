"""What happened to a file as a whole: pages, pictures, links, submodules, modes, pointers."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.facts import whole_file
from diff_insight.facts.file_view import FileView
from diff_insight.model.changes import FileChange, Side, Status
from support.views import Told, extraction_of, told, told_by, view_of
from unit.facts.test_images import GIF, PNG

PAGE = "---\ntitle: Quotas\n---\n\n# Head\n\n## One\n\ntext\n\n### Deep\n\n## Two\n"
PAGE_PARAMS = {"title": "Quotas", "sections": ("One", "Two"), "section_count": 2, "lines": 13}
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n"


def one(view: FileView) -> tuple[str, dict[str, Any], bool]:
    (fact,) = whole_file.facts(view)
    return fact.kind, dict(fact.params), fact.breaking


@pytest.mark.parametrize(
    ("old", "new", "path", "kind", "breaking"),
    [
        (None, PAGE, "docs/quotas.md", "page.added", False),
        (PAGE, None, "docs/quotas.md", "page.removed", True),
        (None, PAGE, "docs/includes/quotas.md", "fragment.added", False),
        (PAGE, None, "_quotas.md", "fragment.removed", False),
    ],
)
def test_pages_and_fragments(
    old: str | None,
    new: str | None,
    path: str,
    kind: str,
    breaking: bool,  # noqa: FBT001
) -> None:
    view = view_of(old, new, path=path)
    (fact,) = whole_file.facts(view)
    params = dict(fact.params)
    params.pop("description", None)
    assert (fact.kind, params, fact.breaking) == (kind, PAGE_PARAMS, breaking)
    side = Side.HEAD if old is None else Side.BASE
    assert [(proof.side, proof.start, proof.end) for proof in fact.evidence] == [(side, 1, 13)]


@pytest.mark.parametrize(
    "path",
    [
        "CHANGELOG.md",
        "AUTHORS.md",
        "SECURITY.md",
        "docs/CONTRIBUTING.md",
        "tests/data/page.md",
        ".github/a.md",
    ],
)
@pytest.mark.parametrize("added", [True, False])
def test_what_is_no_page_of_a_site_is_a_file(path: str, added: bool) -> None:  # noqa: FBT001
    sides = (None, PAGE) if added else (PAGE, None)
    kind = "file.added" if added else "file.removed"
    assert one(view_of(*sides, path=path)) == (kind, {"title": "Quotas", "lines": 13}, False)


def test_long_pages_name_their_first_sections() -> None:
    text = "# T\n" + "".join(f"## S{number}\n" for number in range(20))
    _, params, _ = one(view_of(None, text))
    assert (params["section_count"], len(params["sections"])) == (20, 12)


@pytest.mark.parametrize(
    ("old", "new", "path", "expected"),
    [
        (None, "a\nb\n", "a.py", ("file.added", {"title": "", "lines": 2}, False)),
        ("a\n", None, "a.py", ("file.removed", {"title": "", "lines": 1}, False)),
        (None, "T\n", "docs/a.html", ("page.added", {"title": "", "lines": 1}, False)),
        ("T\n", None, "docs/a.html", ("page.removed", {"title": "", "lines": 1}, True)),
        (None, "<svg/>\n", "a.svg", ("image.added", {}, False)),
        ("<svg/>\n", None, "a.svg", ("image.removed", {}, False)),
    ],
)  # fmt: skip
def test_other_text(
    old: str | None, new: str | None, path: str, expected: tuple[str, dict[str, Any], bool]
) -> None:
    assert one(view_of(old, new, path=path)) == expected


def test_an_empty_file_proves_nothing() -> None:
    ((kind, params, where),) = told_by(whole_file, view_of(None, "", path="empty.txt"))
    assert (kind, params["lines"], where) == ("file.added", 0, "")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"status": Status.RENAMED, "previous_path_bytes": b"old.txt", "old_id": "1", "new_id": "1"},
         ("file.renamed", {"old": "old.txt", "new": "new.txt", "only": True}, "")),
        ({"status": Status.RENAMED, "previous_path_bytes": b"\xffold", "old_id": "1", "new_id": "2"},
         ("file.renamed", {"old": "\ufffdold", "new": "new.txt", "only": False}, "")),
        ({"status": Status.COPIED, "previous_path_bytes": b"old.txt", "old_id": "1", "new_id": "1"},
         ("file.copied", {"old": "old.txt", "new": "new.txt", "only": True}, "")),
        ({"new_mode": "100755"},
         ("file.executable", {"old": "100644", "new": "100755"}, "")),
        ({"old_mode": "100755"},
         ("file.not-executable", {"old": "100755", "new": "100644"}, "")),
        ({"status": Status.CHANGED, "new_mode": "120000"},
         ("file.type-changed", {"old": "file", "new": "symlink", "target": ""}, "")),
        ({"status": Status.CHANGED, "old_mode": "160000"},
         ("file.type-changed", {"old": "submodule", "new": "file"}, "")),
        ({"generated": "lock"},
         ("file.generated", {"reason": "lock", "status": "modified"}, "")),
        ({"unreadable": "object-missing"},
         ("file.unreadable", {"reason": "object-missing"}, "")),
    ],
)  # fmt: skip
def test_names_modes_and_marks(change: dict[str, Any], expected: Told) -> None:
    view = view_of("a\n", "a\n", path="new.txt", **change)
    assert told(whole_file.facts(view)) == [expected]


COMMITS = tuple(f"Subproject commit {letter * 40}\n" for letter in "ab")


@pytest.mark.parametrize(
    ("old", "new", "mode", "expected"),
    [
        (*COMMITS, "160000", ("submodule.moved", {"old": "a" * 7, "new": "b" * 7}, "")),
        (None, COMMITS[1], "160000", ("submodule.added", {"new": "b" * 7}, "")),
        (COMMITS[0], None, "160000", ("submodule.removed", {"old": "a" * 7}, "")),
        ("a/b", "a/c", "120000", ("symlink.moved", {"old": "a/b", "new": "a/c"}, "")),
        (None, "a/c", "120000", ("symlink.added", {"new": "a/c"}, "")),
        ("a/b", None, "120000", ("symlink.removed", {"old": "a/b"}, "")),
    ],
)
def test_references(old: str | None, new: str | None, mode: str, expected: Told) -> None:
    modes: dict[str, Any] = {"old_mode": mode if old else "0", "new_mode": mode if new else "0"}
    assert told(whole_file.facts(view_of(old, new, path="ref", **modes))) == [expected]


def binary(
    path: str, status: Status, old: bytes | None, new: bytes | None, **change: Any
) -> list[Told]:
    contents = {Side.BASE: old, Side.HEAD: new}
    described = FileChange(path_bytes=path.encode(), status=status, binary=True, **change)
    return told(whole_file.facts(FileView(described, (), contents.get)))


def test_pictures_tell_their_size_and_dimensions() -> None:
    assert binary("a.png", Status.MODIFIED, PNG, GIF) == [
        (
            "image.changed",
            {
                "old_size": len(PNG), "old_width": 640, "old_height": 480,
                "new_size": len(GIF), "new_width": 16, "new_height": 9,
            },
            "",
        )
    ]  # fmt: skip
    assert binary("a.png", Status.ADDED, None, b"broken") == [("image.added", {"new_size": 6}, "")]
    assert binary("a.png", Status.REMOVED, None, None) == [("image.removed", {}, "")]


def test_other_binary_files_tell_their_size() -> None:
    assert binary("a.bin", Status.MODIFIED, PNG, b"x") == [
        ("binary.changed", {"old_size": len(PNG), "new_size": 1}, "")
    ]


@pytest.mark.parametrize("status", [Status.RENAMED, Status.COPIED])
def test_a_renamed_binary_is_changed_only_when_its_content_is(status: Status) -> None:
    names = {"previous_path_bytes": b"old.bin", "old_id": "1"}
    kinds = [
        [kind for kind, _, _ in binary("a.bin", status, b"x", b"y", new_id=new, **names)]
        for new in ("1", "2")
    ]
    assert kinds == [[f"file.{status}"], [f"file.{status}", "binary.changed"]]


@pytest.mark.parametrize(
    ("sizes", "told_sizes"), [((12, 99), (12, 99)), (("²", "9" * 400), (0, 0))]
)
def test_pointers_tell_the_size_of_what_they_stand_for(
    sizes: tuple[object, object], told_sizes: tuple[int, int]
) -> None:
    old, new = (POINTER.format(name * 64, size) for name, size in zip("ab", sizes, strict=True))
    view = view_of(old, new, path="model.bin")
    assert told_by(whole_file, view) == [
        ("lfs.changed", {"old_size": told_sizes[0], "new_size": told_sizes[1]}, "")
    ]
    assert view.claimed == {(side, line) for side in Side for line in (2, 3)}


def test_a_pointer_on_one_side_only_is_a_file_that_went_into_git_lfs() -> None:
    view = view_of("a\n", POINTER.format("b", 1), path="model.bin")
    assert told_by(whole_file, view) == [("lfs.changed", {"old_size": 2, "new_size": 1}, "")]


@pytest.mark.parametrize("new", ["docs/a.md.bak", "docs/a.md.old", "docs/a.txt"])
def test_a_page_whose_file_is_no_page_any_more_is_gone(new: str) -> None:
    found = extraction_of(
        "# A\n",
        "# A\n",
        path=new,
        patch="",
        status=Status.RENAMED,
        previous_path_bytes=b"docs/a.md",
    )
    told = [(fact.kind, fact.params.get("title"), fact.breaking) for fact in found.facts]
    assert told == [("page.removed", "A", True), ("file.renamed", None, False)]


@pytest.mark.parametrize(
    ("old", "new", "text", "breaking"),
    [
        ("docs/a.md", "docs/b.md", "# A\n", True),
        ("docs/a.md", "docs/a.mdx", "# A\n", False),
        ("a.md", "b.md", "# A\n", False),
        ("docs/README.md", "docs/a.md", "# A\n", False),
        (".github/a.md", ".github/b.md", "# A\n", False),
        ("docs/includes/a.md", "docs/includes/b.md", "# A\n", False),
        ("docs/a.md", "docs/b.md", "---\nslug: /docs/a\n---\n# A\n", False),
        ("docs/a.md", "docs/b.md", "---\naliases:\n  - /docs/a\n---\n# A\n", False),
        ("docs/a.md", "docs/b.md", "---\ntitle: A\n---\n# A\n", True),
        ("docs/a.html", "docs/b.html", "<p>A\n", False),
        ("src/a.py", "src/b.py", "a = 1\n", False),
    ],
)
def test_a_page_that_moved(old: str, new: str, text: str, breaking: bool) -> None:  # noqa: FBT001
    def moved(*, whole: bool = True) -> list[bool]:
        found = extraction_of(
            text, text, path=new, patch="", whole=whole,
            status=Status.RENAMED, previous_path_bytes=old.encode(),
        )  # fmt: skip
        told = {"page.moved": True, "file.renamed": False}
        assert all(fact.breaking is told[fact.kind] for fact in found.facts)
        return [fact.breaking for fact in found.facts]

    assert moved() == [breaking]
    assert moved(whole=False) == [False]
