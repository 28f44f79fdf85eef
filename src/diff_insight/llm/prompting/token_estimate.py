"""Estimates tokens without a tokenizer: by script, corrected by what answers report."""

from __future__ import annotations

import re

#: Runs that tokenizers treat alike, with the tokens a character of each costs. Measured as averages
#: over diffs of documentation with current vocabularies; `Correction` takes care of the rest.
_RUNS = re.compile(
    r"(?P<word>[A-Za-z]+)"
    r"|(?P<digits>[0-9]+)"
    r"|(?P<space>\s+)"
    r"|(?P<kana>[\u3040-\u30ff]+)"
    r"|(?P<han>[\u3400-\u9fff\uac00-\ud7af]+)"
    r"|(?P<mark>[!-/:-@\[-`{-~]+)"
    r"|(?P<other>[^A-Za-z0-9\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af!-/:-@\[-`{-~]+)"
)
_LONGEST_WORD = 6
_PER_CHARACTER = {"kana": 0.75, "han": 0.95, "mark": 0.55, "other": 0.9}


def estimate(text: str) -> int:
    """Return about how many tokens a text has."""
    total = 0.0
    for match in _RUNS.finditer(text):
        kind, length = match.lastgroup or "", match.end() - match.start()
        if kind == "word":
            total += 1 + (length - 1) // _LONGEST_WORD * 0.6
        elif kind == "digits":
            total += (length + 2) // 3
        elif kind == "space":
            # One space belongs to the word behind it; a line end is a token, indentation another.
            total += match[0].count("\n") * 0.7 + (0.4 if length > 2 else 0)
        else:
            total += length * _PER_CHARACTER[kind]
    return round(total + 0.5)


class Correction:
    """Learns from reported usage how far the estimate is off for this model.

    The ratio is that of all tokens to all estimates so far, so that order does not matter.
    """

    def __init__(self) -> None:
        self._estimated = 0
        self._reported = 0

    def learn(self, estimated: int, reported: int) -> None:
        """Take the reported tokens of one request into account; 0 means not reported."""
        if estimated > 0 and reported > 0:
            self._estimated += estimated
            self._reported += reported

    @property
    def factor(self) -> float:
        """What an estimate has to be multiplied by, within reason."""
        if not self._estimated:
            return 1.0
        return min(4.0, max(0.25, self._reported / self._estimated))

    def correct(self, estimated: int) -> int:
        """Return an estimate as experience has it."""
        return round(estimated * self.factor)
