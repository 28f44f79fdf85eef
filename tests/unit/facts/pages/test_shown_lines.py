"""Lines that are markup alone are blanked, and AsciiDoc's references and cells are the words they show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.shown_lines import with_shown_lines
from support.views import extraction_of, told


def shown(text: str, markup: str, *, start: int = 1) -> list[str]:
    version = TextVersion([(start, text)], complete=start == 1)
    masked = with_shown_lines(version, markup=markup) or version
    return [line for _, line in masked.numbered_lines()]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Introduced 3.0\n{: .label .label-purple }\n", ["Introduced 3.0", ""]),
        ("r[items.fn.intro]\nWords.\n", ["", "Words."]),
        ("[items]\n[1.2]\nsee [a.b]\n", ["[items]", "[1.2]", "see [a.b]"]),
        ("```\n{: .note}\n```\n{: .note}\n", ["```", "{: .note}", "```", ""]),
        ("> {: .tip}\nsay {: .tip}\n", ["", "say {: .tip}"]),
        ('::: moniker range=">=net-11.0"\nIt is new.\n::: moniker-end\n', ["", "It is new.", ""]),
        (
            ':::row:::\n:::column span="2":::\na\n:::column-end:::\n:::row-end:::\n',
            ["", "", "a", "", ""],
        ),
        (':::zone pivot="cli"\na\n::: zone-end\n', ["", "a", ""]),
        (":::note Mind\na\n:::\n", [":::note Mind", "a", ":::"]),
    ],
)
def test_markdown(text: str, lines: list[str]) -> None:
    assert shown(text, "markdown") == lines


def test_borders_of_a_simple_table() -> None:
    assert shown("====  ====\na     b\n====  ====\n\nTitle\n=====\n", "rst") == [
        "", "a     b", "", "", "Title", "=====",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Yes [11]_ and [#note]_.\n", ["Yes and."]),
        ("See `it [1]`_ and a[1].\n", ["See `it [1]`_ and a[1]."]),
    ],
)
def test_numbers_of_footnotes(text: str, lines: list[str]) -> None:
    assert shown(text, "rst") == lines


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[[config]]", ""),
        ("[role=label--new label--enterprise]", ""),
        ("ifdef::backend-pdf[]", ""),
        ("====", ""),
        ("= Title", "# Title"),
        (
            "a file: `\\file://home/a.wasm` or \\https://a.example/b",
            "a file: `file://home/a.wasm` or https://a.example/b",
        ),
        ("C:\\\\temp \\d", "C:\\\\temp \\d"),
        ("=== db.compact()", "### db.compact()"),
        ("*** xref:a/b.adoc[Settings]", "* Settings"),
        ("*** xref:a/b.adoc[]", ""),
        (". Pick one:", "* Pick one:"),
        ("get link:https://a.org/[OpenJDK 21^] or https://b.org[B].", "get OpenJDK 21 or B."),
        ("as in <<one>> and <<two,the other>>", "as in one and the other"),
        ("see xref:a.adoc[] now", "see a.adoc now"),
        ("`xref:a.adoc[b]` stays", "`xref:a.adoc[b]` stays"),
        ("The line ends. +", "The line ends."),
        ("See https://a.org for more.", "See https://a.org for more."),
        ("a | b", "a | b"),
    ],
)
def test_asciidoc(line: str, words: str) -> None:
    assert shown(f"{line}\n", "asciidoc") == [words]


def test_cells_of_asciidoc_and_what_is_code() -> None:
    text = "|===\n| *Mode* 3+| DBMS\n|===\n----\n[a]\n----\na | b\n"
    assert shown(text, "asciidoc") == [
        "", "* *Mode*; DBMS", "", "`````", "[a]", "`````", "a | b",
    ]  # fmt: skip
    assert shown("[a]\n", "asciidoc", start=9) == ["[a]"]


def test_notes_of_asciidoc_and_references_over_two_lines() -> None:
    text = (
        "[NOTE]\n====\nMind xref:a.adoc[the\npump].\n\n[source,yaml]\n----\na: 1\n----\n====\n"
        "[TIP]\nTry it.\n\nText.\n"
    )
    assert shown(text, "asciidoc") == [
        "> [!NOTE]", ">", "> Mind the", "> pump.", ">", ">", "> `````yaml", "> a: 1", "> `````", "",
        "> [!TIP]", "> Try it.", "", "Text.",
    ]  # fmt: skip


def test_markup_is_told_as_markup() -> None:
    told_of = told(extraction_of("Words.\n", "Words.\n{: .note}\n").facts)
    assert told_of == [("text.markup", {"section": ""}, "+2")]
    old, new = "[[a]]\nSee xref:a.adoc[it].\n", "[[b]]\nSee xref:b.adoc[it].\n"
    assert [kind for kind, *_ in told(extraction_of(old, new, path="p.adoc").facts)] == [
        "text.replaced",  # others lead to another address
        "link.retargeted",  # it leads elsewhere
    ]


@given(
    st.text(alphabet=st.sampled_from("[]<>{:}|*.=+-`x \n/"), max_size=200),
    st.sampled_from(("markdown", "rst", "asciidoc")),
)
@settings(max_examples=60)
def test_lines_keep_their_numbers(text: str, markup: str) -> None:
    version = TextVersion([(1, text + "\n")], complete=True)
    masked = with_shown_lines(version, markup=markup) or version
    assert len(list(masked.numbered_lines())) == len(list(version.numbered_lines()))
