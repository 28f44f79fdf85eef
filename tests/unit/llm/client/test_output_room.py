"""The room of an answer: what thoughts take is learned, and what an endpoint takes at most."""

from __future__ import annotations

import pytest

from diff_insight.llm.client.exchange import EndpointError, ModelAnswer, Trouble
from diff_insight.llm.client.output_room import OutputRoom


def broken_off(text: str = "", *, thoughts: int = 0) -> EndpointError:
    answer = ModelAnswer(text, 10, thoughts or 7, thoughts)
    return EndpointError(Trouble.LENGTH, answer=answer)


def test_an_answer_that_breaks_off_gets_twice_the_room_once() -> None:
    room = OutputRoom(0)
    assert room.of(500, 0) == 500
    assert room.learn(broken_off('{"files": ['), 500, 500, 0)
    assert room.of(500, 1) == 1_000
    assert not room.learn(broken_off('{"files": ['), 500, 1_000, 1)


def test_thoughts_raise_the_room_of_all_that_follows() -> None:
    room = OutputRoom(0)
    assert room.learn(broken_off(thoughts=500), 500, 500, 0)
    assert room.of(100, 0) == 4_100
    assert room.learn(broken_off(thoughts=4_500), 500, 4_500, 1)
    assert room.of(100, 0) == 9_100


def test_thoughts_that_nobody_counts_are_what_the_request_had() -> None:
    room = OutputRoom(0)
    assert room.learn(broken_off(" "), 500, 3_000, 0)
    assert room.of(0, 0) == 6_000


def test_a_few_words_of_an_answer_do_not_hide_thoughts_that_nobody_counts() -> None:
    room = OutputRoom(0)
    answer = ModelAnswer('{"files": [{"id": 1', 10, 3_000)
    assert room.learn(EndpointError(Trouble.LENGTH, answer=answer), 400, 3_000, 1)
    assert 5_900 < room.of(0, 0) < 6_000


def test_it_ends() -> None:
    room = OutputRoom(40_000)
    assert not room.learn(broken_off(thoughts=90_000), 100, 40_200, 4)
    assert not room.learn(EndpointError(Trouble.EMPTY), 100, 200, 0)
    assert not room.learn(EndpointError(Trouble.REFUSED), 100, 200, 0)


@pytest.mark.parametrize(("limit", "asked", "again"), [(300, 500, True), (300, 300, False)])
def test_a_limit_is_kept_to(limit: int, asked: int, *, again: bool) -> None:
    room = OutputRoom(0)
    error = EndpointError(Trouble.ROOM_LIMIT, limit=limit)
    assert room.learn(error, 500, asked, 0) is again
    assert room.of(500, 0) == 300
    # The smaller of two limits holds.
    room.learn(EndpointError(Trouble.ROOM_LIMIT, limit=9_000), 500, 300, 0)
    assert room.of(500, 0) == 300
