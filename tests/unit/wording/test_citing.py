"""Links behind what they prove: never a bracket behind a bracket, in any locale."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.locales import available
from diff_insight.localization.speaker import Speaker
from diff_insight.wording.citing import cited_phrase, cited_sentence, ends_in_bracket

LINK = "[L4](https://example.org/a#L4)"


@pytest.mark.parametrize(
    "text",
    [
        "“Add x” (#12)",
        "“Add x” ([#12](https://example.org/pull/12))",
        "3 files (`a(b)`)",
        "を追加（「A（B）」）",
        "“제목”(#12)",
    ],
)
def test_links_go_into_the_bracket_that_ends_a_phrase(text: str) -> None:
    assert ends_in_bracket(text)
    for name in available():
        cited = cited_phrase(text, LINK, Speaker(load_catalog(name), Style.MARKDOWN))
        assert cited.startswith(text[:-1])
        assert cited.count("(") + cited.count("（") == cited.count(")") + cited.count("）")
        assert not any(pair in cited.replace(LINK, "") for pair in (") (", ")(", "）（"))


@pytest.mark.parametrize(
    "text",
    ["", ")", "See [the page](https://example.org/a)", "Call run()", "a \\(b\\)", "x :)", "“f (x)”", "`f (x)`"],
)  # fmt: skip
def test_what_only_looks_like_a_bracket_keeps_its_own(text: str) -> None:
    assert not ends_in_bracket(text)
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    assert cited_phrase(text, LINK, speaker) == f"{text} ({LINK})"


def test_a_sentence_keeps_its_full_stop_behind_the_links() -> None:
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    assert cited_sentence("It is new (3 files).", LINK, speaker) == f"It is new (3 files; {LINK})."
    assert cited_sentence("It is new.", LINK, speaker) == f"It is new ({LINK})."
    assert cited_sentence("It says: “A.”", "", speaker) == "It says: “A.”"
