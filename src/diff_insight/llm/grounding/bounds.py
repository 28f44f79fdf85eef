"""Checks the words that bound a value: at least, at most, no earlier than, up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind, is_small
from diff_insight.llm.grounding.date_readings import find_dates
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.folding import lower
from diff_insight.llm.grounding.numbers import find_numbers

#: Words before and behind a value that make it the least, or the most.
_LEAST = (
    re.compile(
        r"(?i)(?:at least|no earlier than|not (?:earlier|before)(?: than)?|no (?:fewer|less) than|not? less than|a minimum of|minimum(?: \w+){0,3}|more than|greater than|over|earliest(?: \w+){0,3}|starting(?: from| on| with)?|from|>=?|≥|since|min(?:imum)?\W{0,3}|exceed\w*|早くとも|少なくとも|最低|最小|最短|至少|不(?:得|能|可|应)(?:少于|低于|早于)|不早于|最早|不少于|不低于|(?<!不得)(?<!不能)(?<!不可)(?<!不应)(?<!不)超过|高于|大于|最低|최소|빠르면|mindestens|frühestens|mehr als|au moins|au plus tôt|plus de|al menos|como mínimo|no antes d|más de|pelo menos|no mínimo|mais de|não antes)\s*[^\d\s]{0,8}\s*$"
    ),
    re.compile(
        r"(?i)^\s*+(?:\S{1,8}?\s*+)?(?:or (?:more|later|higher|above|newer|greater)|and (?:later|above|newer|higher|up)|at the earliest|以上|以降|より(?:大き|多)|を(?:超|上回)|超|及以上|或更(?:高|新|多|晚)|以后|之后|이상|이후|oder (?:höher|mehr|später|neuer)|ou (?:plus|ultérieur|supérieur)|o (?:más|posterior|superior)|ou (?:mais|posterior|superior)|\+)"
    ),
)
_MOST = (
    re.compile(
        r"(?i)(?:at most|no later than|not (?:later|after)(?: than)?|no more than|not more than|a maximum of|maximum(?: \w+){0,3}|limit(?:ed)?(?: of| to| is)?(?: \w+){0,2}|less than|fewer than|under|below|up to|within|until|before|by|<=?|≤|max(?:imum)?\W{0,3}|遅くとも|最大|最長|最多|最高|上限(?:は|が|を)?|至多|最多|不超过|不(?:得|能|可|应)(?:超过|多于|高于|晚于)|不晚于|最晚|不多于|不高于|(?<!不得)(?<!不能)(?<!不)少于|(?<!不得)(?<!不能)(?<!不)低于|小于|上限为|최대|늦어도|höchstens|spätestens|weniger als|bis(?: zu)?|au plus|au maximum|au plus tard|moins de|jusqu['’]?[àe]|como máximo|a más tardar|menos de|hasta|no máximo|o mais tardar|até)\s*[^\d\s]{0,8}\s*$"
    ),
    re.compile(
        r"(?i)^\s*+(?:\S{1,8}?\s*+)?(?:or (?:less|fewer|earlier|lower|below|older)|and (?:earlier|below|lower)|at the latest|at most|以下|以内|以前|未満|まで|を(?:下回|超え(?:な|ず))|以内|之内|以下|及以下|或更(?:低|少|早)|之前|以前|이하|이내|까지|oder (?:weniger|früher)|ou moins|o menos|ou menos)"
    ),
)
_WIDE, _NARROW = 34, 16
#: Words that can be nothing but a bound.
_STRONG = re.compile(
    r"(?i)at least|at most|minimum|maximum|no (?:earlier|later|more|less|fewer)|not (?:before|after|earlier|later|more|less)|up to|[<>]=?|[≤≥]"
    r"|or (?:more|less|later|earlier|higher|lower|above|below|newer|older|fewer)|and (?:later|above|newer|higher|up|below)|more than|less than|fewer than|limit|exceed|earliest|latest"
    r"|以上|以下|以内|以降|未満|早くとも|遅くとも|少なくとも|最|至少|至多|不早于|不晚于|不超过|不少于|超过|低于|高于|及以|或更"
    r"|mindestens|höchstens|frühestens|spätestens|au moins|au plus|al menos|como (?:mínimo|máximo)|pelo menos|no (?:mínimo|máximo)|최소|최대|이상|이하"
)
#: A line of code that decides between two branches.
_CONDITION = re.compile(
    r"\s*+(?:[}\])]\s*+)?(?:el(?:se )?)?(?:if|while|when|unless|switch|case)\b|\s*+#\s*if\b"
)
#: Words that bound a value expressly, and any that may do so in what was compared.
_INVENTED = re.compile(
    r"(?i)(?:\b(?:at least|at most|no (?:earlier|later|more|less|fewer) than|up to|a (?:minimum|maximum) of)\b"
    r"|早くとも|遅くとも|少なくとも|最大|最低|不早于|不晚于|至少|至多|最多|不(?:得)?超过|最早|最小|最高"
    r"|mindestens|höchstens|frühestens|spätestens|au moins|au plus|al menos|como (?:mínimo|máximo)|pelo menos|no (?:mínimo|máximo)|최소|최대)\s*[^\d\s]{0,3}\s*$"
)
_INVENTED_BEHIND = re.compile(
    r"(?i)^\s*+(?:\S{1,3}?\s*+)?(?:(?:or|and) (?:more|later|higher|above|newer|less|fewer|earlier|lower|below|older)\b|以上|以内|以降|及以(?:上|下)|或更(?:高|新|多|晚|低|少|早)|이상|이하)"
)
_ANY_BOUND = re.compile(
    r"(?i)least|most|\bno\b|\bnot\b|up to|min|max|limit|than|over|under|until|within|\bby\b|from|since|before|after|start|earl|late|through|[<>≤≥+~]|以上|以下|以内|以降|未満|まで|不|最|至|超|上限|下限|限"
)
#: A word that fixes a value on both sides.
_NO_EARLIER = re.compile(r"(?i)(?:no earlier than|not (?:before|earlier)|at the earliest|earliest)")
_KEEPS = re.compile(
    r"(?i)earl|before|早|이르|빠르|früh|tôt|antes|以降|以后|之后|后|later|after|onwards|at least|以上|至少|少なくとも|从|起|から"
)


def bound_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence
) -> Iterator[Fault]:
    """Yield bounds that the diff has the other way, or not at all, and those that got lost."""
    for value in values:
        lines = _lines(value, values, evidence) if _is_bounded(sentence, value) else []
        if lines:
            yield from _bound_faults(sentence, value, lines)


def _bound_faults(sentence: str, value: Anchor, lines: Sequence[DiffLine]) -> Iterator[Fault]:
    """Yield what is wrong with the bound of a value that stands on some lines."""
    sources = [
        _sides(line.text, start, end) for line in lines for start, end in _spans(line.text, value)
    ]
    name = sentence[value.start : value.end]
    turned = _turned_bound(_sides(sentence, value.start, value.end), sources)
    if turned:
        # Of a condition the other branch holds for what is beyond the bound; “from” may mean an origin.
        is_sure = (
            not is_small(value)
            and all(map(_STRONG.search, map(" ".join, sources)))
            and not any(_CONDITION.match(line.text) for line in lines)
        )
        text = f"{name!r} is told as the {turned}, and the data has it the other way"
        yield Fault(text) if is_sure else reading(text)
    elif any(_ANY_BOUND.search(" ".join(each)) for each in sources):
        if _lost_least(sources, sentence):
            yield Fault(f"{name!r} lost “no earlier than”")
    elif sources and _INVENTED.search(sentence[: value.start]):
        yield Fault(f"the data does not bound {name!r} so", certain=False)
    elif sources and _INVENTED_BEHIND.search(sentence[value.end :]):
        yield reading(f"the data does not bound {name!r} so")


def _turned_bound(sides: tuple[str, str], sources: Sequence[tuple[str, str]]) -> str:
    """Return as what a value is told that the data has as the opposite alone; nothing where it has not."""
    least, most = _bounds(*sides)
    shown = [_bounds(*each) for each in sources]
    has_least, has_most = any(each[0] for each in shown), any(each[1] for each in shown)
    if least and not most and has_most and not has_least:
        return "least"
    return "most" if most and not least and has_least and not has_most else ""


def _lost_least(sources: Sequence[tuple[str, str]], sentence: str) -> bool:
    """Tell whether the data has a date as the earliest wherever it stands, and the sentence as that day."""
    return not _KEEPS.search(sentence) and all(
        _NO_EARLIER.search(before[-_WIDE:]) or _NO_EARLIER.search(behind[:_WIDE])
        for before, behind in sources
    )


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _WIDE) : start], text[end : end + _NARROW]


def _bounds(before: str, behind: str) -> tuple[bool, bool]:
    least = bool(_LEAST[0].search(before) or _LEAST[1].search(behind))
    most = bool(_MOST[0].search(before) or _MOST[1].search(behind))
    return least, most


#: A name that may be bounded: a product and its version, or an amount with its unit.
_AMOUNT = re.compile(r"\d$|^\d[\d.,]*+\s?[a-z]{1,4}$")


def _is_bounded(sentence: str, value: Anchor) -> bool:
    """Tell whether a value may have a bound; a small number is none but beside words that can be nothing else."""
    if is_small(value):
        return _STRONG.search(" ".join(_sides(sentence, value.start, value.end))) is not None
    return not value.names or _AMOUNT.search(value.comparable) is not None


def _lines(value: Anchor, values: Sequence[Anchor], evidence: DiffEvidence) -> list[DiffLine]:
    """Return the lines with a value; of a small number those that have another value of the sentence too."""
    places = evidence.places(value)
    if is_small(value):
        others = [each for each in values if each.names and not each.comparable.isdigit()]
        places = [at for at in places if any(evidence.near(at, each) for each in others)]
    return [evidence.lines[at] for at in places]


def _spans(line: str, value: Anchor) -> Iterator[tuple[int, int]]:
    """Yield where a value stands on a line of the diff."""
    text = lower(line)
    if value.names:
        at = text.find(value.comparable)
        if at >= 0:
            yield at, at + len(value.comparable)
        return
    readings = find_dates(text) if value.kind is AnchorKind.DATE else find_numbers(text)
    for values in readings:
        if not set(values.readings).isdisjoint(value.readings):
            yield values.start, values.end
