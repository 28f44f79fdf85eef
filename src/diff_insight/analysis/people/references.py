"""Takes pull request numbers, thanks and commits off a title, as in `Fix x (#12, by @a)`, and reads them."""

from __future__ import annotations

import re

#: Characters of a title that are read; behind them no cue is looked for.
LONGEST = 600
_REFERENCE = re.compile(
    r"(?<!\s)\s*+(?<!\])\((?:(?:[\w.-]{1,60}/[\w.-]{1,60})?#\d+(?:,\s*)?|GH-\d+|\[#\d+\](?:\((?:\{\{[^{}]{0,80}\}\}|[^()\s])*\)|\[[^\[\]]*\])?|(?:closes|fixes) #\d+|:[a-z-]{2,12}:`\d{1,7}`|(?<=[\w\]), ])\s{0,3}(?:by )?@[\w-]{1,40}|,\s*){1,20}\)"
)
_NUMBER = re.compile(
    r"(?<!\])\(#(\d{1,7})\)|\(\[#(\d{1,7})\]\(|\bPR \[#(\d{1,7})\]|\{pr\}`(\d{1,7})`|:pr:`(\d{1,7})`|/pull/(\d{1,7})\b|\] in \[#(\d{1,7})\]$|\(\[#(\d{1,7})\]\)|\((?:#\d{1,7}, ){0,4}#(\d{1,7}),? by @|^(?i:merged(?: PR)?) #(\d{1,7})\b|^(?:bug|feature|minor|security|deprecation|breaking) #(\d{1,7}) |, #(\d{1,7})\.?$"
)
_BY = re.compile(
    r"(?<!\s)\s*+(?:[([]?(?:\bPR\s+)?\[#\d+\]\([^()\s]*\)[)\]]?|\{(?:pr|issue)\}`\d+`|:(?:pr|issue):`\d+`|(?:- )?\bby (?:(?:,? and |, )?(?:\[@[^\[\]]{1,60}(?:\[bot\])?\](?:\([^()\s]*\))?|@[\w-]{1,40}(?:\[bot\])?)){1,8}(?: in (?:https?://\S{1,200}|\[#\d+\](?:\([^()\s]*\))?|#\d+|`#?\d{1,7} <[^<>`\s]{1,300}>`__?))?|\(?`#\d{1,7} <[^<>`\s]{1,300}>`__?\)|\(#?[0-9a-f]{7,40}\)|\((?:fix|fixes|close|closes|resolves|see|refs?) #\d+\)|\(\[#?[0-9a-f]{7,40}\]\([^()\s]*\)\)"
    r"|https?://[^\s()]{1,200}/(?:pull|pulls|issues|merge_requests|commit)/\w{1,40}/?|[Tt]hanks,? (?:to )?@[\w-]+!?|,\s*(?i:closes|fixes|refs?)(?: #\d+)?)\.?\s*$"
)
#: A person, by the address of their account or the role that names it.
_PERSON = r"(?:@\[[^\[\]]{1,60}\]\([^()\s]*\)|\[@[^\[\]]{1,60}\](?:\([^()\s]*\)|\[\])|@[\w-]{1,40}(?:\[bot\])?|:(?:gh-?)?(?:user|author):`[^`]{1,60}`)"
#: Who worked on it, one after the other and without a word between.
_TRAIL = re.compile(r"(?<!\s)\s*+(?:@\[[^\[\]]{1,60}\]\([^()\s]*\)\s*){1,12}$")
_COMMIT_LINK = r"\[`?[0-9a-f]{7,40}`?\]\([^()\s]*\)"
#: What tools put in front of an entry: its pull request, its commit, who is thanked for it.
_LEAD = re.compile(
    rf"(?:\[#\d{{1,7}}\]\([^()\s]*\)[ ,:]{{1,3}}|{_COMMIT_LINK}[ ,:]{{1,3}}|[0-9a-f]{{7,40}}: |(?i:merged(?: PR)?) #\d{{1,7}}[ ,:]{{1,3}}|\\?#\d{{2,7}}[ ,:]{{1,3}}|Thanks (?:{_PERSON}(?:, | and )?){{1,8}}! ){{1,5}}(?:[-\u2013] )?(?=\S)"
)
#: Who made it, before its pull request: `Fix x @ann ([#12](…))`.
_BEFORE_NUMBER = re.compile(
    rf"(?<=\S)\s{{1,3}}{_PERSON}(?=\s{{1,3}}\(\[#\d{{1,7}}\]\([^()\s]*\)\)\s*$)"
)
#: Who made it, in the way of reStructuredText.
_BY_ROLE = re.compile(
    rf"(?<!\s)\s*+(?:(?:--|[-\u2013\u2014]) (?:(?:[Pp]atch|[Cc]ontributed|[Rr]eported) )?(?:by )?|(?:[Pp]atch(?:ed)?|[Cc]ontributed|[Rr]eported) by |by )(?:{_PERSON}(?:, and |, | and )?){{1,8}}\.?\s*$"
)
#: Who is thanked, and the number of an issue, in brackets at the end.
_ASIDE = re.compile(
    r"(?<!\s)\s*+\((?:(?:(?:[Mm]any|[Ss]pecial|[Bb]ig) )?[Tt]hanks,? to (?:@[\w-]{1,40}|(?![a-z])[^\W\d_][\w.'’-]{0,30}(?: (?![a-z])[^\W\d_][\w.'’-]{0,30}){0,3}|[\w-]{2,40}(?<!ing)(?=\))|[\w-]{2,40}(?:, [\w-]{2,40}){0,8},? and [\w-]{2,40})(?: for [^()]{1,40})?|(?i:issue|bug|ticket|pr)s? #?\d{1,7})\)\.?\s*$"
)
#: Who made it, before the flaw that it mends, whose number people look for.
_BEFORE_FLAW = re.compile(
    r"\.?(?<!\s)\s*+\bby (?:@[\w-]{1,40}(?:, and |, | and )?){1,8} in \[?`?((?:GHSA|CVE)-[\w-]{6,30})(?: <[^<>`\s]{1,300}>`__?|\]\([^()\s]*\))?\.?\s*$"
)
#: Numbers behind the last sentence.
_BEHIND = re.compile(r"(?:(?<=[.!?])\s|,(?: \(?see)?) ?#\d{1,7}(?:,\s*#\d{1,7}){0,8}\)?\.?\s*$")
#: Who made it, behind its number.
_MAKER = re.compile(r"(?<=\d\)) \(@[\w-]{1,40}(?:, @[\w-]{1,40}){0,8}\)\.?\s*$")
#: The key of a ticket; names of standards and of flaws have the same form.
_TICKET = re.compile(
    r"(?:fix(?:e[sd])? )?\[?(?!(?:UTF|ISO|SHA|CVE|GHSA|PEP|RFC|HTTP|IEEE|ECMA|AES|RSA)-)[A-Z][A-Z0-9]{1,9}-\d{3,6}\]?[.:]?\s+(?=[A-Z`'\"])"
)
_COMMIT = re.compile(r"/commit/([0-9a-f]{7,40})\b|(?<![\w])([0-9a-f]{7,40}): ")
_VERSION = re.compile(
    r"(?<![\w.#/-])v?(\d{1,4}\.\d{1,5}(?:\.\d{1,6}){0,2}(?:[-.]?(?:a|b|rc|alpha|beta|preview|dev|m|post)[.-]?\d{0,4})?)(?![\w-]|\.\d)",
    re.IGNORECASE,
)  # fmt: skip


def version_in(text: str) -> str:
    """Return the first version number of a text, without a leading v; empty when there is none."""
    match = _VERSION.search(text[:LONGEST])
    return match[1] if match else ""


def version_key(version: str) -> tuple[int, ...]:
    """Return the numbers of a version in order; none for a name or for nothing."""
    return (
        tuple(int(number) for number in re.findall(r"\d++", version))
        if version[:1].isdigit()
        else ()
    )


def names_version(title: str) -> bool:
    """Tell whether a title names a version, be it by its first number alone: “Astro v7”."""
    return bool(version_in(title)) or re.search(r"\bv\d{1,4}\b", title) is not None


def number_in(text: str) -> str:
    """Return the number of the pull request that a text refers to; empty when it names none."""
    matches = list(_NUMBER.finditer(text[-LONGEST:]))
    # Of several the last one is the pull request; issues stand before it.
    return next((group for group in matches[-1].groups() if group), "") if matches else ""


def commit_in(text: str) -> str:
    """Return the commit that a text refers to, by the first characters of its name; else an empty string."""
    match = _COMMIT.search(text[:LONGEST])
    return next((group for group in match.groups() if group), "") if match else ""


def without_references(line: str) -> str:
    """Return a line without the numbers, links and names of people that changelogs put around it."""
    text = _REFERENCE.sub("", _BEFORE_NUMBER.sub("", _MAKER.sub("", line)))
    text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    text = _BEFORE_FLAW.sub(r" (\1)", text)
    text = _BEHIND.sub("", _TICKET.sub("", text, count=1) if _TICKET.match(text) else text)
    for _ in range(6):
        shorter = _ASIDE.sub("", _TRAIL.sub("", _BY_ROLE.sub("", _BY.sub("", text))))
        if shorter == text:
            break
        text = shorter
    return text.strip()
