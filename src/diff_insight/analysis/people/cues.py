"""Reads a title or entry that people wrote: its words without marks, and the cues of what it means."""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.analysis.commits import only_carries, read_message
from diff_insight.analysis.people.labels import kind_of_label, without_labels
from diff_insight.analysis.people.plain_marks import plain_marks
from diff_insight.analysis.people.references import (
    LONGEST,
    commit_in,
    number_in,
    without_references,
)
from diff_insight.model.threads import ThreadKind

#: What a sentence says happened, whatever heading it stands under; asked in this order.
_SENTENCES: tuple[tuple[ThreadKind, re.Pattern[str]], ...] = (
    (ThreadKind.SECURITY, re.compile(
        r"\bCVE-\d{4}-\d+|\bGHSA-[\w-]{10,}|(?i:\bsecurity (?:fix|issue|vulnerab|advisor|release|update|patch)|\bvulnerabilit|脆弱性|漏洞|\bXSS\b|\bSSRF\b|\bpath traversal\b)")),
    (ThreadKind.BREAKING, re.compile(
        r"(?i)\b(?:has|have|was|were|been|is|are) (?:now )?(?:been )?(?:removed|dropped)\b"
        r"|\bnot (?:\w+[- ])?(?:backwards?|source|binary|API|ABI)[- ]compatible\b"
        r"|^(?:remov|drop)(?:e[sd]?|p(?:ed|s)?)? (?:(?:the|all|previously) ){0,2}(?:deprecated|support|obsolete)\b|\bdrop(?:ped|s)? support\b"
        r"|\bno longer (?:support|accept|available)|\bbreaking (?:change|api)|廃止|削除され|サポートを終了|不再支持|已移除|no longer exported")),
    (ThreadKind.DEPRECATED, re.compile(
        r"(?i)\b(?:is|are|was|were|been|now|mark(?:ed|s)?(?: as)?) (?:now )?deprecated\b|^deprecat(?:e[sd]?|ion)\b|\bdeprecat(?:es?|ing) |\bdeprecated(?= (?:in favou?r|since|as of|for removal|by)\b|[.;]?$)"
        r"|\bwill be (?:removed|discontinued|retired)\b|\bgoing away\b|非推奨|弃用|棄用|將被移除|将被移除")),
    (ThreadKind.DEADLINE, re.compile(
        r"(?i)\b(?:will be|is|are) (?:shut down|retired|sunset|discontinued)\b|\bend[- ]of[- ](?:life|support)\b|\bretire(?:s|ment)?\b|提供終了|停用")),
)  # fmt: skip
#: Words that say to users that something breaks; “removed” and “no longer accepts” may be what a mended flaw did.
_TOLD_TO_USERS = re.compile(
    r"(?i)\bbreaking\b|compatible\b|\bdrop(?:s|ped)? support\b|\bno longer support|[^\x00-\x7f]"
)
#: What a sentence says is not the case.
_DENIED = re.compile(
    r"(?i)\b(?:not?|isn't|aren't|without|non|nothing|never|avoids?)\b[^.;:]{0,60}?\b(?:breaking|incompatib\w+)(?: changes?)?"
)
#: Verbs that begin a title, and what it is about then.
_VERBS: tuple[tuple[ThreadKind, re.Pattern[str]], ...] = (
    (ThreadKind.DOCS, re.compile(
        r"(?i)(?:updat|add|fix|improv|correct|extend|expand|complet|rewrit|mention|link)\w{0,12}+(?: [\w`']{1,30}){0,3}? (?:kdocs?|java ?docs?|doc ?strings?|godocs?|rust ?docs?|js ?docs?|php ?docs?|xml docs?|(?:api|code) docs?|doc[- ]?comments?|docblocks?|readme)\b")),
    (ThreadKind.MAINTENANCE, re.compile(
        r"(?i)(?:keep|updat|bump|upgrad|refresh|bring)\w{0,12}+(?: [\w-]{1,30}){0,3}? (?:deps|dependencies)\b")),
    (ThreadKind.FIX, re.compile(
        r"(?i)(?:hot)?fix(?:e[sd]|ing)?\b|correct(?:s|ed)?\b|repair|resolve[sd]?\b|prevent[s]?\b|avoid[s]?\b|don't\b|do not\b|handle[s]?\b|ensure[s]?\b|guard\b|add(?:s|ed|ing)? (?:(?:an?|the|some|back|all) )?(?:missing|missed|forgotten|omitted)\b|typo|修正|修复|修復")),
    (ThreadKind.MAINTENANCE, re.compile(
        r"(?i)(?:refactor|cleanup|clean up|tidy|lint|format|bump|upgrade dep|update dep|release\b|prepare|version packages|tweaks?\b|various)")),
    (ThreadKind.FEATURE, re.compile(
        r"(?i)(?:add(?:s|ed|ing)?|new|introduce[sd]?|support(?:s|ed)?|allow(?:s|ed)?|implement(?:s|ed)?|enable[sd]?|expose[sd]?|export(?:s|ed)?|accept(?:s|ed)?|provide[sd]?|create[sd]?|announc(?:e[sd]?|ing)(?= [^\n]{0,60}\b(?:releases?|GA|general availability|preview)))\b|开放|新增|追加|支持|引入|添加|增加|支援|추가|지원")),
    (ThreadKind.DOCS, re.compile(r"(?i)(?:doc(?:s|ument(?:s|ed|ation)?)\b|clarif|explain|describe|translat)")),
)  # fmt: skip
#: Words by which a title says itself that something was wrong and is not any more.
_MENDS = re.compile(
    r"(?i)\b(?:fix|correct|repair|resolv|prevent|avoid|handl|ensur|guard|no longer|don't|do not|allow|restor|keep|preserv|revert|use|only|skip|stop|make|show|support|add|remov|improv|reject|validat|respect|honou?r|return|now|updat|upgrad|bump|chang|drop|replac|renam|increas|reduc|enabl|disabl|configur|document|clarif|switch|refactor|migrat|expos|accept)\w*|[^\x00-\x7f]"
)
#: Words with which a title begins that says what was done.
_DONE = re.compile(
    r"(?i)(?:rais|lower|clear|escap|normali[sz]|treat|throw|includ|exclud|adjust|annotat|detect|recogni[sz]|generat|emit|ignor|convert|creat|delet|adapt|align|rewrit|simplif|propagat|inherit|initiali[sz]|reconnect|declar|defin|bring|mak|tak|appl|pars|clos|render|catch|apply|wait|allocat|check(?= (?:for|that|if|whether)\b))(?:e[sd]?|s|ed|ing|ies|ied|y)?\b(?! (?:failure|error|issue|bug|problem|leak|crash|panic|button)s?\b)"
)
_FIXES = re.compile(r"(?i)(?:[\w./+#@-]{1,40}: )?(?:hot)?fix(?:e[sd]|ing)?\b")
#: Titles that ask something of those who use the thing, or change what it does for them.
_CONSEQUENCE = re.compile(
    r"(?i)\b(?:remov(?:e[sd]?|ing|al)|drop(?:s|ped)?|require[sd]?|rename[sd]?|replace[sd]?|no longer|by default|default(?:s)? to|must|instead of|"
    r"in favou?r of|migrate[sd]?|reject[s]?|stop(?:s|ped)?|limit[s]?|validate[sd]?|revert(?:s|ed)?|deprecate[sd]?|throw[s]?|raise[s]?|end of|minimum (?:\w{1,20} ){0,3}(?:versions?|requirements?)|(?:is|now) (?:the )?min(?:imum)?(?: now)?)\b"
    r"|廃止|削除|必須|既定|默认|不再|必须|移除|改用"
)
#: What a list of changes puts before its order: what users had is gone, or is asked of them.
_ASKED = re.compile(
    r"(?i)^(?:\S{1,40}: )?(?:remov|drop|renam)|\b(?:no longer|by default|default(?:s)? to|requires?|minimum|must)\b|廃止|削除|必須|既定|默认|不再|必须|移除"
)
#: What users had is not there any more, or is called otherwise.
_TAKEN = re.compile(
    r"(?i)^(?:\S{1,40}: )?(?:remov(?:e[sd]?|ing|al)|drop(?:s|ped|ping)?|renam(?:e[sd]?|ing)|delete[sd]?)\b|\b(?:renamed to|no longer|must now|minimum|requires?)\b|廃止|削除|不再|移除|改名"
)
_CHANGED = re.compile(r"(?i)\b(?:now|upgrade[sd]? to|introduce[sd]?|change[sd]?|is stable)\b")
_TRIVIAL = re.compile(
    r"(?i)\btypo(?:s|graphical)?\b|\bbroken links?\b|\b(?:fix(?:e[sd]|ing)?|repair|correct) (?:(?:an?|the|broken|some|stable) )*(?:`?:?(?:x?ref|doc):?`? )?(?:hash in (?:an?|the) )?(?:links?|xrefs?|anchors?)(?=$|[.,;:]| (?:in|to|for|of|on|from|at)\b)|\bto fix (?:the |an? )?(?:xref|link|anchor)s?\b|\bdead links?\b|\bpunctuation\b|\bgrammar\b|\bspelling\b|\bformatting\b|\bwhite ?space\b|\bindentation\b"
    r"|\bduplicate[sd]?\b|\bstale\b|\bcosmetic\b|\bwording\b|\bcomment\b|\bcopy ?edit|\bmisspell|\bcapitali[sz]|\b(?:add|remove|fix|double|extra|missing|trailing|consistent|adjust) (?:\w+ ){0,2}spac(?:e|es|ing)\b|\bspacing\b|\bcasing\b|\bhighlight(?:ed)? lines?\b"
    r"|\b(?:tables?|lists?|headings?|paragraphs?|callouts?|tabs?|columns?|quotes?) (?:by|with|to|into|as) (?!the )(?:an? )?(?:[\w-]{1,20} )?(?:tables?|lists?|headings?|paragraphs?|callouts?|tabs?|columns?|quotes?)\b"
    r"|\bunif(?:y|ied) (?:[\w'\"`-]+ ){0,3}(?:translations?|terms?|terminology|style|formatting|names?)\b|空格|排版|表記ゆれ|띄어쓰기|错别字|拼写|标点|誤字|脱字|不要な(?:[;；,，、。:：()（）「」]|スペース|空白|記号|改行|句読点)|오타"
)
#: Work on what is there already, and on the inside of a thing.
_POLISH = re.compile(
    r"(?i)^(?:[\w./ -]{1,30}: )?(?:polish|tune|tweak|refine|clarif|simplif|reword|rephrase|tidy|clean|improve (?:wording|readability|formatting)|restructure|reorgani[sz]e|streamline|consolidat|convert|reformat|update and|remov(?:e[sd]?|ing) (?:an? |some |the )?(?:unnecessary|unused|redundant|superfluous|obsolete|stale|duplicate)|add (?:an? |another |more |some )?(?:examples?|caveats?|(?:descriptive )?alt(?:ernative)? texts?)\b)"
)
_INSIDE = re.compile(
    r"(?i)\b(?:dead(?! ?links?)|unused|internals?|internally|private|regression tests?|tests?\b(?! suite)|test coverage|coverage (?:files?|reports?|badges?|data)|AppVeyor|Travis CI|GitHub Actions|CircleCI|Codecov|Coveralls|Jenkins|Azure Pipelines|lint(?:er|ing)?|typing|type hints?|\bCI\b|workflows?|dockerfiles?|build script|docblocks?"
    r"|utility functions?|_\w+\.\w{1,4}|clean ?up|building\b|plugins and dependencies|error prone|dev(?:elopment)? dependenc|benchmarks?|code ?style|boilerplate|survey|bot|badges?|emeritus|nominat\w+|triag\w+|sponsors?|team members?|code of conduct|contributing guide)\b"
)
#: A dependency that moved, and nothing else.
_STEP = re.compile(
    r"(?i)(?:\S{1,40}: )?(?:bump|upgrade|update)[sd]?\b.{1,80}?\bto `?[v^~=]?\d[\w.+-]*`?(?: in \S.{0,60})?\.?$"
)
_CODE = re.compile(r"`[^`]+`|\w\(\)|::|\w[_.]\w|[a-z][A-Z]|@\w|\w/\w")
_FILE = re.compile(
    r"(?i)(?:updat|creat|delet|add|edit|renam|remov|chang)\w* \S*[./]\S*(?: to \S*[./]\S*)?"
)
_TRANSLATION = re.compile(
    r"(?i)\bi18n\b|\bl10n\b|\btranslat(?:e[sd]?|ions?|ing)\b|🌐|\blocali[sz](?:e[sd]?|ation)\b|翻译|翻訳|번역"
)
#: Titles of work that only carries other work: it is told by what it carries.
_HOLLOW = re.compile(
    r"(?i)(?:repo(?:sitory)? sync|(?:version )?bump to `?\w+`?\.?$|release changes\b|(?:exit|enter) pre(?:release)? mode|sync(?:ed|ing|hroni[sz]e)?\b(?!.*\bv?\d+\.\d)|merg(?:e|ed|ing)\b|publish|live\b|various\b|tweaks?\b|updates?$|more\b.{0,20}$|wip\b"
    r"|(?:updat|bump|sync|refresh)\w* (?:the |docs? )?(?:refs?|sha|hash|snapshot|submodules?|pin(?:ned)?(?: commits?)?)\b.{0,40}$|(?:update|tweak|prepare|cut|finali[sz]e|tag|draft)[a-z]* (?:the )?(?:changelog|change ?log|release|news|version)|(?:updat(?:e[sd]?|ing)|revis(?:e[sd]?|ing)|refresh(?:e[sd])?|edit(?:s|ed)?) .{0,60}\b(?:info|information|docs?|documentation|content|contents|pages?|readme|articles?|sections?|details|files?|topics?|guides?)\b\.?$|(?:v|version |release )?[vV]?\d+(?:\.\d+)*\b.{0,24}$"
    r"|changes? (?:for|in|of) (?:version |release |v)?\d[\w.]*$|(?:release|version packages|bump version|.{0,30}prepare (?:for )?(?:next |new )?(?:release|development))\b.{0,60}$)"
)
_REVERT = re.compile(r"(?i)^(?:⏪\S*\s*)?revert(?:s|ed)?\b[: ]")
#: Labels of work on the project whose titles say otherwise what was done to the product.
_WORK = frozenset(("ci", "test", "tests", "build"))
_SCOPED = re.compile(r"^(?P<scope>[\w./+#@-]{1,40}):\s+(?=\S)")
#: A bracket at the end that the source cut off.
_UNCLOSED = re.compile(r"(?:(?<!\s)\s++)?+\([^()]{0,80}$")


class Words(Struct, frozen=True, kw_only=True):
    """What a title or an entry says.

    Attributes:
        text: Its words without type, tags, references and authors; code keeps its marks.
        kind: What it means, or None when nothing in it says so.
        labelled: Whether people wrote the kind as a label.
        scope: The part of the product that it names in front.
        number: Number of its pull request, else "".
        commit: The commit that it refers to, by the first characters of its name, else "".
        weight: What the words add to its consequence: renames and removals more, typing errors less.
        translation: Whether it speaks of a translation.
        reverts: Whether it takes something back.
        trivial: Whether it speaks of typing errors and the like alone.
        telling: Whether it says something that no list of files says.
        polish: Whether it speaks of bettering what is there already.
        inside: Whether it speaks of the inside of the product, or of work on it.
        step: Whether it says no more than that a dependency moved.
        work: What its label calls work on the project, such as `ci`; else empty.
    """

    text: str
    kind: ThreadKind | None = None
    labelled: bool = False
    scope: str = ""
    number: str = ""
    commit: str = ""
    weight: int = 0
    translation: bool = False
    reverts: bool = False
    trivial: bool = False
    telling: bool = True
    polish: bool = False
    inside: bool = False
    step: bool = False
    work: str = ""


def read_words(title: str) -> Words:
    """Read one title or entry; Markdown and reStructuredText references are taken off."""
    line = " ".join(title[:LONGEST].split())
    number = number_in(line)
    text, labels, scope = without_labels(without_references(line))
    text = _UNCLOSED.sub("", plain_marks(text))
    text = text.removesuffix(f" in #{number}") if number else text
    reverts = _REVERT.match(text) is not None or "⏪" in line[:4] or "revert" in labels
    kind = kind_of_label(" ".join(labels))
    if "!" in labels:
        kind = ThreadKind.BREAKING
    labelled = kind is not None
    asserted = _DENIED.sub(" ", text)
    said = next((kind_ for kind_, cue in _SENTENCES if cue.search(asserted)), None)
    if said is not ThreadKind.SECURITY and _FIXES.match(text):
        said = None  # what is mended is not what happens: “Fixed fixtures that will be removed”
    if said is not None and (kind is None or _rank(said) < _rank(kind)) and not _minor(kind):
        kind = said
    if kind is None:
        scoped = _SCOPED.match(text)
        begin = text[scoped.end() :] if scoped else text
        kind = next((kind_ for kind_, verb in _VERBS if verb.match(begin)), None)
    trivial = _TRIVIAL.search(text) is not None
    if trivial and kind is ThreadKind.FEATURE and not labelled:
        kind = ThreadKind.FIX  # “Add a missing comma” brings nothing that one can use
    return Words(
        text=text,
        kind=kind,
        labelled=labelled,
        scope=scope,
        number=number,
        commit=commit_in(line),
        weight=8 if _CONSEQUENCE.search(text) and not trivial else -20 if trivial else 0,
        translation=_TRANSLATION.search(line) is not None,
        reverts=reverts,
        trivial=trivial,
        telling=(read_message(line).telling or _names_code(text))
        and not _HOLLOW.match(text)
        and not only_carries(text),
        polish=_POLISH.match(text) is not None,
        inside=_INSIDE.search(text) is not None,
        step=_STEP.match(text) is not None,
        work=next((label for label in labels if label in _WORK), "") if not scope else "",
    )


def _names_code(text: str) -> bool:
    """Tell whether a short title names something in code, such as “Introduce `Queue::forward()`”."""
    return len(text.split()) > 1 and _CODE.search(text) is not None and not _FILE.fullmatch(text)


def with_verb(words: Words, *, fix: bool = False) -> str:
    """Return the text of a title; one that only its label calls a fix says so: “panic in x” is no news of its own.

    Args:
        words: The title.
        fix: Whether the heading that it stands under calls it a fix.
    """
    if words.work and words.work not in words.text.casefold():
        return (
            f"{words.work}: {words.text}"  # “remove Node 20” is news, “ci: remove Node 20” is none
        )
    labelled = fix or (words.labelled and words.kind is ThreadKind.FIX)
    mended = labelled and not _MENDS.search(words.text) and not _DONE.match(words.text)
    return f"fix: {words.text}" if mended else words.text


def only_takes_verb(words: Words) -> bool:
    """Tell whether a title means something that breaks by a verb alone, which what is mended has too."""
    breaks = words.kind is ThreadKind.BREAKING and not words.labelled
    return breaks and _TOLD_TO_USERS.search(words.text) is None


def only_adds(words: Words) -> bool:
    """Tell whether a title says by its verb that something came, and of nothing that it is to go."""
    added = words.kind is ThreadKind.FEATURE and not words.labelled
    return added and kind_of_label(words.text) not in (ThreadKind.DEPRECATED, ThreadKind.BREAKING)


def is_consequence(text: str) -> bool:
    """Tell whether a sentence says that something is done otherwise from now on."""
    return _CONSEQUENCE.search(text) is not None or _CHANGED.search(text) is not None


def asks_of_users(text: str) -> bool:
    """Tell whether an entry says that something is gone, or that something is asked of users."""
    return _ASKED.search(text) is not None


def takes_from_users(text: str) -> bool:
    """Tell whether an entry says that users lack something now, or have to have something else."""
    return _TAKEN.search(text) is not None


def _minor(kind: ThreadKind | None) -> bool:
    """Tell whether people called it work on the project itself."""
    return kind in (ThreadKind.MAINTENANCE, ThreadKind.DOCS)


def _rank(kind: ThreadKind) -> int:
    return tuple(ThreadKind).index(kind)
