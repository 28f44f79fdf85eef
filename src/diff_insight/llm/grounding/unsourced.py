"""Checks statements that no diff proves by itself: purposes, causes, duties, risks, complaints, promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.same_language import shares_words
from diff_insight.llm.grounding.statement_cues import any_cue, cue
from diff_insight.llm.grounding.stems import stems

#: What is claimed -> how a second request calls it, and whether it may be the model's own reading.
_NAMES: dict[str, tuple[str, bool]] = {
    "purpose": ("a purpose", False),
    "cause": ("a cause", False),
    "reason": ("a reason", False),
    "duty": ("a duty", False),
    "risk": ("a matter of security", True),
    "incident": ("an incident or wishes of users", True),
    "reassurance": ("what stays or is not affected", False),
    "redo": ("that things have to be made anew or stop working", False),
    "benefit": ("a benefit", False),
    "everybody": ("that it holds for all", False),
    "many": ("a vague amount", False),
    "to come": ("what is to come", False),
    "availability": ("that something is generally available", False),
    "ending": ("that something is deprecated or ends", False),
}
#: Claims that are so often a fair reading of a diff that nobody is asked about them.
_READINGS = frozenset(("reassurance", "benefit", "everybody", "many"))
#: Claims that are a fair reading too where their sentence names something of the data: nobody is asked then.
_ABOUT_NAMES = frozenset(("purpose", "cause", "reason"))
#: Claims of which a sentence in another language than the page names what they are about.
_OWN_WORDS = frozenset(("duty", "purpose", "redo", "cause"))
#: Claims that have to be about what the data claims them of; English is compared with English.
_CLOSE = frozenset(("purpose", "duty", "redo"))
#: What bears a claim out besides its own words.
_ALSO = {
    "everybody": re.compile(r"\beach\b|\bany\b|\bevery\b|\ball\b"),
    "reason": re.compile(
        r"\b(?:since|so|as|therefore|thus|hence|means?|assum\w*|if|when|due|otherwise)\b|ため|ので|因"
    ),
    "duty": re.compile(
        r"\brecommend\w*|\bavoid|\binstead\b|\bensure|\bdo not\b|n['’]t\b|\bprerequisite|\bonly\b|or higher|at least"
        r"|\bbefore \w+ing\b|\[!(?:important|warning|caution)\]|\bneeds?\b|\brequire[sd]?\b|\bnecessary\b|\bminimum\b"
    ),
    "to come": re.compile(
        r"\b(?:next|future|upcoming|coming|soon|plan(?:s|ned)?|will|scheduled|later)\b|次|将来|今後|予定|まもなく|下一|即将|未来|计划|将|后续|향후|다음"
    ),
    "ending": re.compile(r"\bdropp?\w*|\barchiv\w*|no longer|\bremov\w*|\bend(?:s|ed|ing)?\b"),
    "incident": re.compile(
        r"\bfeature requests?\b|\brequesting\b|\bfeedback\b|\breporting (?:bugs|issues)\b"
    ),
}
#: Claims that a breaking fact bears out: whoever used what is gone has to do something.
_OF_BREAKING = frozenset(("duty", "redo"))
#: Who may say what no diff proves.
_CITES = re.compile(
    r"(?i)#\d+|pull request|\bcommits?\b|changelog|release notes?|拉取请求|提交|变更日志|プルリクエスト|コミット|変更履歴"
)
#: Claims that count as borne out by the same claim anywhere in what was shown, not in changed lines alone.
_ANYWHERE = frozenset(("everybody", "ending"))


def cites_people(sentence: str, evidence: DiffEvidence) -> bool:
    """Tell whether a sentence says that people say it, and some do."""
    return bool(evidence.said) and _CITES.search(sentence) is not None


def unsourced_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield the kinds of claims that a sentence makes and nothing of the data does."""
    lowered = sentence.lower()
    cites = cites_people(sentence, evidence)
    breaks = any(fact.breaking for file in evidence.analyses for fact in file.facts)
    for claim, (name, certain) in _NAMES.items():
        match = _outside_quotes(cue(claim, language), lowered)
        if match is None or (cites and not certain) or (breaks and claim in _OF_BREAKING):
            continue
        lines = evidence.all_lines if claim in _ANYWHERE else evidence.told_lines
        sign = _ALSO.get(claim, any_cue(claim))
        known = [
            line
            for line in lines
            if any_cue(claim).search(line.comparable) or sign.search(line.comparable)
        ]
        if not known:
            text = f"it tells {name} ({match[0].strip()!r}) that the data does not state"
            names = claim in _ABOUT_NAMES and any(evidence.places(each) for each in values)
            yield Fault(text, certain, asks=claim not in _READINGS and not names)
        elif not _is_about(sentence, values, known, evidence, language, claim) or (
            claim == "reason"
            and language == "en"
            and not _is_known(lowered[match.end() :], evidence)
        ):
            text = f"it tells {name} ({match[0].strip()!r}) of something else than the data does"
            yield Fault(text, certain=False, asks=language == "en" and claim in _CLOSE)


def _is_known(reason: str, evidence: DiffEvidence) -> bool:
    """Tell whether a sentence of the data, or what people say, has half of the words of an English reason."""
    words = stems(reason)
    return any(
        2 * len(words & stems(text.lower())) >= len(words)
        for text in (
            *(each.text for each in (*evidence.new_sentences, *evidence.old_sentences)),
            *evidence.said,
        )
    )


def _is_about(
    sentence: str,
    values: Sequence[Anchor],
    known: Sequence[DiffLine],
    evidence: DiffEvidence,
    language: str,
    claim: str,
) -> bool:
    """Tell whether lines that bear a claim out are about the sentence: they share words, or stand by its values."""
    if language == "en" and shares_words(sentence, known):
        return True
    hunks = {evidence.lines[at].hunk for value in values for at in evidence.places(value)}
    if not hunks:
        return language != "en" and claim not in _OWN_WORDS
    return any(line.hunk in hunks or line.hunk < 0 for line in known)


_QUOTED = re.compile(r"`[^`]*`|“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"|«[^»]*»|\*\*[^*]*\*\*")


def _outside_quotes(expression: re.Pattern[str], text: str) -> re.Match[str] | None:
    return expression.search(_QUOTED.sub(lambda match: "\x02" * len(match[0]), text))
