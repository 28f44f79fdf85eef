"""Shows a patch as one block of code that nothing in the patch can end."""

from __future__ import annotations

import re
from html import escape

from diff_insight.markup.escape import longest_run, without_tags

#: The fences of the reports have had four backticks from the beginning.
SHORTEST_FENCE = 4
#: GitHub's renderer counts the marks of an opening fence only up to this number, so that any longer
#: line of marks would close a longer fence.
LONGEST_FENCE = 255


def code_block(text: str, language: str) -> str:
    """Return a fenced block that holds the text line by line; hidden tags are spelled out.

    The fence has backticks, one more than the longest run of them anywhere in the text. Where no
    renderer would keep to that, tildes take their place, and at last an HTML element.
    """
    seen = without_tags(text)
    body = seen if seen.endswith("\n") else seen + "\n"
    for mark in "`~":
        longest = longest_run(mark, body)
        if longest < LONGEST_FENCE or not _closes_any_fence(mark, body):
            fence = mark * max(SHORTEST_FENCE, longest + 1)
            return f"{fence}{language}\n{body}{fence}"
    shown = escape(body, quote=False)
    return f'<pre><code class="language-{language}">{shown}</code></pre>'


def _closes_any_fence(mark: str, text: str) -> bool:
    """Tell whether a line of marks is so long that it closes every fence of that mark."""
    # A bare carriage return ends a line for CommonMark.
    line = rf"(?:^|[\r\n]) {{0,3}}{mark}{{{LONGEST_FENCE},}}[ \t]*(?:[\r\n]|$)"
    return re.search(line, text) is not None
