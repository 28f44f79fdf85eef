"""Tells the items of lists that only say where something is."""

from __future__ import annotations

import re

from diff_insight.analysis.people.headings import names_release

#: Words of a link that says something by itself.
_LEAST_TELLING = 3
_ONLY_LINK = re.compile(r"\[([^\[\]]{1,200})\]\(([^()\s]{1,400})\)\.?")
#: Where a forge lists what a release changed.
_RELEASE = re.compile(r"/(?:releases(?:/tag)?|compare|tags?)/[^/\s]{1,200}$")
#: A name with its address behind it, such as “Website: https://…”.
_ADDRESS_OF = re.compile(
    r"[^\n:\[\]]{1,60}: ?(?:<?https?://[^\s<>()\[\]]{1,300}>?|\[https?://[^\s\[\]]{1,300}\]\([^()\s]{1,400}\))\.?"
)


def is_link_alone(item: str, *, telling: bool = True) -> bool:
    """Tell whether an item is a link that only names where it leads, such as a version.

    Args:
        item: The text of an item or of a paragraph.
        telling: Whether a link of some words may say something by itself, as it does in a list of posts.
    """
    link = _ONLY_LINK.fullmatch(item.strip())
    if link is None:
        return _ADDRESS_OF.fullmatch(item.strip()) is not None
    if not telling or _RELEASE.search(link[2]):
        return True
    return names_release(link[1]) or len(link[1].split()) < _LEAST_TELLING
