"""Tells whether a text is in the language that was asked for, by the letters it is written with."""

from __future__ import annotations

import re

_CODE = re.compile(r"(`+)(?:(?!\1).)+\1", re.DOTALL)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile(r"[\u0370-\u1fff]")
#: Frequent characters that only one of the two forms of written Chinese has.
_TRADITIONAL = re.compile("[這個們來說對時為國學會開關於與從點選檔刪設變應該將還後裡頁圖資訊無過]")
_SIMPLIFIED = re.compile("[这个们来说对时为国学会开关于与从点选档删设变应该将还后里页图资讯无过]")
#: Words without which a page of that language does not go; only long texts are judged by them.
_WORDS = {
    "en": re.compile(
        r"(?i)\b(?:the|a|an|of|to|and|is|are|in|for|now|with|from|was|were|has|on|by)\b"
    ),
    "de": re.compile(r"(?i)\b(?:der|die|das|und|ist|nicht|wird|werden|eine?[nmrs]?|auf|für|mit)\b"),
    "fr": re.compile(r"(?i)\b(?:le|la|les|des|est|une?|dans|pour|avec|sont|du|aux?|cette|été)\b"),
    "es": re.compile(
        r"(?i)\b(?:el|los|las|una?|para|con|del|que|se|ahora|por|ha|sido|este|esta)\b"
    ),
}
_LONG = 60


def wrong_language(text: str, locale: str) -> str:
    """Return why a text is not in the language of a locale, or an empty text."""
    words = _CODE.sub(" ", text)
    kana, han = len(_KANA.findall(words)), len(_HAN.findall(words))
    latin, other = len(_LATIN.findall(words)), len(_OTHER.findall(words))
    hangul = len(_HANGUL.findall(words))
    language = locale.split("_", 1)[0]
    if language == "ja":
        wrong = _not_japanese(kana, han, latin, other + hangul)
    elif language == "zh":
        wrong = _not_chinese(words, locale, kana + other + hangul, han, latin)
    else:
        foreign = kana + han + other + hangul
        wrong = foreign > latin * 0.2 and foreign > 2
        if not wrong and len(words) >= _LONG:
            wrong = _other_words(words, language)
    return f"it is not written in {locale}" if wrong else ""


def _not_japanese(kana: int, han: int, latin: int, other: int) -> bool:
    if kana + han == 0:
        return True
    # A title may have no kana at all; a sentence cannot.
    return (kana == 0 and han > 24) or other > kana or latin > 4 * (kana + han)


def _not_chinese(words: str, locale: str, foreign: int, han: int, latin: int) -> bool:
    if han == 0 or foreign > max(2, han * 0.1) or latin > 6 * han:
        return True
    simplified, traditional = len(_SIMPLIFIED.findall(words)), len(_TRADITIONAL.findall(words))
    if locale in {"zh_TW", "zh_HK"} or "_Hant" in locale:
        simplified, traditional = traditional, simplified
    return traditional > 2 and traditional > simplified


def _other_words(words: str, language: str) -> bool:
    """Tell whether the small words of another language outweigh those of this one."""
    ours = _WORDS.get(language)
    if ours is None:
        return False
    counts = {name: len(pattern.findall(words)) for name, pattern in _WORDS.items()}
    own = counts.pop(language)
    return max(counts.values()) > 2 * own + 2
