"""Messages with their parameters filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from diff_insight.localization import catalogs
from diff_insight.localization.catalogs import Catalog, load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.locales import available
from diff_insight.localization.po_file import Text, read_messages
from diff_insight.localization.speaker import Speaker, parts_of


def catalog(messages: Mapping[str, str | tuple[str, ...]], rule: Callable[[int], int]) -> Catalog:
    spaced = {"sentence.join": "{first} {second}"}
    return Catalog("en_US", load_catalog("en_US").locale, {**spaced, **messages}, rule)


def test_a_message_is_cut_at_its_parameters() -> None:
    assert parts_of("{a:code} of {b}, {c} {") == (
        "",
        ("a", "code"),
        " of ",
        ("b", ""),
        ", ",
        ("c", ""),
        " {",
    )
    assert parts_of("no { parameter } here {}") == ("no { parameter } here {}",)


def test_values_are_escaped_once_and_never_read_as_messages() -> None:
    spoken = catalog({"k": "{a} and {b:code}", "quote": "“{text}”"}, int)
    values = {"a": "{b} *x*", "b": "{a}"}
    assert Speaker(spoken, Style.MARKDOWN).say("k", values) == "\\{b\\} \\*x\\* and `{a}`"
    assert Speaker(spoken, Style.PLAIN).say("k", values) == "{b} *x* and {a}"


def test_a_missing_parameter_is_empty_and_a_missing_message_an_error() -> None:
    speaker = Speaker(catalog({"k": "[{a}]"}, int), Style.PLAIN)
    assert speaker.say("k") == "[]"
    assert speaker.has("k")
    assert not speaker.has("other")
    with pytest.raises(KeyError):
        speaker.say("other")


def test_finished_text_is_filled_in_as_it_is() -> None:
    speaker = Speaker(catalog({"k": "{first}; {second}"}, int), Style.MARKDOWN)
    assert speaker.fill("k", first="*a*", second="{first}") == "*a*; {first}"


def test_scripts_without_spaces_set_off_code_only() -> None:
    messages = {
        "sentence.join": "{first}{second}",
        "quote": "「{text}」",
        "k": "{a:name} を {b:quote} に",
    }
    speaker = Speaker(catalog(messages, int), Style.MARKDOWN)
    assert speaker.say("k", {"a": "gpt-4o", "b": "x"}) == "`gpt-4o` を「x」に"
    assert speaker.say("k", {"a": "名前", "b": "x"}) == "「名前」を「x」に"


def test_plural_forms_follow_the_rule() -> None:
    russian = catalog({"n": ("one", "few", "many")}, lambda n: 0 if n == 1 else 1 if n < 5 else 2)
    assert [russian.plural("n", number) for number in (1, 2, 5)] == ["one", "few", "many"]
    assert catalog({"n": ("one", "many")}, lambda n: 7).plural("n", 3) == "many"
    assert catalog({"n": "same"}, int).plural("n", 3) == "same"
    assert russian.text("n") == "one"


@pytest.mark.parametrize("name", available())
def test_a_catalog_is_parsed_once(name: str) -> None:
    loaded = load_catalog(name)
    assert load_catalog(name) is loaded
    assert str(loaded.locale) in (name, "zh_Hans_CN", "zh_Hant_TW")


def test_a_report_reads_the_catalogs_of_its_locales_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []

    def read(text: str) -> tuple[dict[str, Text], str]:
        parsed.extend(re.findall(r"Language: (\w+)", text))
        return read_messages(text)

    monkeypatch.setattr(catalogs, "read_messages", read)
    load_catalog.cache_clear()
    available()
    assert parsed == []
    assert load_catalog("ko_KR").text("section.none") == "없음"
    assert Speaker(load_catalog("ko_KR"), Style.PLAIN).say("section.none") == "없음"
    assert parsed == ["ko_KR"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Text\n", "Text", "Text⏎, Text"),
        ("x ", "x", "x␣, x"),
        ("a  b", "a b", "a␣␣b, a b"),
        ("a\tb", "a b", "a⇥b, a b"),
        ("a\u00a0b", "a b", "a\\u{a0}b, a b"),
        ("a  b", "a c", "a b, a c"),
        ("a  b", "a  b", "a b, a b"),
    ],
)
def test_what_differs_in_gaps_alone_is_told_apart(old: str, new: str, shown: str) -> None:
    speaker = Speaker(catalog({"k": "{old:code}, {new:code}"}, int), Style.PLAIN)
    assert speaker.say("k", {"old": old, "new": new}) == shown
