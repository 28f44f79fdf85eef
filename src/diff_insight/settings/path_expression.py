"""Makes the expression of a path pattern that tries no way twice, whatever the path is.

A wildcard takes the least that lets what stands behind it match, and keeps it: the next wildcard of the
same sort takes all that a longer one would have left out. So a path of thousands of folders, which
anybody can propose, is read in a time that grows with it.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Any number of folders, as few and as many as possible.
_FEW, _MANY = "(?:[^/]*/)*?", "(?:[^/]*/)*"


def segment_expression(chunks: Sequence[str]) -> str:
    """Return the expression of one name; between two chunks, which hold no slash, anything may stand.

    Args:
        chunks: Expressions of what stands between the wildcards; one where there is no wildcard.
    """
    first, *rest = chunks
    if not rest:
        return first
    return first + "".join(f"(?>[^/]*?{each})" for each in rest[:-1]) + f"[^/]*{rest[-1]}"


def path_expression(segments: Sequence[str | None], behind: str = "") -> str:
    """Return the expression of a path, to be matched as a whole.

    Args:
        segments: The expression of each name; None for any number of names.
        behind: What may stand behind the last of them.
    """
    blocks: list[list[str]] = [[]]
    for segment in segments:
        if segment is not None:
            blocks[-1].append(segment)
        elif blocks[-1] or len(blocks) == 1:
            blocks.append([])
    first, *inner = ("/".join(block) for block in blocks)
    if not inner:
        return first + behind
    start = f"{first}/" if blocks[0] else ""
    between = "".join(f"(?>{_FEW}{block}/)" for block in inner[:-1])
    return f"{start}{between}{_MANY}{inner[-1]}{behind}"
