"""The forms in which a secret could show in a log: plain, by line, for web addresses, as base64."""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

#: What is shorter would hide ordinary words all over the log.
SHORTEST = 8
_LINE_ENDS = re.compile(r"[\r\n]+")


def forms(secret: str) -> tuple[str, ...]:
    """Return what has to be hidden for a secret, longest first; nothing for one too short."""
    whole = secret.strip()
    if len(whole) < SHORTEST:
        return ()
    parts = {whole, *(line.strip() for line in _LINE_ENDS.split(whole))}
    result = {form for part in parts if len(part) >= SHORTEST for form in _forms(part)}
    return tuple(sorted(result, key=lambda form: (-len(form), form)))


def _forms(text: str) -> Iterator[str]:
    data = text.encode("utf-8", "surrogateescape")
    # The runner would hide every line of a longer text, however short.
    if not _LINE_ENDS.search(text):
        yield data.decode("utf-8", "replace")
    yield quote(data, safe="")
    yield quote_plus(data)
    # Padding depends on what follows, and is not part of the secret.
    for encoded in (
        b64encode(data),
        urlsafe_b64encode(data),
        # The user name that git sends with a token.
        b64encode(b"x-access-token:" + data),
    ):
        yield encoded.decode("ascii").rstrip("=")
