"""Finds values that are secret by the name that they are assigned to, and tells them from words.

A name and its value stand on one line or on two, as arguments of a call, as an option and its argument,
as an entry of a list, or as an element. A text is read once, however it is made.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

#: A value that stands for another one: `${NAME}`, `{name}`, `%NAME%`, `****`.
STANDS_FOR = re.compile(r"\$\w+|\$?\{++[^{}]*+\}++|%\w+%|\*+|x+|\.+", re.IGNORECASE)
_WORD = re.compile(r"[\w.\-]++")
#: Names whose values are secret.
_SECRET_NAME = re.compile(
    r"secret|passw(?:or)?d|passwd|passphrase|passcode|(?<![a-z])(?:pwd|pass|salt|pepper|bearer|cookie)(?![a-z])|token|"
    r"credential|(?<![a-z])_auth$|session(?:[_\-]?id)?(?![a-z])|"
    r"(?:api|access|private|auth|account|encryption|signing|client|subscription|admin|app|application|master|license|"
    r"service|storage|shared|deploy|host|functions?|server|session|webhook|write|consumer|root|integration|hmac|cipher|"
    r"instrumentation)[_\-]?key",
    re.IGNORECASE,
)
#: What joins a name and its value, with quotes that a string in a string escapes.
_JOINT = re.compile(
    r"\\?[\"'`]?[^\S\n]{0,40}(?:::?=|=>|[:=]|%3[AaDd])[^\S\n]{0,40}\\?(?P<quote>[\"'`]?)"
)
#: What stands between the name of an entry and its value: `name: X`, then `value: Y`, on its line or the next.
_ENTRY = re.compile(
    r"\\?[\"'`]?[^\S\n]{0,80}+(?:,[^\S\n]{0,40}+)?(?:\r?\n[+\- ]?[^\S\n]{0,80}+)?\\?[\"']?(?i:value)\\?[\"']?"
    r"[^\S\n]{0,40}+[:=][^\S\n]{0,40}+\\?(?P<quote>[\"'`]?)"
)
#: What stands between two arguments, both in quotes, and between an option or a scheme and its value.
_ARGUMENT = re.compile(r"[\"'`]\s{0,4},\s{0,4}(?P<quote>[\"'`])")
_BLANK = re.compile(r"[^\S\n]{1,4}(?P<quote>[\"'`]?)")
_ELEMENT = re.compile(r">(?P<quote>)")
_VALUE = re.compile(r"[^\s\"'`,;<>(){}\\]++")
_QUOTED = {quote: re.compile(rf"[^\n{quote}\\]++") for quote in "\"'`"}
#: The next line of a diff, up to its first word.
_NEXT = re.compile(r"[^\S\n]{0,40}[|>]?-?[^\S\n]{0,40}\r?\n[+\- ]?[^\S\n]{0,80}\\?[\"'`]?")
LEAST_VALUE, _LEAST_PASSWORD = 12, 8
_LONGEST_VALUE = 4000
_LEAST_ENTROPY, _LEAST_ENTROPY_OF_PASSWORD = 3.0, 2.5
_PASSWORD_NAME = re.compile(r"pass|pwd", re.IGNORECASE)
#: A reference to where a value is kept: `process.env.TOKEN`, `settings.api_key_2`.
_REFERENCE = re.compile(r"[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)++")


def without_assigned(text: str, counts: Counter[str]) -> str:
    """Blank values that are assigned to a name of a secret, on its line or on the next one."""
    kept: list[str] = []
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done or not _SECRET_NAME.search(word[0]):
            continue
        value = _assigned_value(text, word)
        password = _PASSWORD_NAME.search(word[0]) is not None
        if value is None or not _is_value(text, *value, password=password):
            continue
        counts["assigned-value"] += 1
        kept += (text[done : value[0]], "[redacted:assigned-value]")
        done = value[1]
    return "".join((*kept, text[done:]))


def _assigned_value(text: str, name: re.Match[str]) -> tuple[int, int] | None:
    """Return where the value stands that is assigned to a name."""
    for joint in _joints(text, name):
        if match := joint.match(text, name.end()):
            return _value_behind(text, match)
    return None


def _joints(text: str, name: re.Match[str]) -> Iterator[re.Pattern[str]]:
    """Yield what may stand between a name and its value."""
    yield from (_JOINT, _ENTRY, _ARGUMENT)
    if name[0].startswith("-") or name[0].lower() == "bearer":
        yield _BLANK
    if text[name.start() - 1 : name.start()] == "<":
        yield _ELEMENT


def _value_behind(text: str, joint: re.Match[str]) -> tuple[int, int] | None:
    at = joint.end()
    pattern = _QUOTED[joint["quote"]] if joint["quote"] else _VALUE
    if not joint["quote"] and (following := _NEXT.match(text, at)):
        at = following.end()
    value = pattern.match(text, at, at + _LONGEST_VALUE)
    return (value.start(), value.end()) if value else None


def _is_value(text: str, start: int, end: int, *, password: bool) -> bool:
    value = text[start:end]
    is_call = text[end : end + 1] == "("
    known = "[redacted:" in value or STANDS_FOR.fullmatch(value) is not None
    least = _LEAST_PASSWORD if password else LEAST_VALUE
    return (
        not is_call and not known and len(value) >= least
        and looks_secret(value, _LEAST_ENTROPY_OF_PASSWORD if password else _LEAST_ENTROPY)
    )  # fmt: skip


def looks_secret(value: str, least: float = _LEAST_ENTROPY) -> bool:
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
    return entropy >= least
