"""A sentence is marked as the model's reading where it retells the text of a diff otherwise than it is."""

from __future__ import annotations

import pytest

from diff_insight.llm.grounding.evidence import DiffEvidence, evidence_of
from diff_insight.llm.grounding.replacements import read_replacements
from diff_insight.llm.grounding.statements import statement_faults
from diff_insight.llm.grounding.version_sentences import read_version_sentences

PATCH = "\n".join(
    line or " "
    for line in """\
@@ -1,12 +1,14 @@ ## Uploads
 Uploads are resumed after a lost connection, and are never
 encrypted on disk.
 The cache keeps `blob` entries for a day.
-The client uses the `v2` protocol and pools 8 connections by default.
+The client uses the `v3` protocol and pools 16 connections by default.

 Paths are normalised before they are compared.
-Set `strict` to `false` to accept unknown keys.
+Set `strict` to `true` to accept unknown keys.

 - `.host`: the **Name** of the server
 - `.port`: the **Number** of the socket
+- `.user`: the **Account** that signs in
+/// Fix: a crash when the queue is drained twice.
 Since release 4.1 the queue is bounded.
""".split("\n")
)
PURE = """\
@@ -1,2 +1,3 @@
 The watcher skips the `build` folder.
+The watcher also accepts the `poll` option.
 The end.
"""
EVIDENCE, ADDED = evidence_of((PATCH,)), evidence_of((PURE,))


def faults(sentence: str, locale: str, evidence: DiffEvidence = EVIDENCE) -> list[str]:
    found = statement_faults(sentence, evidence, locale, evidence.text)
    return [fault.text for fault in found]


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en_US", "The client uses the `v3` protocol."),
        ("en_US", "The default number of pooled connections goes from 8 to 16."),
        ("en_US", "Uploads are never encrypted on disk."),
        ("en_US", "Uploads are resumed after a lost connection."),
        ("en_US", "`.user` is the **Account** that signs in."),
        ("en_US", "The queue no longer crashes when it is drained twice."),
        ("en_US", "The client no longer uses the `v2` protocol."),
        ("ja_JP", "プロトコルは `v2` から `v3` に変わりました。"),
        ("ja_JP", "`.user` が追加されました。"),
        ("zh_CN", "协议由 `v2` 改为 `v3`。"),
        ("zh_CN", "不再使用 `v2` 协议。"),
        ("de_DE", "Jetzt wird das Protokoll `v3` benutzt."),
    ],
)
def test_what_retells_the_text_is_not_marked(locale: str, sentence: str) -> None:
    assert faults(sentence, locale) == []


@pytest.mark.parametrize(
    ("locale", "sentence", "why"),
    [
        ("en_US", "The client now uses the `v2` protocol.", "old text"),
        ("en_US", "Uploads are encrypted on disk.", "the text denies"),
        ("en_US", "Paths are not normalised before they are compared.", "denies what the text"),
        ("en_US", "A crash occurs when the queue is drained twice.", "the text denies"),
        ("en_US", "Since release 4.2 the queue is bounded.", "another value"),
        ("en_US", "`.port` is the **Name** of the server.", "other items"),
        ("en_US", "The cache now keeps `blob` entries for a day.", "did not change"),
        ("en_US", "Marketing teams love quicker dashboards.", "its words"),
        ("ja_JP", "`blob` のキャッシュが新たに保存されるようになりました。", "did not change"),
        ("ja_JP", "プロトコルは `v2` です。", "old text"),
        ("zh_CN", "现在使用 `v2` 协议。", "old text"),
        ("zh_CN", "`v3` 已被删除。", "gone"),
        ("ko_KR", "이제 `v2` 프로토콜을 씁니다.", "old text"),
        ("de_DE", "Jetzt wird das Protokoll `v2` benutzt.", "old text"),
        ("fr_FR", "Le protocole `v2` est désormais utilisé.", "old text"),
        ("es_ES", "Ahora se usa el protocolo `v2`.", "old text"),
        ("pt_BR", "Agora o protocolo `v2` é usado.", "old text"),
    ],
)
def test_what_the_text_has_otherwise_is_marked_or_refused(
    locale: str, sentence: str, why: str
) -> None:
    assert any(why in fault for fault in faults(sentence, locale))


def test_nothing_goes_where_lines_are_only_added() -> None:
    assert any(
        "only adds" in fault for fault in faults("`poll` is no longer accepted.", "en_US", ADDED)
    )
    assert faults("The `poll` option is accepted.", "en_US", ADDED) == []


def test_sentences_are_joined_over_lines_and_told_apart_by_version() -> None:
    new, old = (read_version_sentences(EVIDENCE.lines, sign) for sign in "+-")
    joined = "Uploads are resumed after a lost connection, and are never encrypted on disk."
    assert any(joined in each.text and not each.changed for each in new)
    assert any("`v3`" in each.text and each.changed for each in new)
    assert not any("`v3`" in each.text for each in old)


def test_replaced_values_are_paired_by_their_lines() -> None:
    pairs = {(each.old, each.new) for each in read_replacements(EVIDENCE.lines)}
    assert {("v2", "v3"), ("8", "16"), ("false", "true")} <= pairs
