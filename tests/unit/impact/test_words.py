"""Names are told from words of everyday language, and how exactly they stand on a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.impact.words import is_distinct, names_in, standing


@pytest.mark.parametrize(
    "name",
    ["gpt-4o", "text-embedding-ada-002", "max_tokens", "--dry-run", "getUser", "HTTPClient", "/v1/users",
     "api.example.com", "claude-3.5", "DALL·E3", "x-ms-version2"],
)  # fmt: skip
def test_names_are_distinct(name: str) -> None:
    assert is_distinct(name)


@pytest.mark.parametrize(
    "word",
    ["get", "model", "Retired", "real-time", "end-to-end", "state-of-the-art", "2026-05-01", "v1.2.3", "30%",
     "128k", "e.g.", "and/or", "N/A", "5 days", "10.5", "TCP/IP", "", "ab", "a b_c"],
)  # fmt: skip
def test_words_dates_and_amounts_are_not(word: str) -> None:
    assert not is_distinct(word)


def test_what_a_page_writes_as_code_may_have_hyphens_alone() -> None:
    assert names_in("whisper-large", code=frozenset({"whisper-large"})) == ("whisper-large",)
    assert names_in("whisper-large") == ()


def test_a_label_holds_names_among_words() -> None:
    assert names_in("The model gpt-4 (0613), and `dall-e-3`") == ("gpt-4", "dall-e-3")


@pytest.mark.parametrize(
    ("line", "path", "certainty"),
    [
        ('model = "gpt-4"', "a.py", "proved"),
        ("model: gpt-4", "a.yaml", "proved"),
        ("model: gpt-4  # ours", "a.yaml", "proved"),
        ("- gpt-4", "a.yml", "proved"),
        ("MODEL=gpt-4", ".env", "proved"),
        ("the `gpt-4` model", "a.py", "proved"),
        ("# gpt-4 was slow", "a.py", "likely"),
        ("description: we use gpt-4 here", "a.yaml", "likely"),
        ('model = "gpt-4o"', "a.py", None),
        ('model = "gpt-4-turbo"', "a.py", None),
        ('model = "my-gpt-4"', "a.py", None),
        ('model = "gpt-4.1"', "a.py", None),
        ("see other/gpt-4/readme", "a.py", None),
        ('"models/gpt-4"', "a.py", None),
    ],
)
def test_how_a_name_stands(line: str, path: str, certainty: str | None) -> None:
    assert standing("gpt-4", line, path) == certainty


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=30), st.text(max_size=80))
def test_any_text_is_answered(name: str, line: str) -> None:
    assert standing(name, line, "a.yaml") in {None, "proved", "likely"}
    assert all(
        is_distinct(each, as_code=True) for each in names_in(line, code=frozenset(line.split()))
    )
