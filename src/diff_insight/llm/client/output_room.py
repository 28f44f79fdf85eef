"""How many output tokens a request may take: an answer's own, thoughts on top, and the endpoint's limit."""

from __future__ import annotations

from diff_insight.llm.client.protocol import EndpointError, Trouble

#: Tokens for thoughts when the first of them were not enough, and the most that are ever given.
_FIRST_THOUGHTS, _MOST_THOUGHTS = 4_000, 32_000
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
        got = error.answer
        thoughts = got.thought_tokens if got is not None else 0
        if error.trouble is Trouble.LENGTH and got is not None and not got.text.strip():
            thoughts = thoughts or room  # all of it went into thoughts that nobody counted
        if thoughts:
            wanted = max(_FIRST_THOUGHTS, 2 * thoughts)
            self._thoughts = max(self._thoughts, min(_MOST_THOUGHTS, wanted))
        elif error.trouble is Trouble.EMPTY or tries:
            return False
        return self.of(answer, tries + 1) > room
