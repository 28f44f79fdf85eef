"""A patch is one block of code with its own text, whatever stands in it."""

from __future__ import annotations

import html
import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diff_insight.markup.code_block import code_block

LINES = st.lists(
    st.tuples(
        st.sampled_from(" +-\\"),
        st.text("`~ x<>&\r\t", max_size=12)
        | st.sampled_from(["</pre>", "```", "~~~~", "", "    "]),
    ).map("".join),
    max_size=6,
)
LONG = "\n {0}\n+{0}\n   {0}  \n\r{0}\n"


def commonmark(markdown: str) -> str:
    rendered: str = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    return rendered


def shown_code(page: str) -> list[str]:
    """Return the text of every block of code; to the renderer a carriage return is a line end."""
    blocks = re.findall(r"<pre[^>]*>(?:<code[^>]*>)?(.*?)(?:</code>)?</pre>", page, re.DOTALL)
    return [html.unescape(block) for block in blocks]


def check(patch: str) -> None:
    document = f"<details>\n\n{code_block(patch, 'diff')}\n\n</details>\n\n# after\n"
    page = commonmark(document)
    expected = patch if patch.endswith("\n") else patch + "\n"
    assert f"\n{expected}" in document or "<pre>" in document
    assert shown_code(page) == [re.sub("\r\n?", "\n", expected)]
    assert page.count("<h1>") == 1
    other = MarkdownIt("commonmark").render(document)
    assert len(shown_code(other)) == 1
    assert other.count("<h1>") == 1


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_a_patch_is_one_block(lines: list[str]) -> None:
    check("\n".join(lines))


@pytest.mark.parametrize("length", [3, 4, 79, 80, 253, 254, 255, 256, 300])
@pytest.mark.parametrize("marks", ["`", "~", "`~"])
def test_long_runs_of_marks_stay_inside(marks: str, length: int) -> None:
    check("@@ -1 +1 @@" + "".join(LONG.format(mark * length) for mark in marks))


@pytest.mark.parametrize(
    ("patch", "opening"),
    [
        ("+x", "````diff"),
        ("+```", "````diff"),
        ("+a ````` b", "``````diff"),
        ("~~~~~~", "````diff"),
        ("+" + "`" * 300 + " in a line", "`" * 301 + "diff"),
        (" " + "`" * 255, "~~~~diff"),
        (" " + "`" * 255 + "\n " + "~" * 255, '<pre><code class="language-diff"> ' + "`" * 255),
    ],
)
def test_the_fence_is_as_long_as_the_format_says(patch: str, opening: str) -> None:
    assert code_block(patch, "diff").split("\n")[0] == opening
