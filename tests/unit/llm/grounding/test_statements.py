"""Statements are held against the lines of a diff: what is told rightly stands, in every language, and what is not does not."""

from __future__ import annotations

import pytest

from diff_insight.llm.grounding.evidence import DiffEvidence, evidence_of
from diff_insight.llm.grounding.statements import statement_faults

PATCH = "\n".join(
    line or " "
    for line in """\
@@ -10,9 +10,10 @@ ## Limits
 | Setting | Default | Retirement |
 | --- | --- | --- |
-| `timeout` | 30 | No earlier than June 11, 2025 |
+| `timeout` | 60 | No earlier than September 1, 2025 |
 | `retries` | 50 | May 1, 2026 |

-Use `--slow` when the cache is cold.
+Use `--fast` when the cache is cold.
 The `mode` parameter is supported with `alpha` and `beta`.
+Each request may hold at most 1024 characters of text.
 The end of the page.
""".split("\n")
)
EVIDENCE = evidence_of((PATCH,), ("pull request #4: Raise the limits of the client",))
RIGHT = {
    "en_US": (
        "The default of `timeout` goes from 30 to 60.", "`--slow` is replaced by `--fast`.", "It now says `--fast` instead of `--slow`.",
        "`timeout` retires no earlier than September 1, 2025, up from June 11, 2025.", "`--slow` is no longer mentioned.", "The page adds `--fast`.",
        "A request may hold at most 1024 characters.", "The `mode` parameter is supported with `alpha`.",
    ),
    "ja_JP": (
        "`timeout` の既定値が30から60に変わりました。", "`--slow` は `--fast` に置き換わりました。", "`--slow` に代わり `--fast` を使います。",
        "`timeout` の提供終了は早くとも2025年9月1日です。", "`--slow` の記述が削除されました。", "`--fast` が追加されました。", "1件の要求は最大1024文字までです。",
        "`mode` は `alpha` で利用できます。",
    ),
    "zh_CN": (
        "`timeout` 的默认值由 30 改为 60。", "`--slow` 改为 `--fast`。", "用 `--fast` 取代 `--slow`。", "`timeout` 的停用日期不早于2025年9月1日。",
        "删除 `--slow`。", "新增 `--fast`。", "每个请求最多1024个字符。", "`mode` 支持 `alpha`。",
    ),
    "zh_TW": ("`timeout` 的預設值由 30 改為 60。", "新增 `--fast`。"),
    "ko_KR": ("`timeout`의 기본값이 30에서 60으로 바뀌었습니다.", "`--fast`가 추가되었습니다.", "`--slow` 대신 `--fast`를 씁니다."),
    "de_DE": ("Der Standardwert von `timeout` steigt von 30 auf 60.", "`--slow` wird durch `--fast` ersetzt.", "`--slow` entfällt."),
    "fr_FR": ("La valeur de `timeout` passe de 30 à 60.", "`--slow` est remplacé par `--fast`.", "`--slow` est supprimé."),
    "es_ES": ("El valor de `timeout` pasa de 30 a 60.", "`--slow` se sustituye por `--fast`.", "`--slow` desaparece."),
    "pt_BR": ("O valor de `timeout` passa de 30 para 60.", "`--slow` foi substituído por `--fast`.", "`--slow` foi removido."),
}  # fmt: skip
WRONG = {
    "en_US": (
        "The default of `timeout` goes from 60 to 30.", "`--fast` is replaced by `--slow`.", "It now says `--slow` instead of `--fast`.",
        "`retries` retires on September 1, 2025.", "`--fast` is no longer mentioned.", "The page adds `--slow`.", "The page adds the new parameter `mode`.",
        "A request has to hold at least 1024 characters.", "`timeout` retires on September 1, 2025.", "The `mode` parameter is not supported with `alpha`.",
        "`timeout` is raised from 60 to 30.", "The change was made because customers complained.", "It closes a security hole in the client.",
        "Existing clients are not affected.", "All users have to recreate their endpoints.", "The client of Contoso uses it too.",
    ),
    "ja_JP": (
        "`timeout` の既定値が60から30に変わりました。", "`--fast` は `--slow` に置き換わりました。", "`--fast` に代わり `--slow` を使います。",
        "`retries` の提供終了は2025年9月1日です。", "`--fast` の記述が削除されました。", "`--slow` が追加されました。", "`mode` が新たに追加されました。",
        "1件の要求には少なくとも1024文字が入ります。", "`timeout` は2025年9月1日に提供が終わります。", "`mode` は `alpha` では利用できません。",
        "利用者からの苦情を受けた変更です。", "脆弱性への対応です。", "既存の利用者に影響はありません。", "Contoso のクライアントでも使われます。",
    ),
    "zh_CN": (
        "`timeout` 的默认值由 60 改为 30。", "`--fast` 改为 `--slow`。", "用 `--slow` 取代 `--fast`。", "`retries` 的停用日期改为2025年9月1日。", "删除 `--fast`。",
        "新增 `--slow`。", "新增参数 `mode`。", "每个请求至少1024个字符。", "`timeout` 于2025年9月1日停用。", "`mode` 不支持 `alpha`。", "应用户投诉而改。", "修复了安全漏洞。",
        "现有用户不受影响。", "Contoso 客户端也会用到。",
    ),
    "zh_TW": ("`timeout` 的預設值由 60 改為 30。", "新增 `--slow`。"),
    "ko_KR": ("`timeout`의 기본값이 60에서 30으로 바뀌었습니다.", "`--slow`가 추가되었습니다.", "`--fast` 대신 `--slow`를 씁니다.", "보안 취약점을 해결합니다."),
    "de_DE": ("Der Standardwert von `timeout` sinkt von 60 auf 30.", "`--fast` wird durch `--slow` ersetzt.", "`--fast` entfällt.", "Das schließt eine Sicherheitslücke."),
    "fr_FR": ("La valeur de `timeout` passe de 60 à 30.", "`--fast` est remplacé par `--slow`.", "`--fast` est supprimé.", "Cela corrige une faille de sécurité."),
    "es_ES": ("El valor de `timeout` pasa de 60 a 30.", "`--fast` se sustituye por `--slow`.", "`--fast` desaparece.", "Corrige un fallo de seguridad."),
    "pt_BR": ("O valor de `timeout` passa de 60 para 30.", "`--fast` foi substituído por `--slow`.", "`--fast` foi removido.", "Corrige uma falha de segurança."),
}  # fmt: skip


def faults(sentence: str, locale: str, evidence: DiffEvidence = EVIDENCE) -> list[str]:
    return [fault.text for fault in statement_faults(sentence, evidence, locale, "docs/page.md")]


@pytest.mark.parametrize(("locale", "sentence"), [(each, s) for each in RIGHT for s in RIGHT[each]])
def test_what_the_diff_bears_out_stands(locale: str, sentence: str) -> None:
    assert faults(sentence, locale) == []


@pytest.mark.parametrize(("locale", "sentence"), [(each, s) for each in WRONG for s in WRONG[each]])
def test_what_it_denies_or_does_not_state_is_named(locale: str, sentence: str) -> None:
    assert faults(sentence, locale) != []


def test_people_may_be_quoted_for_what_no_diff_proves() -> None:
    said = evidence_of((PATCH,), ("pull request #4: Raise limits because customers complained",))
    assert faults("The limits rise because customers complained.", "en_US", said) == []
    assert faults("The limits rise because customers complained.", "en_US") != []
