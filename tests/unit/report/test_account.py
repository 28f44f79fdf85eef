"""The account in a comment: kept whole, bounded, and the difference of two of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.report.account import (
    MOST_FILES,
    CommentAccount,
    Since,
    account_line,
    account_of,
    news_of,
    read_account,
)
from diff_insight.settings.settings import Settings
from support.hostile import modified
from support.insights import insight_of_diff
from support.large import large_insight

_FIRST, _SECOND, _THIRD = "a" * 40, "b" * 40, "c" * 40
_KEYS = st.frozensets(st.binary(min_size=4, max_size=4), max_size=5)
_FINDINGS = st.frozensets(st.binary(min_size=8, max_size=8), max_size=5)
_TOLD = st.builds(
    CommentAccount,
    files=st.dictionaries(st.binary(min_size=4, max_size=4), st.binary(min_size=4, max_size=4)),
    findings=_FINDINGS,
    since=st.builds(
        Since, head=st.sampled_from(["", _FIRST]), files=_KEYS, findings=_FINDINGS,
        unchanged=st.integers(0, 999), gone=st.integers(0, 999),
    ),
)  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(_TOLD)
def test_what_is_kept_is_read_back(told: CommentAccount) -> None:
    assert read_account(f"first line\n{account_line(told)}the report") == told


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    read_account(f"x\n{text}")
    read_account(f"x\n<!-- diff-insight-told 1 {text} -->\n")


def test_a_run_once_more_keeps_what_came_since_the_push_before() -> None:
    first = account_of([large_insight(2)], _FIRST, None)
    assert news_of(first, [large_insight(2)]) is None
    second = account_of([large_insight(4)], _SECOND, (_FIRST, first))
    again = account_of([large_insight(4)], _SECOND, (_SECOND, second))
    assert again == second
    third = account_of([large_insight(4)], _THIRD, (_SECOND, again))
    news = news_of(third, [large_insight(4)])
    assert news is not None
    assert (news.head, news.files) == (_SECOND, ())


def test_lines_that_only_move_are_no_news() -> None:
    def page(above: list[bytes]) -> bytes:
        return modified(b"a.md", [b"Old words."], [b"New words."], above)

    before = [insight_of_diff(page([b"# A"]), Settings())]
    moved = [insight_of_diff(page([b"# A", b"", b"More above."]), Settings())]
    told = account_of(moved, _SECOND, (_FIRST, account_of(before, _FIRST, None)))
    assert told.since == Since(head=_FIRST)


def test_breaking_changes_that_come_and_go() -> None:
    insight = large_insight(1)
    (entry,) = insight.files
    fact = replace(entry.analysis.facts[0], breaking=True)
    broken = replace(
        insight,
        files=(replace(entry, analysis=replace(entry.analysis, facts=(fact,))),),
    )
    second = account_of([broken], _SECOND, (_FIRST, account_of([insight], _FIRST, None)))
    news = news_of(second, [broken])
    assert news is not None
    assert news.breaking == (entry.analysis.change.path,)
    third = news_of(account_of([insight], _THIRD, (_SECOND, second)), [insight])
    assert third is not None
    assert third.gone == 1


def test_a_line_has_an_end() -> None:
    files = {number.to_bytes(4, "big"): bytes(4) for number in range(MOST_FILES)}
    assert len(account_line(CommentAccount(files=files, findings=frozenset()))) < 10_000
    files[b"more"] = bytes(4)
    assert account_line(CommentAccount(files=files, findings=frozenset())) == ""
