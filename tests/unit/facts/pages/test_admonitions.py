"""Callouts of every form that came, went or changed their kind; version notes; nothing else."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import admonitions
from diff_insight.facts.registry import PAGE_FAMILIES, all_families
from diff_insight.model.changes import Status
from support.views import extraction_of, told_by, view_of

FORMS = {
    "github": ("docs/page.md", "> [!{upper}]\n> Keep the key safe. It is shown once.\n"),
    "docusaurus": ("docs/page.mdx", ":::{name}\nKeep the key safe. It is shown once.\n:::\n"),
    "titled": ("docs/page.md", ":::{name}[Read this]\nKeep the key safe. It is shown once.\n:::\n"),
    "mkdocs": ("docs/page.md", '!!! {name} "Read this"\n    Keep the key safe. It is shown once.\n'),
    "astro": ("docs/page.mdx", '<Aside type="{name}">\nKeep the key safe. It is shown once.\n</Aside>\n'),
    "sphinx": ("docs/page.rst", ".. {name}::\n   Keep the key safe. It is shown once.\n"),
    "sphinx-inline": ("docs/page.rst", ".. {name}:: Keep the key safe. It is shown once.\n"),
    "asciidoc": ("docs/page.adoc", "{upper}: Keep the key safe. It is shown once.\n"),
}  # fmt: skip
BEFORE, AFTER = "Some words.\n\n", "\nOther words.\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("whole", ["whole", "hunks"])
def test_a_callout_that_comes_or_goes(form: str, whole: str) -> None:
    path, text = FORMS[form]
    callout = text.format(name="warning", upper="WARNING")
    lines = callout.count("\n")
    without, with_it = BEFORE + AFTER, BEFORE + callout + AFTER
    expected = {"what": "warning", "section": "", "quote": "Keep the key safe."}
    span = "3" if lines == 1 else f"3-{2 + lines}"
    for old, new, kind, side in (
        (without, with_it, "admonition.added", "+"), (with_it, without, "admonition.removed", "-"),
    ):  # fmt: skip
        view = view_of(old, new, path=path, whole=whole == "whole")
        ((told, params, where),) = told_by(admonitions, view)
        assert (told, params) == (kind, expected)
        assert where.startswith(f"{side}{span.split('-', maxsplit=1)[0]}")


@pytest.mark.parametrize(
    ("name", "what"),
    [("info", "note"), ("Hint", "tip"), ("attention", "important"), ("error", "danger")],
)
def test_names_that_mean_the_same(name: str, what: str) -> None:
    view = view_of("a\n", f"a\n\n:::{name}\nSome words.\n:::\n")
    ((_, params, _),) = told_by(admonitions, view)
    assert params["what"] == what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("> [!NOTE]\n> Do it now.\n", "> [!WARNING]\n> Do it now.\n"),
        (":::note\nDo it now.\n:::\n", ":::warning\nDo it now.\n:::\n"),
    ],
)
def test_another_kind_of_the_same_words(old: str, new: str) -> None:
    assert told_by(admonitions, view_of(old, new)) == [
        ("admonition.changed", {"old": "note", "new": "warning", "quote": "Do it now."}, "-1 +1")
    ]


def test_words_that_change_within_a_callout_are_for_the_family_of_text() -> None:
    old, new = "> [!NOTE]\n> Do it now.\n", "> [!NOTE]\n> Do it later.\n"
    assert told_by(admonitions, view_of(old, new)) == []
    assert [fact.kind for fact in extraction_of(old, new).facts] == ["text.replaced"]


def test_a_callout_is_told_once() -> None:
    new = "# T\n\n## Keys\n\n> [!CAUTION]\n> Rotate keys. Read [more](x.md).\n"
    facts = extraction_of("# T\n\n## Keys\n", new).facts
    assert [
        (fact.kind, fact.params.get("section")) for fact in facts if "link" not in fact.kind
    ] == [("admonition.added", "Keys")]


@pytest.mark.parametrize(
    ("directive", "kind"),
    [
        ("deprecated", "version-note.deprecated"),
        ("deprecated-removed", "version-note.deprecated"),
        ("versionadded", "version-note.added"),
        ("versionchanged", "version-note.changed"),
    ],
)
def test_what_sphinx_says_of_versions(directive: str, kind: str) -> None:
    old = "Parser\n======\n\nText.\n"
    new = old + f"\n.. {directive}:: 3.14\n   Use another one.\n"
    view = view_of(old, new, path="doc/parser.rst")
    expected = {"subject": "Parser", "version": "3.14", "quote": "Use another one."}
    assert told_by(admonitions, view) == [(kind, expected, "+6-7")]
    assert told_by(admonitions, view_of(new, old, path="doc/parser.rst")) == []


@pytest.mark.parametrize(
    "text",
    [
        "```md\n> [!NOTE]\n> Code.\n```\n", "> [!UNKNOWN]\n> words\n", "A note: some words.\n", ".. _warning:\n",
        "> [!NOTE]\n", "Notes: words\n", ":::row\nwords\n:::\n",
    ],
)  # fmt: skip
def test_what_is_no_callout(text: str) -> None:
    assert told_by(admonitions, view_of("a\n\nb\n", "a\n\n" + text + "\nb\n")) == []


def test_only_text_with_two_versions() -> None:
    assert admonitions in PAGE_FAMILIES
    assert set(PAGE_FAMILIES) < set(all_families())
    assert not admonitions.applies(view_of("a\n", "b\n", path="a.py"))
    assert not admonitions.applies(view_of(None, "b\n", status=Status.ADDED))


@pytest.mark.parametrize(
    "line",
    [
        "note: see the docs (use ::: to fence).",
        "Note: see the pages with [!NOTE] in them.",
        "  NOTE: indented, so it is no label.",
        '<aside type="note"> of HTML',
    ],
)
def test_words_that_only_look_like_a_callout(line: str) -> None:
    view = view_of(BEFORE + AFTER, BEFORE + line + "\n" + AFTER, path="docs/page.md")
    assert told_by(admonitions, view) == []


def test_a_paragraph_that_becomes_a_callout_is_quoted_whole() -> None:
    text = "In many cases, you work with\ngrapheme clusters\nas opposed to units.\n:::\n"
    view = view_of(f"a\n\n:::\n{text}", f"a\n\n:::note\n{text}")
    ((_, params, _),) = told_by(admonitions, view)
    assert params["quote"] == "In many cases, you work with grapheme clusters as opposed to units."
