"""What a report knows of its range beyond two commits: names, tags, people, the time of the head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from diff_insight.model.history import Commit, History
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.render.json_form import write_json
from diff_insight.render.json_reader import read_insight
from diff_insight.report.origin import MOST_PEOPLE, range_origin
from support.insights import insight_of_range
from support.repos import TestRepo

BASE, HEAD = "1" * 40, "2" * 40
RANGE = CommitRange(base=BASE, head=HEAD, merge_base=BASE, comparison=Comparison.DIRECT)


def commit(author: str, number: int = 0) -> Commit:
    return Commit(id=f"{number:040x}", message="m", author=author)


def test_names_are_told_where_they_say_more_than_the_commit() -> None:
    asked = RangeRequest(base="v1.0", head=HEAD[:9])
    origin = range_origin(asked, RANGE, History(), None)
    assert (origin.base_name, origin.head_name) == ("v1.0", "")
    assert range_origin(RangeRequest(head="HEAD"), RANGE, History(), None).head_name == ""
    odd = range_origin(RangeRequest(base="a\udcff"), RANGE, History(), None)
    assert odd.base_name.encode("utf-8").startswith(b"a")


def test_people_are_named_by_the_number_of_their_commits() -> None:
    many = [commit(f"p{number}") for number in range(40)]
    history = History(
        commits=(commit("A"), commit("B \n C"), commit("B C"), commit(""), *many), read=True
    )
    origin = range_origin(RangeRequest(), RANGE, history, None)
    assert origin.people[:2] == ("B C", "A")
    assert len(origin.people) == MOST_PEOPLE
    assert origin.commits == 44
    assert range_origin(RangeRequest(), RANGE, History(), None).commits is None


def test_the_time_of_the_head_is_that_of_everywhere() -> None:
    moment = datetime(2025, 6, 12, 1, 30, tzinfo=timezone(timedelta(hours=9)))
    assert (
        range_origin(RangeRequest(), RANGE, History(), moment).head_time == "2025-06-11T16:30:00Z"
    )
    assert range_origin(RangeRequest(), RANGE, History(), moment.astimezone(UTC)).head_time == (
        "2025-06-11T16:30:00Z"
    )


def test_a_checkout_tells_tags_and_people_and_the_document_keeps_them(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a.md": "# One\n"})
    repo.commit("one")
    repo.git("tag", "v1.0")
    repo.write({"a.md": "# Two\n"})
    repo.commit("two")
    repo.git("tag", "-a", "v1.1", "-m", "out")
    insight = insight_of_range(repo.path, "v1.0", "HEAD")
    origin = insight.origin
    assert (origin.base_name, origin.base_tags, origin.head_tags) == ("v1.0", ("v1.0",), ("v1.1",))
    assert origin.commits == 1
    assert len(origin.people) == 1
    assert origin.head_time.endswith("Z")
    text = b"".join(write_json(insight)).decode()
    assert read_insight(text, "it").origin == origin
