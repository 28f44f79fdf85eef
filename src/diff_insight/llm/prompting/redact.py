"""Takes secret values out of what is sent: names and lines stay, so that a diff still parses."""

from __future__ import annotations

import math
import re
from collections import Counter

from msgspec import Struct

#: Kind -> pattern; the group `value`, or else the whole match, is replaced. Prefixes are anchored, so
#: that words which merely contain them stay. GitHub's newer tokens are long and hold dots and dashes.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("github-token", r"(?<![A-Za-z0-9_])gh[opusr]_[A-Za-z0-9_.\-]{20,}"),
        ("github-token", r"(?<![A-Za-z0-9_])github_pat_[A-Za-z0-9_]{22,}"),
        ("gitlab-token", r"(?<![A-Za-z0-9_])gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_.\-]{20,}"),
        ("aws-key", r"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])"),
        ("google-key", r"(?<![A-Za-z0-9_])AIza[A-Za-z0-9_\-]{35}"),
        ("google-token", r"(?<![A-Za-z0-9_])ya29\.[A-Za-z0-9_\-]{20,}"),
        ("openai-key", r"(?<![A-Za-z0-9_])sk-(?:[A-Za-z]+-)*[A-Za-z0-9_\-]{20,}"),
        ("slack-token", r"(?<![A-Za-z0-9_])xox[abeoprs]-[A-Za-z0-9\-]{10,}"),
        ("slack-webhook", r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/_\-]{20,}"),
        ("stripe-key", r"(?<![A-Za-z0-9_])[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"),
        ("npm-token", r"(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{30,}"),
        ("pypi-token", r"(?<![A-Za-z0-9_])pypi-[A-Za-z0-9_\-]{40,}"),
        ("huggingface-token", r"(?<![A-Za-z0-9_])hf_[A-Za-z0-9]{30,}"),
        ("sendgrid-key", r"(?<![A-Za-z0-9_])SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}"),
        ("jwt", r"(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*"),
        ("azure-key", r"(?i)(?<=AccountKey=)[A-Za-z0-9+/]{40,}={0,2}"),
        ("azure-key", r"(?i)(?<=SharedAccessKey=)[A-Za-z0-9+/]{30,}={0,2}"),
        ("azure-signature", r"(?i)(?<=[?&]sig=)[A-Za-z0-9%+/]{30,}"),
        ("password", r"(?<=://)[^\s/:@\[\]]*:(?P<value>[^\s/:@\[\]{}$<>]{3,})(?=@[A-Za-z0-9])"),
        ("bearer-token", r"(?i)(?<=authorization: bearer )[A-Za-z0-9._~+/\-]{16,}=*"),
    )
)
#: `name = "value"` where the name says that the value is one.
_ASSIGNED = re.compile(
    r"(?i)(?P<name>[\w.\-]*(?:secret|passw(?:or)?d|passwd|token|api[_\-]?key|access[_\-]?key|"
    r"private[_\-]?key|credential|client[_\-]?secret)[\w\-]*)[\"']?\s*(?::=|=>|[:=])\s*"
    r"(?P<quote>[\"'`]?)(?P<value>[^\s\"'`,;<>{}()$]{12,})(?P=quote)"
)
_LEAST_ENTROPY = 3.0
#: A reference to where a value is kept: `process.env.TOKEN`, `settings.api_key_2`.
_REFERENCE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_KEY_BODY = re.compile(r"[A-Za-z0-9+/=]{16,}")
PLACEHOLDER = re.compile(r"\[redacted:[a-z-]+\]")


class Redacted(Struct, frozen=True):
    """A text without its secret values, and how many there were of each kind."""

    text: str
    found: Counter[str]


def redact(text: str) -> Redacted:
    """Replace secret values by `[redacted:kind]`; the number of lines and their marks stay."""
    found: Counter[str] = Counter()
    text = _without_private_keys(text, found)
    for kind, pattern in _PATTERNS:

        def replaced(match: re.Match[str], kind: str = kind) -> str:
            found[kind] += 1
            return _masked(match, kind)

        text = pattern.sub(replaced, text)

    def assigned(match: re.Match[str]) -> str:
        value = match["value"]
        if PLACEHOLDER.search(match[0]) or not _looks_secret(value):
            return match[0]
        found["assigned-value"] += 1
        return _masked(match, "assigned-value")

    return Redacted(_ASSIGNED.sub(assigned, text), found)


def _masked(match: re.Match[str], kind: str) -> str:
    group = "value" if "value" in match.re.groupindex else 0
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return f"{match[0][:start]}[redacted:{kind}]{match[0][end:]}"


def _looks_secret(value: str) -> bool:
    """Tell random values from words, paths and references to a place that holds the value."""
    if value.startswith(("/", "./", "http://", "https://")) or _REFERENCE.fullmatch(value):
        return False
    counts = Counter(value)
    entropy = -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
    kinds = sum(
        bool(re.search(kind, value)) for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")
    )
    return entropy >= _LEAST_ENTROPY and kinds >= 2 and bool(re.search("[0-9]", value))


def _without_private_keys(text: str, found: Counter[str]) -> str:
    """Blank the bodies of private keys line by line, so that each line keeps its mark."""
    if not _BEGIN.search(text):
        return text
    lines, inside = [], False
    for line in text.split("\n"):
        if _BEGIN.search(line) and not inside:
            found["private-key"] += 1
            inside = not _END.search(line)
            lines.append(_key_line(line) if not inside or "\\n" in line else line)
        elif inside and (_END.search(line) or line.startswith("@@")):
            inside = False
            lines.append(line)
        elif inside:
            lines.append(
                line[:1] + "[redacted:private-key]"
                if line[:1] in "+- "
                else "[redacted:private-key]"
            )
        else:
            lines.append(line)
    return "\n".join(lines)


def _key_line(line: str) -> str:
    """Blank a key that was written into one line."""
    begin = _BEGIN.search(line)
    end = _END.search(line)
    if begin is None:
        return line
    stop = end.start() if end is not None else len(line)
    body = _KEY_BODY.sub("[redacted:private-key]", line[begin.end() : stop])
    return line[: begin.end()] + body + line[stop:]
