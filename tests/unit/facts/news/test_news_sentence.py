"""The sentence that carries the news: by cues of the language of the source, beside the other side."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.facts.news.news_cues import WORDS, Cue
from diff_insight.facts.news.sentence import News, choose, language_of

#: Sentences as release notes and pages have them: the first says nothing, the second is the news.
TEXTS = [
    ("en", "This page shows the steps.", "Support for Node.js 18 has been removed.", Cue.END),
    ("en", "You can add a key.", "Do not authorize requests by matching the path.", Cue.DEMAND),
    ("en", "There are three modes.", "The cache is now enabled by default.", Cue.DEFAULT),
    ("en", "Here is an example.", "Upgrade closes CVE-2026-12345.", Cue.SECURITY),
    ("en", "Here is an example.", "Use `httpx.Client` instead of the function.", Cue.REPLACED),
    ("en", "Here is an example.", "Since version 7.6 the cmdlet makes v7 values.", Cue.VERSION),
    ("ja", "このページでは手順を説明します。", "Node.js 18のサポートは終了しました。", Cue.END),
    ("ja", "例を示します。", "既定ではキャッシュを使います。", Cue.DEFAULT),
    ("ja", "例を示します。", "この引数は非推奨です。", Cue.DEPRECATED),
    ("zh", "本页介绍步骤。", "该接口已弃用。", Cue.DEPRECATED),
    ("zh", "本页介绍步骤。", "请勿在生产环境中使用。", Cue.DEMAND),
    ("zh", "本頁介紹步驟。", "每個帳戶最多可建立五個金鑰。", Cue.LIMIT),
    ("de", "Diese Seite zeigt die Schritte.", "Die Option wird nicht mehr unterstützt.", Cue.END),
    ("de", "Hier ist ein Beispiel für die Datei.", "Die Funktion ist veraltet.", Cue.DEPRECATED),
    ("fr", "Cette page montre les étapes.", "Le cache est activé par défaut.", Cue.DEFAULT),
    ("fr", "Voici un exemple pour le projet.", "Cette option est obsolète.", Cue.DEPRECATED),
    ("es", "Esta página muestra los pasos.", "La función está obsoleta.", Cue.DEPRECATED),
    ("es", "Este es un ejemplo para el proyecto.", "El límite es de diez claves.", Cue.LIMIT),
    ("pt", "Esta página mostra os passos.", "A opção não é mais usada.", Cue.END),
    ("pt", "Este é um exemplo para o projeto.", "Você deve usar uma chave.", Cue.DEMAND),
    ("ko", "이 페이지는 단계를 보여 줍니다.", "이 옵션은 더 이상 지원되지 않습니다.", Cue.END),
    ("ko", "예시입니다.", "캐시는 기본적으로 켜져 있습니다.", Cue.DEFAULT),
]


@pytest.mark.parametrize(("language", "plain", "news", "cue"), TEXTS)
def test_the_sentence_with_a_cue_is_chosen(language: str, plain: str, news: str, cue: Cue) -> None:
    assert language_of(f"{plain} {news}") == language
    chosen = choose([plain, news])
    assert chosen is not None
    assert (chosen.sentence, chosen.cue) == (news, cue.value)


def test_words_of_another_language_are_no_cue() -> None:
    # “must” and “actual” are other things in German and Spanish.
    chosen = choose(["Der Most ist aus dem Fass und die Kelter ist leer."])
    assert chosen is not None
    assert chosen.cue == ""


def test_what_the_other_side_says_is_no_news() -> None:
    old = ["You must set a key.", "It is fast."]
    new = ["You must set a token.", "It is fast.", "The limit is ten."]
    chosen = choose(new, old)
    assert chosen is not None
    assert chosen.sentence == "The limit is ten."
    assert choose(old, old) is None


def test_without_a_cue_the_first_sentence_stands() -> None:
    chosen = choose(["Alpha is here.", "Beta is there."])
    assert chosen is not None
    assert (chosen.sentence, chosen.cue) == ("Alpha is here.", "")


def test_parts_of_words_are_no_cue() -> None:
    chosen = choose(["Mustard is limitless, and neverending defaulters costume."])
    assert chosen is not None
    assert chosen.cue == ""


def test_every_language_has_every_cue() -> None:
    assert {language: set(words) for language, words in WORDS.items()} == {
        language: set(Cue) for language in WORDS
    }


@given(st.lists(st.text(max_size=80), max_size=8), st.lists(st.text(max_size=80), max_size=8))
def test_a_chosen_sentence_is_new(new: list[str], old: list[str]) -> None:
    chosen = choose(new, old)
    assert (chosen is None) == (not set(new) - set(old))
    assert chosen is None or (chosen.sentence in new and chosen.sentence not in old)


@pytest.mark.parametrize(
    "text", ["until " * 40_000, "from a " * 40_000, "n'a " * 60_000, "\u5f9e 1" * 60_000]
)
def test_hostile_text_takes_little_time(text: str) -> None:
    started = time.process_time()
    choose([text, text + "x"])
    assert time.process_time() - started < 0.5


def test_where_something_is_said_is_no_news_while_there_is_other() -> None:
    refers = "For information about monitors, see the page on monitors."
    assert choose([refers, "A monitor runs once a minute."]) == News(
        "A monitor runs once a minute."
    )
    assert choose([refers]) == News(refers)
