"""The words of the catalogs: free of what ends a reader's trust, in the marks of their script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import pytest

from diff_insight.localization.catalogs import load_catalog
from support.catalogs import LOCALES, entries, language
from support.messages import literal

_T = TypeVar("_T")
#: Praise and purpose: no diff shows them, so no report says them.
BANNED = {
    "en": r"(?i)\b(enhanc\w*|improv\w*|empower\w*|ensur\w*|seamless\w*|comprehensive\w*|robust\w*|"
    r"(?:is|are)? ?aim(?:s|ed|ing)? (?:to|at)|better|clearer|clarif\w*|streamlin\w*|powerful|"
    r"user-friendly|helps?|optimi[sz]\w*|significant\w*|leverag\w*|exciting|in order to)\b",
    "ja": "向上|寄与|強化|充実|より良い|よりよい|わかりやすく|分かりやすく|確実に|改善|最適化|大幅|役立|ための|"
    "さらに便利|明確に|使いやす",
    "zh": "提升|增强|优化|帮助|更好地|更好的|确保|全面|改善|改进|有助于|旨在|更加|便于|显著|完善|为了",
    "zh_TW": "提升|增強|最佳化|優化|幫助|協助|更好|確保|全面|改善|改進|有助於|旨在|更加|便於|顯著|完善|為了",
    "ko": "향상|개선|강화|최적화|보장|도움|돕|더 나은|더 좋은|쉽게|편리|명확하게|포괄적|강력한|크게|위해|위한",
    "de": r"(?i)\b(verbesser\w*|optimier\w*|sicher(?!heit\b)\w*|gewährleist\w*|hilft|helfen|hilfreich\w*|umfassend\w*|"
    r"nahtlos\w*|robust\w*|leistungs\w+|benutzerfreundlich\w*|klarer\w*|besser\w*|erheblich\w*|deutlich\w*|"
    r"ermöglich\w*|damit|zielt)\b",
    "fr": r"(?i)\b(amélior\w*|optimis\w*|garanti\w*|assur\w*|facilit\w*|aid(?:e|er|ent|ant)|complète|"
    r"robust\w*|puissan\w*|meilleur\w*|mieux|clarifi\w*|simplifi\w*|vise(?:nt)?|afin|significati\w*)\b",
    "es": r"(?i)\b(mejor\w*|optimiz\w*|garantiz\w*|asegur\w*|facilit\w*|ayud\w*|exhaustiv\w*|robust\w*|"
    r"potente\w*|aclar\w*|simplific\w*|pretend\w*|significativ\w*|con el fin)\b",
    "pt": r"(?i)\b(melhor\w*|otimiz\w*|garant\w*|assegur\w*|facilit\w*|ajud\w*|abrangente\w*|robust\w*|"
    r"poderos\w*|esclarec\w*|simplific\w*|visa\w?|significativ\w*|a fim)\b",
}
#: A statement that something breaking is absent -> the words that bound it: who looked, or where.
ABSENCE = {
    "en": (
        r"(?i)\b(no|not|nothing|none|never|without)\b[^.;]*\bbreak",
        r"(?i)\b(rules?|commits?)\b",
    ),
    "ja": ("(?=.*破壊的)(?=.*(ない|なし|ません|無し|ありません))", "規則|ルール|コミット"),
    "zh": ("(?=.*不兼容变更)(?=.*(无|没有|未|不(?!兼容)))", "规则|提交"),
    "zh_TW": ("(?=.*不相容變更)(?=.*(無|沒有|未|不(?!相容)))", "規則|提交"),
    "ko": ("(?=.*(호환성|파괴적))(?=.*(없|않|못))", "규칙|커밋"),
    "de": (
        r"(?i)\b(kein\w*|nicht|nichts|nie|ohne)\b[^.;]*\bbreaking",
        r"(?i)\b(regeln?|commits?)\b",
    ),
    "fr": (r"(?i)\b(aucun\w*|pas|rien|sans)\b[^.;]*\bincompatible", r"(?i)\b(règles?|commits?)\b"),
    "es": (r"(?i)\b(no|ning\w+|nada|sin)\b[^.;]*\bincompatible", r"(?i)\b(reglas?|commits?)\b"),
    "pt": (r"(?i)\b(não|nenhum\w*|nada|sem)\b[^.;]*\bincompatív", r"(?i)\b(regras?|commits?)\b"),
}
#: Marks that a locale must not have in its own words: the half-width ones of another script.
_WIDE = "\u3000-\u30ff\uff00-\uffef"
FOREIGN_MARKS = {
    "en": f"[{_WIDE}]",
    "ja": "[,;:()!?]|\\.(?!\\w)",
    "zh": "[,;:()!?]|\\.(?!\\w)",
    # “文件” is a document in Taiwan; the other words are not said there.
    "zh_TW": "[,;:()!?“”]|\\.(?!\\w)|文件|鏈接|代碼|用戶|信息|默認|字節|[为从这个删链码请与页]",
    "ko": f"[{_WIDE}«»'\"]",
    "de": f"[{_WIDE}«»”'\"]",
    # Before ; : ! ? and inside « » stands a narrow space at which no line breaks.
    "fr": f"[{_WIDE}„“”'\"]|(?<!\u202f)[;:!?»]|«(?!\u202f)",
    "es": f"[{_WIDE}„“”'\"]",
    "pt": f"[{_WIDE}«»„'\"]",
}
TERMINAL = {"ja": "。", "zh": "。"}
#: Sentences of Japanese prose are polite; its phrases end in nouns.
POLITE = re.compile("です|ます|ました|でした|ません|ください")
#: A Korean particle of two forms behind a value whose last sound no message knows.
DEPENDENT = re.compile(
    r"\{\w+(:(?!n_|term|verb|day|when|size)\w+)?\}(을|를|은|는|이|가|과|와|로|으로)(?=[ .,:]|$)"
)


def taught(table: Mapping[str, _T], locale: str) -> _T:
    """Return what a table says for a locale, or else for its language."""
    known = locale if locale in table else language(locale)
    assert known in table, f"teach this test what {locale!r} needs"
    return table[known]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_praise_and_no_purpose(locale: str) -> None:
    banned = re.compile(taught(BANNED, locale))
    found = {
        key: match[0]
        for key, texts in entries(locale).items()
        for text in texts
        if (match := banned.search(literal(text)))
    }
    assert not found


@pytest.mark.parametrize("locale", LOCALES)
def test_absence_is_bounded_by_the_rules_that_looked(locale: str) -> None:
    absent, bound = taught(ABSENCE, locale)
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
        absent, bound = taught(ABSENCE, locale)
        texts = [text for texts in entries(locale).values() for text in texts]
        assert any(re.search(absent, text) and re.search(bound, text) for text in texts)


@pytest.mark.parametrize("locale", LOCALES)
def test_marks_are_those_of_the_script(locale: str) -> None:
    foreign = re.compile(taught(FOREIGN_MARKS, locale))
    found = {
        key: match[0]
        for key, texts in entries(locale).items()
        for text in texts
        if (match := foreign.search(literal(text)))
    }
    assert not found


@pytest.mark.parametrize("locale", LOCALES)
def test_phrases_have_no_full_stop_and_sentences_end(locale: str) -> None:
    terminal = TERMINAL.get(language(locale), ".")
    for key, texts in entries(locale).items():
        for text in texts:
            assert not re.search("[，、；：,;][。.；;]", text), key
            if key.startswith("phrase."):
                assert not text.endswith((".", "。", "．", ":", "：")), key
            elif key.startswith(("sentence.", "relation.")) and key not in JOINTS:
                ends = text.endswith(terminal) or re.search(r"\{\w+:(all_)?quotes?\}$", text)
                assert ends, key


@pytest.mark.parametrize("locale", [name for name in LOCALES if load_catalog(name).is_unspaced])
def test_code_in_a_message_is_set_off_from_letters(locale: str) -> None:
    # Values are set off by code (localization/spacing.py); what stands in a message is its own.
    close = re.compile("[^\\W\\x00-\\x7f]`|`[^\\W\\x00-\\x7f]")
    found = {
        key
        for key, texts in entries(locale).items()
        for text in texts
        if close.search(re.sub("`([^`]*)`", "`x`", text))
    }
    assert not found


@pytest.mark.parametrize("locale", [name for name in LOCALES if load_catalog(name).is_unspaced])
def test_latin_words_in_a_message_are_set_off_and_numbers_are_not(locale: str) -> None:
    letter = "[\u3041-\u30ff\u4e00-\u9fff]"
    odd = re.compile(f"[A-Za-z]{letter}|{letter}[A-Za-z]|(?<![-\\w])\\d+ {letter}|{letter} \\d")
    counted = re.compile(f"\\{{(?:n|\\w+:number)\\}} {letter}|{letter} \\{{(?:n|\\w+:number)\\}}")
    found = {
        key
        for key, texts in entries(locale).items()
        for text in texts
        if odd.search(re.sub("`[^`]*`", "``", literal(text))) or counted.search(text)
    }
    assert not found


#: A German list, whose rest is “2 weitere”, behind a word that asks for “2 weiteren”; and counts that have an ending of
#: their own there (“von 3 Symbolen”).
DATIVE = re.compile(
    r"\b(?i:in|mit|von|aus|zu|bei|an|unter|nach|seit) \{\w+:"
    r"(?:\w*codes|\w*names|\w*quotes|titles|n_(?:symbols|members|values|sections|names|anchors|entries|edits|days))\}"
)


def test_german_lists_and_counts_are_not_in_the_dative() -> None:
    texts = {key: text for key, forms in entries("de_DE").items() for text in forms}
    assert not {key for key, text in texts.items() if DATIVE.search(text)}
    assert DATIVE.search("Änderungen in {names:codes}")
    assert DATIVE.search("Der Typ von {count:n_members} ändert sich")
    assert not DATIVE.search("In {count:n_files} heißt es {title:title}")


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


def test_korean_particles_do_not_depend_on_a_value() -> None:
    # 을 or 를, 은 or 는, ... follows the sound before it; only counted nouns and terms are known.
    wrong = {
        key for key, texts in entries("ko_KR").items() for text in texts if DEPENDENT.search(text)
    }
    assert not wrong


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "Improves the guide"),
        ("en_US", "It ensures that"),
        ("en_US", "This aims to help"),
        ("en_US", "a better way"),
        ("ja_JP", "利便性の向上に寄与"),
        ("zh_CN", "帮助用户更好地理解"),
        ("zh_TW", "協助使用者理解"),
        ("ko_KR", "편의성을 향상"),
        ("de_DE", "Die Seite hilft beim Einstieg"),
        ("fr_FR", "afin de simplifier"),
        ("es_ES", "mejora la guía"),
        ("pt_BR", "ajuda a entender"),
    ],
)
def test_the_banned_phrases_are_found(locale: str, text: str) -> None:
    assert re.search(taught(BANNED, locale), text)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "No breaking changes"),
        ("en_US", "There are no changes that break anything"),
        ("ja_JP", "破壊的変更はありません"),
        ("zh_CN", "没有不兼容变更"),
        ("zh_TW", "沒有不相容變更"),
        ("ko_KR", "호환성이 손상되는 변경이 없습니다"),
        ("de_DE", "Keine Breaking Changes"),
        ("fr_FR", "Aucun changement incompatible"),
        ("es_ES", "No hay cambios incompatibles"),
        ("pt_BR", "Nenhuma mudança incompatível"),
    ],
)
def test_unbounded_absence_is_found(locale: str, text: str) -> None:
    absent, bound = taught(ABSENCE, locale)
    assert re.search(absent, text)
    assert not re.search(bound, text)


PAGE = (Path(__file__).parents[2] / "docs" / "localization.md").read_text("utf-8")


def table(title: str) -> list[list[str]]:
    """Return the rows of the table below a heading, without its head."""
    part = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in part.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_no_expression_of_a_table_is_cut_by_its_bars() -> None:
    assert all(row[1].count("`") % 2 == 0 and len(row) == 2 for row in table("Words to avoid"))


GLOSSARY = {row[0].strip("`"): row[1:] for row in table("Glossary")}
AVOIDED = {row[0].strip("`"): re.findall(r"`([^`]+)`", row[1]) for row in table("Words to avoid")}
#: The heading of the classic layout is a part of its format, which sites read.
FORMAT = frozenset(("classic.breaking-changes",))


@pytest.mark.parametrize("locale", LOCALES)
def test_one_term_for_one_thing(locale: str) -> None:
    """The words of the glossary are in use, and no other words for the same things."""
    every = "\n".join(text for texts in entries(locale).values() for text in texts).casefold()
    assert not [term for term in GLOSSARY[locale] if term.casefold() not in every]
    avoided = re.compile("|".join(AVOIDED[locale]))
    found = {
        key: match[0]
        for key, texts in entries(locale).items()
        for text in texts
        if key not in FORMAT and (match := avoided.search(literal(text)))
    }
    assert not found


@pytest.mark.parametrize("locale", [*LOCALES])
def test_a_count_is_said_once_with_the_counter_of_what_it_counts(locale: str) -> None:
    """Beside “9 rows” a list must not end with “and 6 more things” in languages with counters."""
    if language(locale) not in ("ja", "zh", "ko"):
        pytest.skip("no counters: the rest of a list is “6 more”")
    counted = re.compile(r"\{\w+:(?:n_\w+|number)\}")
    listed = re.compile(r"\{\w+:(?:names|codes|quotes)\}")
    found = {
        key
        for key, texts in entries(locale).items()
        for text in texts
        if counted.search(text) and listed.search(text)
    }
    assert not found


@pytest.mark.parametrize("locale", ["fr_FR", "es_ES", "pt_BR"])
def test_no_capital_behind_a_colon(locale: str) -> None:
    capital = re.compile(r":[ \u00a0\u202f]?[A-ZÀ-Þ](?=[a-zà-ÿ])")
    found = {
        key: match[0]
        for key, texts in entries(locale).items()
        for text in texts
        if (match := capital.search(text))
    }
    assert not found


@pytest.mark.parametrize("locale", LOCALES)
def test_a_quotation_in_a_message_holds_no_quotation(locale: str) -> None:
    before, _, behind = load_catalog(locale).text("quote").partition("{text}")
    nested = re.compile(
        rf"{re.escape(before.strip())}[^{re.escape(behind.strip())}]*\{{\w+:(?:quote|quotes|all_quotes|name|names)\}}"
    )
    assert not {k for k, texts in entries(locale).items() for t in texts if nested.search(t)}


def test_japanese_sentences_end_in_more_than_one_way() -> None:
    """No ending has more than a quarter of all sentences."""
    sentences = [
        text
        for key, texts in entries("ja_JP").items()
        for text in texts
        if key.startswith("sentence.")
    ]
    endings = Counter(
        re.sub(r"^.*?(\w{4}ました|\w{3}ます|です|ません|\W*)。?$", r"\1", t) for t in sentences
    )
    ending, most = endings.most_common(1)[0]
    assert most * 4 <= len(sentences), ending
    worn = sum(text.endswith(("加わりました。", "なくなりました。")) for text in sentences)
    assert worn * 10 <= len(sentences)
