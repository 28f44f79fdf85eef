"""What numbers and dates may mean, as they are written in the languages."""

from __future__ import annotations

import pytest

from diff_insight.llm.grounding.date_readings import find_dates
from diff_insight.llm.grounding.fact_parameters import Parameters
from diff_insight.llm.grounding.numbers import find_numbers, readings


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234", {"1234", "1.234"}),
        ("1.234.567", {"1234567"}),
        ("1.234,50", {"1234.5"}),
        ("1,234.50", {"1234.5"}),
        ("0.50", {"0.5"}),
        ("1.2.3", {"1.2.3"}),
        ("007", {"7"}),
        ("0", {"0"}),
        ("1.5 million", {"1500000"}),
        ("3万", {"30000"}),
        ("8 milliarden", {"8000000000"}),
        ("128k", {"128000"}),
        ("2 miles", {"2"}),
        ("9" * 31, {"9" * 31}),
        ("六節", {"6"}),
        ("二百十件", {"210"}),
        ("三十二件", {"32"}),
        ("两个", {"2"}),
        ("二〇二五年", {"2025"}),
        ("一个", set()),
        ("十分", set()),
        ("여섯 개", {"6"}),
        ("twelve", {"12"}),
        ("often", set()),
        ("v2", set()),
    ],
)
def test_numbers(text: str, values: set[str]) -> None:
    assert {value for number in find_numbers(text) for value in number.readings} == values


def test_a_number_has_a_reading_whatever_its_marks() -> None:
    assert readings("1,2,3.4") == ("1,2,3.4",)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2025-06-11", {"2025-06-11"}),
        ("2025-06", {"2025-06"}),
        ("2025/6/11", {"2025-06-11"}),
        ("2025. 6. 11.", {"2025-06-11"}),
        ("06/11/2025", {"2025-06-11", "2025-11-06"}),
        ("31.12.2025", {"2025-12-31"}),
        ("2025-13-01", set()),
        ("2023-02-29", set()),
        ("february 29", {"--02-29"}),
        ("june 11th, 2025", {"2025-06-11"}),
        ("11 juin 2025", {"2025-06-11"}),
        ("11 de junio de 2025", {"2025-06-11"}),
        ("11. märz 2025", {"2025-03-11"}),
        ("sept. 2025", {"2025-09"}),
        ("may 5", set()),
        ("may 5, 2025", {"2025-05-05"}),
        ("2025年6月", {"2025-06"}),
        ("6月", {"--06"}),
        ("2025년 6월 11일", {"2025-06-11", "--06-11"}),
        ("dismay 5, 2025", set()),
        ("no date", set()),
    ],
)
def test_dates(text: str, values: set[str]) -> None:
    assert {value for found in find_dates(text) for value in found.readings} == values


def test_parameters_hold_texts_numbers_lengths_and_sizes() -> None:
    found = Parameters.of(
        [
            {"names": {"items": ("a", "b"), "total": 9}, "list": ("x", 7), "flag": True},
            {"new_size": 1_234_567, "none": None},
        ]
    )
    assert set(found.texts) == {"a", "b", "x"}
    assert found.numbers == {9, 7, 6, 1, 2, 1_234_567}
    assert found.sizes == {"1.2", "1234.6"}
