"""Takes secret values out of what is sent: names and lines stay, so that a diff still parses.

Three ways lead to a value: a beginning that only tokens have, a place in an address or a header, and
the name that it is assigned to. All of them read a text once, however it is made.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from msgspec import Struct

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
            ("aws-key", r"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])"),
            ("slack-webhook", r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/_\-]{20,}+"),
            ("discord-webhook", r"(?<=/api/webhooks/)[0-9]{8,20}/[A-Za-z0-9_\-]{20,}+"),
            ("discord-token", r"(?<![\w.\-])[MNO][\w\-]{22,27}\.[\w\-]{6}\.[\w\-]{27,}+"),
            ("telegram-token", r"(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_\-]{32,}+"),
            ("sendgrid-key", r"(?<![A-Za-z0-9_])SG\.[\w\-]{16,}+\.[\w\-]{16,}+"),
            ("terraform-token", r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w\-=]{40,}+"),
            ("jwt", r"(?<![\w\-])eyJ[\w\-]{8,}+\.eyJ[\w\-]{8,}+\.[\w\-]*+"),
            ("azure-key", r"(?i)(?<=AccountKey=)[A-Za-z0-9+/]{40,}+={0,2}"),
            ("azure-key", r"(?i)(?<=SharedAccessKey=)[A-Za-z0-9+/]{30,}+={0,2}"),
            ("azure-signature", r"(?i)(?<=[?&]sig=)[A-Za-z0-9%+/]{30,}+"),
            ("azure-secret", r"(?<![\w~.\-])[\w~.\-]{3}8Q~[\w~.\-]{31,34}(?![\w~.\-])"),
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
#: A value that stands for another one: `${NAME}`, `{name}`, `%NAME%`, `****`.
_STANDS_FOR = re.compile(r"\$\w+|\$?\{++[^{}]*+\}++|%\w+%|\*+|x+|\.+", re.IGNORECASE)
_WORD = re.compile(r"[\w.\-]++")
#: Names whose values are secret.
_SECRET_NAME = re.compile(
    r"secret|passw(?:or)?d|passwd|passphrase|(?<![a-z])pwd(?![a-z])|token|api[_\-]?key|access[_\-]?key|"
    r"private[_\-]?key|auth[_\-]?key|account[_\-]?key|encryption[_\-]?key|signing[_\-]?key|credential|"
    r"(?<![a-z])_auth$|client[_\-]?key",
    re.IGNORECASE,
)
#: What joins a name and its value, with quotes that a string in a string escapes.
_JOINT = re.compile(
    r"\\?[\"'`]?[^\S\n]{0,40}(?:::?=|=>|[:=]|%3[AaDd])[^\S\n]{0,40}\\?(?P<quote>[\"'`]?)"
)
_VALUE = re.compile(r"[^\s\"'`,;<>(){}\\]++")
_QUOTED = {quote: re.compile(rf"[^\n{quote}\\]++") for quote in "\"'`"}
#: The next line of a diff, up to its first word.
_NEXT = re.compile(r"[^\S\n]{0,40}[|>]?-?[^\S\n]{0,40}\r?\n[+\- ]?[^\S\n]{0,80}\\?[\"'`]?")
_LEAST_VALUE = 12
_LONGEST_VALUE = 4000
_LEAST_ENTROPY = 3.0
#: A reference to where a value is kept: `process.env.TOKEN`, `settings.api_key_2`.
_REFERENCE = re.compile(r"[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)++")
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
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
    return Redacted(_without_assigned(_without_users(text, counts), counts), counts)


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
            if len(user) < _LEAST_VALUE or not _looks_secret(user):
                return match[0]
            counts["password"] += 1
            return "[redacted:password]@"
        if len(password) < 3 or "[redacted:" in password or _STANDS_FOR.fullmatch(password):
            return match[0]
        counts["password"] += 1
        return f"{user}:[redacted:password]@"

    return _USER.sub(substitute, text)


def _without_assigned(text: str, counts: Counter[str]) -> str:
    """Blank values that are assigned to a name of a secret, on its line or on the next one."""
    kept: list[str] = []
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done or not _SECRET_NAME.search(word[0]):
            continue
        value = _assigned_value(text, word.end())
        if value is None or not _is_value(text, *value):
            continue
        counts["assigned-value"] += 1
        kept += (text[done : value[0]], "[redacted:assigned-value]")
        done = value[1]
    return "".join((*kept, text[done:]))


def _assigned_value(text: str, end: int) -> tuple[int, int] | None:
    """Return where the value stands that is assigned to a name which ends at a place."""
    joint = _JOINT.match(text, end)
    if joint is None:
        return None
    at = joint.end()
    pattern = _QUOTED[joint["quote"]] if joint["quote"] else _VALUE
    if not joint["quote"] and (following := _NEXT.match(text, at)):
        at = following.end()
    value = pattern.match(text, at, at + _LONGEST_VALUE)
    return (value.start(), value.end()) if value else None


def _is_value(text: str, start: int, end: int) -> bool:
    value = text[start:end]
    is_call = text[end : end + 1] == "("
    known = "[redacted:" in value or _STANDS_FOR.fullmatch(value) is not None
    return not is_call and not known and len(value) >= _LEAST_VALUE and _looks_secret(value)


def _looks_secret(value: str) -> bool:
    """Tell random values from words, paths and references to a place that holds the value."""
    if value.startswith(("/", "./", "http://", "https://")) or _REFERENCE.fullmatch(value):
        return False
    # What is quick to see comes first: a text may assign a value at every word.
    if not re.search("[0-9]", value) or re.search(r"\s", value):  # prose in quotes has blanks
        return False
    kinds = sum(
        bool(re.search(kind, value)) for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")
    )
    if kinds < 2:
        return False
    counts = Counter(value)
    entropy = -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
    return entropy >= _LEAST_ENTROPY


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
