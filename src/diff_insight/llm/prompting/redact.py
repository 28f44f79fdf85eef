"""Takes secret values out of what is sent: names and lines stay, so that a diff still parses.

Three ways lead to a value: a beginning that only tokens have, a place in an address or a header, and
the name that it is assigned to. All of them read a text once, however it is made.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from diff_insight.llm.prompting.assigned_values import (
    LEAST_VALUE,
    STANDS_FOR,
    looks_secret,
    without_assigned,
)
from diff_insight.llm.prompting.secret_formats import TOKEN_FORMATS

#: Kind, what such values begin with, and their expression. Beginnings stand alone, so that words which
#: merely contain them stay.
_FORMATS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (
        row.kind,
        row.beginning,
        re.compile(
            rf"(?<![A-Za-z0-9]){re.escape(row.beginning)}[{row.characters}]{{{row.least},}}+"
        ),
    )
    for row in TOKEN_FORMATS
)
#: Kind -> pattern of a value in its place; the group `value`, or else the whole match, is replaced.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(
        (kind, re.compile(pattern))
        for kind, pattern in (
            (
                "aws-key",
                r"(?<![A-Z0-9])(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])",
            ),
            ("slack-webhook", r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/_\-]{20,}+"),
            ("discord-webhook", r"(?<=/api/webhooks/)[0-9]{8,20}/[A-Za-z0-9_\-]{20,}+"),
            ("discord-token", r"(?<![\w.\-])[MNO][\w\-]{22,27}\.[\w\-]{6}\.[\w\-]{27,}+"),
            ("telegram-token", r"(?<![0-9])[0-9]{5,16}:A[A-Za-z0-9_\-]{33,}+"),
            ("sendgrid-key", r"(?<![A-Za-z0-9_])SG\.[\w\-]{16,}+\.[\w\-]{16,}+"),
            ("terraform-token", r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w\-=]{40,}+"),
            ("jwt", r"(?<![\w\-])eyJ[\w\-]{8,}+\.eyJ[\w\-]{8,}+\.[\w\-]*+"),
            ("azure-key", r"(?i)(?<=AccountKey=)[A-Za-z0-9+/]{40,}+={0,2}"),
            ("azure-key", r"(?i)(?<=SharedAccessKey=)[A-Za-z0-9+/]{30,}+={0,2}"),
            ("azure-signature", r"(?i)(?<=[?&]sig=)[A-Za-z0-9%+/]{30,}+"),
            ("azure-secret", r"(?<![\w~.\-])[\w~.\-]{3}[0-9]Q~[\w~.\-]{31,34}(?![\w~.\-])"),
            (
                "password",
                r"(?i)(?<![a-z0-9])login\s{1,9}\S{1,200}\s{1,9}password\s{1,9}(?P<value>[^\s$<{]{3,}+)",
            ),
            (
                "password",
                r"(?<![\w\-])(?:-u|--user|--proxy-user)[ =]{1,4}[\"']?[^\s:\"'$<{]{1,80}:(?P<value>[^\s\"'`$<{]{6,}+)",
            ),
            (
                "mnemonic",
                r"(?i)(?<=mnemonic)[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<value>[a-z]{3,8}(?: [a-z]{3,8}){11,23})",
            ),
            ("mailchimp-key", r"(?<![0-9a-f])[0-9a-f]{32}-us[0-9]{1,2}(?![0-9])"),
            ("maxmind-key", r"(?<![A-Za-z0-9_])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![A-Za-z0-9_])"),
            ("resend-key", r"(?<![A-Za-z0-9_])re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}(?![A-Za-z0-9_])"),
            ("facebook-token", r"(?<![0-9])[0-9]{15,16}(?:\||%7[Cc])[0-9A-Za-z\-_]{27,}+"),
            (
                "teams-webhook",
                r"(?<=\.webhook\.office\.com/webhookb2/)[0-9a-z\-]{36}@[0-9A-Za-z\-/]{40,}+",
            ),
            ("jwt", r"(?<![A-Za-z0-9+/])ZXlK[A-Za-z0-9+/]{60,}+={0,2}"),
            (
                "password-hash",
                r"(?<![A-Za-z0-9$])\$(?:2[abxy]|[156]|y|7|apr1|argon2(?:id|i|d))\$[A-Za-z0-9./$=,+]{24,}+",
            ),
            ("private-key", r"(?<=\"d\")\s{0,4}:\s{0,4}\"(?P<value>[\w\-]{40,}+)\""),
            (
                "authorization",
                r"(?i)(?<=authorization)\\?[\"']?\s{0,4}[:=,]\s{0,4}\\?[\"']?(?:(?:bearer|basic|token|apikey|digest|key)\s{1,4})?(?P<value>[A-Za-z0-9._~+/\-]{16,}+=*+)",
            ),
        )
    ),
)
#: What stands between `://` and a host. A password may hold `@`, so the last one ends it.
_USER = re.compile(
    r"(?<=://)(?P<user>[^\s/\"'`<>:@]*+)(?::(?P<password>[^\s/\"'`<>]+))?@(?=[\w\[])"
)
_BEGIN = re.compile(
    r"-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|Private-Lines: [0-9]{1,4}"
)
_END = re.compile(r"-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|Private-MAC:")
_KEY_BODY = re.compile(r"[A-Za-z0-9+/=]{16,}+")
_KEY_LINE = re.compile(r"[+\- ]?\s{0,40}[A-Za-z0-9+/=]{16,}+\s*+")
PLACEHOLDER = re.compile(r"\[redacted:[a-z-]+\]")


class Redacted(Struct, frozen=True):
    """A text without its secret values, and how many there were of each kind."""

    text: str
    found: Counter[str]


def redact(text: str) -> Redacted:
    """Replace secret values by `[redacted:kind]`; the number of lines and their marks stay."""
    counts: Counter[str] = Counter()
    text = _without_private_keys(text, counts)
    # Nearly no text has a given beginning, and to look for one is far quicker than a search.
    formats = [(kind, pattern) for kind, beginning, pattern in _FORMATS if beginning in text]
    for kind, pattern in (*formats, *_PATTERNS):

        def substitute(match: re.Match[str], kind: str = kind) -> str:
            if "value" in match.re.groupindex and PLACEHOLDER.search(match[0]):
                return match[0]
            counts[kind] += 1
            return _mask(match, kind)

        text = pattern.sub(substitute, text)
    return Redacted(without_assigned(_without_users(text, counts), counts), counts)


def _mask(match: re.Match[str], kind: str) -> str:
    group = "value" if "value" in match.re.groupindex else 0
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return f"{match[0][:start]}[redacted:{kind}]{match[0][end:]}"


def _without_users(text: str, counts: Counter[str]) -> str:
    """Blank passwords in addresses, and users that are tokens."""

    def substitute(match: re.Match[str]) -> str:
        user, password = match["user"], match["password"]
        if "[redacted" in user:
            return match[0]
        if password is None:
            if len(user) < LEAST_VALUE or not looks_secret(user):
                return match[0]
            counts["password"] += 1
            return "[redacted:password]@"
        if len(password) < 3 or "[redacted:" in password or STANDS_FOR.fullmatch(password):
            return match[0]
        counts["password"] += 1
        return f"{user}:[redacted:password]@"

    return _USER.sub(substitute, text)


def _without_private_keys(text: str, counts: Counter[str]) -> str:
    """Blank the bodies of private keys line by line, so that each line keeps its mark."""
    if not (_BEGIN.search(text) or _END.search(text)):
        return text
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        if not inside and _BEGIN.search(line):
            counts["private-key"] += 1
            inside = not _END.search(line)
            lines.append(_key_line(line) if not inside or "\\n" in line else line)
        elif inside and (_END.search(line) or line.startswith("@@")):
            inside = False
            lines.append(line)
        elif inside:
            lines.append(_blank(line))
        else:
            if _END.search(line):  # the beginning is not among the lines of the hunk
                counts["private-key"] += _blank_above(lines)
            lines.append(line)
    return "\n".join(lines)


def _blank(line: str) -> str:
    mark = line[:1] if line[:1] in "+- " else ""
    return f"{mark}[redacted:private-key]"


def _blank_above(lines: list[str]) -> int:
    """Blank the lines of a key that ends below them; return whether there were any."""
    at = len(lines)
    while at and _KEY_LINE.fullmatch(lines[at - 1]):
        at -= 1
        lines[at] = _blank(lines[at])
    return int(at < len(lines))


def _key_line(line: str) -> str:
    """Blank a key that was written into one line."""
    begin = _BEGIN.search(line)
    end = _END.search(line)
    if begin is None:
        return line
    stop = end.start() if end is not None else len(line)
    body = _KEY_BODY.sub("[redacted:private-key]", line[begin.end() : stop])
    return line[: begin.end()] + body + line[stop:]
