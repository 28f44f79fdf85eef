"""A page that is translated where it stands is told as that, and not as text that went and came."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import translated
from support.views import extraction_of, told_by, view_of

ENGLISH = "# Hooks\n\nThis API is experimental.\n\nDo not use it in production.\n"
JAPANESE = "# Hooks\n\nこの API は実験的なものです。\n\n本番環境では使用しないでください。\n"


def test_each_side_is_quoted_once() -> None:
    ((kind, params, _),) = told_by(translated, view_of(ENGLISH, JAPANESE))
    assert kind == "text.translated"
    assert params == {
        "old": "This API is experimental.", "new": "この API は実験的なものです。", "lines": 2,
    }  # fmt: skip


def test_nothing_else_is_said_of_its_lines() -> None:
    assert [fact.kind for fact in extraction_of(ENGLISH, JAPANESE).facts] == ["text.translated"]


@pytest.mark.parametrize(
    "new",
    [
        ENGLISH.replace("experimental", "stable"),
        ENGLISH + "\nこの API は実験的なものです。\n",
        ENGLISH.replace("This API", "The Café API"),
    ],
)
def test_other_words_are_no_translation(new: str) -> None:
    assert told_by(translated, view_of(ENGLISH, new)) == []
    assert told_by(translated, view_of(JAPANESE, JAPANESE + "\nさらに一行。\n")) == []


LONG = "# Effects\n\nThis is the page on effects, which you can use when your component has to be in step with a system that is not part of it.\n\nAn effect is run by the library after it has put the component on the screen, and it can be stopped with the function that you return from it.\n"
PORTUGUESE = "# Effects\n\nEsta é a página sobre efeitos, que você pode usar quando o seu componente precisa estar em sincronia com um sistema que não faz parte dele.\n\nUm efeito é executado pela biblioteca depois que ela coloca o componente na tela, e pode ser parado com a função que você retorna dele.\n"


@pytest.mark.parametrize(("old", "new"), [(LONG, PORTUGUESE), (PORTUGUESE, LONG)])
def test_a_page_in_the_same_letters(old: str, new: str) -> None:
    assert [fact.kind for fact in extraction_of(old, new).facts] == ["text.translated"]


def test_a_new_text_and_a_few_words_of_another_language_are_no_translation() -> None:
    rewritten = LONG.replace(
        "This is the page on effects, which", "Here effects are shown, and they are what"
    )
    assert told_by(translated, view_of(LONG, rewritten)) == []
    assert told_by(translated, view_of(LONG, LONG + "\nEsta é a página sobre efeitos.\n")) == []


def test_terse_pages_on_code_are_told_apart_by_few_small_words() -> None:
    old = "Checks that components call no functions known as impure. React components must be pure functions, given the same props, they should always return the same JSX. Usual examples include ids made in render. Examples of incorrect code for this rule:\n"
    new = "Verifica que componentes não chamam funções conhecidas como impuras. Componentes React devem ser funções puras, dadas as mesmas props, eles devem sempre retornar o mesmo JSX. Exemplos comuns incluem ids criados na renderização. Exemplos de código incorreto para esta regra:\n"
    assert [fact.kind for fact in extraction_of(old, new).facts] == ["text.translated"]


def test_a_name_in_its_own_letters_among_many_changes_is_no_translation() -> None:
    old = "# T\n\n" + "".join(
        f"Part {number} of the list.\n\nKept {number}.\n\n" for number in range(9)
    )
    new = old.replace("Part 3 of the list.", "via Сергей Веселовский")
    for number in (0, 1, 2, 4, 5, 6, 7, 8):
        new = new.replace(f"Part {number} of the list.", f"Other piece {number} of this list.")
    assert "text.translated" not in [fact.kind for fact in extraction_of(old, new).facts]


def test_headings_of_a_translated_page_have_other_names() -> None:
    old = "# T\n\nWords of the first part of it.\n\n## Summary\n\nThis is what the page said in short.\n"
    new = "# T\n\n첫 번째 부분의 설명은 다음과 같습니다.\n\n## 요약\n\n페이지의 내용을 짧게 정리하면 다음과 같습니다.\n"
    facts = {fact.kind: fact.params for fact in extraction_of(old, new).facts}
    assert facts["outline.section-renamed"] == {"old": "Summary", "new": "요약"}
    assert "outline.section-added" not in facts
    more = f"{new}\n## 더 보기\n\n다른 페이지도 함께 읽어 보세요.\n"
    kinds = {fact.kind for fact in extraction_of(old, more).facts}
    assert "outline.section-removed" in kinds
