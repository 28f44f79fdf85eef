"""The language of a text is told by its letters, code left aside."""

from __future__ import annotations

import pytest

from diff_insight.llm.prompting.language import wrong_language

RIGHT = [
    ("en_US", "Retirement of `computer-use-preview` postponed"),
    ("en_US", "The section 「概要」 is new in `ja.md`, and the rest of the page has the wording it had before."),
    ("ja_JP", "`computer-use-preview` の提供終了を延期"),
    ("ja_JP", "提供終了日変更"),
    ("ja_JP", "`az login --use-device-code` を Azure CLI の手順に追加しました。"),
    ("zh_CN", "`computer-use-preview` 的停用日期推迟"),
    ("zh_CN", "此页面新增 Azure CLI 的用法，并删除旧的说明。"),
    ("de_DE", "Die Seite nennt jetzt den neuen Schalter, und die alte Angabe ist nicht mehr da."),
    ("zh_TW", "這個頁面的說明與從前不同，並且刪除舊的檔案。"),
    ("es_ES", "Nueva sección sobre los límites"),
    ("es_ES", "Solo comentarios, orden o formato"),
    ("pt_BR", "Nova seção sobre limites"),
    ("pt_BR", "O argumento `proxies` foi removido; chamadas que o passam falham."),
]  # fmt: skip
WRONG = [
    ("en_US", "ページの記述が変わりました。"),
    ("en_US", "La page a changé et les lecteurs sont dans une autre situation avec le texte."),
    ("en_US", "Страница изменилась полностью"),
    ("ja_JP", "The wording of the page is different now."),
    ("ja_JP", "此页面的文字有改动，原来的句子由新的句子取代，链接也已经更新到新的地址。"),
    ("ja_JP", "페이지가 변경되었습니다"),
    ("zh_CN", "ページの記述が変わりました。"),
    ("zh_CN", "The wording of the page is different now."),
    ("zh_CN", "這個頁面的說明與從前不同，並且刪除舊的檔案。"),
    ("zh_TW", "这个页面的说明与从前不同，并且删除旧的档案。"),
    ("es_ES", "Nova seção sobre limites"),
    ("es_ES", "O valor padrão de `max_tokens` passou de 4096 para 8192"),
    ("pt_BR", "Nueva sección sobre los límites"),
    ("pt_BR", "La página describe ahora cómo configurar la CLI de Azure."),
    ("de_DE", "The page names the new switch, and the old one is no longer there for readers of it."),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "text"), RIGHT)
def test_right(locale: str, text: str) -> None:
    assert wrong_language(text, locale) == ""


@pytest.mark.parametrize(("locale", "text"), WRONG)
def test_wrong(locale: str, text: str) -> None:
    assert wrong_language(text, locale) == f"it is not written in {locale}"


def test_a_language_without_word_list_is_told_by_letters() -> None:
    text = "Strona ma teraz nowy opis przełącznika, a stary opis został usunięty z całej strony."
    assert wrong_language(text, "pl_PL") == ""
    assert wrong_language("ページの記述が変わりました。", "pl_PL")
