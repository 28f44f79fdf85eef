"""What a text says must stand in its sources: true tokens pass in every form, planted ones do not."""

from __future__ import annotations

import time
from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.llm.grounding.check import Unsupported, unsupported_tokens
from diff_insight.llm.grounding.concrete_tokens import TokenKind
from diff_insight.llm.grounding.sources import Sources

LOCALES = "en_US ja_JP zh_CN zh_TW ko_KR de_DE fr_FR es_ES pt_BR".split()
#: A sentence of each locale around a token.
FRAMES = {
    "en_US": "The page now says {} in its table.",
    "ja_JP": "表の値は{}に変わりました。",
    "zh_CN": "表格中的值改为{}。",
    "zh_TW": "表格中的值改為{}。",
    "ko_KR": "표의 값이 {}(으)로 바뀌었습니다.",
    "de_DE": "Die Tabelle nennt jetzt {} als Wert.",
    "fr_FR": "Le tableau indique désormais {} comme valeur.",
    "es_ES": "La tabla indica ahora {} como valor.",
    "pt_BR": "A tabela indica agora {} como valor.",
}
DIFF = """\
@@ -40,7 +77,7 @@ ## Retirement
-| `gpt-4o-mini` | No earlier than June 11, 2025 | 16,384 |
+| `gpt-4o-mini` | No earlier than September 1, 2025 | 128,000 tokens |
+See [pricing](https://example.com/docs/pricing?view=all) and docs/how-to/setup_guide.md (v2.10.1).
+Call `client.chat(max_tokens=100)`; api-version 2024-10-01-preview; 8 Billion rows, 99.5%.
"""
SOURCES = Sources(diffs=(DIFF,), params=({"days": 82, "size": 1_234_567, "old": "2025-03-05"},))
PLANTED = [
    (TokenKind.URL, "https://example.com/docs/prices"),
    (TokenKind.URL, "https://example.com/docs/pricing?view=al"),
    (TokenKind.CODE, "`gpt-4o-max`"),
    (TokenKind.CODE, "`client.chatter`"),
    (TokenKind.PATH, "docs/how-to/setup_guides.md"),
    (TokenKind.PATH, "setup.yaml"),
    (TokenKind.VERSION, "v2.10.2"),
    (TokenKind.VERSION, "3.4.5"),
    (TokenKind.NAME, "2024-10-02-preview"),
    (TokenKind.NAME, "min_tokens"),
    (TokenKind.NAME, "gpt-5-nano"),
    (TokenKind.NUMBER, "4321"),
    (TokenKind.NUMBER, "128,001"),
    (TokenKind.NUMBER, "97%"),
    (TokenKind.DATE, "2025-06-12"),
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("kind", "token"), PLANTED)
def test_a_planted_token_is_found_in_every_locale(locale: str, kind: TokenKind, token: str) -> None:
    (found,) = unsupported_tokens(FRAMES[locale].format(token), SOURCES, locale)
    assert found == Unsupported(kind, token.strip("`%"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "token",
    [
        "https://example.com/docs/pricing?view=all",
        "[pricing](https://example.com/docs/pricing?view=all)",
        "`gpt-4o-mini`",
        "GPT-4o-mini",
        "`client.chat()`",
        "`client.chat(…`",
        "“gpt-4o-mini”",
        "docs/how-to/setup_guide.md",
        "setup\\_guide.md",
        "max\\_tokens",
        "2.10.1",
        "v2.10.1",
        "2024-10-01-preview",
        "99.5%",
        "128000",
        "128,000",
        "128.000",
        "128 000",
        "１２８０００",
        "128K",
        "82",
        "1.2 MB",
        "2025",
        "82-day",
    ],
)
def test_what_the_sources_have_passes_in_every_form(locale: str, token: str) -> None:
    assert unsupported_tokens(FRAMES[locale].format(token), SOURCES, locale) == ()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["short", "medium", "long", "full"])
def test_dates_pass_in_the_forms_of_the_locale(locale: str, form: str) -> None:
    day, other = date(2025, 9, 1), date(2025, 10, 2)
    wide = "yyyy-MM-dd" if form == "short" else form
    assert (
        unsupported_tokens(FRAMES[locale].format(format_date(day, wide, locale)), SOURCES, locale)
        == ()
    )
    planted = unsupported_tokens(
        FRAMES[locale].format(format_date(other, wide, locale)), SOURCES, locale
    )
    assert [found.kind for found in planted] == [TokenKind.DATE]


@given(
    st.sampled_from(LOCALES), st.dates(date(1990, 1, 1), date(2049, 12, 31)), st.integers(1, 10**9)
)
@settings(deadline=None, max_examples=60)
def test_any_date_and_number_is_read_in_the_words_of_the_locale(
    locale: str, day: date, number: int
) -> None:
    sources = Sources(params=({"on": day.isoformat(), "count": number},))
    said = f"{format_date(day, 'long', locale)} / {format_decimal(number, locale=locale)}"
    assert unsupported_tokens(FRAMES[locale].format(said), sources, locale) == ()
    kinds = {
        found.kind for found in unsupported_tokens(FRAMES[locale].format(said), Sources(), locale)
    }
    assert kinds == {TokenKind.DATE, TokenKind.NUMBER}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "Six sections and 2nd column, 3x as many, on 1 September, June 11."),
        ("ja_JP", "6月11日に六節、二つの列、第2列"),
        ("zh_CN", "6月11日，六个小节，两列，第2列"),
        ("ko_KR", "6월 11일, 절 여섯 개, 두 개"),
        ("de_DE", "Sechs Abschnitte, zwei Spalten, am 11. Juni"),
        ("fr_FR", "Six sections, deux colonnes, le 1er septembre 2025"),
        ("es_ES", "Seis secciones, dos columnas, el 11 de junio"),
        ("pt_BR", "Seis seções, duas colunas, dois, em 1º de setembro de 2025"),
    ],
)
def test_words_for_numbers_are_numbers(locale: str, text: str) -> None:
    known = Sources(params=({"a": 6, "b": 2, "c": 3, "d": "2025-06-11", "e": "2025-09-01"},))
    assert unsupported_tokens(text, known, locale) == ()
    found = unsupported_tokens(text, Sources(), locale)
    assert {TokenKind.NUMBER, TokenKind.DATE} == {each.kind for each in found}


def test_a_scaled_number_is_another_number() -> None:
    assert unsupported_tokens("80億行", SOURCES, "ja_JP") == ()
    assert unsupported_tokens("8億行", SOURCES, "ja_JP") == (Unsupported(TokenKind.NUMBER, "8億"),)
    assert unsupported_tokens("1.5亿", Sources(texts=("1.5 B",)), "zh_CN") != ()
    assert unsupported_tokens("15亿", Sources(texts=("1.5 B",)), "zh_CN") == ()


def test_the_line_numbers_of_hunks_are_no_source() -> None:
    assert unsupported_tokens("77", SOURCES, "en_US") == (Unsupported(TokenKind.NUMBER, "77"),)


def test_lines_are_cited_where_they_are_known() -> None:
    address = "https://github.com/o/r/blob/abc/docs/a.md"
    sources = Sources(addresses=frozenset({address}), lines=frozenset({96, 99}))
    text = "Changed ([L96–L99](https://github.com/o/r/blob/abc/docs/a.md?plain=1#L96-L99))."
    assert unsupported_tokens(text, sources, "en_US") == ()
    wrong = text.replace("L99]", "L98]").replace("a.md", "b.md")
    assert [found.kind for found in unsupported_tokens(wrong, sources, "en_US")] == [
        TokenKind.URL,
        TokenKind.NAME,
    ]


def test_code_is_compared_as_people_write_it() -> None:
    sources = Sources(texts=('x = line.getBoundingPolygon("gpt-4o")\nreturn x',))
    text = (
        "`BoundingPolygon`, `'gpt-4o'`, “gpt-4o,” and\n```py\nreturn x\nreturn y\n```\n`Bounding`"
    )
    found = unsupported_tokens(text, sources, "en_US")
    assert [each.token for each in found] == ["return y", "Bounding"]


def test_underscores_around_a_name_may_be_missing_between_letters_of_other_scripts() -> None:
    sources = Sources(texts=("function(module, __webpack_require__) {",))
    assert (
        unsupported_tokens("module, __webpack_require__) を変更", sources, "ja_JP", markdown=False)
        == ()
    )
    assert (
        unsupported_tokens("module, webpack_exports を変更", sources, "ja_JP", markdown=False) != ()
    )


def test_a_backslash_of_plain_text_is_one_of_the_value() -> None:
    sources = Sources(texts=(r'P = compile("bit(\\d{1,9})_")',))
    assert (
        unsupported_tokens(r'P: compile("bit(\\d{1,9})_")', sources, "en_US", markdown=False) == ()
    )
    assert (
        unsupported_tokens(r'P: compile("bit(\d{1,9})_")', sources, "en_US", markdown=False) != ()
    )


def test_prose_is_left_alone() -> None:
    text = "It's read/write, and/or e.g. U.S. text; see (also) the **note** - on_ __bold__ *one*."
    assert unsupported_tokens(text, Sources(), "en_US") == ()
    assert unsupported_tokens("1. First\n2. Next\n", Sources(), "en_US") == ()
    assert unsupported_tokens("一部の統一、唯一、十分", Sources(), "ja_JP") == ()


def test_a_text_that_closes_no_code_span_is_prose() -> None:
    assert unsupported_tokens("``a `b c", Sources(), "en_US") == ()
    assert unsupported_tokens("``x ` y`` and `<code>`<code>zz</code>", Sources(texts=("zz x ` y <code>",)),
                       "en_US") == ()  # fmt: skip


HOSTILE = [
    "`" * 50_000,
    "` `` " * 20_000,
    "<code>" * 16_000,
    "<a" * 50_000,
    "](" * 50_000,
    "“" * 100_000,
    "十" * 100_000,
    "1." * 50_000,
    "1 234" * 20_000,
    "-" * 100_000,
    "./" * 50_000,
    "_" * 100_000 + "!",
    "a_" * 50_000 + "é",
    "9" * 100_000,
    "https://" * 12_000,
    "may " * 25_000,
    "2025-" * 20_000,
    "\\u{200b}" * 12_000,
    "&#x110000;" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_hostile_texts_take_linear_time(text: str) -> None:
    start = time.process_time()
    unsupported_tokens(text, Sources(texts=(text,)), "fr_FR")
    assert time.process_time() - start < 5


@given(st.text(max_size=300), st.sampled_from(LOCALES))
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_checked_against_any_source(text: str, locale: str) -> None:
    unsupported_tokens(text, Sources(texts=(text[::-1],)), locale)
