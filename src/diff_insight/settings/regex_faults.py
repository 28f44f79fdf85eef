"""Says in words what is wrong with a regular expression."""

from __future__ import annotations

import re

#: How the library's reason begins -> the reason.
_REASONS = {
    "missing )": "a bracket ( is not closed",
    "missing >": "the name of a group is not closed with >",
    "missing <": "the name of a group does not begin with <",
    "unbalanced parenthesis": "a bracket ) was never opened",
    "unterminated character set": "a bracket [ is not closed",
    "nothing to repeat": "nothing stands before it that could be repeated",
    "multiple repeat": "two signs of repetition stand side by side",
    "min repeat greater": "the smaller number of a repetition is the greater one",
    "bad escape": "a backslash stands before a letter that it gives no meaning",
    "bad character range": "a range of characters runs backwards",
    "unknown extension": "what follows (? is not known",
    "invalid group reference": "it refers to a group that it does not have",
    "unknown group name": "it refers to a group that it does not have",
    "look-behind requires fixed-width": "what is looked for behind has no fixed length",
    "redefinition of group name": "two groups have one name",
    "global flags not at the start": "flags such as (?i) stand elsewhere than at its start",
}


def regex_fault(error: re.error) -> str:
    """Return what is wrong, and at which character, counted from 1."""
    reason = next(
        (words for begin, words in _REASONS.items() if error.msg.startswith(begin)),
        "it cannot be read from there on",
    )
    return reason if error.pos is None else f"at character {error.pos + 1}: {reason}"
