"""Checks what a sentence calls new or gone: it has to stand on + lines, or on − lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.unchanged import says_gone

_WORDS = r"(?:(?!(?:to|in|under|for|on|of|from|by|with|than|at|into|after|before|above|below|within|about|inside|over|between|through|across|via|like|whose|where|that|which)\b)[\w/“”’'-]+\s+){0,3}"
#: Words right before and right behind the thing that came or went.
_CAME: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (rf"\b(?:adds?|added|adding|introduc(?:es|ed|ing)|inserts?|inserted|gains?|gained|(?:a|the|with|two|three|four|five|six) new|new|newly added|now also (?:lists?|includes?|covers?|supports?)|now (?:selects?|uses?|chooses?|opens?|clicks?|runs?|calls?|takes?|shows?|lists?|names?|reads?|writes?|recommends?|requires?))\s+{_WORDS}$", ""),
        ("", r"^\s*(?:(?!to\b|in\b|for\b)\w+\s+){0,2}(?:(?:is|are|was|were|has been|have been|gets?)\s+(?:now\s+|newly\s+|also\s+)?(?:(?:an?|the|one) )?(?:added|new|introduced|inserted)\b|(?:added|introduced)(?=\s*(?:$|[,.;]|and\b|to\b|in\b))|joins?\b)"),
    ),
    "ja": ((r"(?:新しい|新たな|新規の|新設の)$", ""), ("", r"^(?:という|」)?(?!\s?(?:の(?!追加|新設|導入)|に|へ|で|から|より))[^、。「」`]{0,12}?(?:を(?:新たに|新しく|新規に)?(?:追加|新設|導入|挿入|加え|新規追加)|が(?:新たに|新しく)?(?:追加|新設|導入|加わ|加え|登場)|の(?:追加|新設|導入)|追加)")),
    "zh": ((r"(?:新增|添加|增加|加入|引入|补充|新加|插入)(?:了)?(?:\S{0,6}?(?:个|条|项|节|行|处|种|页|段|名为|参数|方法|函数|选项|字段|小节|链接|步骤))?$", ""), ("", r"^(?:\S{0,4})?(?:为|是|系|属)(?:本次)?(?:新增|新加|新添加|新引入)")),
    "ko": ((r"새(?:로운)? $", ""), ("", r"^\s?(?:\S{0,6})?(?:을|를|이|가)? ?(?:새로 )?(?:추가|신설|도입)")),
    "de": ((r"\b(?:neue[rsmn]?|ergänzt|fügt)\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:ist|sind|wurde|wurden|wird|werden|kommt|kommen)\s+(?:neu|hinzu|ergänzt|hinzugefügt)")),
    "fr": ((r"\b(?:ajoute|ajout d[eu]|introduit|nouve(?:au|lle|aux|lles))\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:est|sont|a été|ont été)\s+(?:ajouté|introduit)")),
    "es": ((r"\b(?:añade|agrega|incorpora|nuev[oa]s?)\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:se añad|se agreg|se ha añadido|es nuev)")),
    "pt": ((r"\b(?:adiciona|acrescenta|inclui|nov[oa]s?)\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:foi|foram|é|são)\s+(?:adicionad|incluíd|nov)")),
}  # fmt: skip
_WENT: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (rf"\b(?:removes?|removed|removing|drops?|dropped|dropping|deletes?|deleted|no longer (?:lists?|mentions?|includes?|has|takes?|accepts?|contains?|supports?|uses?|shows?|recommends?)|loses?|lost)\s+{_WORDS}$", ""),
        ("", r"^\s*(?:(?!to\b|in\b|for\b|from\b)\w+\s+){0,2}(?:(?:is|are|was|were|has been|have been|gets?)\s+(?:now\s+|also\s+)?(?:removed|gone|dropped|deleted|taken out)|(?:(?:is|are)\s+)?no longer (?:exists?|available|there|listed|mentioned|supported|part of|present|documented|included|needed|used|appears?)|leaves?|left|disappears?|goes away|went away|(?:removed|deleted|dropped|gone)(?=\s*(?:$|[,.;]|and\b|from\b|in\b)))\b"),
    ),
    "ja": (("", r"^(?:という|」)?(?!\s?(?:の(?!削除|廃止|撤廃)|に|へ|で|から|より))[^、。「」`]{0,12}?(?:を(?:すべて|全て)?(?:削除|廃止|撤去|取り除|外し|除去|撤廃)|が(?:すべて|全て)?(?:削除|廃止|なくな|無くな|外れ|消え|撤廃)|の(?:削除|廃止|撤廃)|は(?:削除|廃止|なくな|無くな|撤廃))"),),
    "zh": ((r"(?:删除|移除|删去|去掉|去除|取消|不再(?:列出|包含|提及|支持|使用|接受)|移走)(?:了)?(?:\S{0,6}?(?:个|条|项|节|行|处|种|页|段|名为|参数|方法|函数|选项|字段|小节|链接|步骤))?$", ""), ("", r"^(?:\S{0,4})?(?:已|均|都|也)?(?:被)?(?:从\S{0,12})?(?:删除|移除|删去|去掉|取消|不复存在)(?=$|[，。；、）])|^(?:已|均|都)?不再(?:存在|列出|保留)(?=$|[，。；、）])")),
    "ko": (("", r"^\s?(?:\S{0,6})?(?:을|를|이|가|은|는)? ?(?:삭제|제거|없어|폐지)"),),
    "de": ((r"\b(?:entfernt|streicht)\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:entfällt|entfallen|(?:ist|sind|wurde|wurden|wird|werden)\s+(?:entfernt|gestrichen|gelöscht|weggefallen))")),
    "fr": ((r"\b(?:supprime|retire|suppression d[eu])\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:est|sont|a été|ont été)\s+(?:supprimé|retiré)|^\s*disparaî")),
    "es": ((r"\b(?:elimina|quita|suprime)\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:se elimin|se quit|desaparece|se ha eliminado)")),
    "pt": ((r"\b(?:remove|exclui|retira)\s+(?:\S+\s+){0,1}$", ""), ("", r"^\s*(?:foi|foram|é|são)\s+(?:removid|excluíd|retirad)|^\s*desaparece")),
}  # fmt: skip
#: What stands between two names of one list.
_LIST = re.compile(
    r"\s*+(?:,|、|;|；|·|/|and|or|と|や|および|ならびに|及び|和|及|以及|与|或|、|와|과|및|und|et|y|e|,\s*+(?:and|or)|、?\s*+以及)\s*+(?:the\s+|a\s+|an\s+)?"
)
_BEFORE, _BEHIND = 50, 30
_SPACELESS = frozenset(("ja", "zh"))


def novelty_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield what a sentence calls new though it only went or stayed, and the other way round."""
    lowered = sentence.lower()
    lists = _lists(lowered, values)
    for members in lists:
        first, last = members[0], members[-1]
        before = lowered[max(0, first.start - _BEFORE) : first.start]
        behind = lowered[last.end : last.end + _BEHIND]
        if language in _SPACELESS:
            before, behind = "".join(before.split()), "".join(behind.split())
        came, went = _fits(_CAME, language, before, behind), _fits(_WENT, language, before, behind)
        if came == went:
            continue
        for anchor in members:
            if _is_exact(anchor):
                name = sentence[anchor.start : anchor.end]
                others = [each for each in values if each not in members]
                borne_out = any(evidence.changes(each)[not came] for each in others)
                for fault in _faults(name, anchor, evidence, came=came):
                    # Something else that the sentence names came or went: it may say that of it.
                    yield reading(fault.text) if borne_out else fault


def _is_exact(anchor: Anchor) -> bool:
    """Tell whether an anchor is spelled as in the diff: code, a quotation, a name with a mark."""
    if anchor.kind is AnchorKind.NAME:
        return any(mark in anchor.comparable for mark in "._-") or " " in anchor.comparable
    return anchor.names


def _faults(name: str, anchor: Anchor, evidence: DiffEvidence, *, came: bool) -> Iterator[Fault]:
    """Yield what is wrong with telling that a thing came, or went."""
    on_new, on_old, on_both = evidence.counts(anchor)
    if came and not on_new and (on_old or on_both):
        yield Fault(f"{name} is told as new and stands on no + line")
    elif came and evidence.is_unchanged(anchor):
        yield Fault(f"{name} is told as new and stood there before")
    elif not came and not on_old and on_new and says_gone(anchor, evidence):
        yield reading(f"{name} is told as gone and stands on no - line")
    elif not came and not on_old and (on_new or (on_both and not evidence.has_said(anchor))):
        yield Fault(f"{name} is told as gone and stands on no - line")
    elif not came and on_new and evidence.is_moved(anchor) and evidence.heads(anchor):
        yield Fault(f"{name} is told as gone and only moved")


def _lists(text: str, values: Sequence[Anchor]) -> list[list[Anchor]]:
    """Return the anchors that are listed together."""
    lists: list[list[Anchor]] = []
    for anchor in values:
        if lists and _LIST.fullmatch(text[lists[-1][-1].end : anchor.start]):
            lists[-1].append(anchor)
        else:
            lists.append([anchor])
    return lists


@cache
def _compile(before: str, behind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(before), re.compile(behind)


def _fits(
    forms: dict[str, tuple[tuple[str, str], ...]], language: str, before: str, behind: str
) -> bool:
    for form in forms.get(language, ()):
        first, last = _compile(*form)
        if first.search(before) and last.search(behind):
            return True
    return False
