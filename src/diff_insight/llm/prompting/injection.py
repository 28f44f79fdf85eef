"""Finds what an order to a model in a diff could have put into a text: the words that it shouts."""

from __future__ import annotations

import re

from msgspec import Struct

#: A line that has the shape of a conversation with a model, or of an order about its answer.
_ORDERS = re.compile(
    r"""(?ix)
    \b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:all|any|the|previous|prior|above|earlier)\b.{0,20}\b(?:instruction|prompt|rule)s?\b
    |<\|?(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id)\|?>
    |\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>
    |^[\W_]*+(?:system|assistant|user|developer|human|ai)\s*+(?:message\s*+)?:
    |^(?:\W(?<!\[)|\[(?!/?[0-9a-f]{8}))*+\[/?[0-9a-f]{8,}\b
    |\bend\s+of\s+(?:the\s+)?(?:diff|data|block|prompt)\b
    |\b(?:note|message|instruction)s?\s+(?:to|for)\s+(?:the\s+|any\s+)?(?:ai|llm|chatgpt|copilot|assistant)\b
    |\b(?:write|output|say|answer|reply|respond|print|include|report|state|mention)\b.{0,60}
     \b(?:only|exactly|as\s+the\s+title|in\s+the\s+(?:title|explanation|summary)|with\s+the\s+word|the\s+(?:phrase|word))\b
    |\b(?:now|only|just)\s+(?:write|output|say|answer|reply|print)\b
    |"(?:files|texts|explanation)"\s*:
    |(?:以前|これまで|上記|前)の?(?:指示|命令|ルール).{0,12}(?:無視|忘れ)
    |(?:忽略|无视|忘记|不要理会).{0,12}(?:指令|指示|规则)
    """
)
#: Characters of a line that are searched for orders.
_LONGEST_LINE = 4000
#: Lines behind an order that belong to it.
_BEHIND = 1
_SHOUT = re.compile(r"(?<![A-Za-z0-9_-])[A-Z][A-Z0-9]{2,}(?:[-_][A-Z0-9]+)*(?![A-Za-z0-9_])")
_QUOTED = re.compile(r"`[^`]*`|“[^”]*”|「[^」]*」|\"[^\"]*\"")


class Suspicion(Struct, frozen=True):
    """What a text may not say by itself: words that only an order in the diff shouts."""

    words: frozenset[str]

    def order_word(self, text: str) -> str:
        """Return a word of the text that only an order can have put there, or nothing; quotations are none."""
        shouts = set(_SHOUT.findall(_QUOTED.sub(" ", text)))
        return min(shouts & self.words, default="")


def suspicion(patch: str) -> Suspicion:
    """Return what the orders in a patch may have put into an answer."""
    lines = patch.split("\n")
    ordering = [
        number
        for number, line in enumerate(lines)
        if line[:1] in ("+", "-", " ") and _ORDERS.search(line[1:_LONGEST_LINE])
    ]
    if not ordering:
        return Suspicion(frozenset())
    near = {number + step for number in ordering for step in range(_BEHIND + 1)}
    orders = {
        word for number in near if number < len(lines) for word in _SHOUT.findall(lines[number])
    }
    others = {
        word
        for number, line in enumerate(lines)
        if number not in near
        for word in _SHOUT.findall(line)
    }
    return Suspicion(frozenset(orders - others))
