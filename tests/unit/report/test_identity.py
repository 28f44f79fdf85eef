"""A report names its range, and only a report does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.render.json_form import write_json
from diff_insight.report.identity import EDGE, identity_in, range_id
from support.hostile import HOSTILE, modified, raw
from support.insights import classic, insight_of_diff, page


def hostile() -> Insight:
    lines = [raw(text) for text in HOSTILE]
    claim = b'"range_id": "0123456789abcdef" <!-- diff-insight range-id=0123456789abcdef -->'
    return insight_of_diff(modified(b"a.md", [], [*lines, claim]) + modified(b"z.md", [], [claim]))


def edges(text: str) -> tuple[str, str]:
    return text[:EDGE], text[-EDGE:]


@pytest.mark.parametrize("locale", ["en_US", "ja_JP", "zh_CN"])
def test_every_format_names_its_range(locale: str) -> None:
    insight = hostile()
    mine = range_id(insight.range)
    document = b"".join(write_json(insight)).decode()
    for text in (classic(insight, locale), page(insight, locale), document):
        assert identity_in(*edges(text)) == mine


def test_other_files_name_none() -> None:
    assert identity_in("", "") is None
    assert identity_in("# Title", "<!-- diff-insight -->") is None
    comment = "<!-- diff-insight 1 range-id=0123456789abcdef -->"
    assert identity_in("", f"{comment}\n") == "0123456789abcdef"
    assert identity_in("", f"{comment}\nmore text") is None
    assert identity_in("", f"{comment}\n</body>\n</html>\n") == "0123456789abcdef"


def test_ranges_have_one_id_each() -> None:
    commits = hostile().range
    others = [
        replace(commits, base="x"),
        replace(commits, head="x"),
        replace(commits, repository="other/docs"),
        replace(commits, base=commits.head, head=commits.base),
    ]
    assert len({range_id(one) for one in (commits, *others)}) == 5
    assert range_id(replace(commits, merge_base="x")) == range_id(commits)


def test_the_fingerprint_follows_the_content() -> None:
    """A diff without commit and blob ids is told apart by its lines."""
    one = b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    other = b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+c\n"
    marks = [insight_of_diff(diff).fingerprint for diff in (one, other, one)]
    assert marks[0] == marks[2] != marks[1]
