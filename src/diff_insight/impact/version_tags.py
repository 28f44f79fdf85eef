"""Which tag of a repository stands for a version of a package, whatever its projects call their tags."""

from __future__ import annotations

import re
from collections.abc import Collection

_LEADING = re.compile(r"^v(?=\d)")
#: What projects write before the number of a version, where it is the version of all.
_PREFIXES = "v release- release/ rel- version- V".split()
_ZEROS = re.compile(r"(?<!\.0)(?:\.0)++$")


def tag_of(version: str, name: str, tags: Collection[str], *, folder: str = "") -> str:
    """Return the tag of a version; empty where none can be meant.

    Args:
        version: `1.2.3`, with or without a `v`.
        name: The package, for tags of repositories with several.
        tags: The names of all tags.
        folder: The folder of a module in its repository, which its tags begin with.
    """
    bare = _LEADING.sub("", version)
    short = name.rpartition("/")[2].rpartition(":")[2]
    ends = dict.fromkeys((bare, _ZEROS.sub("", bare), *_pad(bare)))
    heads = [f"{folder}/v"] if folder else []
    for each in dict.fromkeys((name, name.removeprefix("@"), short)):
        heads += [
            f"{each}@",
            f"{each}@v",
            f"{each}-v",
            f"{each}-",
            f"{each}/v",
            f"{each}/",
            f"{each}_v",
            f"{each}_",
        ]
    heads += [_PREFIXES[0], "", *_PREFIXES[1:]]
    for end in ends:
        for head in heads:
            for form in (end, end.replace(".", "_")):
                if f"{head}{form}" in tags:
                    return f"{head}{form}"
    # A project of one package may put a name of its own in front: `gson-parent-2.9.0`.
    same = sorted(
        tag for tag in tags if re.fullmatch(rf"[A-Za-z][\w-]*[-_/]v?{re.escape(bare)}", tag)
    )
    return same[0] if len(same) == 1 else ""


def _pad(version: str) -> list[str]:
    """Return a version of one or two numbers with the zeros that a tag may have."""
    count = version.count(".")
    return (
        [version + ".0" * missing for missing in range(1, 3 - count)]
        if version[-1:].isdigit()
        else []
    )
