"""What is said of models agrees with the installed package."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from openai.types.shared import chat_model

from diff_insight.llm.client.models import RETIRING, shutdown_date, thinks
from diff_insight.settings.settings import DEFAULT_MODEL


def announced() -> dict[str, str]:
    """Return the shutdown dates that the package tells in the notes of its list of models."""
    source = Path(chat_model.__file__).read_text("utf-8")
    found: dict[str, str] = {}
    for entry in re.split(r"\n- ", source.partition("Deprecated values:")[2]):
        text = " ".join(entry.split())
        date = re.search(r"shutdown date: (\d{4}-\d\d-\d\d)", text)
        if date:
            found |= dict.fromkeys(re.findall(r'"([^"]+)"', text.partition(":")[0]), date[1])
    return found


def test_the_default_is_a_model_without_an_end() -> None:
    assert DEFAULT_MODEL in get_args(chat_model.ChatModel)
    assert len(announced()) > 30
    assert DEFAULT_MODEL not in announced()


def test_the_dates_are_those_of_the_package() -> None:
    dates = announced()
    assert {name: dates.get(name) for name in RETIRING} == RETIRING


def test_retired_by_the_day() -> None:
    assert shutdown_date("gpt-4", "2026-10-23") == "2026-10-23"
    assert shutdown_date("gpt-4", "2026-10-22") == ""
    assert shutdown_date("mine", "2099-01-01") == ""


def test_models_that_think() -> None:
    assert thinks(DEFAULT_MODEL)
    assert not thinks("gpt-4.1")
