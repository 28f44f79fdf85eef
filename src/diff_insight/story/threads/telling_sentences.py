"""Picks from what people wrote the sentence that asks something of readers and the one that gives the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from diff_insight.analysis.people.plain_marks import plain_marks
from diff_insight.analysis.people.requests import asks
from diff_insight.markup.plain import sentences_of

_LONGEST = 300
_LEAST_WORDS = 5
_MOST_PARAGRAPHS, _MOST_SENTENCES = 3, 4
#: What begins no paragraph of prose.
_NO_PROSE = re.compile(
    r"[#>|*<!+=-]|\d+[.)]\s|\[[ xX]\]|```|(?i:co-authored-by|signed-off-by|see merge request|(?:closes|fixes|resolves|refs?)\b[: ]++[^\s\d]*+\d|breaking[ -]change|pr\b|issue|related|reviewed-by|change-id|part of|link|source|release[- ]notes?:)|https?://|[a-z]{2,10}(?:\([^()]{1,40}\))?!?: "
)
#: What ends a paragraph without a blank line: a heading, a list, a table, a fence, a trailer.
_ENDS_PARAGRAPH = re.compile(
    r"#{1,6} |[-*+] |\||```|~~~|<!--|(?i:co-authored-by|signed-off-by|reviewed-by|change-id):|[A-Z][A-Za-z]{1,20}(?:-[A-Za-z]{1,20}){1,3}: "
)
#: Sentences about the change itself tell what it does once more.
_ABOUT_ITSELF = re.compile(
    r"(?i)(?:this|the|these|my) (?:pr|pull request|commit|change(?:set|s)?|patch|mr|merge request|cl|rework|refactor(?:ing)?|update|diff)\b(?! (?:fixes|is needed|is required|became))|(?:see|cf\.?|refer to|follow[- ]?up|as discussed|i think|i (?:don't|do not) know|thanks|todo|wip|note to)\b"
)
#: Words by which a sentence says what was wrong, or what something is for.
_REASON = re.compile(
    r"(?i)\b(?:because|since|so that|due to|previously|formerly|before(?: this)?|used to|currently|until now|was|were|didn't|did not|would|could|cannot|can't|doesn't|does not|otherwise|in order to|to (?:avoid|prevent|allow|support|ensure|reduce|make)|caus(?:es?|ed|ing)|broken?|fail(?:s|ed)?|crash(?:es|ed)?|wrong(?:ly)?|incorrect(?:ly)?|regression|problem|unsafe|deprecated)\b"
    r"|为了|因为|由于|导致|此前|之前|ため|ので|により|従来|これまで|weil|damit|bisher|parce que|afin|car|porque|para que|때문|위해"
)
#: What is said to those who review, and what was done to be sure.
_TO_REVIEWERS = re.compile(
    r"(?i)\b(?:please|(?:could|can|would|should) (?:you|we|someone)|take a look|let me know|(?:ready )?for review|reviewers?|feel free)\b|[?？]$|^(?:hey|hi|hello|dear|cc|thanks?)\b|^@[\w-]"
    r"|^(?:verif(?:y|ied|ication)|tested|checked|testing|검증|検証|確認|验证|驗證|测试|測試)\w*\s?[:：]"
)
#: The number of a ticket in front of a sentence.
_TICKET = re.compile(r"\[?[A-Z][A-Z0-9]{1,9}-\d{1,6}\]?:?\s+")
_WORD = re.compile(r"\w+")
#: Comments of a template, also one that is not closed.
_COMMENT = re.compile(r"<!--(?:(?!-->)[\s\S])*+(?:-->)?")
#: The first lines of commits that were squashed, each above what its own message says.
_SQUASHED = re.compile(r"(?m)^\* (\S[^\n]*)\n(?=\n|\Z)")
_SHORT, _PART_NEW = 3, 3
#: An example, not a reason.
_CODE = re.compile(r"//|=>|[;{}]|\)\s*$|^\w+(?:\.\w+)*\(")


def action_in(text: str, asks: Callable[[str], bool] = asks) -> str:
    """Return the first sentence that asks something of a reader.

    Args:
        text: What people wrote.
        asks: Tells whether a sentence asks; messages of commits say in the same form what they do.
    """
    for line in text.split("\n"):
        if line.startswith(("#", ">", "|", "```", "- [")):
            continue
        for sentence in sentences_of(" ".join(line.split())[:2000]):
            if len(sentence) <= _LONGEST and asks(sentence):
                return sentence.strip("*_ ")
    return ""


def reason_in(text: str, title: str = "") -> str:
    """Return the sentence of a text that best says why: the first that gives a reason, else the first of prose.

    Lists, headings, trailers and templates are left out, and so is what only says the title again.

    Args:
        text: What people wrote below the title.
        title: The title.
    """
    sentences = [
        sentence
        for paragraph in islice(_paragraphs(_own_part(text, title)), _MOST_PARAGRAPHS)
        for sentence in sentences_of(_without_ticket(plain_marks(paragraph[:2000])))[
            :_MOST_SENTENCES
        ]
        if _is_telling(sentence, title)
    ]
    reasons = (sentence for sentence in sentences if _REASON.search(sentence))
    best = next(reasons, next(iter(sentences), ""))
    return best.removesuffix(".")


def _without_ticket(text: str) -> str:
    ticket = _TICKET.match(text)
    return text[ticket.end() :] if ticket is not None else text


def _own_part(text: str, title: str) -> str:
    """Return a text without the comments of templates; of squashed commits what that of the title says."""
    shown = _COMMENT.sub("", text).strip() + "\n"
    first = _SQUASHED.match(shown)
    if first is None:
        return shown
    _, *parts = _SQUASHED.split(shown)
    wanted = title.casefold()
    return next(
        (said for subject, said in zip(parts[::2], parts[1::2], strict=True) if wanted and wanted in subject.casefold()), ""
    )  # fmt: skip


def _is_telling(sentence: str, title: str) -> bool:
    """Tell whether a sentence is whole, is prose, and says more than a title."""
    ascii_ = sentence.isascii()
    if len(sentence) > _LONGEST or _CODE.search(sentence) or _ABOUT_ITSELF.match(sentence):
        return False
    if _TO_REVIEWERS.search(sentence):
        return False
    if ascii_ and (len(sentence.split()) < _LEAST_WORDS or not sentence.endswith((".", "!", "?"))):
        return False
    if sentence.endswith((":", "：")) or (
        not sentence[0].isalnum() and sentence[0] not in "`\"'“「《"
    ):
        return False
    words = {word for word in _WORD.findall(sentence.casefold()) if len(word) > _SHORT}
    known = set(_WORD.findall(title.casefold()))
    return not title or not words or len(words - known) * _PART_NEW >= len(words)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text as single lines; one that does not begin as prose is none."""
    rows: list[str] = []
    prose = True
    for row in (*text.split("\n"), ""):
        line = " ".join(row.split())
        ends = not line or _ENDS_PARAGRAPH.match(line) is not None
        if ends:
            if rows and prose:
                yield " ".join(rows)
            rows, prose = [], not line
            continue
        if not rows and prose:
            prose = _NO_PROSE.match(line) is None
        rows.append(line)
