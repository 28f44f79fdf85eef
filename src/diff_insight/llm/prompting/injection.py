"""Finds lines of a diff that speak to a model, so that what it says because of them is not believed."""

from __future__ import annotations

import re

from msgspec import Struct

#: A line that gives orders to whoever reads it, or plays a part in a conversation.
_ORDERS = re.compile(
    r"""(?ix)
    \b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|prior|system|everything)
    |\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instruction)
    |\b(?:you\s+are\s+now|from\s+now\s+on\s+you|act\s+as|pretend\s+to\s+be|new\s+(?:instruction|task|rule)s?\b)
    |\b(?:respond|reply|answer|output|print|say|write|return|set|mark|classify|report|describe|label|title|include|add|append|mention|tell)\b
     .{0,40}\b(?:only|exactly|instead|following|verbatim|as\s+(?:the\s+)?(?:title|type|explanation|summary)|the\s+(?:title|type|explanation|summary|api.?key|token|secret|password|environment)|reviewers?|readers?|users?)\b
    |<\|?(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id)\|?>
    |\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>
    |^[\W_]*+(?:system|assistant|user|developer|human|ai)\s*+(?:message\s*+)?:
    |(?<!\#)\#{2,}+\s*+(?:system|assistant|instruction|response|new\s+task)
    |\b(?:now|then|please|just|simply)\s+(?:write|output|say|answer|reply|respond|print|return)\b
    |^\W*\[/?[0-9a-f]{8,}\b
    |\bend\s+of\s+(?:the\s+)?(?:diff|data|file|block|input|patch)\b
    |\b(?:note|attention|important|message|instruction)s?\s+(?:to|for)\s+(?:the\s+)?(?:ai|llm|model|assistant|reviewer|bot|chatgpt|copilot|language)
    |\b(?:ai|llm|language\s+model|assistant|chatbot)s?\b.{0,30}\b(?:must|should|shall|needs?\s+to|has\s+to|please)\b
    |"(?:files|texts|explanation)"\s*:
    |(?:以前|これまで|上記|前)の?(?:指示|命令|プロンプト|ルール).{0,12}(?:無視|忘れ)
    |(?:システム)?プロンプト|(?:と|を)(?:出力|回答|記載|表示)(?:して|せよ|しなさい|すること)
    |(?:忽略|无视|忘记|不要理会).{0,12}(?:指令|指示|提示|规则|以上|之前)
    |(?:系统)?提示词|请?(?:输出|回复|回答|写上|标记为).{0,12}(?:以下|如下|为|：|“)
    """
)
#: Characters of a line that are searched for orders.
_LONGEST_LINE = 4000
#: Lines behind an order that belong to it.
_BEHIND = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'_-]{3,}|[\u3040-\u30ff\u3400-\u9fff]{2,}")


class Suspicion(Struct, frozen=True):
    """What a text may not say: words that stand in suspicious lines only."""

    words: frozenset[str]

    def borrowed_word(self, text: str) -> str:
        """Return a word of the text that only a suspicious line can have put there, or nothing."""
        if not self.words:
            return ""
        lowered = text.lower()
        return next((word for word in sorted(self.words) if _holds(lowered, word)), "")


def suspicion(patch: str, known: str) -> Suspicion:
    """Return what the orders in a patch may have put into an answer.

    Args:
        patch: What the model saw.
        known: Texts that are believed, such as the path; what the rules say quotes the patch.
    """
    lines = patch.split("\n")
    ordering = [
        number for number, line in enumerate(lines) if _ORDERS.search(line[1:_LONGEST_LINE])
    ]
    if not ordering:
        return Suspicion(frozenset())
    # What an order is about often stands in the lines behind it.
    near = {number + step for number in ordering for step in range(_BEHIND + 1)}
    orders = [line for number, line in enumerate(lines) if number in near]
    others = "\n".join(line for number, line in enumerate(lines) if number not in near)
    believed = {word.lower() for word in _WORD.findall(f"{others}\n{known}")}
    named = {word.lower() for line in orders for word in _WORD.findall(line[1:])}
    return Suspicion(frozenset(named - believed))


def _holds(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9_-]){re.escape(word)}(?![a-z0-9_-])", text) is not None
