"""Checks negation: what a sentence denies, the lines with its names have to deny too, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.sentence_pieces import clauses

#: Abilities that a page states or denies, and how each language denies them.
_DENIED: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"(?i)\b(?:not|n't|n’t|cannot|can't|never|without|un(?:supported|available)|disabled|nor|excluded|excludes?|except|prohibit\w*|disallow\w*|prevents?|refus\w+|reject\w*|ignor\w+|fails?)\b|n['’]t\b"),
    "ja": re.compile(r"(?:でき|利用でき|使え|され|し|対応し(?:てい)?|サポート(?:され|し)(?:てい)?|なら|含ま|含め|あり|い|られ|ま?せ|読ま|返さ|行わ|要ら|受け付け)(?:ない|ません|ず|なく)|不可|非対応|未対応|不要|無効|禁止|拒否|除外|対象外"),
    "zh": re.compile(r"不(?!再|同|仅|只|仅仅|早于|晚于|超过|少于|低于|高于|多于|兼容|过|断|变|妨|论|管|一致|足|良|会影响|受影响)|无法|没有|未(?!来|必)|无需|禁用|禁止|拒绝|排除|不可|并非|無法|無需"),
    "ko": re.compile(r"않|못|없|불가|금지|미지원"),
    "de": re.compile(r"(?i)\b(?:nicht|kein\w*|ohne|nie)\b"), "fr": re.compile(r"(?i)\b(?:ne|n['’]|pas|sans|jamais|aucun\w*)\b|n['’]"),
    "es": re.compile(r"(?i)\b(?:no|sin|nunca|ningun\w*|ningún)\b"), "pt": re.compile(r"(?i)\b(?:não|sem|nunca|nenhum\w*)\b"),
}  # fmt: skip
ABLE: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"(?i)\b(?:support(?:s|ed)?|available|allow(?:s|ed)?|can|required?|requires|enabled|accept(?:s|ed)?|works?|compatible|includes?|need(?:s|ed)?|must|possible|returns?|applies|valid)\b"),
    "ja": re.compile(r"でき|利用可能|対応し|サポート|必須|必要|有効|使え|可能|含ま|許可|受け付け"),
    "zh": re.compile(r"支持|可用|可以|能够|必须|需要|启用|允许|兼容|包含|接受|有效|可(?:以)?使用"),
    "ko": re.compile(r"지원|가능|필수|필요|사용할 수|허용"),
    "de": re.compile(r"(?i)unterstütz|verfügbar|möglich|erforderlich|erlaubt|kann"), "fr": re.compile(r"(?i)pren\w+ en charge|disponible|possible|requis|autoris|peut"),
    "es": re.compile(r"(?i)admit|compatible|disponible|posible|obligatori|permit|puede"), "pt": re.compile(r"(?i)suport|disponíve|possíve|obrigatóri|permit|pode"),
}  # fmt: skip
#: What says that something came to an end denies nothing of its own.
_ENDED = re.compile(
    r"(?i)no longer|not any ?more|stops? |deprecat|remov|drop|なくな|廃止|非推奨|終了|削除|不再|已删除|移除|弃用|停用|取消|더 이상|nicht mehr|ne .{1,30} plus|ya no|não .{1,20} mais|deixa|instead of|rather than|代わり|而不是|而非|ではなく|not only|だけでなく|不仅|いない|かどうか|是否|if not|unless|どうか"
)
_ANY_DENIAL = re.compile(
    "|".join(f"(?:{each.pattern.removeprefix('(?i)')})" for each in _DENIED.values()), re.IGNORECASE
)
_ENDING_LINE = re.compile(
    r"(?i)no longer|deprecat|remov|drop(?:s|ped)|retire|only|unless|except|instead|\bnone\b|\bno\b|false|disabled|[✗✘❌]|不再|廃止|未|外"
)


def polarity_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a denial of what the lines with its names grant."""
    able, denied = ABLE.get(language), _DENIED.get(language)
    if able is None or denied is None or not able.search(sentence) or _ENDED.search(sentence):
        return
    for start, end in clauses(sentence):
        clause = [anchor for anchor in values if start <= anchor.start < end]
        names = [anchor for anchor in clause if anchor.names]
        bare = _without(sentence[start:end], [_shift(anchor, start) for anchor in clause])
        lines = _lines(names, evidence) if denied.search(bare) and able.search(bare) else []
        grants = [line for line in lines if _GRANTS.search(line.text)]
        if grants and not any(
            _ANY_DENIAL.search(line.text) or _ENDING_LINE.search(line.text) for line in lines
        ):
            yield Fault("it denies what the lines with its names grant", certain=False)
            return


#: What grants in English, the language of most pages, and in the others.
_GRANTS = re.compile(
    r"(?i)support|available|allow|compatib|\bcan\b|enabled|requir|\bmust\b|works?\b"
    r"|サポート|対応|利用|でき|支持|可用|允许|可以"
)


def _shift(anchor: Anchor, start: int) -> Anchor:
    return replace(anchor, start=anchor.start - start, end=anchor.end - start)


def _lines(names: Sequence[Anchor], evidence: DiffEvidence) -> list[DiffLine]:
    """Return the changed lines that have one of the names; where none has, those that stayed."""
    places = sorted({at for name in names for at in evidence.places(name)})
    changed = [at for at in places if evidence.lines[at].sign in "+-"]
    return [evidence.lines[at] for at in changed or places]


def _without(sentence: str, values: Sequence[Anchor]) -> str:
    """Return a sentence without its values, whose own words deny nothing."""
    pieces: list[str] = []
    end = 0
    for anchor in values:
        pieces.append(sentence[end : anchor.start])
        end = anchor.end
    return " ".join([*pieces, sentence[end:]])
