"""Lines of a list of changes that say what was said before."""

from __future__ import annotations

from diff_insight.analysis.people.known_lines import lines_known_before, lines_that_go
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Block, Hunk
from diff_insight.model.facts import Fact

GONE = "    ### Checks of roles and permissions {{ toc: false }}"


def test_a_line_that_another_file_loses_is_known() -> None:
    hunk = Hunk(1, 1, "", (GONE,), (), (Block(1, (GONE, "- short"), 1, ()),))
    gone = lines_that_go([[hunk]])
    text = "# Page\n\n### Checks of roles and permissions {{ toc: false }}\n- short\n"
    assert lines_known_before([], text, gone) == {3}


def test_headings_that_are_named_anew_and_translated_passages_are_known() -> None:
    facts = [
        Fact("outline.section-renamed", {"old": "A", "new": "B"}, (base_line(3), head_line(4))),
        Fact("text.translated", {"old": "a", "new": "b", "lines": 2}, (head_line(8, 2),)),
        Fact("text.added", {"quote": "c"}, (head_line(11),)),
    ]
    assert lines_known_before(facts, "", frozenset()) == {4, 8, 9}
