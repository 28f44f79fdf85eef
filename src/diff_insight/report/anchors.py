"""Names and anchors of a report's files: short, and distinct within the report."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

_SHORTEST = 6


def anchors(paths: Sequence[bytes]) -> list[str]:
    """Return `item-` and the first six hex digits of each path's MD5, more where they collide.

    MD5 is what the format has used from its beginning; it names, it protects nothing.
    """
    digests = [hashlib.md5(path, usedforsecurity=False).hexdigest() for path in paths]
    lengths = [_SHORTEST] * len(digests)
    while True:
        same: dict[str, list[int]] = defaultdict(list)
        for index, digest in enumerate(digests):
            same[digest[: lengths[index]]].append(index)
        colliding = [index for group in same.values() if len(group) > 1 for index in group]
        growable = [index for index in colliding if lengths[index] < len(digests[index])]
        if not growable:
            return [
                f"item-{digest[:length]}" for digest, length in zip(digests, lengths, strict=True)
            ]
        for index in growable:
            lengths[index] += 1


def short_names(paths: Sequence[str]) -> list[str]:
    """Return base names, with as many folders in front as tell equal ones apart."""
    parts = [path.split("/") for path in paths]
    names = [part[-1] for part in parts]
    # Names of different depths differ, so each group of equal names grows by itself.
    growing = [(1, list(range(len(paths))))]
    while growing:
        depth, indexes = growing.pop()
        same: dict[str, list[int]] = defaultdict(list)
        for index in indexes:
            names[index] = "/".join(parts[index][-depth:])
            same[names[index]].append(index)
        for group in same.values():
            longer = [index for index in group if depth < len(parts[index])]
            if len(group) > 1 and longer:
                growing.append((depth + 1, longer))
    return [name or path for name, path in zip(names, paths, strict=True)]
