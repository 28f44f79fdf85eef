"""Tells which sentences ask something of their reader."""

from __future__ import annotations

import re

from diff_insight.analysis.people.references import LONGEST

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

#: What nobody has to do.
_NEEDLESS = re.compile(
    r"(?i)\b(?:don't|do not|doesn't|does not|no longer|not|never) (?:need|needs|have|has|required) to\b|\bno need to\b|必要はありません|不需要|无需|無需"
)


def obliges(sentence: str) -> bool:
    """Tell whether a sentence of a page says that its reader has to do something."""
    return _OBLIGES.search(sentence[:LONGEST]) is not None and not _NEEDLESS.search(
        sentence[:LONGEST]
    )


def asks(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something."""
    return _ACTION.search(sentence[:LONGEST]) is not None and not _NEEDLESS.search(
        sentence[:LONGEST]
    )
