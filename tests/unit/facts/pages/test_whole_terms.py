"""Terms of an edit as a reader names them."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages.whole_terms import in_full


@pytest.mark.parametrize(
    ("terms", "texts", "expected"),
    [
        (("18", "20"), ("Needs Node 18.", "Needs Node 20."), ("Node 18", "Node 20")),
        (("18", "20"), ("Node 18 or 18.1", "Node 20 or 20.1"), ("18", "20")),
        (("18", "20"), ("Needs Node 18.", "Needs Deno 20."), ("18", "20")),
        (("18", "20"), ("18 seats", "20 seats"), ("18 seats", "20 seats")),
        (("1,000", "2,000"), ("at most 1,000 rows", "at most 2,000 rows"), ("1,000 rows", "2,000 rows")),
        (("3", "4"), ("In 3 days", "In 4 days"), ("3 days", "4 days")),
        (("June", "May"), ("until June 1, 2025 only", "until May 1, 2025 at most"),
         ("June 1, 2025", "May 1, 2025")),
        (("2025", "2026"), ("until June 1, 2025", "until May 3, 2026"), ("June 1, 2025", "May 3, 2026")),
        (("June", "soon"), ("until June 1, 2025", "soon"), ("June", "soon")),
        (("3", "4"), ("takes 3 arguments", "takes 4 arguments"), ("3 arguments", "4 arguments")),
        (("1", "2"), ("takes 1 argument", "takes 2 arguments"), ("1 argument", "2 arguments")),
        (("", "20"), ("Node", "Node 20"), ("", "20")),
        (("red", "blue"), ("a red car", "a blue car"), ("red", "blue")),
    ],
)  # fmt: skip
def test_a_term_is_told_with_what_belongs_to_it(
    terms: tuple[str, str], texts: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert in_full(*terms, *texts) == expected
