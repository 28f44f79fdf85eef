"""Contrasts, replacements, bounds, versions and words for all, against sentences of the data that say so themselves."""

from __future__ import annotations

import pytest

from diff_insight.llm.grounding.evidence import evidence_of
from diff_insight.llm.grounding.statements import statement_faults

PAGE = """@@ -1,4 +1,13 @@ Queue
-The worker uses `poll`.
+The worker uses `epoll`.
 # Queue
 Added in 2.1.0: `drain`.
+Added in 2.4.0: `pause`.
+Metrics report the sender's address instead of the address of the proxy.
+To pin a release, replace the `~` with a `^`.
+`retries` is at least 3.
+A message is written to disk before it is sent.
+Images inside links cannot be enlarged.
+`pause` accepts queue names that start with a letter.
+The default volume of `store` is `2Gi`, which is not sufficient for production.
+Use a volume of at least `32Gi`.
+`limit` is the default if the cache is not enabled. Its default is `false`. Another value is `true`.
+Each `pause` takes 100 messages.
"""


def faults(sentence: str, locale: str = "en_US", patch: str = PAGE) -> list[str]:
    evidence = evidence_of((patch,))
    values = statement_faults(sentence, evidence, locale, patch.lower())
    return [fault.text for fault in values]


@pytest.mark.parametrize(
    ("locale", "false", "true"),
    [
        ("en_US", "Metrics report the address of the proxy instead of the sender's address.", "Metrics now report the sender's address instead of the address of the proxy."),
        ("en_US", "To pin a release, replace the `^` with a `~`.", "To pin a release, replace the `~` with a `^`."),
        ("en_US", "`retries` is at most 3.", "`retries` is at least 3."),
        ("zh_CN", "`retries` 最多为 3。", "`retries` 至少为 3。"),
        ("en_US", "A volume of at most `32Gi` is advised.", "A volume of at least `32Gi` is advised."),
        ("de_DE", "`epoll` wird durch `poll` ersetzt.", "`poll` wird durch `epoll` ersetzt."),
        ("fr_FR", "`epoll` est remplacé par `poll`.", "`poll` est remplacé par `epoll`."),
        ("es_ES", "`epoll` pasa a ser `poll`.", "`poll` pasa a ser `epoll`."),
        ("pt_BR", "`epoll` passa a ser `poll`.", "`poll` passa a ser `epoll`."),
        ("ko_KR", "`epoll`이 `poll`로 바뀌었습니다.", "`poll`이 `epoll`로 바뀌었습니다."),
        ("en_US", "`pause` is new in 2.1.0.", "`pause` is new in 2.4.0."),
        ("en_US", "All queue names are accepted by `drain`.", "Queue names are accepted by `pause`."),
        ("zh_CN", "所有队列都可以使用 `drain`。", "队列可以使用 `pause`。"),
        ("en_US", "A message is written to disk after it is sent.", "A message is written to disk before it is sent."),
        ("ja_JP", "`store` の既定値 `2Gi` は十分です。", "`store` の既定値 `2Gi` は十分ではありません。"),
        ("ja_JP", "既定の容量は `32Gi` です。", "既定の容量は `2Gi` です。"),
        ("en_US", "`limit` is `true` by default.", "`limit` is `false` by default."),
        ("en_US", "`limit` is the default if the cache is enabled.", "`limit` is the default if the cache is not enabled."),
        ("en_US", "`pause` takes five messages.", "`pause` takes 100 messages."),
        ("en_US", "`retries` is renamed to `pause`.", "`pause` is added beside `retries`."),
        ("en_US", "The worker now uses `poll` instead of `epoll`.", "The worker now uses `epoll` instead of `poll`."),
        ("zh_CN", "`pause` 会压缩消息。", "`pause` 接受队列名称。"),
        ("en_US", "`pause` goes away in the next major release.", "`pause` comes with 2.4.0."),
        ("en_US", "The default volume of `store` is sufficient for production.", "The default volume of `store` is not sufficient for production."),
    ],
)  # fmt: skip
def test_the_order_of_the_data_is_the_order_of_a_sentence(
    locale: str, false: str, true: str
) -> None:
    assert faults(false, locale) != []
    assert faults(true, locale) == []


def test_what_is_said_of_the_change_itself_holds_for_all_of_it() -> None:
    assert faults("All `poll` calls are replaced.") == []
    assert faults("Before, only `poll` was there.") == []


def test_what_returns_nothing_gives_no_error_back() -> None:
    patch = "@@ -1,2 +1,4 @@\n func Sync() error {\n+  if memory {\n+    return nil\n+  }\n"
    assert faults("`Sync` returns an error in memory.", patch=patch) != []
    assert faults("`Sync` returns `nil` in memory.", patch=patch) == []


def test_what_only_unchanged_lines_speak_of_is_not_new() -> None:
    patch = "@@ -1,2 +1,3 @@\n Missing repositories are deleted.\n+Stars get counted.\n"
    assert faults("Missing repositories are now deleted.", patch=patch) != []
    assert faults("Stars are now counted.", patch=patch) == []


def test_a_value_whose_own_name_speaks_of_an_end_is_not_said_to_be_gone() -> None:
    patch = "@@ -1 +1,2 @@\n run()\n+warn(DeprecationWarning)\n"
    assert faults("`DeprecationWarning` は出なくなりました。", "ja_JP", patch) != []
    assert faults("`DeprecationWarning` が出るようになりました。", "ja_JP", patch) == []


def test_a_condition_is_compared_without_the_names_it_is_about() -> None:
    patch = "@@ -1 +1,3 @@\n page\n+`plain`\n+: Is the default if the plugin is not installed.\n"
    assert faults("`plain` is the default if the plugin is installed.", patch=patch) != []
    assert faults("`plain` is the default if the plugin is not installed.", patch=patch) == []


def test_what_the_lines_that_came_remove_is_not_certainly_told_wrong() -> None:
    patch = "@@ -1 +1,2 @@\n click()\n+params.delete(MARK_PARAM)\n"
    sentence = "A click now removes the `MARK_PARAM` parameter."
    evidence = evidence_of((patch,))
    values = list(statement_faults(sentence, evidence, "en_US", patch.lower()))
    assert [(each.certain, each.asks) for each in values] == [(False, False)]


def test_what_no_longer_does_something_is_not_gone() -> None:
    patch = "@@ -1,3 +1,2 @@\n func TestDrain() {\n-  skip()\n   run()\n"
    gone = "`TestDrain` is told as gone and stands on no - line"
    assert gone not in faults("`TestDrain` is no longer skipped.", patch=patch)
    assert gone in faults("`TestDrain` is no longer available.", patch=patch)


def test_a_purpose_told_of_a_name_is_marked_without_asking() -> None:
    evidence = evidence_of((PAGE,))
    for sentence, asks in (
        ("`pause` exists so that workers can rest.", False),
        ("The page changed so that workers can rest.", True),
    ):
        values = statement_faults(sentence, evidence, "en_US", PAGE.lower())
        purposes = [each for each in values if "purpose" in each.text]
        assert [(each.certain, each.asks) for each in purposes] == [(False, asks)]
