"""Reads the messages of a gettext catalog, as far as our catalogs use that format."""

from __future__ import annotations

import re

#: A message as it is, or its plural forms.
Text = str | tuple[str, ...]

_PART = re.compile(r'^(msgid|msgid_plural|msgstr)(?:\[\d\])? "(.*)"((?:\n".*")*)$', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_PLURAL = re.compile(r"\bplural=([^;]{1,400}+);")


def read_messages(text: str) -> tuple[dict[str, Text], str]:
    """Return the messages of a catalog by key, and the C expression that chooses a plural form.

    Comments are passed over, and obsolete messages with them. There are no contexts and no fuzzy
    messages: a test reads every catalog with Babel too, and compares.
    """
    messages: dict[str, Text] = {}
    key = ""
    for word, first, more in _PART.findall(text):
        content = _unescape(first + more[2:-1].replace('"\n"', ""))
        if word == "msgid":
            key = content
        elif word == "msgid_plural":
            messages[key] = ()
        else:
            before = messages.get(key)
            messages[key] = content if before is None else (*before, content)
    header = messages.pop("")
    chosen = _PLURAL.search(header) if isinstance(header, str) else None
    return messages, chosen.group(1) if chosen else "0"


def _unescape(content: str) -> str:
    if "\\" not in content:
        return content
    return _ESCAPED.sub(lambda match: _CONTROLS.get(match.group(1), match.group(1)), content)
