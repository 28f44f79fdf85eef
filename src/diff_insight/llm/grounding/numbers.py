"""Reads numbers as they are written in the locales: separators, scales, words, CJK numerals.

A reading is the number's shortest decimal form. What a separator means is not known from a text
alone, so a number may have several readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from msgspec import Struct

#: Longer runs of digits are compared as they are written.
_LONGEST = 30
_SCALES = {
    **dict.fromkeys(("千", "천", "k", "thousand", "mille", "mil", "tausend"), 10**3),
    **dict.fromkeys(("万", "萬", "만"), 10**4),
    **dict.fromkeys(("m", "million", "millions", "millionen", "mio"), 10**6),
    **dict.fromkeys(("millón", "millones", "milhão", "milhões"), 10**6),
    **dict.fromkeys(("億", "亿", "억"), 10**8),
    **dict.fromkeys(("b", "billion", "milliarde", "milliarden", "mrd"), 10**9),
    **dict.fromkeys(("milliard", "milliards", "bilhão", "bilhões"), 10**9),
    **dict.fromkeys(("兆", "조", "trillion"), 10**12),
}
_SCALE = "|".join(map(re.escape, sorted(_SCALES, key=len, reverse=True)))
_DIGITS = r"\d+(?:[.,]\d+)*"
#: A number that does not continue a word; what scales it stands behind it.
_NUMBER = re.compile(
    rf"(?<![a-z0-9_])(?P<digits>{_DIGITS})"
    rf"(?: ?(?P<scale>{_SCALE})(?![a-zà-ÿ]))?"
)
_SPACED = re.compile(r"(?<![a-z0-9_])\d{1,3}(?: \d{3})+(?![\d])")
_CJK = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_CJK |= {"零": 0, "两": 2, "兩": 2}
_NUMERALS = "〇零一二三四五六七八九两兩十百"
_COUNTERS = (
    "つ|個|件|節|行|本|点|列|か所|箇所|カ所|ページ|ファイル|画像|項目|種|回|版|章|倍|段落|枚|名|社|"
    "日|年|月|時間|か月|週|个|節|节|条|条|项|项|處|处|頁|页|天|张|份|段|部分|次|處|张|种|種"
)
_NUMERAL = re.compile(rf"(?<![{_NUMERALS}])(?P<numeral>[{_NUMERALS}]++)(?={_COUNTERS})")
_KOREAN = dict(
    zip("두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split(), range(2, 13), strict=True)
)
_KOREAN_WORD = re.compile(rf"(?<!\w)({'|'.join(sorted(_KOREAN, key=len, reverse=True))}) ?"
                          r"(?=개|건|절|행|쪽|곳|가지|줄|명|번|페이지|파일)")  # fmt: skip
#: Two to twelve; one is an article in most of these languages.
_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit - dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez - doce",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
}


class FoundNumber(Struct, frozen=True):
    """Where a number stands, and the values it may have."""

    start: int
    end: int
    readings: tuple[str, ...]


def find_numbers(text: str, languages: tuple[str, ...] = tuple(_WORDS)) -> Iterator[FoundNumber]:
    """Yield the numbers of a text that is folded and in small letters, in digits and in words."""
    for match in _NUMBER.finditer(text):
        numbers = readings(match["digits"], match["scale"] or "")
        yield FoundNumber(match.start(), match.end(), numbers)
    for match in _NUMERAL.finditer(text):
        value = _numeral(match["numeral"])
        if value > 1:
            yield FoundNumber(match.start(), match.end(), (str(value),))
    for match in _KOREAN_WORD.finditer(text):
        yield FoundNumber(match.start(), match.end(1), (str(_KOREAN[match[1]]),))
    words = _words(languages)
    for match in _word_expression(languages).finditer(text):
        yield FoundNumber(match.start(), match.end(), (str(words[match[0]]),))


def find_spaced(text: str) -> Iterator[FoundNumber]:
    """Yield numbers whose thousands are set apart by spaces."""
    for match in _SPACED.finditer(text):
        yield FoundNumber(match.start(), match.end(), (match[0].replace(" ", ""),))


def readings(digits: str, scale: str = "") -> tuple[str, ...]:
    """Return every value that a number in digits may have."""
    compact = digits.replace(" ", "")
    if len(compact) > _LONGEST:
        return (compact,)
    plain = dict.fromkeys(_plain(compact))
    factor = _SCALES.get(scale, 1)
    return tuple(dict.fromkeys(_canonical(Decimal(number) * factor) for number in plain)) or (
        compact,
    )


def canonical(number: int) -> str:
    """Return the reading of a value."""
    return str(abs(number))


def _plain(digits: str) -> Iterator[str]:
    """Yield decimal literals; none for what is a version, such as 1.2.3."""
    marks = [character for character in digits if character in ".,"]
    if not marks:
        yield digits
        return
    groups = re.split("[.,]", digits)
    grouped = [len(group) == 3 for group in groups[1:]]
    if len(set(marks)) == 1:
        if all(grouped) and len(groups[0]) <= 3:
            yield "".join(groups)
        if len(groups) == 2:
            yield ".".join(groups)
    elif len(set(marks[:-1])) == 1 and all(grouped[:-1]):
        yield f"{''.join(groups[:-1])}.{groups[-1]}"


def _canonical(value: Decimal) -> str:
    text = f"{value:f}"
    short = (text.rstrip("0").rstrip(".") if "." in text else text).lstrip("0")
    return f"0{short}" if not short or short[0] == "." else short


def _numeral(text: str) -> int:
    """Return the value of a numeral below 1,000, or of digits one by one, as in a year."""
    if not any(mark in text for mark in "十百"):
        return int("".join(str(_CJK[mark]) for mark in text[:_LONGEST]))
    total = digit = 0
    for mark in text[:_LONGEST]:
        if mark in "十百":
            total += (digit or 1) * (10 if mark == "十" else 100)
            digit = 0
        else:
            digit = _CJK[mark]
    return total + digit


@cache
def _words(languages: tuple[str, ...]) -> dict[str, int]:
    return {
        word: value
        for language in languages
        for value, word in enumerate(_WORDS.get(language, "").split(), 2)
        if word != "-"
    }


@cache
def _word_expression(languages: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted(_words(languages), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words) or '(?!)'})\b")
