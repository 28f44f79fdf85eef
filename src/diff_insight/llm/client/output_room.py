"""How many output tokens a request may take: an answer's own, thoughts on top, and the endpoint's limit."""

from __future__ import annotations

from diff_insight.llm.client.exchange import EndpointError, ModelAnswer, Trouble
from diff_insight.llm.prompting.token_estimate import estimate

#: Tokens for thoughts when the first of them were not enough, and the most that are ever given.
_FIRST_THOUGHTS, _MOST_THOUGHTS = 4_000, 32_000
#: Share of an answer's output that is not in its text, above which the rest was thoughts.
_THOUGHTFUL = 0.5
#: Times that one question is asked with more room.
_MOST_TRIES = 4


class OutputRoom:
    """Learns from answers that broke off what the next requests of a run need.

    Args:
        thoughts: Output tokens for thoughts to begin with.
    """

    def __init__(self, thoughts: int) -> None:
        self._thoughts = thoughts
        self._limit = 0

    def of(self, answer: int, tries: int) -> int:
        """Return the room of a request whose answer is to have so many tokens, by how often it broke off."""
        room = answer * (2 if tries else 1) + self._thoughts
        return min(room, self._limit) if self._limit else room

    def learn(self, error: EndpointError, answer: int, room: int, tries: int) -> bool:
        """Take from a failure how much room there has to be; tell whether to ask again.

        Args:
            error: The failure.
            answer: The tokens that the answer was to have.
            room: What the request had.
            tries: How often it was asked with more room before.
        """
        if error.trouble is Trouble.ROOM_LIMIT:
            self._limit = min(self._limit, error.limit) if self._limit else error.limit
            return self._limit < room
        if error.trouble not in (Trouble.LENGTH, Trouble.EMPTY) or tries >= _MOST_TRIES:
            return False
        thoughts = 0 if error.answer is None else _thoughts_of(error, error.answer, room)
        if thoughts:
            wanted = max(_FIRST_THOUGHTS, 2 * thoughts)
            self._thoughts = max(self._thoughts, min(_MOST_THOUGHTS, wanted))
        elif error.trouble is Trouble.EMPTY or tries:
            return False
        return self.of(answer, tries + 1) > room


def _thoughts_of(error: EndpointError, answer: ModelAnswer, room: int) -> int:
    """Return how many tokens went into thoughts, which many endpoints count as output only."""
    if answer.thought_tokens or error.trouble is not Trouble.LENGTH:
        return answer.thought_tokens
    if not answer.text.strip():
        return room
    rest = answer.output_tokens - estimate(answer.text)
    return rest if rest > answer.output_tokens * _THOUGHTFUL else 0
