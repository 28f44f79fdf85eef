"""Sections that came, went, moved, changed their name or their level."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import outline
from diff_insight.facts.pages.page_outline import Heading
from diff_insight.model.changes import Side, Status
from support.views import Told, extraction_of, told_by, view_of

BODY = "\n\nfirst line of text\n\nsecond line of text\n\nthird line of text\n\nfourth line\n\n"


def page(*headings: str) -> str:
    return "".join(heading + BODY for heading in headings)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (page("# Old name", "## A"), page("# New title", "## A"),
         [("outline.title", {"old": "Old name", "new": "New title"}, "-1 +1")]),
        (page("# T", "## A"), page("# T", "## A", "## B"),
         [("outline.section-added", {"heading": "B", "level": 2}, "+21")]),
        (page("# T", "## A", "### B"), page("# T", "## A"),
         [("outline.section-removed", {"heading": "B", "level": 3}, "-21")]),
        (page("# T", "## Set up the agent"), page("# T", "## Set up an agent"),
         [("outline.section-renamed",
           {"old": "Set up the agent", "new": "Set up an agent"}, "-11 +11")]),
        (page("# T", "## Limits"), page("# T", "## Quotas"),
         [("outline.section-renamed", {"old": "Limits", "new": "Quotas"}, "-11 +11")]),
        (page("# T", "## A"), page("# T", "### A"),
         [("outline.section-level", {"heading": "A", "old": 2, "new": 3}, "-11 +11")]),
        (page("# T", "## `code` and [link](x)"), page("# T", "## Code **and** link {#anchor}"),
         [("outline.section-renamed", {"old": "code and link", "new": "Code and link"},
           "-11 +11")]),
        (page("# T", "## A"), page("# T", "## A ##"), []),
        (page("# T", "## **A**"), page("# T", "## A"), []),
    ],
)  # fmt: skip
def test_one_heading(whole: bool, old: str, new: str, expected: list[Told]) -> None:  # noqa: FBT001
    found = told_by(outline, view_of(old, new, whole=whole))
    assert [
        (
            kind,
            {
                name: value
                for name, value in params.items()
                if name not in ("place", "end", "quote")
            },
            lines,
        )
        for kind, params, lines in found
    ] == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (page("# T", "# Open issues"), page("# T", "# Deferred ideas")),
        (page("## Before", "# Open issues"), page("## Before", "# Deferred ideas")),
        (page("# Open issues", "# Z"), page("# Deferred ideas", "# Z")),
    ],
)
def test_a_section_is_not_the_name_of_its_page(old: str, new: str) -> None:
    kinds = [kind for kind, _, _ in told_by(outline, view_of(old, new))]
    assert kinds == ["outline.section-renamed"]


def test_a_heading_far_down_a_page_of_which_only_hunks_are_known() -> None:
    text = page("## A") * 9
    told = told_by(outline, view_of(text + "# Old\n", text + "# New\n", whole=False))
    assert [kind for kind, _, _ in told] == ["outline.section-renamed"]


def test_a_section_that_moved_is_not_removed_and_added() -> None:
    old = "# T\n\n## A\n\na1\n\na2\n\n## B\n\nb1\n\nb2\n\nb3\n\nb4\n"
    new = "# T\n\n## B\n\nb1\n\nb2\n\nb3\n\nb4\n\n## A\n\na1\n\na2\n"
    assert [
        (kind, params["heading"]) for kind, params, _ in told_by(outline, view_of(old, new))
    ] == [("outline.section-moved", "A")]


def test_headings_whose_markup_changed_stay_where_they_are() -> None:
    names = [f"Section {number}" for number in range(6)]
    old = page("# T", *(f"## `{name}`" for name in names))
    new = "# T\n\nA new paragraph.\n\n" + page(*(f"## {name}" for name in names))
    view = view_of(old, new)
    assert told_by(outline, view) == []
    assert not view.claimed


def test_the_most_alike_heading_is_the_renamed_one() -> None:
    view = view_of(
        page("# T", "## Configure the server"),
        page("# T", "## Troubleshooting", "## Configure your server"),
    )
    assert told_by(outline, view) == [
        ("outline.section-renamed",
         {"old": "Configure the server", "new": "Configure your server"}, "-11 +21"),
        ("outline.section-added",
         {"heading": "Troubleshooting", "level": 2, "place": 1, "end": 20, "quote": "first line of text"}, "+11"),
    ]  # fmt: skip


def test_unlike_headings_are_two_facts() -> None:
    old = page("# T", "## Limits", "## Costs")
    new = page("# T", "## Regions", "## Authentication")
    assert [kind for kind, _, _ in told_by(outline, view_of(old, new))] == [
        "outline.section-removed", "outline.section-removed",
        "outline.section-added", "outline.section-added",
    ]  # fmt: skip


def test_sections_say_between_which_unchanged_ones_they_stand() -> None:
    old = page("# T", "## Limits", "## A", "## B", "## Costs")
    new = page("# T", "## Regions", "## A", "## B", "## Authentication", "### Keys")
    whole, hunks = (
        {params["heading"]: params["place"] for _, params, _ in told_by(outline, view)}
        for view in (view_of(old, new), view_of(old, new, whole=False))
    )
    assert whole == {"Limits": 1, "Regions": 1, "Costs": 3, "Authentication": 3, "Keys": 3}
    ends = {
        params["heading"]: params["end"] for _, params, _ in told_by(outline, view_of(old, new))
    }
    assert ends == {"Limits": 20, "Regions": 20, "Costs": 50, "Authentication": 50, "Keys": 60}
    unknown = told_by(outline, view_of(old, new, whole=False))
    assert [params["end"] for _, params, _ in unknown] == [11, 41, 11, 41, 51]
    assert hunks["Limits"] == hunks["Regions"] < hunks["Costs"] == hunks["Authentication"]


@pytest.mark.parametrize("fence", ["```", "~~~~", "> ```"])
def test_headings_in_code_are_no_headings(fence: str) -> None:
    old = f"# T\n\n{fence}sh\n# install\n{fence}\n"
    new = f"# T\n\n{fence}sh\n# install it\n## all of it\n{fence}\n"
    assert told_by(outline, view_of(old, new)) == []


@pytest.mark.parametrize(
    "line", ["#tag", "####### seven", "    # indented", "text # no", "#", "##  "]
)
def test_what_is_no_heading(line: str) -> None:
    assert told_by(outline, view_of("# T\n\ntext\n", f"# T\n\n{line}\n\ntext\n")) == []


def test_told_headings_are_claimed() -> None:
    view = view_of(page("# T", "## A"), page("# T", "## B quite other", "## C"))
    told_by(outline, view)
    assert view.claimed == {(Side.BASE, 11), (Side.HEAD, 11), (Side.HEAD, 21)}


def test_only_pages_with_two_versions() -> None:
    assert not outline.applies(view_of(None, page("# T")))
    assert not outline.applies(view_of(page("# T"), None))
    assert not outline.applies(view_of("# a\n", "# b\n", path="script.sh"))
    assert outline.applies(view_of("# a\n", "# b\n", status=Status.RENAMED, path="x.MDX"))


def test_an_attribute_list_is_no_part_of_a_heading() -> None:
    heading = Heading(1, 2, "Agent skills { #agent-skills .beta }")
    assert heading.text == "Agent skills"
    assert Heading(1, 2, "Options {#options}").text == "Options"
    assert Heading(1, 2, "A set { x }").text == "A set { x }"


def outline_of(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (kind, str(params.get("old", params.get("heading"))), str(params.get("new", "")))
        for kind, params, _ in told_by(outline, view_of(old, new))
    ]


def test_a_section_under_another_heading_and_level_is_renamed() -> None:
    old = "# T\n\n## `tool stop`\n\nStops what was started before.\n\n## Other\n\nKept as it is here.\n"
    new = "# T\n\n## Commands\n\n### stop\n\nStops what was started before.\n\n## Other\n\nKept as it is here.\n"
    assert outline_of(old, new) == [
        ("outline.section-renamed", "tool stop", "stop"),
        ("outline.section-added", "Commands", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("ExecutionPolicy", "Microsoft.PowerShell:ExecutionPolicy"), ("Azure Policy", "Policy")],
)
def test_a_heading_that_ends_with_the_old_one_is_renamed(old: str, new: str) -> None:
    first = f"# T\n\n### {old}\n\nOld words.\n\n### Last\n"
    second = f"# T\n\n### Before\n\nx\n\n### {new}\n\nQuite new.\n\n### Last\n"
    assert ("outline.section-renamed", old, new) in outline_of(first, second)


def test_the_main_heading_in_other_markup_is_the_same() -> None:
    for new in ("# **Guide**", "# Guide\r", "# Guide ", "# [Guide](a.md)", "# Guide #"):
        assert outline_of("# Guide\n\na\n", f"{new}\n\nb\n") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("## Usage {#usage}", "## 使用法 {#usage}"), ("## Usage {/*usage*/}", "## 使用法 {/*usage*/}"),
     ('## <a id="usage"></a>Usage', '## <a id="usage"></a>使用法')],
)  # fmt: skip
def test_a_section_that_keeps_its_own_address_is_renamed(old: str, new: str) -> None:
    extraction = extraction_of(page("# T", "## Caveats", old), page("# T", "## Caveats", new))
    assert [(fact.kind, fact.params) for fact in extraction.facts] == [
        ("outline.section-renamed", {"old": "Usage", "new": "使用法"})
    ]
    assert extraction.anchors == {}
