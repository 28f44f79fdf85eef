"""What a sentence says of the data's own matters may not be the opposite of what the data says."""

from __future__ import annotations

import pytest

from diff_insight.llm.grounding.anchors import anchors
from diff_insight.llm.grounding.evidence import evidence_of
from diff_insight.llm.grounding.named_relations import precedence_faults, return_faults
from diff_insight.llm.grounding.opposite_claims import opposite_faults, unnamed_faults
from diff_insight.llm.grounding.opposites import OPPOSITES, stances, stances_of

OPTIONS = """@@ -1,3 +1,5 @@ options
 # Options
-`--watch` rebuilds.
+`--watch` and `--once` are mutually exclusive. You cannot use both at the same time.
+`--watch` should be given last. The token of `--push` is optional.
+`--level` takes precedence over `LEVEL`.
"""


def opposite(sentence: str, locale: str, patch: str = OPTIONS) -> list[str]:
    evidence = evidence_of((patch,))
    language = locale.partition("_")[0]
    faults = opposite_faults(sentence, anchors(sentence, locale), evidence, language)
    return [fault.text for fault in faults]


@pytest.mark.parametrize(
    ("locale", "false", "true"),
    [
        ("en_US", "`--watch` and `--once` can be combined.", "`--watch` and `--once` cannot be used together."),
        ("ja_JP", "`--watch` と `--once` は同時に使えます。", "`--watch` と `--once` は同時に使えません。"),
        ("zh_CN", "`--watch` 与 `--once` 可以同时使用。", "`--watch` 与 `--once` 不能同时使用。"),
        ("ko_KR", "`--watch`와 `--once`는 함께 사용할 수 있습니다.", "`--watch`와 `--once`는 함께 사용할 수 없습니다."),
        ("de_DE", "`--watch` und `--once` lassen sich kombinieren.", "`--watch` und `--once` lassen sich nicht kombinieren."),
        ("fr_FR", "`--watch` et `--once` peuvent être utilisés ensemble.", "`--watch` et `--once` ne peuvent pas être utilisés ensemble."),
        ("es_ES", "`--watch` y `--once` pueden usarse juntos.", "`--watch` y `--once` no pueden usarse juntos."),
        ("pt_BR", "`--watch` e `--once` podem ser usados juntos.", "`--watch` e `--once` não podem ser usados juntos."),
    ],
)  # fmt: skip
def test_what_excludes_each_other_is_not_told_to_go_together(
    locale: str, false: str, true: str
) -> None:
    assert opposite(false, locale) != []
    assert opposite(true, locale) == []


def test_what_is_optional_is_no_duty() -> None:
    assert opposite("`--push` のトークンは必須です。", "ja_JP") != []
    assert opposite("`--push` のトークンは省略できます。", "ja_JP") == []


def test_words_that_deny_by_themselves_deny_once() -> None:
    assert list(stances("the model is unavailable", "en")) == [("leave", -1)]
    assert list(stances("報告しなければなりません", "ja")) == [("duty", 1)]
    assert list(stances_of("leave", "不支持")) == [-1]


def test_both_sides_are_nobodys_claim() -> None:
    assert [name for name, _ in stances("from preview to stable", "en")] == []


def test_every_matter_has_words_in_every_language() -> None:
    languages = {"en", "ja", "zh", "ko", "de", "fr", "es", "pt"}
    for first, second in OPPOSITES.values():
        assert set(first) == set(second) == languages


def test_a_claim_that_names_nothing_is_marked_unless_the_sentence_before_does() -> None:
    evidence = evidence_of((OPTIONS,))
    claim = "既定では停止しません。"
    assert list(unnamed_faults(claim, anchors(claim, "ja_JP"), "", evidence, "ja_JP")) != []
    before = "`--watch` の説明が加わりました。"
    assert list(unnamed_faults(claim, anchors(claim, "ja_JP"), before, evidence, "ja_JP")) == []
    assert list(unnamed_faults("It never stops.", [], "", evidence, "en_US")) == []


@pytest.mark.parametrize(
    ("sentence", "locale", "count"),
    [
        ("`LEVEL` takes precedence over `--level`.", "en_US", 1),
        ("`--level` takes precedence over `LEVEL`.", "en_US", 0),
        ("`LEVEL` 的优先级高于 `--level`。", "zh_CN", 1),
        ("`LEVEL` は `--level` より優先されます。", "ja_JP", 1),
        ("`LEVEL` より `--level` が優先されます。", "ja_JP", 0),
        ("`--level` より `LEVEL` が優先されます。", "ja_JP", 1),
    ],
)
def test_the_right_one_of_two_wins(sentence: str, locale: str, count: int) -> None:
    evidence = evidence_of((OPTIONS,))
    assert len(list(precedence_faults(sentence, anchors(sentence, locale), evidence))) == count


def test_a_call_returns_what_the_new_lines_return() -> None:
    evidence = evidence_of(("@@ -1,2 +1,3 @@ f\n if bad:\n-    raise\n+    return false\n",))
    for sentence, count in (("It returns `true` now.", 1), ("It returns `false` now.", 0)):
        assert len(list(return_faults(sentence, anchors(sentence, "en_US"), evidence))) == count
