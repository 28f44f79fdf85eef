"""Reads a title or entry that people wrote: its words without marks, and the cues of what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from diff_insight.analysis.commits import read_message
from diff_insight.model.threads import ThreadKind

#: Characters of a title that are read; behind them no cue is looked for.
LONGEST = 600
_KINDS = ThreadKind
#: Words that name a kind where they are a label: a heading, a type, the bold start of an entry.
_LABELS: tuple[tuple[ThreadKind, re.Pattern[str]], ...] = (
    (_KINDS.SECURITY, re.compile(
        r"(?i)\bsecurity\b|\bvulnerabilit|🔒|🔐|安全|セキュリティ|脆弱性|sécurité|sicherheit|seguridad|보안|segurança")),
    (_KINDS.BREAKING, re.compile(
        r"(?i)\bbreaking\b|\bbackwards?[- ]incompatib|\bincompatib|\bremov(?:ed|als?|ed_features)\b|\bmajor[ _]changes\b|^major$"
        r"|\bupgrade (?:notes|steps)\b|🔴|🛑|💥|🧨|破壊的|不兼容|不相容|重大变[化更]|重大變更"
        r"|\brupture|incompatible|\bcassant|호환되지 않|incompatív|interruptiv|incompatibles|nicht abwärtskompatibel")),
    (_KINDS.DEPRECATED, re.compile(
        r"(?i)\bdeprecat|🚩|⚰️|🗑|非推奨|弃用|棄用|veraltet|obsolet|dépréci|사용 중단|descontinuad")),
    (_KINDS.FIX, re.compile(
        r"(?i)\bbug[-_ ]?fix(?:es)?\b|\bfix(?:e[sd])?\b|\bpatch(?:es)?\b|\bpatch changes\b|^upgrades?$|^updates?$|🐛|🧰|🩹|🚑|修复|修復|修正|바로잡|Fehlerbehebung|corrig|correctif|corre[cç]")),
    (_KINDS.FEATURE, re.compile(
        r"(?i)\bfeat(?:ure)?s?\b|\benhancements?\b|\badd(?:ed|itions?)\b|\bnew\b|\bnew_component\b|\bminor[ _]changes\b|^minor$"
        r"|\bimprove(?:d|ments?)\b|\bchange[sd]?\b|\bwhat's new\b|✨|🚀|🎉|💡|新機能|新增|新功能|追加|Neu(?:erungen)?\b|nouveaut|novedades|novidades|새로운|기능")),
    (_KINDS.DOCS, re.compile(
        r"(?i)\bdoc(?:s|umentation)?\b|📝|📚|文档|文件|ドキュメント|\btranslat|\bi18n\b|\bl10n\b|🌐|\bblog\b|\bcontent\b")),
    (_KINDS.MAINTENANCE, re.compile(
        r"(?i)\b(?:chore|ci|build|tests?|refactor(?:ing)?|style|deps?|dependenc(?:y|ies)|internal|misc|trivial|maintenance|perf)\b"
        r"|👷|⬆|⬇|♻|✅|🔧|🔨|🎨|🔖|📌|📦|🚨|💄|👽|⏪")),
)  # fmt: skip
#: What a sentence says happened, whatever heading it stands under; asked in this order.
_SENTENCES: tuple[tuple[ThreadKind, re.Pattern[str]], ...] = (
    (_KINDS.SECURITY, re.compile(
        r"\bCVE-\d{4}-\d+|\bGHSA-[\w-]{10,}|(?i:\bsecurity (?:fix|issue|vulnerab|advisor|release|update|patch)|\bvulnerabilit|脆弱性|漏洞|\bXSS\b|\bSSRF\b|\bpath traversal\b)")),
    (_KINDS.BREAKING, re.compile(
        r"(?i)\b(?:has|have|was|were|been|is|are) (?:now )?(?:been )?(?:removed|dropped)\b"
        r"|^(?:remov|drop)(?:e[sd]?|p(?:ed|s)?)? (?:(?:the|all|previously) ){0,2}(?:deprecated|support|obsolete)\b|\bdrop(?:ped|s)? support\b"
        r"|\bno longer (?:support|accept|available)|\bbreaking (?:change|api)|廃止|削除され|サポートを終了|不再支持|已移除|no longer exported")),
    (_KINDS.DEPRECATED, re.compile(
        r"(?i)\b(?:is|are|was|were|been|now|mark(?:ed|s)?(?: as)?) (?:now )?deprecated\b|^deprecat(?:e[sd]?|ion)\b|\bdeprecat(?:e[sd]?|ing) "
        r"|\bwill be (?:removed|discontinued|retired)\b|\bgoing away\b|非推奨|弃用|棄用|將被移除|将被移除")),
    (_KINDS.DEADLINE, re.compile(
        r"(?i)\b(?:will be|is|are) (?:shut down|retired|sunset|discontinued)\b|\bend[- ]of[- ](?:life|support)\b|\bretire(?:s|ment)?\b|提供終了|停用")),
)  # fmt: skip
#: Verbs that begin a title, and what it is about then.
_VERBS: tuple[tuple[ThreadKind, re.Pattern[str]], ...] = (
    (_KINDS.FIX, re.compile(
        r"(?i)(?:hot)?fix(?:e[sd]|ing)?\b|correct(?:s|ed)?\b|repair|resolve[sd]?\b|prevent[s]?\b|avoid[s]?\b|don't\b|do not\b|handle[s]?\b|ensure[s]?\b|guard\b|typo|修正|修复|修復")),
    (_KINDS.MAINTENANCE, re.compile(
        r"(?i)(?:refactor|cleanup|clean up|tidy|lint|format|bump|upgrade dep|update dep|release\b|prepare|version packages|tweaks?\b|various)")),
    (_KINDS.FEATURE, re.compile(
        r"(?i)(?:add(?:s|ed|ing)?|new|introduce[sd]?|support(?:s|ed)?|allow(?:s|ed)?|implement(?:s|ed)?|enable[sd]?|expose[sd]?|export(?:s|ed)?|accept(?:s|ed)?|provide[sd]?|create[sd]?|开放|新增|追加)\b")),
    (_KINDS.DOCS, re.compile(r"(?i)(?:doc(?:s|ument(?:s|ed|ation)?)\b|clarif|explain|describe|translat)")),
)  # fmt: skip
#: Titles that ask something of those who use the thing, or change what it does for them.
_CONSEQUENCE = re.compile(
    r"(?i)\b(?:remov(?:e[sd]?|ing|al)|drop(?:s|ped)?|require[sd]?|rename[sd]?|replace[sd]?|no longer|by default|default(?:s)? to|must|instead of|"
    r"in favou?r of|migrate[sd]?|reject[s]?|stop(?:s|ped)?|limit[s]?|validate[sd]?|revert(?:s|ed)?|deprecate[sd]?|throw[s]?|raise[s]?|end of)\b"
    r"|廃止|削除|必須|既定|默认|不再|必须|移除|改用"
)
_CHANGED = re.compile(r"(?i)\b(?:now|upgrade[sd]? to|introduce[sd]?|change[sd]?|is stable)\b")
_TRIVIAL = re.compile(
    r"(?i)\btypo(?:s|graphical)?\b|\bbroken links?\b|\bdead links?\b|\bpunctuation\b|\bgrammar\b|\bspelling\b|\bformatting\b|\bwhite ?space\b|\bindentation\b"
    r"|\bduplicate[sd]?\b|\bstale\b|\bcosmetic\b|\bwording\b|\bcomment\b|\bcopy ?edit|\bmisspell|\bcapitali[sz]|错别字|拼写|标点|誤字|脱字|오타"
)
#: Work on what is there already, and on the inside of a thing.
#: A tag that names a line of versions or everything.
_BRANCH = re.compile(
    r"(?i)[vV]?\d+(?:\.[\dxX]+)*(?:-\w+)?|all|main|master|skip ci|i18nignore|wip|rfc"
)
_POLISH = re.compile(
    r"(?i)^(?:[\w./ -]{1,30}: )?(?:polish|tune|tweak|refine|clarif|simplif|reword|rephrase|tidy|clean|improve (?:wording|readability|formatting)|restructure|reorgani[sz]e|streamline|consolidat|convert|reformat|update and|add (?:an? |more )?examples?\b)"
)
_INSIDE = re.compile(
    r"(?i)\b(?:dead(?! ?links?)|unused|internals?|internally|private|regression tests?|tests?\b(?! suite)|test coverage|lint(?:er|ing)?|typing|type hints?|\bCI\b|workflows?|build script|docblocks?"
    r"|utility functions?|_\w+\.\w{1,4}|clean ?up|building\b|plugins and dependencies|error prone|dev(?:elopment)? dependenc|benchmarks?|code ?style|boilerplate|survey|bot)\b"
)
_CODE = re.compile(r"`[^`]+`|\w\(\)|::|\w[_.]\w|[a-z][A-Z]|@\w|\w/\w")
_FILE = re.compile(r"(?i)(?:updat|creat|delet|add|edit|renam|remov|chang)\w* \S*[./]\S*")
_TRANSLATION = re.compile(
    r"(?i)\bi18n\b|\bl10n\b|\btranslat(?:e[sd]?|ions?|ing)\b|🌐|\blocali[sz](?:e[sd]?|ation)\b|翻译|翻訳|번역"
)
#: Titles of work that only carries other work: it is told by what it carries.
_HOLLOW = re.compile(
    r"(?i)(?:repo(?:sitory)? sync|sync(?:ed|ing|hroni[sz]e)?\b|merg(?:e|ed|ing)\b|publish|live\b|various\b|tweaks?\b|updates?$|more\b.{0,20}$|wip\b"
    r"|(?:update|tweak|prepare|cut|finali[sz]e|tag|draft)[a-z]* (?:the )?(?:changelog|change ?log|release|news|version)|(?:updat(?:e[sd]?|ing)|revis(?:e[sd]?|ing)|refresh(?:e[sd])?|edit(?:s|ed)?) .{0,60}\b(?:info|information|docs?|documentation|content|contents|pages?|readme|articles?|sections?|details|files?|topics?|guides?)\b\.?$|(?:v|version |release )?[vV]?\d+(?:\.\d+)*\b.{0,24}$"
    r"|(?:release|version packages|bump version|.{0,30}prepare (?:for )?(?:next |new )?(?:release|development))\b.{0,60}$)"
)
#: Words of headings that say nothing beside the name of a kind.
_AROUND_LABELS = re.compile(
    r"(?i)\b(?:changes?|notes?|and|the|other|general|major|minor|notable|important|known|issues?|updates?|items?|list|api|apis|bugs?|for|in|of|to|with|from|this|release[sd]?"
    r"|features?|improvements?|modifications?|upgrad(?:es?|ing)|behaviou?r(?:al)?|potentially|what's)\b"
)
_CONTENT_WORD = re.compile(r"[^\W\d_]{2}")
_REVERT = re.compile(r"(?i)^(?:⏪\S*\s*)?revert(?:s|ed)?\b[: ]")
_CONVENTIONAL = re.compile(
    r"(?P<type>[A-Za-z][A-Za-z0-9_-]{1,19})(?:\((?P<scope>[^()]{0,80})\))?(?P<bang>!?):\s+(?P<rest>\S.*)",
    re.DOTALL,
)
#: Types that the convention and its users know; another word before a colon is a scope.
_TYPES = frozenset(
    "feat feature fix bugfix hotfix docs doc chore ci build test tests refactor style perf revert deps i18n l10n security breaking "
    "deprecated deprecation added removed changed fixed improvement enhancement release types wip internal".split()
)
_REFERENCE = re.compile(
    r"(?<!\s)\s*+\((?:(?:[\w.-]{1,60}/[\w.-]{1,60})?#\d+(?:,\s*)?|GH-\d+|\[#\d+\](?:\([^()\s]*\)|\[[^\[\]]*\])?|(?:closes|fixes) #\d+|,\s*){1,20}\)"
)
_NUMBER = re.compile(
    r"\(#(\d{1,7})\)|\(\[#(\d{1,7})\]\(|\bPR \[#(\d{1,7})\]|\{pr\}`(\d{1,7})`|:pr:`(\d{1,7})`|/pull/(\d{1,7})\b"
)
_BY = re.compile(
    r"(?<!\s)\s*+(?:[([]?(?:\bPR\s+)?\[#\d+\]\([^()\s]*\)[)\]]?|\{(?:pr|issue)\}`\d+`|:(?:pr|issue):`\d+`|\bby \[@[^\[\]]{1,60}(?:\[bot\])?\]\([^()\s]*\)(?: in https?://\S{1,200})?|\bby @[\w-]{1,40}(?: in https?://\S{1,200})?|\([0-9a-f]{7,40}\)|\((?:fix|fixes|close|closes|resolves|see|refs?) #\d+\)|\(\[[0-9a-f]{7,40}\]\([^()\s]*\)\)"
    r"|[Tt]hanks,? (?:to )?@[\w-]+!?)\.?\s*$"
)
_TAGS = re.compile(r"^(?:\[[^\[\]`]{1,40}\](?![(:])\s*)+(?=[^\s\[(:])")
_LEADING = re.compile(
    r"^(?::[a-z0-9_]+:\s*|[\U0001F000-\U0001FAFF\u2300-\u23ff\u25a0-\u27bf\u2900-\u2bff\ufe0f\u200d]+\s*)+"
)
_BOLD = re.compile(r"^\*\*(?P<label>[^*\n]{1,60}?)(?P<colon>:?)\*\*(?P<outside>:?)\s*(?=\S)")
_WORD_LABEL = re.compile(
    r"^(?P<label>(?i:breaking(?: change)?s?|new|added|add|fix(?:ed)?|changed?|removed?|deprecated|security|upgrade|feature|improved?|enhancement|docs|perf))\s?:\s+(?=\S)"
)
#: A role of reStructuredText or MyST, which shows what it names as code.
_ROLE = re.compile(
    r"(?<!`)(?::[a-zA-Z][\w:.+-]{0,30}:|\{[a-zA-Z][\w:.+-]{0,30}\})`[!~.]?([^`<>]{1,120}?)(?:\s<[^`<>]{1,200}>)?`"
)
_LINK = re.compile(
    r"!?\[([^\[\]]{1,200})\](?:\([^()\s]{0,300}(?:\s\"[^\"]{0,100}\")?\)|\[[^\[\]]{0,100}\])"
)
#: Elements with attributes, and those of JSX: what they hold stays.
_ELEMENT = re.compile(r"</?[A-Za-z][\w.]{0,40}(?:\s[^<>]{0,300})?/?>(?![^`]{0,80}`)")
_DOUBLE = re.compile(r"``([^`]{1,200})``")
_STRONG = re.compile(r"\*\*([^*\n]{1,200})\*\*|(?<![\w`])__([^_\n]{1,200})__(?!\w)")
_SCOPED = re.compile(r"^(?P<scope>[\w./+#@-]{1,40}):\s+(?=\S)")
#: A bracket at the end that the source cut off.
_UNCLOSED = re.compile(r"\s*\([^()]{0,80}$")
_COMPONENT = re.compile(r"^`(?P<scope>[\w./@ -]{1,60})`:\s+(?=\S)")
VERSION = re.compile(
    r"(?<![\w.#/-])v?(\d{1,4}\.\d{1,5}(?:\.\d{1,6}){0,2}(?:[-.]?(?:a|b|rc|alpha|beta|preview|dev|m|post)[.-]?\d{0,4})?)(?![\w-]|\.\d)",
    re.IGNORECASE,
)  # fmt: skip
#: Sentences that ask something of a reader.
_OBLIGES = re.compile(
    r"(?i)\byou(?:'ll)? (?:must|need to|have to|will need to)\b(?! be able)|\b(?:do not|don't) (?:use|authori[sz]e|rely|pass|call|store|expose|trust)\b|\bmust (?:now )?be (?:updated|replaced|migrated|set|changed)\b"
    r"|\b(?:upgrade|update|migrate|switch) to\b|\buse [`'\"(]?\S+(?: \S+){0,5} instead\b|必ず.{0,30}してください|に移行してください|请(?:改用|升级|尽快)"
)
_ACTION = re.compile(
    r"(?i)(?:^|[:;] )(?:please )?(?:use|upgrade|update|replace|migrate|switch|rename|install|set|pin|pass|remove|add|run|move|change)\b[^.]{3,}\b(?:instead|to|with|before|from|by)\b"
    r"|\b(?:you(?:'ll)? (?:must|should|need to|have to|will need)|must (?:now )?(?:be|use|set|pass)|(?:need|have) to be (?:updated|replaced|changed|removed)"
    r"|before (?:upgrading|updating)|\buse [`'\"(]?\S+(?: \S+){0,16} instead|instead(?:,)? use\b|no action is required)"
    r"|を使用してください|に移行してください|必要があります|请(?:使用|改用|升级|将)|必须|需要(?:将|使用|升级)|müssen Sie|verwenden Sie|vous devez|utilisez|debe[ns]? |utilice|você deve|하세요|해야 합니다"
)  # fmt: skip


class Words(Struct, frozen=True, kw_only=True):
    """What a title or an entry says.

    Attributes:
        text: Its words without type, tags, references and authors; code keeps its marks.
        kind: What it means, or None when nothing in it says so.
        labelled: Whether people wrote the kind as a label.
        scope: The part of the product that it names in front.
        number: Number of its pull request, else "".
        weight: What the words add to its consequence: renames and removals more, typing errors less.
        translation: Whether it speaks of a translation.
        reverts: Whether it takes something back.
        trivial: Whether it speaks of typing errors and the like alone.
        telling: Whether it says something that no list of files says.
        polish: Whether it speaks of bettering what is there already.
        inside: Whether it speaks of the inside of the product, or of work on it.
    """

    text: str
    kind: ThreadKind | None = None
    labelled: bool = False
    scope: str = ""
    number: str = ""
    weight: int = 0
    translation: bool = False
    reverts: bool = False
    trivial: bool = False
    telling: bool = True
    polish: bool = False
    inside: bool = False


def read_words(title: str) -> Words:
    """Read one title or entry; Markdown and reStructuredText references are taken off."""
    line = " ".join(title[:LONGEST].split())
    number = number_in(line)
    text, labels, scope = _without_labels(without_references(line))
    text = _UNCLOSED.sub("", plain_marks(text))
    reverts = _REVERT.match(text) is not None or "⏪" in line[:4] or "revert" in labels
    kind = _labelled(" ".join(labels))
    if "!" in labels:
        kind = ThreadKind.BREAKING
    labelled = kind is not None
    said = next((kind_ for kind_, cue in _SENTENCES if cue.search(text)), None)
    if said is not None and (kind is None or _rank(said) < _rank(kind)) and not _minor(kind):
        kind = said
    if kind is None:
        scoped = _SCOPED.match(text)
        begin = text[scoped.end() :] if scoped else text
        kind = next((kind_ for kind_, verb in _VERBS if verb.match(begin)), None)
    trivial = _TRIVIAL.search(text) is not None
    return Words(
        text=text,
        kind=kind,
        labelled=labelled,
        scope=scope,
        number=number,
        weight=8 if _CONSEQUENCE.search(text) and not trivial else -20 if trivial else 0,
        translation=_TRANSLATION.search(line) is not None,
        reverts=reverts,
        trivial=trivial,
        telling=(read_message(line).telling or _names_code(text)) and not _HOLLOW.match(text),
        polish=_POLISH.match(text) is not None,
        inside=_INSIDE.search(text) is not None,
    )


def _names_code(text: str) -> bool:
    """Tell whether a short title names something in code, such as “Introduce `Queue::forward()`”."""
    return len(text.split()) > 1 and _CODE.search(text) is not None and not _FILE.fullmatch(text)


def plain_marks(text: str) -> str:
    """Return a line with code marks as its only markup: links are their texts, roles are code."""
    text = _ROLE.sub(r"`\1`", _DOUBLE.sub(r"`\1`", text)) if "`" in text else text
    text = _ELEMENT.sub("", text) if "<" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text or "][" in text else text
    if "**" in text or "__" in text:
        text = _STRONG.sub(lambda match: match[1] or match[2], text)
    return text.replace("\\", "") if "\\" in text and "`" not in text else text


def only_labels(heading: str) -> bool:
    """Tell whether a heading says no more than the kind of what stands below it."""
    rest = heading
    for _, words in _LABELS:
        rest = words.sub(" ", rest)
    return not _CONTENT_WORD.search(_AROUND_LABELS.sub(" ", rest))


def kind_of_label(label: str) -> ThreadKind | None:
    """Return the kind that a heading or a type names."""
    return _labelled(label)


def version_in(text: str) -> str:
    """Return the first version number of a text, without a leading v; empty when there is none."""
    match = VERSION.search(text[:LONGEST])
    return match[1] if match else ""


def number_in(text: str) -> str:
    """Return the number of the pull request that a text refers to; empty when it names none."""
    matches = list(_NUMBER.finditer(text[-LONGEST:]))
    # Of several the last one is the pull request; issues stand before it.
    return next((group for group in matches[-1].groups() if group), "") if matches else ""


def is_consequence(text: str) -> bool:
    """Tell whether a sentence says that something is done otherwise from now on."""
    return _CONSEQUENCE.search(text) is not None or _CHANGED.search(text) is not None


def names_version(title: str) -> bool:
    """Tell whether a title names a version, be it by its first number alone: “Astro v7”."""
    return bool(version_in(title)) or re.search(r"\bv\d{1,4}\b", title) is not None


def obliges(sentence: str) -> bool:
    """Tell whether a sentence of a page says that its reader has to do something."""
    return _OBLIGES.search(sentence[:LONGEST]) is not None


def asks(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something."""
    return _ACTION.search(sentence[:LONGEST]) is not None


def _minor(kind: ThreadKind | None) -> bool:
    """Tell whether people called it work on the project itself."""
    return kind in (ThreadKind.MAINTENANCE, ThreadKind.DOCS)


def _labelled(label: str) -> ThreadKind | None:
    return next((kind for kind, words in _LABELS if words.search(label)), None)


def _rank(kind: ThreadKind) -> int:
    return tuple(ThreadKind).index(kind)


def without_references(line: str) -> str:
    """Return a line without the numbers, links and names of people that changelogs put behind it."""
    text = _REFERENCE.sub("", line)
    for _ in range(6):
        shorter = _BY.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text.strip()


def _without_labels(text: str) -> tuple[str, list[str], str]:
    """Return a text without what labels it, the labels, and the part of the product it names."""
    labels: list[str] = []
    scope = ""
    for _ in range(_MOST_LABELS):
        label = next((label for read in _READERS if (label := read(text)) is not None), None)
        if label is None:
            break
        labels += label.names
        scope = scope or label.scope
        text = text[label.end :]
    return text.strip(), labels, scope


class _Label(NamedTuple):
    """What stands in front of a title: names of kinds, the part of the product, and where it ends."""

    names: Sequence[str]
    end: int
    scope: str = ""


def _picture(text: str) -> _Label | None:
    match = _LEADING.match(text)
    return _Label([match[0].strip()], match.end()) if match and match.end() < len(text) else None


def _tag(text: str) -> _Label | None:
    match = _TAGS.match(text)
    if match is None:
        return None
    tags = [tag.strip() for tag in re.findall(r"\[([^\[\]]*)\]", match[0])]
    scope = next(
        (tag for tag in reversed(tags) if not _labelled(tag) and not _BRANCH.fullmatch(tag)), ""
    )
    return _Label(tags, match.end(), scope)


def _type(text: str) -> _Label | None:
    match = _CONVENTIONAL.match(text)
    if match is None or match["type"].lower() not in _TYPES:
        return None
    names = [match["type"].lower(), *(["!"] if match["bang"] else [])]
    return _Label(names, match.start("rest"), (match["scope"] or "").strip())


def _bold(text: str) -> _Label | None:
    match = _BOLD.match(text)
    if match is None or not (match["colon"] or match["outside"]):
        return None
    # Another bold start is the subject of the entry, not its kind.
    return _Label([match["label"]], match.end()) if _labelled(match["label"]) else None


def _word(text: str) -> _Label | None:
    match = _WORD_LABEL.match(text)
    return _Label([match["label"]], match.end()) if match else None


def _component(text: str) -> _Label | None:
    match = _COMPONENT.match(text)
    return _Label((), match.end(), match["scope"]) if match else None


_READERS = (_picture, _tag, _type, _bold, _word, _component)
#: Labels in front of one title.
_MOST_LABELS = 5
