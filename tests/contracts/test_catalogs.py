"""The catalogs: complete, used, and alike in their parameters."""

from __future__ import annotations

import re
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from diff_insight import notices as notice_words
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Forms, Style
from support.catalogs import LOCALES, entries, read_with_babel
from support.messages import (
    calls,
    constants,
    fact_kinds,
    families,
    item_kinds,
    notices,
    parameters,
    worded_keys,
)

REFERENCE = "en_US"
#: Messages that forms fill in by themselves: key or family -> the parameter they must hold as it is.
FIXED_PARAMETERS = {
    "quote": "{text}",
    "list.some": "{list}",
    "list.all": "{list}",
    "when.": "{date}",
    "count.": "{n}",
    "size.": "{n}",
}
#: The rest of a list: its last part, or in some languages words behind the list.
REST = "list.more"
#: Messages that forms choose by a number; the other ones have one form.
COUNTED = ("count.", "size.bytes", "list.more")


def parsed(locale: str) -> list[Message]:
    return [message for message in read_with_babel(locale) if message.id]


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms_used() -> set[str]:
    return {
        form
        for locale in LOCALES
        for texts in entries(locale).values()
        for text in texts
        for shown in parameters(text).values()
        for form in shown
    }


def family_keys() -> set[str]:
    return {start + end for start, ends in families(forms_used()).items() for end in ends if ends}


def listed(keys: set[str]) -> str:
    return "\n".join(sorted(keys))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_catalog_has_the_same_messages(locale: str) -> None:
    ours, reference = set(entries(locale)), set(entries(REFERENCE))
    assert not reference - ours, f"missing in {locale}:\n{listed(reference - ours)}"
    assert not ours - reference, f"only in {locale}:\n{listed(ours - reference)}"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_empty_fuzzy_obsolete_or_there_twice(locale: str) -> None:
    for message in parsed(locale):
        key = key_of(message)
        assert not message.fuzzy, key
        assert all(text.strip() or key == "sentence.end" for text in entries(locale)[key]), key
    catalog = read_with_babel(locale)
    assert not catalog.obsolete
    assert str(catalog.locale) == str(load_catalog(locale).locale)
    assert catalog.charset.lower() == "utf-8"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_says_what_babel_reads(locale: str) -> None:
    read = read_with_babel(locale)
    told = {
        key_of(message): message.string
        if isinstance(message.string, str)
        else tuple(message.string or ())
        for message in parsed(locale)
    }
    assert load_catalog(locale).messages == told
    form_of = c2py(read.plural_expr)
    assert all(load_catalog(locale).plural_form(n) == form_of(n) for n in range(200))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_counts_as_its_language_does(locale: str) -> None:
    """Numbers share a form where CLDR has them in one category.

    The rule is the catalog's own. CLDR has one more category in Spanish, French and Portuguese, for
    "un millón de archivos": whole millions, of which no report counts that many; they take the
    general form.
    """
    category_of = load_catalog(locale).locale.plural_form
    form_of = load_catalog(locale).plural_form
    forms: dict[str, set[int]] = {}
    for number in (*range(2000), 999_999, 1_000_001, 1_234_567):
        forms.setdefault(category_of(number), set()).add(form_of(number))
    assert all(len(same) == 1 for same in forms.values())
    assert set().union(*forms.values()) == set(range(len(forms)))
    assert {form_of(million) for million in (1_000_000, 5_000_000)} == forms["other"]
    assert read_with_babel(locale).num_plurals == len(forms)
    for key, texts in entries(locale).items():
        assert len(texts) == (len(forms) if key.startswith(COUNTED) else 1), key


def test_every_message_that_code_names_is_there() -> None:
    known = set(entries(REFERENCE))
    needed = {call.key for call in calls() if call.whole} | worded_keys() | family_keys()
    assert not needed - known, f"missing:\n{listed(needed - known)}"


def test_every_kind_of_fact_has_words() -> None:
    known = item_kinds()
    found = fact_kinds()
    assert len(found) > 30
    for kind in found:
        assert any(re.fullmatch(kind, name) for name in known), kind


def test_every_open_end_of_a_key_is_a_known_family() -> None:
    open_ends = {(call.place, call.key) for call in calls() if not call.whole}
    taught = tuple(families(forms_used()))
    unknown = {end for end in open_ends if not end[1].startswith(taught)}
    assert not unknown, "tests/support/messages.py has to learn what follows these"


def test_every_message_is_used() -> None:
    used = constants() | worded_keys() | family_keys()
    unused = set(entries(REFERENCE)) - used
    assert not unused, f"unused:\n{listed(unused)}"


@pytest.mark.parametrize("locale", LOCALES)
def test_parameters_are_the_same_in_every_locale(locale: str) -> None:
    wrong = {}
    for key, texts in entries(locale).items():
        reference = {name for text in entries(REFERENCE)[key] for name in parameters(text)}
        for text in texts:
            if set(parameters(text)) != reference and key != REST:
                wrong[key] = (sorted(reference), sorted(parameters(text)))
    assert not wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_every_form_is_known(locale: str) -> None:
    forms = Forms(load_catalog(locale), Style.PLAIN)
    wrong = {
        (key, form)
        for key, texts in entries(locale).items()
        for text in texts
        for shown in parameters(text).values()
        for form in shown
        if not forms.is_known(form)
    }
    assert not wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_what_forms_fill_in_stands_as_they_expect_it(locale: str) -> None:
    for key, texts in entries(locale).items():
        for start, parameter in FIXED_PARAMETERS.items():
            if key == start or (start.endswith(".") and key.startswith(start)):
                for text in texts:
                    assert text.count(parameter) == 1, key
                    assert len(parameters(text)) == 1, key
    for text in entries(locale)[REST]:
        shown = set(parameters(text))
        assert shown == {"count"} or shown in ({"list", "count"}, {"list", "total"})
    for key, texts in entries(locale).items():
        rest = re.sub(r"\{\w+(:\w+)?\}", "", "".join(texts))
        assert not set("{}") & set(rest), f"{key} has a brace that is no parameter"


def test_calls_give_what_their_message_shows() -> None:
    wrong = []
    for call in calls():
        if call.whole and call.parameters is not None and call.key in entries(REFERENCE):
            shown = {name for text in entries(REFERENCE)[call.key] for name in parameters(text)}
            given = call.parameters
            if not shown <= given or (call.method == "fill" and shown != given):
                wrong.append((call.place, call.key, sorted(shown), sorted(given)))
    assert not wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_sections_of_a_report_have_one_name(locale: str) -> None:
    keys = (
        "section.breaking-changes", "section.new-features", "section.other-updates", "section.to-do",
        "github.updates", "github.each-file", "html.insights", "html.threads", "html.files",
    )  # fmt: skip
    said = {entry.id: entry.string for entry in parsed(locale) if entry.id in keys}
    assert set(said) == set(keys)
    assert len(set(said.values())) == len(said), said


def test_every_notice_has_words_for_the_terminal() -> None:
    assert {key for _, key in notices()} <= set(notice_words.WORDS)


def test_the_page_for_translators_lists_every_form() -> None:
    page = Path(__file__).parents[2] / "docs" / "localization.md"
    rows = page.read_text("utf-8").partition("\n## Forms\n")[2].partition("\n## ")[0]
    listed_forms = set(
        re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\|[^|]*\|", rows, re.MULTILINE)))
    )
    ours = set(Forms(load_catalog(REFERENCE), Style.PLAIN)._by_name) - {""}
    assert {form for form in listed_forms if not form.startswith("n_")} == ours
    assert {form for form in listed_forms if form.startswith("n_")} <= forms_used()
    assert "| none, `text` |" in rows
