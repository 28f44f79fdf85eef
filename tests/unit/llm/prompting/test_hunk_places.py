"""Behind a hunk's header stand the headings above it, and the head of the table that it cuts."""

from __future__ import annotations

from diff_insight.llm.prompting.hunk_places import with_places

PAGE = """\
# The page

## Limits

### By region

| Name | Limit |
|------|-------|
| one | 1 |
| two | 2 |

```
## no heading
```

Text.
"""


def test_headings_above_and_the_head_of_a_table() -> None:
    patch = "@@ -9,2 +9,2 @@ whatever git found\n-| one | 0 |\n+| one | 1 |\n | two | 2 |\n"
    header = with_places(patch, "docs/a.md", PAGE).split("\n")[0]
    assert header == "@@ -9,2 +9,2 @@ ## Limits > ### By region in table | Name | Limit |"


def test_what_stands_in_code_is_no_heading_and_prose_has_no_table() -> None:
    patch = "@@ -16 +16 @@\n-Old.\n+Text.\n"
    header = with_places(patch, "docs/a.mdx", PAGE).split("\n")[0]
    assert header == "@@ -16 +16 @@ ## Limits > ### By region"


def test_the_top_of_a_page_code_and_unknown_versions_stay_as_they_are() -> None:
    first = "@@ -1 +1 @@\n-# A\n+# The page\n"
    assert with_places(first, "docs/a.md", PAGE) == first
    patch = "@@ -9 +9 @@ def f()\n-a\n+b\n"
    assert with_places(patch, "src/a.py", PAGE) == patch
    assert with_places(patch, "docs/a.md", "") == patch
