"""Tells which sentences ask something of their reader."""

from __future__ import annotations

import re

from diff_insight.analysis.people.references import LONGEST

#: Sentences that ask something of a reader.
_OBLIGES = re.compile(
    r"(?i)(?<!when )(?<!if )(?<!or )(?<!case )(?<!once )(?<!unless )(?<!whenever )(?<!and )\byou(?:'ll)? (?:now )?(?:must|need to|have to|will need to)\b(?! be able)|(?:^|[.,;:!(] ?|\b(?:please|so|then|and|but|or|should) )(?:do not|don't) (?:use|authori[sz]e|rely|pass|call|store|expose|trust)\b|\bmust (?:now )?be (?:updated|replaced|migrated|set|changed)\b"
    r"|(?:^|[.,;:!] |\b(?:please|must|should|need to|have to|we recommend that you|and then) )(?:upgrade|update|migrate|switch) to\b|(?<!can )(?<!may )(?<!could )(?<!also )(?<!to )\buse [`'\"(]?\S+(?: \S+){0,5} instead\b|\b(?:are|is) (?:strongly |highly )?(?:advised|urged) to (?:upgrade|update|migrate|switch)\b|\bwe (?:strongly |highly )?(?:recommend|advise) (?:that )?(?:\w+ ){0,4}(?:upgrad|updat|migrat|switch)\w*\b"
    r"|必ず.{0,30}してください|に移行してください|请(?:改用|升级|尽快)"
)
_ACTION = re.compile(
    r"(?i)(?:^|[:;] )(?:please )?(?:use|upgrade|update|replace|migrate|switch|rename|install|set|pin|pass|remove|add|run|move|change)\b[^.]{3,}\b(?:instead|to|with|before|from|by)\b"
    r"|\b(?:you(?:'ll)? (?:must|should|need to|have to|will need)|must (?:now )?(?:be|use|set|pass)|(?:need|have) to be (?:updated|replaced|changed|removed)"
    r"|before (?:upgrading|updating)|\buse [`'\"(]?\S+(?: \S+){0,16} instead|instead(?:,)? use\b|no action is required)"
    r"|を使用してください|に移行してください|必要があります|请(?:使用|改用|升级|将)|必须|需要(?:将|使用|升级)|müssen Sie|verwenden Sie|vous devez|utilisez|debe[ns]? |utilice|você deve|하세요|해야 합니다"
)  # fmt: skip

#: Words by which a sentence says that what it asks comes with a change, and is not how a thing is done anyway.
_ANEW = re.compile(
    r"(?i)\b(?:now|no longer|any ?more|as of|starting (?:with|in|from)|beginning (?:with|in)|since|until|(?:after|before|when) (?:you )?(?:upgrad|updat|migrat)\w*"
    r"|upgrade to|at (?:the|your) earliest|migrate|switch to|deprecated|retire[sd]?|removed|renamed|existing|previous(?:ly)?|earlier|old(?:er)?|instead|by [A-Z][a-z]{2,8} \d|v?\d{1,4}\.\d{1,4})\b"
    r"|移行|代わり|非推奨|廃止|以降|改用|升级|升級|弃用|棄用|不再|尽快"
)
#: What nobody has to do.
_NEEDLESS = re.compile(
    r"(?i)\b(?:don't|do not|doesn't|does not|no longer|not|never) (?:need|needs|have|has|required) to\b|\bno need to\b|必要はありません|不需要|无需|無需"
)


def obliges(sentence: str) -> bool:
    """Tell whether a sentence of a page says that its reader has to do something."""
    return _OBLIGES.search(sentence[:LONGEST]) is not None and not _NEEDLESS.search(
        sentence[:LONGEST]
    )


def obliges_anew(sentence: str) -> bool:
    """Tell whether a sentence asks something that it says to come with a change."""
    return obliges(sentence) and _ANEW.search(sentence[:LONGEST]) is not None


def asks(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something."""
    return _ACTION.search(sentence[:LONGEST]) is not None and not _NEEDLESS.search(
        sentence[:LONGEST]
    )
