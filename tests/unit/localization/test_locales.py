"""Locale tags as people type them, matched with the catalogs there are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import UsageError
from diff_insight.localization.locales import available, negotiate
from diff_insight.model.messages import Notice

NAMES = ("en_US", "ja_JP", "zh_CN")


def test_the_promised_catalogs_are_there() -> None:
    assert set(NAMES) <= set(available())
    assert list(available()) == sorted(available())


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ja", "ja_JP"),
        ("ja-JP", "ja_JP"),
        ("ja_JP", "ja_JP"),
        ("ja_JP.UTF-8", "ja_JP"),
        ("ja_JP.eucJP", "ja_JP"),
        ("ja_JP.UTF-8@euro", "ja_JP"),
        ("JA", "ja_JP"),
        ("Ja-jp", "ja_JP"),
        (" ja ", "ja_JP"),
        ("ja-Jpan-JP", "ja_JP"),
        ("zh", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hans-CN", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh-CN-u-co-pinyin", "zh_CN"),
        ("cmn", "zh_CN"),
        ("en", "en_US"),
        ("en-US", "en_US"),
        ("en_US_POSIX", "en_US"),
        ("en-x-piglatin", "en_US"),
        ("en-Latn", "en_US"),
    ],
)
def test_spellings_of_a_catalog(tag: str, name: str) -> None:
    assert negotiate(tag, NAMES) == (name, None)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-GB", "en_US"),
        ("en_AU.UTF-8", "en_US"),
        ("en-001", "en_US"),
        ("zh-SG", "zh_CN"),
        ("zh-Hans-TW", "zh_CN"),
        ("ja-US", "ja_JP"),
    ],
)
def test_a_near_catalog_is_used_with_a_notice(tag: str, name: str) -> None:
    found = Notice("locale-fallback", {"asked": tag, "used": name})
    assert negotiate(tag, NAMES) == (name, found)


@pytest.mark.parametrize(
    "tag",
    ["zh-Hant", "zh_TW", "zh-HK", "zh_TW.UTF-8", "fr", "jp", "cn", "C", "POSIX", "C.UTF-8", "und", "root",
     "", " ", ".", "@", "-", "en-", "-en", "en--US", "en US", "english", "日本語", "en_US\0", "ja-Latn",
     "en-Shaw", "../en_US", "x", "i-default", "٣"],
)  # fmt: skip
def test_anything_else_is_refused_and_lists_what_there_is(tag: str) -> None:
    with pytest.raises(UsageError) as caught:
        negotiate(tag, NAMES)
    assert caught.value.exit_code == 2
    near = {"jp": "ja_JP", "cn": "zh_CN", "english": "en_US", "日本語": "ja_JP"}.get(tag)
    first = f"perhaps you meant {near}; there are" if near else "choose among"
    if tag == "en US":
        first = "put a comma between two locales; there are"
    assert caught.value.cure == f"{first} en_US, ja_JP, zh_CN"
    assert repr(tag) in caught.value.what


def test_the_nearest_of_several_catalogs_is_used() -> None:
    names = ("en_AU", "en_GB", "en_US", "zh_CN", "zh_Hant_TW")
    assert negotiate("en", names) == ("en_US", None)
    assert negotiate("en_GB", names) == ("en_GB", None)
    assert negotiate("en-NZ", names)[0] == "en_US"
    assert negotiate("zh_HK", names)[0] == "zh_Hant_TW"
    assert negotiate("zh_TW", names) == ("zh_Hant_TW", None)
    assert negotiate("pt", ("pt_PT",))[0] == "pt_PT"


@pytest.mark.parametrize(
    ("tag", "name", "near"),
    [
        ("zh-Hant", "zh_TW", False),
        ("zh-TW", "zh_TW", False),
        ("zh_TW.UTF-8", "zh_TW", False),
        ("zh-Hant-TW", "zh_TW", False),
        ("zh-Hant-HK", "zh_TW", True),
        ("zh-HK", "zh_TW", True),
        ("zh-MO", "zh_TW", True),
        ("zh", "zh_CN", False),
        ("zh-SG", "zh_CN", True),
        ("zh-Hans-HK", "zh_CN", True),
        ("pt", "pt_BR", False),
        ("pt-BR", "pt_BR", False),
        ("pt-PT", "pt_BR", True),
        ("pt_AO.UTF-8", "pt_BR", True),
        ("es", "es_ES", False),
        ("es-419", "es_ES", True),
        ("es-MX", "es_ES", True),
        ("fr", "fr_FR", False),
        ("fr-CA", "fr_FR", True),
        ("de", "de_DE", False),
        ("de-AT", "de_DE", True),
        ("de_CH.UTF-8", "de_DE", True),
        ("ko", "ko_KR", False),
        ("ko-KP", "ko_KR", True),
    ],
)
def test_tags_find_the_catalogs_there_are(tag: str, name: str, *, near: bool) -> None:
    notice = Notice("locale-fallback", {"asked": tag, "used": name}) if near else None
    assert negotiate(tag, available()) == (name, notice)


@settings(deadline=None, max_examples=150)
@given(st.text("aenjzhJPHantsUSC019-_.@ \n日", max_size=12))
def test_no_tag_is_a_crash(tag: str) -> None:
    try:
        name, _ = negotiate(tag, NAMES)
    except UsageError:
        return
    assert name in NAMES
