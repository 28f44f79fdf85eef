"""The parts of the HTML page: numbered lines with marks, the tree of folders, what stands beside."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.model.threads import Audience, SaidBy, Thread, ThreadKind
from diff_insight.model.web_links import WebHost
from diff_insight.render.markdown_html import markdown_html
from diff_insight.render.page import patch_places as split
from diff_insight.render.page.diff import NEW, OLD, diff_markup, hunk_spans
from diff_insight.render.page.patch_places import folded_files, patch_places
from diff_insight.render.page.sides import range_sides
from diff_insight.render.page.thread_rows import MOST_FILES, page_threads
from diff_insight.render.page.tree import folder_tree, main_folders
from diff_insight.report.file_order import files_by_salience
from diff_insight.report.identity import patches_folder
from diff_insight.settings.settings import Settings
from support.hostile import modified
from support.insights import insight_of_diff
from support.rendered import Element, Page

PATCH = """\
@@ -10,3 +10,3 @@ def f():
 same
-It takes 10 seconds by default.
+It takes 20 seconds by default.
 last
\\ No newline at end of file
@@ -30 +30,2 @@
-gone
+came
+more
"""


def lines_of(markup: str) -> list[Element]:
    return Page(f"<pre>{markup}</pre>").root.children[0].children


def test_each_line_is_an_element_and_the_text_stays_the_patch() -> None:
    lines = lines_of(diff_markup(PATCH))
    assert "".join(line.text for line in lines) == PATCH
    assert [line.tag for line in lines] == [
        "b", "span", "del", "ins", "span", "small", "b", "del", "ins", "ins",
    ]  # fmt: skip
    assert [line.attributes for line in lines if line.tag == "b"] == [
        {"style": "counter-reset:o 9 n 9"}, {"style": "counter-reset:o 29 n 29"},
    ]  # fmt: skip


def test_words_that_differ_between_two_versions_of_a_line_are_marked() -> None:
    marks = {
        line.text: [mark.text for mark in line.all("mark")] for line in lines_of(diff_markup(PATCH))
    }
    assert marks["-It takes 10 seconds by default.\n"] == ["10"]
    assert marks["+It takes 20 seconds by default.\n"] == ["20"]
    # One line replaced by two has no version to be compared with.
    assert marks["-gone\n"] == marks["+came\n"] == []


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("alpha beta gamma", "alpha beta gamma delta", [" delta"]),
        ("wholly other words", "nothing in common here", []),
        ("value = one(1)", "value = one(2)", ["1", "2"]),
        ("a" * 3_000 + " b", "a" * 3_000 + " c", []),
        ("<b>x</b> tail tail tail", "<i>x</i> tail tail tail", ["b>x</b", "i>x</i"]),
        ("same words here\u202e", "same words here\u202d", [r"\u{202e}", r"\u{202d}"]),
    ],
)
def test_a_mark_stands_between_what_both_versions_share(
    old: str, new: str, marked: list[str]
) -> None:
    lines = lines_of(diff_markup(f"@@ -1 +1 @@\n-{old}\n+{new}\n"))
    assert [mark.text for line in lines for mark in line.all("mark")] == marked


def test_cited_lines_have_an_address_and_lead_to_the_host() -> None:
    cited = {(OLD, 11): ("https://h/o?a&b#L11", "Line 11 on H"), (NEW, 12): ("https://h/n#L12", "l"),
             (OLD, 12): ("https://h/o#L12", "m"), (NEW, 999): ("https://h/n#L999", "n")}  # fmt: skip
    lines = lines_of(diff_markup(PATCH, "item-1", cited))
    with_id = {line.attributes["id"]: line for line in lines if "id" in line.attributes}
    assert {name: line.tag for name, line in with_id.items()} == {
        "item-1-L11": "del", "item-1-R12": "span",
    }  # fmt: skip
    (link,) = with_id["item-1-L11"].all("a")
    assert link.attributes == {"href": "https://h/o?a&b#L11", "aria-label": "Line 11 on H"}
    # An unchanged line is cited from both sides: the second address is that of its link.
    assert [link.attributes.get("id") for link in with_id["item-1-R12"].all("a")] == [
        "item-1-L12",
        None,
    ]
    assert "999" not in str(diff_markup(PATCH, "item-1", cited))


def test_a_number_that_a_broken_patch_says_twice_is_addressed_once() -> None:
    twice = "@@ -1 +1 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n"
    markup = str(diff_markup(twice, "item-1", {(NEW, 1): ("https://h/#L1", "l")}))
    assert markup.count('id="item-1-R1"') == 1


def test_hunk_spans_are_those_of_the_headers() -> None:
    assert hunk_spans(PATCH) == [(10, 3, 10, 3), (30, 1, 30, 2)]
    assert hunk_spans(" @@ -1 +1 @@\n+@@ -2 +2 @@\n") == []


def files(*names: bytes, size: int = 1) -> bytes:
    lines = [b"word %d" % number for number in range(size)]
    return b"".join(modified(name, [b"old"], lines) for name in names)


def test_the_tree_folds_folders_that_hold_one_folder() -> None:
    insight = insight_of_diff(files(b"a/b/c/one.md", b"a/b/c/two.md", b"top.md", b"x/<y>.md"))
    tree = Page(f"<nav>{folder_tree(insight.files)}</nav>").root
    assert [part.text for part in tree.all("summary")] == ["a/b/c", "x"]
    assert [link.text for link in tree.all("a")] == ["one.md", "two.md", "<y>.md", "top.md"]
    assert all("open" in part.attributes for part in tree.all("details"))


def test_a_long_tree_is_folded_but_for_the_one_folder_that_holds_it() -> None:
    names = [b"docs/part-%d/%03d.md" % (number % 3, number) for number in range(80)]
    tree = Page(f"<nav>{folder_tree(insight_of_diff(files(*names)).files)}</nav>").root
    shown = {part.all("summary")[0].text: "open" in part.attributes for part in tree.all("details")}
    assert shown == {"docs": True, "part-0": False, "part-1": False, "part-2": False}


def test_a_path_of_a_thousand_folders_is_a_tree() -> None:
    insight = insight_of_diff(files(b"/".join([b"d"] * 1_500) + b"/one.md", b"d/e/two.md"))
    tree = Page(f"<nav>{folder_tree(insight.files)}</nav>").root
    assert [link.text for link in tree.all("a")] == ["one.md", "two.md"]


@pytest.mark.parametrize(
    ("paths", "folders"),
    [
        ([b"src/a/x.py", b"src/b/y.py"], ["src/a", "src/b"]),
        ([b"src/a/x.py", b"docs/y.md", b"z.md"], ["docs", "src"]),
        ([b"a/b/x.md", b"a/b/y.md"], ["a/b"]),
        ([b"x.md"], []),
    ],
)
def test_folders_to_choose_from_are_the_first_that_part_the_files(
    paths: list[bytes], folders: list[str]
) -> None:
    assert main_folders(insight_of_diff(files(*paths)).files) == folders


def test_what_matters_most_stays_on_a_page_that_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [b"docs/%02d.md" % number for number in range(12)]
    insight = insight_of_diff(files(*names, size=50), Settings(max_patch_bytes=0))
    assert patch_places(insight, "en_US", split=True).beside == ()
    monkeypatch.setattr(split, "PAGE_BYTES", 4_000)
    monkeypatch.setattr(split, "LEAST_ROOM", 4_000)
    places = patch_places(insight, "en_US", split=True)
    kept = [index for index, address in places.pages.items() if not address]
    assert 0 < len(kept) < 12
    assert set(kept) <= set(files_by_salience(insight)[: len(kept)])
    moved = [index for _, indexes in places.beside for index in indexes]
    assert sorted(kept + moved) == list(range(12))
    assert len(places.beside) > 1
    assert {address.split("/")[0] for address, _ in places.beside} == {patches_folder(insight)}
    assert set(patch_places(insight, "en_US", split=False).pages.values()) == {""}


def test_a_long_report_opens_what_matters_and_folds_the_rest() -> None:
    few = insight_of_diff(files(b"a.md", b"b.md"))
    assert folded_files(few) == frozenset()
    many = insight_of_diff(files(*(b"docs/%03d.md" % number for number in range(80))))
    assert len(folded_files(many)) == 80 - split.MOST_OPEN


TOLD = Thread(id="t", title="Add <it>", said_by=SaidBy.PULL_REQUEST, kind=ThreadKind.FEATURE)


def test_threads_of_readers_stand_first_and_lead_to_their_requests() -> None:
    insight = insight_of_diff(files(*(b"docs/%03d.md" % number for number in range(40))))
    told = replace(
        insight,
        threads=(
            replace(
                TOLD,
                number="7",
                audience=Audience.PLUMBING,
                files=tuple(range(40)),
                commits=("a" * 40,),
            ),
            replace(TOLD, number="8", files=(0, 99)),
            replace(TOLD, number="<9>"),
            replace(TOLD, number="10", title=""),
        ),
    )
    shown = page_threads(told)
    assert [each.number for each in shown] == ["#8", "", "#7"]
    assert [each.number_url for each in shown] == [
        "https://github.com/example/docs/pull/8", "", "https://github.com/example/docs/pull/7",
    ]  # fmt: skip
    assert [len(each.files) for each in shown] == [1, 0, MOST_FILES]
    assert shown[2].more_files == 40 - MOST_FILES
    assert shown[2].commits == (("aaaaaaa", f"https://github.com/example/docs/commit/{'a' * 40}"),)
    gitlab = replace(told, range=replace(told.range, host=WebHost.GITLAB))
    assert page_threads(gitlab)[0].number_url.endswith("/-/merge_requests/8")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("HEAD~60", ""), ("HEAD", ""), ("main@{1}", ""), ("v2^", ""), ("main", "main"), ("HEADER", "HEADER")],
)  # fmt: skip
def test_a_side_is_called_by_no_name_that_is_another_commit_tomorrow(name: str, shown: str) -> None:
    insight = insight_of_diff(modified(b"a.md", [b"one"], [b"two"]))
    origin = replace(insight.origin, base_name=name, base_tags=(), head_name="v3")
    commits = replace(insight.range, base="1" * 40, head="2" * 40)
    sides = range_sides(replace(insight, origin=origin, range=commits))
    assert [side.name for side in sides] == [shown, "v3"]
    unknown = replace(commits, base="", merge_base="")
    assert range_sides(replace(insight, origin=origin, range=unknown))[0].name == name


def test_the_lines_that_a_link_names_stay_on_one_line_of_the_page() -> None:
    page = markdown_html(
        "See [Page A – B L3–L14](https://e.org/a), [L5](https://e.org/b) and [L–L](https://e.org/c)."
    )
    assert ">Page A – B\u00a0L3\u2060–\u2060L14</a>" in page
    assert ">L5</a>" in page
    assert ">L–L</a>" in page
