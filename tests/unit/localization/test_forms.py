"""Forms of parameters in every locale: dates, numbers, lists, counts; hostile values stay inert."""

from __future__ import annotations

import html
import re
import unicodedata

import cmarkgfm
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diff_insight.facts.pages import dates
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Forms, Style
from diff_insight.localization.joined_lists import SHOWN_NAMES
from diff_insight.localization.locales import available
from diff_insight.model.messages import Value

LOCALES = available()
NUMBERS = (0, 1, 2, 3, 5, 11, 21, 100, 1234567)


def forms(locale: str, style: Style = Style.PLAIN) -> Forms:
    return Forms(load_catalog(locale), style)


def nouns() -> list[str]:
    return sorted(key for key in load_catalog("en_US").messages if key.startswith("count."))


@pytest.mark.parametrize(
    ("locale", "day", "month", "early"),
    [
        ("en_US", "June 11, 2025", "June 2025", "January 2, 2025"),
        ("ja_JP", "2025年6月11日", "2025年6月", "2025年1月2日"),
        ("zh_CN", "2025年6月11日", "2025年6月", "2025年1月2日"),
        ("zh_TW", "2025年6月11日", "2025年6月", "2025年1月2日"),
        ("ko_KR", "2025년 6월 11일", "2025년 6월", "2025년 1월 2일"),
        ("de_DE", "11. Juni 2025", "Juni 2025", "2. Januar 2025"),
        ("fr_FR", "11 juin 2025", "juin 2025", "2 janvier 2025"),
        ("es_ES", "11 de junio de 2025", "junio de 2025", "2 de enero de 2025"),
        ("pt_BR", "11 de junho de 2025", "junho de 2025", "2 de janeiro de 2025"),
    ],
)
def test_days_and_months(locale: str, day: str, month: str, early: str) -> None:
    plain = forms(locale)
    assert plain.formatter("date")("2025-06-11") == day
    assert plain.formatter("date")("2025-06") == month
    assert plain.formatter("day")({"date": "2025-06-11", "qualifier": "not-before"}) == day
    assert plain.formatter("day")("2025-01-02") == early
    assert plain.formatter("when")("2025-06-11") == day


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", "October 1, 2025"),
        ("ja_JP", "2025年10月1日"),
        ("de_DE", "1. Oktober 2025"),
        ("fr_FR", "1er octobre 2025"),
        ("es_ES", "1 de octubre de 2025"),
        ("pt_BR", "1º de outubro de 2025"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_where_the_language_says_so(
    locale: str, said: str
) -> None:
    assert forms(locale).formatter("date")("2025-10-01") == said


@pytest.mark.parametrize(
    ("locale", "day", "month"),
    [
        ("en_US", "no earlier than June 11, 2025", "no earlier than June 2025"),
        ("de_DE", "frühestens am 11. Juni 2025", "frühestens im Juni 2025"),
        ("fr_FR", "au plus tôt le 11 juin 2025", "au plus tôt en juin 2025"),
        ("es_ES", "no antes del 11 de junio de 2025", "no antes de junio de 2025"),
    ],
)
def test_a_month_has_a_preposition_of_its_own(locale: str, day: str, month: str) -> None:
    plain = forms(locale)
    assert plain.formatter("when")({"date": "2025-06-11", "qualifier": "not-before"}) == day
    assert plain.formatter("when")({"date": "2025-06", "qualifier": "not-before"}) == month


@pytest.mark.parametrize(
    ("locale", "one", "many"),
    [
        ("en_US", "1 more", "2 more"),
        ("de_DE", "1 weitere", "2 weitere"),
        ("fr_FR", "1 autre", "2 autres"),
        ("ja_JP", "ほか1個", "ほか2個"),
        ("zh_CN", "等4个", "等5个"),
        ("ko_KR", "등 4개", "등 5개"),
    ],
)
def test_the_rest_of_a_list_has_plural_forms(locale: str, one: str, many: str) -> None:
    for total, said in ((4, one), (5, many)):
        names: Value = {"items": ("a", "b", "c"), "total": total}
        assert forms(locale).formatter("codes")(names).endswith(said)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_qualifier_is_told_apart(locale: str) -> None:
    plain = forms(locale)
    qualifiers = ["", *(name for name, _ in dates._QUALIFIERS)]
    said = {
        qualifier: plain.formatter("when")({"date": "2025-09-01", "qualifier": qualifier})
        for qualifier in qualifiers
    }
    day = plain.formatter("date")("2025-09-01")
    assert all(day in text and "{" not in text for text in said.values())
    assert len(set(said.values())) == len(qualifiers)
    month = plain.formatter("when")({"date": "2025-09", "qualifier": ""})
    assert plain.formatter("date")("2025-09") in month


@pytest.mark.parametrize(
    "value", ["soon", "2025-13", "2025-02-30", "99-99-9999", "", "12345678901"]
)
@pytest.mark.parametrize("form", ["date", "day", "when"])
def test_what_is_no_date_is_said_as_it_is(form: str, value: str) -> None:
    assert forms("en_US").formatter(form)(value) == value


@pytest.mark.parametrize("locale", ["en_US", "ja_JP", "zh_CN"])
def test_numbers_have_the_locales_separators(locale: str) -> None:
    assert forms(locale).formatter("number")(1234567) == "1,234,567"
    assert forms(locale).formatter("number")(0) == "0"


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1550, "1.6 kB"),
     (1_000_000, "1 MB"), (52_340_000, "52.3 MB"), (5_000_000_000, "5,000 MB")],
)  # fmt: skip
def test_sizes_in_english(size: int, said: str) -> None:
    assert forms("en_US").formatter("size")(size) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("de_DE", ["1 Byte", "7 Byte", "1,6 kB", "1,5 MB"]),
        ("fr_FR", ["1 octet", "7 octets", "1,6 ko", "1,5 Mo"]),
        ("pt_BR", ["1 byte", "7 bytes", "1,6 kB", "1,5 MB"]),
        ("zh_TW", ["1位元組", "7位元組", "1.6 KB", "1.5 MB"]),
        ("ko_KR", ["1바이트", "7바이트", "1.6KB", "1.5MB"]),
    ],
)
def test_sizes_in_other_languages(locale: str, said: list[str]) -> None:
    assert [forms(locale).formatter("size")(size) for size in (1, 7, 1550, 1_500_000)] == said


@pytest.mark.parametrize("locale", LOCALES)
def test_sizes_everywhere(locale: str) -> None:
    plain = forms(locale)
    assert re.fullmatch(r"1[.,]5\s?\w+", plain.formatter("size")(1_500_000))
    assert re.fullmatch(r"2\s?\w+", plain.formatter("size")(2000))
    assert plain.formatter("size")(7).startswith("7")
    assert len({plain.formatter("size")(size).split("2")[1] for size in (2, 2000, 2_000_000)}) == 3


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("noun", nouns())
def test_counts_hold_their_number_in_every_plural_form(locale: str, noun: str) -> None:
    plain = forms(locale)
    for number in NUMBERS:
        said = plain.formatter(f"n_{noun.removeprefix('count.')}")(number)
        assert plain.number(number) in said
        assert "{" not in said


@pytest.mark.parametrize("noun", nouns())
def test_english_counts_one_apart_from_many(noun: str) -> None:
    plain = forms("en_US")
    said = {
        n: plain.formatter(f"n_{noun.removeprefix('count.')}")(n).split(" ", 1)[1]
        for n in (0, 1, 2)
    }
    assert said[0] == said[2] != said[1]


@pytest.mark.parametrize(
    ("locale", "lists"),
    [
        ("en_US", ["", "“one”", "“one” and “two”", "“one”, “two”, and “three”"]),
        ("ja_JP", ["", "「one」", "「one」「two」", "「one」「two」「three」"]),
        ("zh_CN", ["", "“one”", "“one”和“two”", "“one”“two”和“three”"]),
        ("zh_TW", ["", "「one」", "「one」和「two」", "「one」「two」和「three」"]),
        ("ko_KR", ["", "“one”", "“one” 및 “two”", "“one”, “two” 및 “three”"]),
        ("de_DE", ["", "„one“", "„one“ und „two“", "„one“, „two“ und „three“"]),
        ("es_ES", ["", "«one»", "«one» y «two»", "«one», «two» y «three»"]),
        ("pt_BR", ["", "“one”", "“one” e “two”", "“one”, “two” e “three”"]),
    ],
)
def test_lists_are_joined_as_the_locale_does(locale: str, lists: list[str]) -> None:
    words = ("one", "two", "three")
    assert [forms(locale).formatter("names")(words[:count]) for count in range(4)] == lists


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["names", "codes"])
def test_long_lists_show_three_and_count_the_rest(locale: str, form: str) -> None:
    plain = forms(locale)
    words = tuple(f"word{letter}" for letter in "abcde")
    for count in range(6):
        said = plain.formatter(form)(words[:count])
        # A single one left is named: “1 more” takes as much room, and has a gender in German.
        shown = count if count == SHOWN_NAMES + 1 else min(count, SHOWN_NAMES)
        assert [word for word in words if word in said] == list(words[:shown])
    said = plain.formatter(form)({"items": words, "total": 1234})
    # The rest, or in some languages all of them.
    assert plain.number(1231) in said or plain.number(1234) in said
    assert plain.formatter(form)("worda") == plain.formatter(form)(("worda",))


@pytest.mark.parametrize(
    ("locale", "some"),
    [
        ("en_US", "a_1, b_1, c_1"),
        ("ja_JP", "a_1、b_1、c_1 など"),
        ("zh_CN", "a_1、b_1、c_1 等"),
        ("ko_KR", "a_1, b_1, c_1 등"),
    ],
)
def test_beside_a_count_a_list_says_only_that_there_are_more(locale: str, some: str) -> None:
    plain = forms(locale)
    names: Value = {"items": ("a_1", "b_1", "c_1", "d_1"), "total": 9}
    assert plain.formatter("top_codes")(names) == some
    assert plain.formatter("top_codes")(("a_1", "b_1")) == plain.formatter("codes")(("a_1", "b_1"))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_list_that_is_cut_sets_its_quotations_apart_as_the_script_does(locale: str) -> None:
    forms = Forms(load_catalog(locale), Style.MARKDOWN)
    said = forms.formatter("top_quotes")(("one", "two", "three"))
    before, behind = (forms.quote(name) for name in ("one", "two"))
    between = said.partition(before)[2].partition(behind)[0]
    assert between == ("" if load_catalog(locale).is_unspaced else ", ")


@pytest.mark.parametrize("locale", LOCALES)
def test_names_are_code_only_when_they_look_like_it(locale: str) -> None:
    markdown = forms(locale, Style.MARKDOWN)
    for literal in ("gpt-4o", "computer-use-preview", "a/b.md", "v1.2", "API_KEY"):
        assert markdown.formatter("name")(literal) == f"`{literal}`"
    for words in ("Standard", "Next steps", "What is it?", "日本"):
        assert "`" not in markdown.formatter("name")(words)
        assert words in markdown.formatter("name")(words)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_code_block_without_a_language_has_words(locale: str) -> None:
    plain = forms(locale)
    assert plain.formatter("language")("python") == "python"
    assert plain.formatter("language")("") == load_catalog(locale).text("code.unnamed")


@pytest.mark.parametrize("locale", LOCALES)
def test_only_known_forms_are_known(locale: str) -> None:
    plain = forms(locale)
    assert plain.is_known("")
    assert plain.is_known("n_files")
    assert not plain.is_known("n_unicorns")
    assert not plain.is_known("shout")


HOSTILE = ["<b>x</b>", "[a](http://x)", "![i](y)", "*a*", "_a_", "__a__", "~~a~~", "`a`", "``", "a|b", "# h",
           "- a", "1. a", "> q", "http://example.com/a_b_", "www.example.com", "@user", "#12", "&amp;", "&#65;",
           "a\nb", "a\r\nb", "a\u2028b", "\x85", "{text}", "{0}", "{count:number}", "{n}", "%s", "\\", "\\*",
           "</details>", "<!-- x -->", "$x$", "^a^", "::: x", "    code", "\ta", "   ", "---", "===", "```",
           "a  ", "\u202eabc", "\ud800", "\0", "［a］", "a*b*c", "<http://x>", "[^1]", "[ ] a", "+ a", ": a"]  # fmt: skip
FREE = ["", "text", "code", "path", "quote", "name", "language"]
LISTS = ["names", "codes", "quotes"]
TEXTS = st.one_of(
    st.text("*_`[]()<>&!|#~\\-+.1 \n{}:/ahtp=\"'$^", max_size=20),
    st.text(max_size=12),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map("".join),
)


def assert_inert(markdown: str, plain: str) -> None:
    """Rendered, the text reads as the plain one does, and nothing in it has become markup."""
    assert not re.search("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", markdown)
    assert not re.search("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", plain)
    rendered = cmarkgfm.github_flavored_markdown_to_html(f"x {markdown} y")
    tags = set(re.findall(r"<[^>]*>", rendered)) - {"<p>", "</p>", "<code>", "</code>"}
    # GitHub links bare mail addresses; the words stay the same.
    assert all(tag == "</a>" or tag.startswith('<a href="mailto:') for tag in tags)
    text = html.unescape(re.sub(r"<[^>]*>", "", rendered))
    # An empty value shows as an empty code span, which is white space.
    assert "".join(text.split()) == "".join(f"x {plain} y".split())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", FREE)
def test_hostile_values_stay_inert(locale: str, form: str) -> None:
    markdown, plain = forms(locale, Style.MARKDOWN), forms(locale)
    for value in HOSTILE:
        assert_inert(markdown.formatter(form)(value), plain.formatter(form)(value))


@settings(deadline=None, max_examples=150)
@given(value=TEXTS, form=st.sampled_from(FREE), locale=st.sampled_from(LOCALES))
@example(value="``` ", form="code", locale="en_US")
def test_any_value_stays_inert(value: str, form: str, locale: str) -> None:
    markdown, plain = forms(locale, Style.MARKDOWN), forms(locale)
    assert_inert(markdown.formatter(form)(value), plain.formatter(form)(value))


@settings(deadline=None, max_examples=100)
@given(
    values=st.lists(TEXTS, max_size=5).map(tuple),
    form=st.sampled_from(LISTS),
    locale=st.sampled_from(LOCALES),
)
def test_any_list_stays_inert(values: tuple[Value, ...], form: str, locale: str) -> None:
    markdown, plain = forms(locale, Style.MARKDOWN), forms(locale)
    assert_inert(markdown.formatter(form)(values), plain.formatter(form)(values))


@settings(deadline=None, max_examples=100)
@given(value=TEXTS, form=st.sampled_from(["date", "day", "when"]), locale=st.sampled_from(LOCALES))
def test_dates_that_are_none_stay_inert(value: str, form: str, locale: str) -> None:
    markdown, plain = forms(locale, Style.MARKDOWN), forms(locale)
    assert_inert(markdown.formatter(form)(value), plain.formatter(form)(value))


@pytest.mark.parametrize("form", FREE)
def test_no_form_lets_characters_through_that_reorder_a_line(form: str) -> None:
    for style in Style:
        said = forms("en_US", style).formatter(form)("a\u202eb\u2066c\ufeffd")
        assert not any(unicodedata.category(character) == "Cf" for character in said)
