"""The catalogs: complete, used, alike in their parameters, and free of what ends a reader's trust."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural

from diff_insight.cli import progress
from diff_insight.localization.catalogs import load_catalog, read_catalog
from diff_insight.localization.forms import Forms, Style
from diff_insight.localization.locales import available
from support.messages import (
    calls,
    constants,
    fact_kinds,
    families,
    item_kinds,
    literal,
    notices,
    parameters,
    worded_keys,
)

LOCALES = available()
REFERENCE = "en_US"
#: Messages that forms fill in by themselves: key or family -> the parameter they must hold as it is.
FIXED_PARAMETERS = {
    "quote": "{text}",
    "list.more": "{count:number}",
    "list.some": "{list}",
    "list.all": "{list}",
    "when.": "{date}",
    "count.": "{n}",
}
#: Praise and purpose: no diff shows them, so no report says them.
BANNED = {
    "en": r"(?i)\b(enhanc\w*|improv\w*|empower\w*|ensur\w*|seamless\w*|comprehensive\w*|robust\w*|"
    r"(?:is|are)? ?aim(?:s|ed|ing)? (?:to|at)|better|clearer|clarif\w*|streamlin\w*|powerful|"
    r"user-friendly|helps?|optimi[sz]\w*|significant\w*|leverag\w*|exciting|in order to)\b",
    "ja": "向上|寄与|強化|充実|より良い|よりよい|わかりやすく|分かりやすく|確実に|改善|最適化|大幅|役立|ための|"
    "さらに便利|明確に|使いやす",
    "zh": "提升|增强|优化|帮助|更好地|更好的|确保|全面|改善|改进|有助于|旨在|更加|便于|显著|完善|为了",
}
#: A statement that something breaking is absent -> the word that bounds it.
ABSENCE = {
    "en": (r"(?i)\b(no|not|nothing|none|never|without)\b[^.;]*\bbreak", r"(?i)\brules?\b"),
    "ja": ("(?=.*破壊的)(?=.*(ない|なし|ません|無し|ありません))", "規則|ルール"),
    "zh": ("(?=.*(重大变化|破坏性))(?=.*(无|没有|未|不))", "规则"),
}
#: Marks that a locale must not have in its own words: the half-width ones of another script.
FOREIGN_MARKS = {"en": "[\u3000-\u30ff\uff00-\uffef]", "ja": "[,;:()!?]|\\.(?!\\w)", "zh": "[,;:()!?]|\\.(?!\\w)"}  # fmt: skip
TERMINAL = {"en": ".", "ja": "。", "zh": "。"}
#: Sentences of Japanese prose are polite; its phrases end in nouns.
POLITE = re.compile("です|ます|ました|でした|ません|ください")


def language(locale: str) -> str:
    return locale.partition("_")[0]


@cache
def entries(locale: str) -> dict[str, tuple[str, ...]]:
    """Return every message with all its plural forms."""
    messages = load_catalog(locale).messages
    return {key: (text,) if isinstance(text, str) else text for key, text in messages.items()}


def parsed(locale: str) -> list[Message]:
    return [message for message in read_catalog(locale) if message.id]


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
    catalog = read_catalog(locale)
    assert not catalog.obsolete
    assert str(catalog.locale) == str(load_catalog(locale).locale)
    assert catalog.charset.lower() == "utf-8"


@pytest.mark.parametrize("locale", LOCALES)
def test_plural_forms_follow_the_locales_rule(locale: str) -> None:
    rule = get_plural(locale)
    catalog = read_catalog(locale)
    assert catalog.num_plurals == rule.num_plurals
    form_of = load_catalog(locale).plural_form
    assert {form_of(number) for number in range(200)} <= set(range(rule.num_plurals))
    for key, texts in entries(locale).items():
        if key.startswith("count."):
            assert len(texts) == rule.num_plurals, key
        else:
            assert len(texts) == 1, key


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
            if set(parameters(text)) != reference:
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
        if not forms.known(form)
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


def test_every_notice_has_words_for_the_terminal() -> None:
    assert {key for _, key in notices()} <= set(progress._NOTICES)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_praise_and_no_purpose(locale: str) -> None:
    banned = re.compile(BANNED[language(locale)])
    found = {
        key: match[0]
        for key, texts in entries(locale).items()
        for text in texts
        if (match := banned.search(literal(text)))
    }
    assert not found


@pytest.mark.parametrize("locale", LOCALES)
def test_absence_is_bounded_by_the_rules_that_looked(locale: str) -> None:
    absent, bound = ABSENCE[language(locale)]
    unbounded = {
        key
        for key, texts in entries(locale).items()
        for text in texts
        if re.search(absent, literal(text)) and not re.search(bound, text)
    }
    assert not unbounded


def test_the_reports_say_what_the_rules_did_not_find() -> None:
    # The patterns above are of use only while there is such a message in every locale.
    for locale in LOCALES:
        absent, bound = ABSENCE[language(locale)]
        texts = [text for texts in entries(locale).values() for text in texts]
        assert any(re.search(absent, text) and re.search(bound, text) for text in texts)


@pytest.mark.parametrize("locale", LOCALES)
def test_marks_are_those_of_the_script(locale: str) -> None:
    foreign = re.compile(FOREIGN_MARKS[language(locale)])
    found = {
        key: match[0]
        for key, texts in entries(locale).items()
        for text in texts
        if (match := foreign.search(literal(text)))
    }
    assert not found


@pytest.mark.parametrize("locale", LOCALES)
def test_phrases_have_no_full_stop_and_sentences_end(locale: str) -> None:
    terminal = TERMINAL[language(locale)]
    for key, texts in entries(locale).items():
        for text in texts:
            if key.startswith("phrase."):
                assert not text.endswith((".", "。", "．", ":", "：")), key
            elif key.startswith(("sentence.", "relation.")) and key not in JOINTS:
                ends = text.endswith(terminal) or re.search(r"\{\w+:(all_)?quotes?\}$", text)
                assert ends, key


#: Messages of that family that are glue, not sentences.
JOINTS = ("sentence.join", "sentence.end")


def test_japanese_phrases_end_in_nouns_and_prose_is_polite() -> None:
    texts = {key: text for key, forms in entries("ja_JP").items() for text in forms}
    polite = {key for key, text in texts.items() if POLITE.search(text)}
    assert not {key for key in polite if key.startswith(("phrase.", "term.", "count.", "section."))}
    plain = {
        key
        for key, text in texts.items()
        if key.startswith(("sentence.", "relation.")) and text.endswith("。") and key not in polite
    }
    # A label and what it announces is a list, not prose.
    labels = {key for key in plain if re.search("：[^。]*。$", texts[key])}
    assert not plain - labels - set(JOINTS)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "Improves the guide"),
        ("en_US", "It ensures that"),
        ("en_US", "This aims to help"),
        ("en_US", "a better way"),
        ("ja_JP", "利便性の向上に寄与"),
        ("zh_CN", "帮助用户更好地理解"),
    ],
)
def test_the_banned_phrases_are_found(locale: str, text: str) -> None:
    assert re.search(BANNED[language(locale)], text)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "No breaking changes"),
        ("en_US", "There are no changes that break anything"),
        ("ja_JP", "破壊的変更はありません"),
        ("zh_CN", "没有重大变化"),
    ],
)
def test_unbounded_absence_is_found(locale: str, text: str) -> None:
    absent, bound = ABSENCE[language(locale)]
    assert re.search(absent, text)
    assert not re.search(bound, text)
