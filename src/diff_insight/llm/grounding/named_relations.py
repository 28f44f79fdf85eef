"""Checks relations between what a sentence names: which of two wins over the other, and what a call returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.folding import lower

#: Words between or behind two names by which the first wins over the second, and those by which the second does.
_FIRST = re.compile(
    r"take\w* precedence|precedence over|overrid(?:es?\b|ing)|(?:wins?|prevails?) over|higher priority"
    r"|より(?:も)?優先|を上書き|に優先|优先级?(?:高)?于|优先于|覆盖|優先於|覆蓋"
    r"|우선|재정의|vorrang|hat vor|überschreib|prévaut|prim\w+ sur|remplace les?|prevalece|tiene\w* prioridad|anula|sobrepõe|tem prioridade|substitui o valor"
)
_SECOND = re.compile(
    r"overridden (?:by|with)|yields? to|lower priority|gives? way to precedence"
    r"|で上書き|に上書き|优先级低于|被\S{0,12}覆盖|可(?:用|由)\S{0,20}覆盖|überschrieben durch|vorrang vor ihr"
)
_WIDE = 40


def precedence_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence
) -> Iterator[Fault]:
    """Yield two names of which the sentence has the wrong one win."""
    names = [each for each in values if each.names]
    text = lower(sentence)
    for first, second in pairwise(names):
        is_first = _winner(text, first.end, second.start, second.end)
        if is_first is None or first.comparable == second.comparable:
            continue
        winner, loser = (first, second) if is_first else (second, first)
        known = {
            _comparable_winner(passage.text, winner.comparable, loser.comparable)
            for passage in (*evidence.new_sentences, *evidence.old_sentences)
        }
        if known == {None, False} or (
            known == {None} and _is_loser(winner.comparable, evidence) and loser.names
        ):
            yield reading("it has the one win of which the data says that the other does")
            return


#: Right before the name of what loses, and of what wins, where a sentence names only one of them.
_LOSES = re.compile(
    r"(?:overrid(?:es?|ing)|precedence over|priority over|wins over|优先级(?:高)?于|优先于|覆盖)[\s\[`'\"]*$"
)
_WINS = re.compile(r"(?:overridden (?:by|with)|可(?:用|由)|优先级低于)[\s\[`'\"]*$")


def _is_loser(name: str, evidence: DiffEvidence) -> bool:
    """Tell whether the data has something win over a name, and the name over nothing."""
    texts = [lower(each.text) for each in evidence.new_sentences if name in lower(each.text)]
    heads = [
        text[: match.start()][-_WIDE:]
        for text in texts
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    ]
    return any(map(_LOSES.search, heads)) and not any(map(_WINS.search, heads))


def _comparable_winner(text: str, winner: str, loser: str) -> bool | None:
    """Return whether a sentence has a winner win; None where it tells no such relation of the two."""
    lowered = lower(text)
    places = _find(winner, lowered), _find(loser, lowered)
    if places[0] is None or places[1] is None:
        return None
    (start, name), (behind, last) = sorted(((places[0], winner), (places[1], loser)))
    is_first = _winner(lowered, start + len(name), behind, behind + len(last))
    return None if is_first is None else is_first == (name == winner)


def _find(name: str, text: str) -> int | None:
    """Return where a name stands in a text as a whole."""
    match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    return None if match is None else match.start()


def _winner(text: str, end: int, start: int, last: int) -> bool | None:
    """Return whether the first of two names wins; None where no word says so."""
    around = text[end:start], text[last : last + _WIDE]
    if "より" in around[0] and "優先" in around[1]:
        return False
    for part in around:
        if len(part) <= 3 * _WIDE and _SECOND.search(part):
            return False
        if len(part) <= 3 * _WIDE and _FIRST.search(part):
            return True
    return None


_RETURNS = re.compile(
    r"return|give[sn]? back|yields?\b|返し|返す|返却|返り|返回|回傳|반환|zurück|liefert|renvoie|retourne|devuelve|retorna"
)
_RESULT = re.compile(r"\breturn\s+(?:!|not\s+)?([\w.\"'-]+)")
#: Values that a call returns and that stand for yes, no and nothing.
_LITERALS = frozenset(("true", "false", "nil", "null", "none", "undefined", "0", "1", "-1"))


#: Words by which a call is said to give back an error.
_ERRORS = re.compile(
    r"returns? (?:an?|the) error|エラーを返|返回(?:一个)?错误|回傳錯誤|오류를 반환|liefert einen fehler|gibt einen fehler zurück|renvoie une erreur|devuelve un error|retorna um erro"
)
_NOTHING = frozenset(("nil", "null", "none", "undefined"))
_FAILS = re.compile(r"\berr|error|panic|raise|throw|exception|fail")


def _returns_nothing(evidence: DiffEvidence) -> bool:
    """Tell whether the lines that came return nothing wherever they return, and speak of no error."""
    came = [line.comparable for line in evidence.lines if line.sign == "+"]
    results = {match[1] for text in came for match in _RESULT.finditer(text)}
    return bool(results) and results <= _NOTHING and not any(map(_FAILS.search, came))


def return_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence
) -> Iterator[Fault]:
    """Yield a literal that a sentence has a call return, where the new lines return others alone."""
    if not _RETURNS.search(sentence.lower()):
        return
    if _ERRORS.search(sentence.lower()) and _returns_nothing(evidence):
        yield reading("the new lines return no error")
        return
    returned = {
        each.comparable
        for each in values
        if each.kind is AnchorKind.CODE and each.comparable in _LITERALS
    }
    came = {
        match[1]
        for line in evidence.lines
        if line.sign == "+"
        for match in _RESULT.finditer(line.comparable)
    } & _LITERALS
    shown = " ".join(line.comparable for line in evidence.lines if "return" not in line.comparable)
    if (
        returned
        and came
        and returned.isdisjoint(came)
        and not any(f" {each} " in shown for each in returned)
    ):
        yield reading("the new lines return another value")
