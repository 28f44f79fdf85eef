"""Checks that old values come before new ones: from → to against the − and + lines of the diff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from diff_insight.llm.grounding.anchors import Anchor, AnchorKind
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading

#: What stands before, between and behind two values; the first is the old one, or the new one.
_FORWARD: dict[str, tuple[tuple[str, str, str], ...]] = {
    "": (("", r"\s*(?:→|->|=>|⇒)\s*", ""),),
    "en": (
        (r"\bfrom\b[^.;]{0,30}$", r"^[^.;]{0,20}\s(?:up |down |out |over |forward |back |on)?(?:to|into)\s[^.;]{0,24}$", ""),
        ("", r"\b(?:becomes?|became|gives way to|gave way to|turns? into|(?:is|are|was|were|has been|have been|gets?) (?:now )?(?:replaced|superseded|renamed|changed|raised|lowered|increased|reduced|retitled|corrected|updated|extended|shortened|bumped|switched|swapped|moved|upgraded|downgraded|modified|revised|reworded|rewritten|amended|adjusted|set)(?: (?:by|with|to|as|into|for))+)\b[^.;]{0,24}$", ""),
        ("", r"^\s*(?:replaced|superseded|renamed|changed|written|spelled|reworded|corrected|retitled) (?:by|with|to|as|into)\b[^.;]{0,20}$", ""),
        (r"\b(?:replac|renam|chang|correct|swap|switch|updat|rais|lower|bump|mov|upgrad|reword|retitl|modif)\w*\b(?:(?!\b(?:to|with|by|from)\b)[^.;]){0,25}$", r"^\s*(?:\w+ ){0,2}(?:with|by|to)\s[^.;]{0,24}$", ""),
    ),
    "ja": (
        ("", r"^(?:[のだ]?\S{0,8})から", r"^(?:\S{0,6})?(?:に|へ|と(?:なり|な)|まで)"),
        ("", r"^(?:\S{0,6})?(?:を|が|は)(?:、)?$", r"^(?:\S{0,6})?(?:に|へ|と)(?:置き換|変更|改|差し替|更新|修正|統一|引き上げ|引き下げ|延長|短縮|なり|変わ|移行|切り替)"),
        ("", r"^(?:\S{0,4})?に(?:代わ|替わ|代え|かわ)(?:って|り|て)?(?:、)?", ""),
        ("", r"^(?:\S{0,4})?の(?:代わり|かわり)に(?:、)?", ""),
        ("", r"^ではなく(?:、)?$", r"^(?:に|へ|を|が|で|と)\S{0,10}(?:ようにな|変わ|変更|なりまし)"),
    ),
    "zh": (
        ("", r"^\S{0,4}?(?:已)?被\S{0,4}?$", r"^\S{0,4}?(?:所)?(?:取代|代替|替代|替换)"),
        (r"(?:从|由|從|自)\S{0,12}$", r"^\S{0,10}?(?:改|变|調|调|更|提|降|增|减|缩|延|推|扩|升|换|替|迁|移|更名|重命名)?\S{0,8}?(?:为|至|到|成|為)\S{0,4}$", ""),
        ("", r"^\S{0,4}?(?:已|均|都)?(?:被)?(?:改|变更|更改|调整|更新|更名|重命名|替换|修改|更正|修正|换|改名|提高|降低|延长|缩短|推迟|提前|升级)(?:为|成|到|至|為)\S{0,4}$", ""),
        (r"(?:将|把|將)\S{0,12}$", r"^\S{0,6}?(?:替换|改|换|更改|变更|重命名|修改|更正|调整)(?:为|成|為)\S{0,4}$", ""),
    ),
    "ko": (
        ("", r"^(?:\S{0,6})?에서", r"^(?:\S{0,4})?(?:으로|로)"),
        ("", r"^\s?대신", ""),
        ("", r"^(?:\S{0,4})?(?:을|를|이|가|은|는)", r"^(?:으로|로) ?(?:바|변경|대체|교체|수정|옮|이동|전환)"),
    ),
    "de": (
        (r"\bvo[nm]\b[^.;]{0,25}$", r"^[^.;]{0,15}\b(?:auf|zu|in|nach)\b[^.;]{0,20}$", ""),
        (r"\b(?:statt|anstelle(?: von)?)\b[^.;]{0,24}$", r"^(?!\s*(?:und|oder|,))[^.;]{0,24}$", ""),
        (r"\baus\b[^.;]{0,20}$", r"^\s*(?:wird|wurde|werden|wurden)\s[^.;]{0,12}$", ""),
        ("", r"\b(?:wird|wurde|werden|wurden)\b[^.;]{0,12}\b(?:durch|zu|in)\b[^.;]{0,16}$", ""),
        ("", r"\b(?:heißt|heißen) (?:jetzt|nun|künftig)\b[^.;]{0,12}$", ""),
        (r"\bersetzt\b[^.;]{0,24}$", r"^\s*(?:\w+ )?durch\b[^.;]{0,16}$", ""),
        ("", r"\b(?:weicht|weichen|macht platz für)\b[^.;]{0,16}$", ""),
    ),
    "fr": (
        (r"\bd[eu]\b[^.;]{0,20}$", r"^[^.;]{0,12}\b(?:à|au|aux|vers|en)\b[^.;]{0,18}$", ""),
        ("", r"\b(?:(?:est|sont|a été|ont été)\s)?(?:remplacée?s?|renommée?s?|devien\w+|passe(?:nt)?)\b[^.;]{0,10}\b(?:par|en|à|au)\b[^.;]{0,12}$|\bdevien\w+\b[^.;]{0,12}$", ""),
        (r"\b(?:remplace|remplacent|remplacer|renomme)\b[^.;]{0,20}$", r"^\s*(?:\w+ )?(?:par|en)\b[^.;]{0,14}$", ""),
        ("", r"\b(?:cède la place à|laisse place à|laissent place à)\b[^.;]{0,14}$", ""),
    ),
    "es": (
        (r"\bde(?:l)?\b[^.;]{0,20}$", r"^[^.;]{0,12}\ba\b[^.;]{0,18}$", ""),
        ("", r"\b(?:se )?(?:sustitu\w+|reemplaz\w+|cambi\w+|renombr\w+|actualiz\w+|pasan? a(?: ser| llamarse)?|se conviert\w+ en)\b[^.;]{0,12}$", ""),
        (r"\b(?:sustitu\w+|reemplaz\w+|cambi\w+|renombr\w+)\b[^.;]{0,20}$", r"^\s*(?:\w+ )?(?:por|a)\b[^.;]{0,14}$", ""),
        ("", r"\b(?:deja\w* (?:paso|lugar) a)\b[^.;]{0,14}$", ""),
    ),
    "pt": (
        (r"\bd[eo]\b[^.;]{0,20}$", r"^[^.;]{0,12}\bpara\b[^.;]{0,18}$", ""),
        ("", r"\b(?:substituíd\w+|trocad\w+|renomead\w+|alterad\w+|passa(?:m)? a(?: ser| se chamar)?|torna(?:m)?-se|vira(?:m)?)\b[^.;]{0,12}$", ""),
        (r"\b(?:substitu\w+|troca\w*|renomei\w+)\b[^.;]{0,20}$", r"^\s*(?:\w+ )?(?:por|para)\b[^.;]{0,14}$", ""),
        ("", r"\b(?:dá lugar a|dão lugar a|cede lugar a)\b[^.;]{0,14}$", ""),
    ),
}  # fmt: skip
_BACKWARD: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("", r"^[^.;]{0,12}\b(?:instead of|rather than|in place of|replac(?:es|ing)|replaced(?! by| with)|supersed(?:es|ed(?! by))|takes? the place of|up from|down from)\b[^.;]{0,24}$|^[^.;]{0,12}(?:\(|,\s*)(?:it )?(?:was|formerly|previously|before|old|up from|down from)\b:?[^.;]{0,12}$", ""),
        (r"\bto\b[^.;]{0,24}$", r"^\s?from\b[^.;]{0,24}$", ""),
        ("", r"^[^.;]{0,30}\bwhere (?:it|they|the \w+(?: \w+)?) (?:had|has had|said|was|were|used|wrote|read|named)\b[^.;]{0,12}$", ""),
    ),
    "ja": (("", r"^(?:\S{0,4})?（(?:旧|変更前|以前は|従来は|元は|これまでは)", ""), ("", r"^(?:\S{0,6})?(?:で|が)(?:、)?$", r"^(?:\S{0,4})?を(?:置き換え|差し替え)")),
    "zh": (("", r"^\S{0,4}?(?:（|，)?(?:原为|原先为|此前为|之前为|原|旧为|原來為)\S{0,3}$", ""), ("", r"^\S{0,3}?(?:取代|代替|替代|替换)(?:了)?\S{0,3}$", ""), (r"(?:用|以|改用)\S{0,6}$", r"^\S{0,4}?(?:取代|代替|替代|替换|而非|而不是|不再使用)(?:了)?\S{0,4}$", "")),
    "ko": (("", r"^\(?(?:이전|기존)", ""), ("", r"^(?:\S{0,4})?(?:이|가|은|는)", r"^(?:\S{0,2})?(?:을|를) ?(?:대체|교체)")),
    "de": (("", r"^[^.;]{0,10}\b(?:statt|anstelle(?: von)?|anstatt|ersetzt|ersetzen|löst)\b[^.;]{0,20}$", ""),),
    "fr": (("", r"^[^.;]{0,16}\b(?:au lieu de|plutôt que|à la place de|remplacent?)\b[^.;]{0,18}$", ""),),
    "es": (("", r"^[^.;]{0,16}\b(?:en lugar de|en vez de|reemplazan? a|sustituyen? a)\b[^.;]{0,18}$", ""),),
    "pt": (("", r"^[^.;]{0,16}\b(?:em vez de|no lugar de|ao invés de|substitu(?:i|em))\b[^.;]{0,18}$", ""),),
}  # fmt: skip


_SPACELESS = frozenset(("ja", "zh"))
#: Characters before the first value and behind the second that say how they relate.
_WIDE, _NARROW = 45, 20


def direction_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield pairs of values that a sentence tells the wrong way round."""
    lowered = sentence.lower()
    spaceless = language in _SPACELESS
    for first, second in pairwise(values):
        alike = first.kind is second.kind or (first.names and second.names)
        if first.comparable == second.comparable or not alike:
            continue
        around = (
            lowered[max(0, first.start - _WIDE) : first.start],
            lowered[first.end : second.start],
            lowered[second.end : second.end + _NARROW],
        )
        before, between, after = ("".join(each.split()) for each in around) if spaceless else around
        if _fits(_FORWARD, language, before, between, after):
            old, new = first, second
        elif _fits(_BACKWARD, language, before, between, after):
            old, new = second, first
        else:
            continue
        yield from _pair_faults(sentence, old, new, evidence)


def _pair_faults(
    sentence: str, old: Anchor, new: Anchor, evidence: DiffEvidence
) -> Iterator[Fault]:
    if _is_reversed(old, new, evidence):
        values = f"{sentence[old.start : old.end]!r} → {sentence[new.start : new.end]!r}"
        yield Fault(f"it tells {values}, and the diff has it the other way round")
    elif _stays(old, new, evidence):
        yield reading("what it tells as replaced did not go")
    elif _falls(old, new, sentence):
        yield Fault("its numbers go one way and its words the other")


def _stays(old: Anchor, new: Anchor, evidence: DiffEvidence) -> bool:
    """Tell whether what is told as old went nowhere, as code is spelled, while what is told as new came."""
    pair = (old.comparable, new.comparable)
    known = (evidence.moves, _stated_pairs(*pair, evidence), evidence.replacement_pairs)
    if any(pair in each for each in known) or not (old.kind is new.kind is AnchorKind.CODE):
        return False
    came, went, stayed = evidence.counts(old)
    return not went and bool(came or stayed) and bool(evidence.counts(new)[0])


def _is_reversed(old: Anchor, new: Anchor, evidence: DiffEvidence) -> bool:
    """Tell whether what is told as old came, or what is told as new went."""
    pair = (old.comparable, new.comparable)
    for known in (evidence.moves, _stated_pairs(*pair, evidence), evidence.replacement_pairs):
        if pair in known or pair[::-1] in known:
            return pair not in known
    old_came, old_went, old_stayed = evidence.counts(old)
    new_came, new_went, new_stayed = evidence.counts(new)
    old_is_new = old_came > 0 and not old_went and not old_stayed
    new_is_old = new_went > 0 and not new_came and not new_stayed
    if new_is_old or (old_is_new and not (new_came and not new_went)):
        return True
    # Counts of lines stand nowhere: more before than after is the number of - lines.
    sizes = [(file.change.deletions, file.change.additions) for file in evidence.analyses]
    counts = [(old.readings[:1], new.readings[:1])] if old.kind is AnchorKind.NUMBER else []
    seen = {((str(before),), (str(after),)) for before, after in sizes}
    return any(each[::-1] in seen and each not in seen for each in counts)


def _stated_pairs(first: str, second: str, evidence: DiffEvidence) -> frozenset[tuple[str, str]]:
    """Return the orders, old and new, in which lines of the data themselves say that one value takes the place of the other."""
    pairs: set[tuple[str, str]] = set()
    for line in evidence.all_lines:
        text = line.comparable.replace("`", "")
        (start, before), (next_, behind) = sorted(
            ((text.find(first), first), (text.find(second), second))
        )
        end, last = start + len(before), next_ + len(behind)
        if start < 0 or end > next_ or line.sign == "@":
            continue
        around = text[max(0, start - _WIDE) : start], text[end:next_], text[last : last + _NARROW]
        if _fits(_FORWARD, "en", *around):
            pairs.add((before, behind))
        elif _fits(_BACKWARD, "en", *around):
            pairs.add((behind, before))
    return frozenset(pairs)


_UP = re.compile(
    r"(?i)\b(?:rais|increas|grow|grew|extend|up from|longer|more)\w*|引き上げ|増|延長|延び|延ば|延期|提高|增|延长|推迟|上调"
)
_DOWN = re.compile(
    r"(?i)\b(?:lower|reduc|decreas|shrink|shrank|shorten|down from|cut|fewer|drop)\w*|引き下げ|減|短縮|前倒し|早ま|降低|减|缩短|提前|下调"
)


def _falls(old: Anchor, new: Anchor, sentence: str) -> bool:
    """Tell whether words such as “raised” contradict two numbers or dates beside them."""
    kinds = {old.kind, new.kind}
    if kinds not in ({AnchorKind.NUMBER}, {AnchorKind.DATE}) or not (
        len(old.readings) == len(new.readings) == 1
    ):
        return False
    up, down = bool(_UP.search(sentence)), bool(_DOWN.search(sentence))
    if up == down:
        return False
    before, after = old.readings[0], new.readings[0]
    if old.kind is AnchorKind.NUMBER:
        grows = float(after) > float(before)
        same = float(after) == float(before)
    else:
        if before.startswith("-") != after.startswith("-"):
            return False
        grows, same = after > before, after == before
    return not same and grows != up


@cache
def _compile(
    before: str, between: str, after: str
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(before), re.compile(between), re.compile(after)


def _fits(
    forms: dict[str, tuple[tuple[str, str, str], ...]],
    language: str,
    before: str,
    between: str,
    after: str,
) -> bool:
    if len(between) > 60:
        return False
    for form in (*forms.get("", ()), *forms.get(language, ())):
        first, middle, last = _compile(*form)
        if first.search(before) and middle.search(between) and last.search(after):
            return True
    return False
