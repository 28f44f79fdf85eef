"""Answers are read whatever is around the JSON, and refused when it is not there."""

from __future__ import annotations

import json
from contextlib import suppress

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.llm.prompting.answers import (
    AnswerError,
    files_schema,
    overview_schema,
    read_files,
    read_overview,
)

FILE = {"id": 1, "type": "minor update", "texts": {"en_US": {"title": "T", "explanation": "E"}}}


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps({"files": [FILE]}),
        f"```json\n{json.dumps({'files': [FILE]})}\n```",
        f"<think>let me see {{}}</think>{json.dumps({'files': [FILE]})}",
        f"Here: {json.dumps({'files': [FILE]})} Done.",
        json.dumps({"files": [{**FILE, "id": "1"}]}),
        json.dumps({"files": [{key: value for key, value in FILE.items() if key != "id"}]}),
        json.dumps(FILE),
        json.dumps({"files": [FILE, {**FILE, "id": 9}, FILE, 7]}),
    ],
)
def test_forms_that_are_read(answer: str) -> None:
    found = read_files(answer, 1, ("en_US",))
    assert found[1].type == "minor update"
    assert found[1].texts["en_US"].title == "T"


@pytest.mark.parametrize(
    "answer",
    ["", "no", "[1]", "{", '{"a": 1}', '{"files": 3}', "{" * 500_000, '{"files": [' * 5000],
)
def test_what_is_no_answer(answer: str) -> None:
    with pytest.raises(AnswerError):
        read_files(answer, 1, ("en_US",))


@pytest.mark.parametrize("texts", [None, [], {"en_US": "T"}, {"en_US": {"title": 1, "explanation": "E"}}, {"fr_FR": {}}])  # fmt: skip
def test_texts_that_are_missing(texts: object) -> None:
    assert (
        read_files(json.dumps({"files": [{**FILE, "texts": texts}]}), 1, ("en_US",))[1].texts == {}
    )


def test_numbers_that_are_none() -> None:
    for number in (True, None, "one", 0, -1, 2.0):
        assert read_files(
            json.dumps({"files": [{**FILE, "id": number}, FILE]}), 2, ("en_US",)
        ).keys() <= {1}


def test_overviews() -> None:
    told = {
        "headline": "H",
        "summary": "S",
        "insights": "I",
        "new_features": ["a", {"text": "b", "files": [1, "2", None]}, 3],
        "other_updates": None,
    }
    found = read_overview(json.dumps(told))
    assert [(b.text, b.files) for b in found.new_features] == [("a", ()), ("b", (1, 2))]
    assert found.other_updates == ()
    assert read_overview(json.dumps({**told, "summary": None})).summary == ""
    with pytest.raises(AnswerError, match="summary"):
        read_overview(json.dumps({**told, "headline": "", "summary": "", "insights": 3}))


def test_the_schemas_are_strict_and_accept_what_is_asked_for() -> None:
    jsonschema.validate({"files": [FILE]}, files_schema(("en_US",)))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"files": [{**FILE, "type": "fun"}]}, files_schema(("en_US",)))
    jsonschema.Draft202012Validator.check_schema(overview_schema())


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(AnswerError):
        read_files(text, 3, ("en_US",))
