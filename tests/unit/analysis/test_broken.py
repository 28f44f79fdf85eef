"""References to what is gone: who is told, and who is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from diff_insight.analysis.broken import what_is_gone, with_broken
from diff_insight.model.changes import FileChange, Status
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.history import Mentions
from support.analyses import analysis_of


def removed(path: str) -> FileChange:
    return FileChange(path_bytes=path.encode(), status=Status.REMOVED)


def renamed(old: str, new: str) -> FileChange:
    return FileChange(
        path_bytes=new.encode(), previous_path_bytes=old.encode(), status=Status.RENAMED
    )


def told(
    changes: list[FileChange],
    head: Mapping[str, str],
    *,
    anchors: Mapping[str, int] | None = None,
    served: tuple[str, ...] = (),
) -> list[tuple[str, str, tuple[tuple[str, int], ...]]]:
    """Return kind, target or anchor, and places of every fact about broken references."""
    files: list[FileAnalysis] = [replace(analysis_of(), change=change) for change in changes]
    if anchors:
        files.append(replace(analysis_of(path="docs/page.md"), anchors=anchors))
    gone = what_is_gone(changes, files, served)
    words = [word.decode() for word in gone.words()]
    hit = {path: text for path, text in head.items() if any(word in text for word in words)}
    mentions = Mentions(
        tree=frozenset(path.encode() for path in head),
        lines={
            path.encode(): [
                line.encode() for line in text.split("\n") if any(word in line for word in words)
            ]
            for path, text in hit.items()
        },
        read=lambda path: head[path.decode()].encode(),
        searched=True,
    )
    facts: list[Any] = [fact for file in with_broken(files, gone, mentions) for fact in file.facts]
    return [
        (
            fact.kind,
            fact.params.get("anchor") or fact.params["target"],
            tuple((place["path"], place["line"]) for place in fact.params["places"]),
        )
        for fact in facts
    ]


def test_a_removed_page_that_others_link_to() -> None:
    head = {
        "docs/a.md": "x\n[b](b.md)\n",
        "docs/c.md": "[b](../docs/b.md) [b](b.md)\n",
        "d.md": "[b](b.md)",
    }
    assert told([removed("docs/b.md")], head) == [
        ("reference.broken", "docs/b.md", (("docs/a.md", 2), ("docs/c.md", 1)))
    ]


def test_a_renamed_file_under_its_old_name() -> None:
    changes = [renamed("docs/b.md", "docs/new/b.md")]
    head = {"docs/new/b.md": "x", "docs/a.md": "[b](b.md) [b](new/b.md)\n"}
    assert told(changes, head) == [("reference.broken", "docs/b.md", (("docs/a.md", 1),))]


def test_a_page_that_is_still_served_leaves_no_link_behind() -> None:
    head = {"docs/a.md": "[b](b.md)\n"}
    assert told([removed("docs/b.md")], head, served=("docs/b.md",)) == []


def test_what_came_back_under_the_same_name_is_not_gone() -> None:
    changes = [
        renamed("docs/b.md", "docs/c.md"),
        FileChange(path_bytes=b"docs/b.md", status=Status.ADDED),
    ]
    assert told(changes, {"docs/b.md": "", "docs/c.md": "", "a.md": "[b](docs/b.md)"}) == []


def test_code_and_comments_are_left_alone() -> None:
    head = {"docs/a.md": "```\n[b](b.md)\n```\n<!-- [b](b.md) -->\n`[b](b.md)`\n"}
    assert told([removed("docs/b.md")], head) == []


def test_imports_that_still_resolve_are_not_broken() -> None:
    changes = [removed("src/b.js")]
    assert told(changes, {"src/a.ts": "import b from './b'", "src/b.ts": ""}) == []
    assert told(changes, {"src/a.ts": "import b from './b'", "src/b/index.ts": ""}) == []
    assert told(changes, {"src/a.ts": "import b from './b'"}) == [
        ("reference.broken", "src/b.js", (("src/a.ts", 1),))
    ]


def test_python_packages() -> None:
    changes = [removed("p/b.py")]
    assert told(changes, {"p/a.py": "from .b import c\n", "p/b/c.py": ""}) == []
    assert told(changes, {"p/a.py": "from .b import c\n"})[0][2] == (("p/a.py", 1),)
    package = [removed("p/b/__init__.py")]
    assert told(package, {"p/a.py": "from .b import c\n"})[0][1] == "p/b/__init__.py"


def test_anchors_of_the_page_itself_and_of_others() -> None:
    head = {
        "docs/page.md": "[x](#old-part)\n",
        "a.md": "[x](docs/page.md#Old-Part) [y](b.md#old-part)\n",
        "b.md": "",
    }
    assert told([], head, anchors={"old-part": 7}) == [
        ("reference.broken-anchor", "#old-part", (("a.md", 1), ("docs/page.md", 1)))
    ]


def test_anchors_in_other_scripts_are_found_encoded_too() -> None:
    head = {"docs/page.md": "", "a.md": "[x](docs/page.md#%E5%89%8D%E6%8F%90)\n"}
    assert told([], head, anchors={"前提": 3})[0][2] == (("a.md", 1),)


def test_many_places_are_counted_and_some_named() -> None:
    head = {f"docs/{number:02}.md": "[b](b.md)\n" for number in range(30)}
    files = [replace(analysis_of(), change=removed("docs/b.md"))]
    gone = what_is_gone([removed("docs/b.md")], files, "")
    mentions = Mentions(
        tree=frozenset(path.encode() for path in head),
        lines={path.encode(): [text.strip().encode()] for path, text in head.items()},
        read=lambda path: head[path.decode()].encode(),
    )
    facts: Any = with_broken(files, gone, mentions)[0].facts
    (fact,) = facts
    assert fact.params["count"] == 30
    assert len(fact.params["places"]) == 12
    assert not fact.breaking


def test_nothing_gone_means_no_words() -> None:
    changed = FileChange(path_bytes=b"a.md", status=Status.MODIFIED)
    assert what_is_gone([changed], [analysis_of()], "").words() == []


def test_anchors_are_bounded() -> None:
    files = [
        replace(analysis_of(path=f"{page}.md"), anchors={f"a{number}": 1 for number in range(100)})
        for page in range(10)
    ]
    gone = what_is_gone([], files, "")
    assert sum(len(names) for names in gone.anchors.values()) == 300
    assert max(len(names) for names in gone.anchors.values()) == 60
