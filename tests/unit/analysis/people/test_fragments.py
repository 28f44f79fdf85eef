"""Change fragments in the forms of their tools."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.fragments import read_fragment
from diff_insight.file_types import is_fragment
from diff_insight.model.threads import ThreadKind


@pytest.mark.parametrize(
    ("path", "text", "kind", "title"),
    [
        ("news/14171.bugfix.rst", "Refuse a redirect to ``file:``.\n", ThreadKind.FIX, "Refuse a redirect to `file:`."),
        ("newsfragments/9.removal.md", "Support for 3.8 is gone.\n", ThreadKind.BREAKING, "Support for 3.8 is gone."),
        (".changeset/wet-dogs.md", "---\n'svelte': minor\n---\n\nfeat: export `Csp`\n", ThreadKind.FEATURE, "export `Csp`"),
        (".chloggen/a.yaml", "change_type: bug_fix\ncomponent: pkg/a\nnote: Route errors to the logger.\nissues: [1]\n", ThreadKind.FIX, "Route errors to the logger."),
        ("changelogs/fragments/1.yml", "breaking_changes:\n  - The option `x` is gone.\n", ThreadKind.BREAKING, "The option `x` is gone."),
        (".changes/next-release/a.json", '{"type": "feature", "category": "s3", "description": "Add a waiter."}', ThreadKind.FEATURE, "Add a waiter."),
    ],
)  # fmt: skip
def test_a_fragment_is_read(path: str, text: str, kind: ThreadKind, title: str) -> None:
    assert is_fragment(path)
    (entry,) = read_fragment(path, text)
    assert (entry.kind, entry.words.text) == (kind, title)


@pytest.mark.parametrize(
    "path", ["news/index.rst", "news/2024-review.md", ".changeset/README.md", "src/changes/apply.py", "newsfragments/.gitignore"]
)  # fmt: skip
def test_what_stands_in_such_folders_and_is_none(path: str) -> None:
    assert not is_fragment(path)


@pytest.mark.parametrize("text", ["", "{", "a: [", "---\n---\n", "\0", "x" * 30_000])
def test_what_cannot_be_read_gives_no_entry_or_one(text: str) -> None:
    assert len(read_fragment(".chloggen/a.yaml", text)) <= 1
    assert len(read_fragment(".changeset/a.md", text)) <= 1
