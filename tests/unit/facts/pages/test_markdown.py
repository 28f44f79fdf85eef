"""The structure of one Markdown version: front matter, headings, code; whole and in pieces."""

from __future__ import annotations

import pytest

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.markdown import scan
from diff_insight.facts.pages.page_outline import Structure


def whole(text: str) -> Structure:
    return scan(TextVersion([(1, text)], complete=True))


def piece(start: int, text: str) -> Structure:
    return scan(TextVersion([(start, text)], complete=False))


def headings(found: Structure) -> list[tuple[int, int, str]]:
    return [(heading.line, heading.level, heading.text) for heading in found.headings]


def code(found: Structure) -> list[tuple[int, int, str]]:
    return [(fence.start, fence.end, fence.language) for fence in found.fences]


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("# One", 1, "One"),
        ("###### Six", 6, "Six"),
        ("   ## Three spaces", 2, "Three spaces"),
        ("## Closed ##", 2, "Closed"),
        ("## Closed ###   \r", 2, "Closed"),
        ("## C#", 2, "C#"),
        ("## # ##", 2, "#"),
        ("##\tTab", 2, "Tab"),
        ("#", 1, ""),
        ("## ", 2, ""),
        ("## [Link](x) and `code` {#anchor}", 2, "Link and code"),
        ('## <a name="x"></a>Named', 2, "Named"),
    ],
)
def test_headings(line: str, level: int, text: str) -> None:
    assert headings(whole("\n" * 6 + line)) == [(7, level, text)]
    assert headings(whole(f"\n{line}\nwords\n")) == [(2, level, text)]


@pytest.mark.parametrize(
    "line", ["####### seven", "#tag", "    # four spaces", "\t# tab", "text", "> # q", ""]
)
def test_no_headings(line: str) -> None:
    assert headings(whole(line)) == headings(whole(f"{line}\nwords\n")) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("```py\nx\n```\n", [(1, 3, "py")]),
        ("```Python title='x'\nx\n```\n", [(1, 3, "python")]),
        ("~~~\n```\n~~~\n", [(1, 3, "")]),
        ("````\n```\n````\n", [(1, 3, "")]),
        ("```\nx\n`````\n", [(1, 3, "")]),
        ("```\nx\n``` y\n```\n", [(1, 4, "")]),
        ("a\n\n- item\n\n    ```sh\n    x\n    ```\n", [(5, 7, "sh")]),
        ("> ```\n> x\n> ```\n", [(1, 3, "")]),
        ("```\nnever closed\n", [(1, 2, "")]),
        ("```inline``` text\n", []),
        ("``two``\n", []),
        ("```a\n1\n```\n\n```b\n2\n```\n", [(1, 3, "a"), (5, 7, "b")]),
    ],
)
def test_code(text: str, spans: list[tuple[int, int, str]]) -> None:
    found = whole(text)
    assert code(found) == spans
    inside = {line for start, end, _ in spans for line in range(start, end + 1)}
    last = text.count("\n")
    assert {line for line in range(1, last + 1) if found.code_at(line) is not None} == inside


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("x = 1\n```\n\nwords\n", [(40, 41, "")]),
        ("x\n```\n\n```py\ny\n```\n", [(40, 41, ""), (43, 45, "py")]),
        ("x\n```\nwords\n```py\ny\n```\n", [(40, 41, ""), (43, 45, "py")]),
        ("words\n\n```\nx\n", [(42, 43, "")]),
        ("words\n\n```py\nx\n", [(42, 43, "py")]),
        ("```\n\nwords\n", [(40, 40, "")]),
        ("```\nx\n```\n", [(40, 42, "")]),
    ],
)
def test_code_in_a_piece(text: str, spans: list[tuple[int, int, str]]) -> None:
    assert code(piece(40, text)) == spans


def test_a_line_without_marks_opens_nothing() -> None:
    assert code(whole("``x\n# not in code\n``\n")) == []
    assert headings(whole("``x\n# not in code\n``\n")) == [(2, 1, "not in code")]


def test_headings_in_code_whose_beginning_is_out_of_sight() -> None:
    assert headings(piece(40, "# comment\nrun it\n```\n\n# Heading\n")) == [(44, 1, "Heading")]
    assert headings(piece(40, "# comment\n```\nwords\n```py\n# more\n```\n## H\n")) == [
        (46, 2, "H")
    ]


def test_sections_and_titles() -> None:
    found = whole("intro\n\n# T\n\ntext\n\n## A\n\ntext\n")
    assert [found.section_at(line) for line in (1, 3, 5, 7, 9)] == ["", "T", "T", "A", "A"]
    assert found.title() == "T"
    assert whole("---\ntitle: F\n---\n# T\n").title() == "F"
    assert whole("connection\\_pool\n=====\n").title() == "connection_pool"
    assert whole("---\nx: F\n---\n## T\n").title() == ""


def test_front_matter_is_no_text() -> None:
    found = whole("---\n# comment\ntitle: x\n---\n# T\n")
    assert found.front_end == 4
    assert dict(found.front_matter) == {3: ("title", "x")}
    assert headings(found) == [(5, 1, "T")]


@pytest.mark.parametrize(
    ("text", "keys", "end"),
    [
        ("ms.date: 1\nms.topic: x\n---\n\ntext\n", {5: ("ms.date", "1"), 6: ("ms.topic", "x")}, 7),
        ("ms.date: 1\nms.topic: x\n", {5: ("ms.date", "1"), 6: ("ms.topic", "x")}, 6),
        ("ms.date: 1\n", {}, 0),
        ("word: one\n\nother: two\n", {}, 0),
        ("Note: read this\nfirst of all\n", {}, 0),
    ],
)
def test_front_matter_in_a_piece(text: str, keys: dict[int, tuple[str, str]], end: int) -> None:
    found = piece(5, text)
    assert (dict(found.front_matter), found.front_end) == (keys, end)


def test_a_piece_far_down_is_no_front_matter() -> None:
    assert piece(500, "a: 1\nb: 2\n---\n").front_end == 0


def test_text_behind_front_matter_that_is_not_closed_in_sight_is_text() -> None:
    texts = [
        (3, "titleSuffix: Service\ndescription: Learn\nms.date: 02/04/2025\n"),
        (13, "\n# Title\n\nProse about it.\n"),
        (38, "> [!NOTE]\n> Text.\n\n## Models\n\nMore prose.\n"),
    ]
    found = scan(TextVersion(texts, complete=False))
    assert [key for key, _ in found.front_matter.values()] == [
        "titleSuffix", "description", "ms.date",
    ]  # fmt: skip
    assert headings(found) == [(14, 1, "Title"), (41, 2, "Models")]


def test_underlined_headings() -> None:
    text = (
        "---\ntitle: T\n---\nFirst\n===\n\nText.\n\n Second \n---\n\nOne\nparagraph\n---\n\n- item\n---\n\n***\n\n"
        "```\nCode\n===\n```\n\n| a |\n---\n\nLast\n="
    )
    assert headings(whole(text)) == [(4, 1, "First"), (9, 2, "Second"), (29, 1, "Last")]
    assert headings(piece(40, "Title\n=====\n")) == [(40, 1, "Title")]
    assert headings(whole("---\na: 1\n---\n")) == []
