"""Examples in pages: added, removed, changed, by language."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import code_blocks
from diff_insight.model.changes import Side, Status
from support.views import Told, told_by, view_of

PAGE = "# T\n\ntext\n\n{}\n\nmore text\n"
CODE = "```python\nimport a\nprint(1)\n```"


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (CODE, CODE.replace("print(1)", "print(2)"),
         [("code-block.line", {"language": "python", "old": "print(1)", "new": "print(2)"},
           "-7 +7")]),
        (CODE, CODE.replace("print(1)", "print(2)\nprint(3)"),
         [("code-block.changed",
           {"language": "python", "lines": 2, "old": "print(1)", "new": "print(2)"}, "-7 +7-8")]),
        ("words", "words\n\n" + CODE,
         [("code-block.added", {"language": "python", "lines": 2, "shown": "print(1)"}, "+8-9")]),
        (CODE + "\n\nwords", "words",
         [("code-block.removed", {"language": "python", "lines": 2, "shown": "print(1)"}, "-6-7")]),
        ("words", "words\n\n" + CODE + "\n\n```sh\nrun\n```",
         [("code-block.added", {"language": "python", "lines": 2, "shown": "print(1)"}, "+8-9"),
          ("code-block.line-added", {"language": "sh", "quote": "run"}, "+13")]),
        (CODE, CODE.replace("import a\n", ""),
         [("code-block.line-removed", {"language": "python", "quote": "import a"}, "-6")]),
        (CODE, CODE.replace("import a", "x" * 201 + "\nimport a"),
         [("code-block.added", {"language": "python", "lines": 1}, "+6")]),
        (CODE + "\n```sh\nrun\n```", CODE.replace("1", "2") + "\n```sh\nrun -v\n```",
         [("code-block.line", {"language": "python", "old": "print(1)", "new": "print(2)"}, "-7 +7"),
          ("code-block.line", {"language": "sh", "old": "run", "new": "run -v"}, "-10 +10")]),
        ("```a\n1\n```\n```b\n2\n```", "```a\n3\n```\n~~~b\n4\n~~~",
         [("code-block.line", {"language": "a", "old": "1", "new": "3"}, "-6 +6"),
          ("code-block.line", {"language": "b", "old": "2", "new": "4"}, "-9 +9")]),
        (CODE.replace("```", "~~~"), CODE.replace("```", "~~~").replace("a", "b"),
         [("code-block.line", {"language": "python", "old": "import a", "new": "import b"},
           "-6 +6")]),
        (CODE, CODE.replace("print(1)", "print('" + "x" * 190 + "')"),
         [("code-block.changed", {"language": "python", "lines": 1}, "-7 +7")]),
        (CODE, CODE.replace("\nprint", "\n\nprint"), []),
        ("one word", "two words", []),
    ],
)  # fmt: skip
def test_one_block(whole: bool, old: str, new: str, expected: list[Told]) -> None:  # noqa: FBT001
    assert (
        told_by(code_blocks, view_of(PAGE.format(old), PAGE.format(new), whole=whole)) == expected
    )


def test_told_code_is_claimed() -> None:
    view = view_of(PAGE.format(CODE), PAGE.format(CODE.replace("1", "2")))
    told_by(code_blocks, view)
    assert view.claimed == {(Side.BASE, 7), (Side.HEAD, 7)}


def test_hunks_that_show_only_the_end_of_code() -> None:
    lines = "\n".join(f"line{number}" for number in range(9))
    old = f"# T\n\n```sh\n{lines}\n```\n\nFirst words.\n\nLast words.\n"
    new = old.replace("line8", "line9").replace("Last words", "More words")
    view = view_of(old, new, whole=False)
    assert [hunk.new_start for hunk in view.hunks] == [9]
    assert told_by(code_blocks, view) == [
        ("code-block.line", {"language": "", "old": "line8", "new": "line9"}, "-12 +12")
    ]


def test_only_pages_with_two_versions() -> None:
    assert not code_blocks.applies(view_of("a\n", "b\n", path="x.txt"))
    assert not code_blocks.applies(view_of("a\n", "b\n", status=Status.ADDED))


@pytest.mark.parametrize(
    ("old", "new", "lines"), [("python", "py", "-5 +5"), ("import", "  import", "-6 +6")]
)
def test_an_opening_line_or_an_indent_alone_is_markup(old: str, new: str, lines: str) -> None:
    view = view_of(PAGE.format(CODE), PAGE.format(CODE.replace(old, new)))
    assert told_by(code_blocks, view) == [("text.markup", {"section": "T"}, lines)]


def test_code_in_two_languages_that_changed_at_once() -> None:
    old = "```a\n1\n```\n```b\n2\n```"
    view = view_of(PAGE.format(old), PAGE.format("```c\n3\n```\n```b\n4\n5\n```"))
    assert [(kind, params["language"]) for kind, params, _ in told_by(code_blocks, view)] == [
        ("code-block.line-added", "c"), ("code-block.line-removed", "a"), ("code-block.changed", "b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('```warn header="The `<tbody>` of tables"', "```"),
        ("````smart header='`bind` for all'", "````"),
        ('```admonish warning title="`a`"', "```"),
        ("```{note}", "```"),
        ("~~~ad-tip", "~~~"),
        ("```info", "```"),
    ],
)
def test_callouts_between_fences_are_text(opening: str, closing: str) -> None:
    """What they say is no code, code within them is, and so is none of the text behind them."""
    within = "\n```js\nrun(1)\n```\n" if closing == "````" else ""
    page = f"# T\n\n{opening}\nIt adds one.{within}\n{closing}\n\nText behind.\n\n```py\ncall(1)\n```\n"
    for old, new in (("adds one", "adds two"), ("behind", "after")):
        assert not told_by(code_blocks, view_of(page, page.replace(old, new)))
    (fact,) = told_by(code_blocks, view_of(page, page.replace("call(1)", "call(2)")))
    assert fact[0] == "code-block.line"
    if within:
        (fact,) = told_by(code_blocks, view_of(page, page.replace("run(1)", "run(2)")))
        assert fact[1]["language"] == "js"


def test_a_fence_with_a_title_that_holds_code_opens_code() -> None:
    page = '# T\n\n```js title="`a.js`"\nrun(1)\n```\n\nText.\n'
    (fact,) = told_by(code_blocks, view_of(page, page.replace("run(1)", "run(2)")))
    assert fact[1] == {"language": "js", "old": "run(1)", "new": "run(2)"}
    assert not told_by(code_blocks, view_of(page, page.replace("Text", "Words")))
