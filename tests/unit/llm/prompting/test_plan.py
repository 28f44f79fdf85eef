"""What is asked together: every file once, in all locales that there are."""

from __future__ import annotations

from diff_insight.llm.prompting.plan import make_plan
from diff_insight.llm.prompting.units import choose
from diff_insight.localization.locales import available
from diff_insight.settings.settings import Settings
from support.asking import page_diff
from support.insights import insight_of_diff


def test_one_request_holds_a_file_for_all_locales_that_there_are() -> None:
    diff = b"".join(
        page_diff(
            f"docs/{number}.md", added="\n+".join(["word " * 20] * (1 + 20 * number))
        ).replace(b"+1,3 @@", f"+1,{3 + 20 * number} @@".encode())
        for number in range(4)
    )
    insight = insight_of_diff(diff, Settings(locales=available()))
    readers = [entry.patch for entry in insight.files]
    units = choose(insight, readers, (), None).units
    plan = make_plan(units, insight.locales, slots=8)
    asked = [piece.unit.index for job in plan.jobs for piece in job.pieces]
    assert sorted(asked) == [0, 1, 2, 3]
    assert {job.locales for job in plan.jobs} == {available()}
    assert not plan.parted
