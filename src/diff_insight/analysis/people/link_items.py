"""Tells the items of lists that only say where something is."""

from __future__ import annotations

import re

from diff_insight.analysis.people.headings import names_release

#: Words of a link that says something by itself.
_LEAST_TELLING = 3
_ONLY_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,400}\)")
#: A name with its address behind it, such as “Website: https://…”.
_ADDRESS_OF = re.compile(
    r"[^\n:\[\]]{1,60}: ?(?:<?https?://[^\s<>()\[\]]{1,300}>?|\[https?://[^\s\[\]]{1,300}\]\([^()\s]{1,400}\))\.?"
)


def is_link_alone(item: str) -> bool:
    """Tell whether an item is a link that only names where it leads, such as a version."""
    link = _ONLY_LINK.fullmatch(item.strip())
    if link is None:
        return _ADDRESS_OF.fullmatch(item.strip()) is not None
    return names_release(link[1]) or len(link[1].split()) < _LEAST_TELLING
