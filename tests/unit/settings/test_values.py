"""Single setting values: what is taken, what is refused, and what the refusal says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import UsageError
from diff_insight.settings import values
from diff_insight.settings.settings import CategoryPaths
from diff_insight.settings.wrong_values import unknown_key
from diff_insight.settings.zones import zone


def refused(check: Callable[[str, object], object], value: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        check("some-key", value)
    assert "some-key" in caught.value.what
    assert caught.value.cure
    return caught.value


def test_a_text_is_a_string_only() -> None:
    assert values.text("some-key", "日本") == "日本"
    refused(values.text, 3)


@pytest.mark.parametrize(("value", "number"), [(0, 0), (7, 7), ("00", 0), ("200000", 200_000)])
def test_whole_numbers(value: object, number: int) -> None:
    assert values.number("some-key", value) == number


@pytest.mark.parametrize("value", [-2, "-1", 1.5, "2.5", True, None, "", "²", "٣", "1_000", [1]])
def test_what_is_no_whole_number(value: object) -> None:
    refused(values.number, value)


@pytest.mark.parametrize("value", [True, False])
def test_flags(value: object) -> None:
    assert values.flag("some-key", value) is value


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_words_that_mean_yes_are_no_flags(value: object) -> None:
    refused(values.flag, value)


def test_one_of_names_the_choices() -> None:
    assert values.one_of("some-key", "a", ("a", "b")) == "a"
    error = refused(lambda name, value: values.one_of(name, value, ("a", "b")), ["a"])
    assert error.cure == "give one of a, b"


@pytest.mark.parametrize(
    "value",
    ["ja, en ,ja", "ja\nen", ["ja", "en"], ["ja,en", "ja"], ["ja\r\nen,"], ("ja", " en ", "")],
)
def test_words_split_at_commas_and_lines_without_repeats(value: object) -> None:
    assert values.words("some-key", value) == ("ja", "en")


@pytest.mark.parametrize("value", ["", " , ", [], [""], None, 3, ["ja", 3], {"ja": "en"}])
def test_what_holds_no_words(value: object) -> None:
    refused(values.words, value)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("abc-_ ,\n", max_size=6), max_size=6))
def test_words_keep_their_first_order(texts: list[str]) -> None:
    plain = [word.strip() for text in texts for word in text.replace("\n", ",").split(",")]
    expected = list(dict.fromkeys(word for word in plain if word))
    if expected:
        assert list(values.words("some-key", texts)) == expected
    else:
        refused(values.words, texts)


def test_patterns_keep_commas_and_drop_comments() -> None:
    value = ["*.{png,jpg}", "# images", "", "docs/**\n!docs/keep.md"]
    assert values.patterns("some-key", value) == ("*.{png,jpg}", "docs/**", "!docs/keep.md")
    assert values.patterns("some-key", "a\r\nb") == ("a", "b")
    assert values.patterns("some-key", []) == ()


@pytest.mark.parametrize("value", ["!", "/", "!/", "\\", "[z-a]", ["ok", "!"], 3, None, [3]])
def test_broken_patterns(value: object) -> None:
    refused(values.patterns, value)


def test_regexes_may_begin_like_a_comment() -> None:
    assert values.regexes("some-key", ["#\\d+", " "]) == ("#\\d+",)


def test_a_broken_regex_says_why() -> None:
    error = refused(values.regexes, ["ok", "(open"])
    assert "'(open'" in error.what
    assert error.cause == "at character 1: a bracket ( is not closed"


@pytest.mark.parametrize("value", ["2025-06-12", date(2025, 6, 12)])
def test_days(value: object) -> None:
    assert values.day("some-key", value) == "2025-06-12"


@pytest.mark.parametrize(
    "value",
    ["20250612", "2025-W24-4", "2025-6-12", "2025-02-30", "today", "", 2025, None,
     datetime(2025, 6, 12)],  # noqa: DTZ001 - YAML gives such values
)  # fmt: skip
def test_what_is_no_day(value: object) -> None:
    assert "YYYY-MM-DD" in refused(values.day, value).cure


@pytest.mark.parametrize("value", ["UTC", "Asia/Tokyo", "America/Argentina/Buenos_Aires"])
def test_zones(value: str) -> None:
    assert zone("some-key", value) == value


@pytest.mark.parametrize("value", ["", "Asia", "Mars/Base", "../../etc/passwd", "/etc/passwd", 9])
def test_what_is_no_zone(value: object) -> None:
    refused(zone, value)


def test_categories_in_both_notations() -> None:
    value = {"openai": {"paths": ["articles/ai-services/openai"]}, "search": "articles/search"}
    assert values.categories("some-key", value) == (
        CategoryPaths("openai", ("articles/ai-services/openai",)),
        CategoryPaths("search", ("articles/search",)),
    )
    assert values.categories("some-key", {7: ["a"]}) == (CategoryPaths("7", ("a",)),)


@pytest.mark.parametrize(
    "value", [None, [], {}, "docs", {"a": None}, {"a": {}}, {"a": 3}, {"a": {"paths": [3]}}]
)
def test_broken_categories(value: object) -> None:
    refused(values.categories, value)


def test_a_misspelt_key_of_a_category() -> None:
    error = refused(values.categories, {"a": {"path": ["docs"]}})
    assert error.cure == "perhaps you meant 'paths'"


@pytest.mark.parametrize("name", ["a/b", "a b", "", "..", ".", "日本", "a\nb", "a\\b"])
def test_category_names_fit_into_file_names(name: str) -> None:
    with pytest.raises(UsageError, match="category name"):
        values.categories("some-key", {name: ["docs"]})


def test_notices_for_all_locales_or_one() -> None:
    assert values.notices("some-key", "CC BY 4.0") == {"": "CC BY 4.0"}
    assert values.notices("some-key", {"ja": "出典"}) == {"ja": "出典"}
    refused(values.notices, ["CC BY"])
    refused(values.notices, {"ja": 3})


def test_long_and_deep_values_are_quoted_shortly() -> None:
    nested: list[object] = ["x" * 1000]
    for _ in range(50):
        nested = [nested, nested]  # 2**50 items when written out
    assert len(refused(values.text, nested).what) < 300
    assert len(refused(values.day, "9" * 10_000).what) < 300


def test_an_unknown_key_without_a_near_one_lists_all() -> None:
    assert unknown_key("f", "zzz", ["include", "exclude"]).cure == ("known keys: include, exclude")
