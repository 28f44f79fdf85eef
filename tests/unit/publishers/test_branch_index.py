"""The index of a branch: newest first, bounded, the same for the same reports, deaf to strangers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.model.ranges import RangeOrigin
from diff_insight.publishers.branch_content import PlacedReport
from diff_insight.publishers.branch_index import MARK, NEWEST, BranchIndex
from diff_insight.publishers.index_entries import read_entries, write_entries
from diff_insight.publishers.index_folders import read_folders, write_folders
from diff_insight.publishers.report_files import planned_reports
from support.github_page import page_of, plain
from support.hostile import HOSTILE
from support.large import large_insight

TEMPLATE = "reports/%Y%m/{locale}/report-%Y%m%d-{category}.md"
INDEX = BranchIndex(template=TEMPLATE, locales=("en_US", "ja_JP"), at_root=True)
SMALL = replace(large_insight(3), locales=("en_US", "ja_JP"))
README = "reports/README.md"


def on(day: int, headline: str = "It is out.", category: str = "all") -> Insight:
    return replace(
        SMALL,
        date=(date(2025, 1, 1) + timedelta(days=day)).isoformat(),
        range=replace(SMALL.range, head=f"{day:040x}"),
        headline=dict.fromkeys(SMALL.locales, headline),
        category=category,
    )


def commit(*insights: Insight, files: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the branch after the reports of a run."""
    known = dict(files or {})
    planned = planned_reports(TEMPLATE, ("markdown", "json"), insights)
    placed = [PlacedReport(report, str(report.path)) for report in planned]
    return known | INDEX.files(placed, known.get)


def rows(content: bytes) -> list[list[str]]:
    page = page_of(content.decode().replace("<br>", "¶"))
    cells = [row.all("td") for row in page.root.all("tr")][1:]
    return [[plain(day.text), *plain(told.text).split("¶")] for day, told in cells]


def links(content: bytes) -> list[str]:
    return [link.attributes["href"] for link in page_of(content.decode()).root.all("a")]


def test_reports_are_listed_newest_first_with_their_headlines_and_languages() -> None:
    branch = commit(on(1, "First."), on(3, "Third."))
    branch = commit(on(2, "Second."), files=branch)
    assert rows(branch[README]) == [
        ["2025-01-04", "Third.", "日本語"],
        ["2025-01-03", "Second.", "日本語"],
        ["2025-01-02", "First.", "日本語"],
    ]
    first = links(branch[README])[:2]
    assert first == ["202501/en_US/report-20250104-all.md", "202501/ja_JP/report-20250104-all.md"]
    assert links(branch["README.md"])[0] == "reports/202501/en_US/report-20250104-all.md"


def test_a_row_has_two_cells_for_phones_and_names_categories_where_there_are_several() -> None:
    branch = commit(on(1, "One."), on(2, "Two.", "docs"))
    assert rows(branch[README]) == [
        ["2025-01-03", "Two.", "docs · 日本語"],
        ["2025-01-02", "One.", "all · 日本語"],
    ]
    of_category = branch["reports/index/categories/docs.md"]
    assert rows(of_category) == [["2025-01-03", "Two.", "日本語"]]
    assert "2025-\u206001-\u206003" in of_category.decode()  # no line ends within a day


def test_a_report_of_the_same_range_replaces_its_entry() -> None:
    branch = commit(on(1, "Before."))
    branch = commit(on(1, "After."), files=branch)
    assert [row[1] for row in rows(branch[README])] == ["After."]
    assert commit(on(1, "After."), files=branch) == branch


def test_every_link_of_the_index_leads_to_a_file_of_the_branch() -> None:
    insights = [on(day, category=name) for day in (1, 40) for name in ("all", "a.b-c")]
    branch = commit(*insights)
    known = (
        set(branch)
        | {str(report.path) for report in planned_reports(TEMPLATE, ("markdown",), insights)}
        | {
            f"reports/feeds/{locale}/{name}.xml"
            for locale in SMALL.locales
            for name in ("all", "a.b-c")
        }
    )
    for path in [path for path in branch if path.endswith(".md")]:
        folder = path.rpartition("/")[0]
        for href in links(branch[path]):
            parts: list[str] = folder.split("/") if folder else []
            for part in href.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in known, (path, href)
    assert "reports/index/months/2025-02.md" in branch
    assert len(rows(branch["reports/index/categories/a.b-c.md"])) == 2


def test_the_readme_shows_the_newest_and_months_have_the_rest() -> None:
    branch = commit(*(on(day) for day in range(NEWEST + 5)))
    assert len(rows(branch[README])) == NEWEST
    months = [path for path in branch if "/months/" in path]
    assert sum(len(rows(branch[path])) for path in months) == NEWEST + 5


def test_a_readme_of_somebody_else_stays() -> None:
    theirs = {"README.md": b"# Mine\n", README: b"mine"}
    branch = commit(on(1), files=theirs)
    assert (branch["README.md"], branch[README]) == (b"# Mine\n", b"mine")
    assert commit(on(1))["README.md"].startswith(MARK.encode())
    quiet = replace(INDEX, at_root=False)
    planned = planned_reports(TEMPLATE, ("markdown",), [on(1)])
    placed = [PlacedReport(report, str(report.path)) for report in planned]
    assert "README.md" not in quiet.files(placed, lambda path: None)


def test_documents_alone_make_no_index() -> None:
    planned = planned_reports(TEMPLATE, ("json",), [on(1)])
    placed = [PlacedReport(report, str(report.path)) for report in planned]
    assert INDEX.files(placed, lambda path: None) == {}


def test_a_badge_tells_the_newest_report() -> None:
    branch = commit(on(1))
    badge = json.loads(branch["reports/badges/all.json"])
    assert badge["schemaVersion"] == 1
    assert badge["message"].startswith("2025-01-02")
    assert badge["color"] == ("critical" if SMALL.breaking else "informational")
    assert set(badge) == {"schemaVersion", "label", "message", "color"}


@pytest.mark.parametrize("number", range(0, len(HOSTILE), 3))
def test_hostile_headlines_are_text(number: int) -> None:
    branch = commit(on(1, HOSTILE[number]))
    page = page_of(branch[README].decode())
    assert len(page.root.all("table")) == 1
    assert len(page.root.all("tr")) == 2
    assert not page.root.all("img", "script")
    assert all(not href.startswith(("http", "javascript")) for href in links(branch[README]))


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["key", "date", "reports", "path", "category", "x"]), inner), max_leaves=8,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(JSON)
def test_what_strangers_put_into_the_list_is_left_out(rows_: object) -> None:
    content = json.dumps({"schema_version": 1, "reports": rows_}).encode()
    entries = read_entries(content)
    assert read_entries(write_entries(entries)) == entries


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"{}", b'{"schema_version": 2, "reports": []}']
)
def test_no_list_is_an_empty_one(content: bytes | None) -> None:
    assert read_entries(content) == []


def test_entries_come_back_as_they_were_and_a_time_orders_a_day() -> None:
    early = replace(on(1, "Early."), origin=RangeOrigin(head_time="2025-01-02T01:00:00Z"))
    late = replace(
        on(1, "Late."), range=replace(SMALL.range, head="f" * 40),
        origin=RangeOrigin(head_time="2025-01-02T20:00:00Z"),
    )  # fmt: skip
    branch = commit(late, early)
    entries = read_entries(branch["reports/index.json"])
    assert [entry.reports["en_US"].headline for entry in entries] == ["Late.", "Early."]
    assert write_entries(entries) == branch["reports/index.json"]
    spoilt = branch["reports/index.json"].replace(b'"date": "2025-01-02"', b'"date": "../../x"', 1)
    assert len(read_entries(spoilt)) == 1


def test_the_root_lists_the_reports_of_every_folder() -> None:
    branch: dict[str, bytes] = {}
    for name in ("docs", "flask", "docs"):
        template = f"reports/{name}/{{locale}}/%Y%m%d-{{category}}.md"
        index = BranchIndex(template=template, locales=("en_US",), at_root=True)
        insight = on(len(branch) % 7, f"News of {name}.")
        insight = replace(insight, range=replace(insight.range, repository=f"octo/{name}"))
        planned = planned_reports(template, ("markdown",), [insight])
        placed = [PlacedReport(report, str(report.path)) for report in planned]
        branch |= index.files(placed, branch.get)
    told = {(row[1], row[2].split(" · ")[0]) for row in rows(branch["README.md"])}
    assert told == {("News of docs.", "octo/docs"), ("News of flask.", "octo/flask")}
    assert {"reports/docs/README.md", "reports/flask/README.md"} <= set(links(branch["README.md"]))
    assert {row[1] for row in rows(branch["reports/flask/README.md"])} == {"News of flask."}
    assert "# Reports · octo/flask" in branch["reports/flask/README.md"].decode()


@pytest.mark.parametrize(
    "content",
    [
        None, b"", b"[]", b"{", b"[" * 100_000, b'{"schema_version": 2, "folders": ["b"]}',
        b'{"schema_version": 1, "folders": "b"}', b'{"schema_version": 1, "folders": [1, "", "../b", "/b", "b/./c", "b\\n"]}',
    ],
)  # fmt: skip
def test_folders_of_strangers_are_none(content: bytes | None) -> None:
    assert read_folders(content, "a") == ["a"]


def test_folders_are_kept() -> None:
    assert read_folders(write_folders(["b", "c/d"]), "a") == ["a", "b", "c/d"]
