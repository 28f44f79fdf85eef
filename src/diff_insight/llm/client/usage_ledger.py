"""Counts what a run costs: requests, tokens, answers from the cache, and why anything went twice."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from diff_insight.llm.prompting.token_estimate import Correction
from diff_insight.model.insight import Usage


class UsageLedger(Struct):
    """The costs of one category."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_hits: int = 0
    resent: Counter[str] = field(default_factory=Counter)
    batch_requests: int = 0
    batch_input_tokens: int = 0
    batch_output_tokens: int = 0

    def count(self, input_tokens: int, output_tokens: int, *, batched: bool) -> None:
        """Count the tokens of an answer; those out of a queue also apart, for they cost half."""
        self.input_tokens += input_tokens
        self.output_tokens += output_tokens
        if batched:
            self.batch_requests += 1
            self.batch_input_tokens += input_tokens
            self.batch_output_tokens += output_tokens

    def usage(self) -> Usage:
        """Return what the document says of it."""
        return Usage(
            requests=self.requests,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cache_hits=self.cache_hits,
            batch_requests=self.batch_requests,
            batch_input_tokens=self.batch_input_tokens,
            batch_output_tokens=self.batch_output_tokens,
            resent={reason: count for reason, count in sorted(self.resent.items()) if count},
        )


class TokenBudget:
    """The input tokens that a run may spend; what is under way is set aside by its estimate.

    Args:
        budget: Input tokens; 0 is unlimited.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._spent = 0
        self.correction = Correction()

    def take(self, estimated: int) -> int | None:
        """Set tokens aside for a request and return how many; None when they are not there."""
        tokens = self.correction.correct(estimated)
        if self._budget and self._spent + tokens > self._budget:
            return None
        self._spent += tokens
        return tokens

    def settle(self, aside: int, estimated: int, reported: int) -> int:
        """Replace what was set aside by what the request took, and return that."""
        self.correction.learn(estimated, reported)
        took = reported or aside
        self._spent += took - aside
        return took

    def give_back(self, aside: int) -> None:
        """Give back what a request had set aside that was refused as a whole."""
        self._spent -= aside
