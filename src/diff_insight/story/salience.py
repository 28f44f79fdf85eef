"""What raises and lowers the salience of items (docs/salience.md)."""

from __future__ import annotations

#: A major version step is told like a deadline's neighbour, a patch step like an edit.
VERSION_STEPS = {"major": 24, "minor": 0, "patch": -14, "down": 10, "other": 0}
#: What a dependency that nobody installs with a package weighs less.
AROUND = -24
#: What new text weighs more that says that something may be had from now on, or not any more.
AVAILABILITY = 34
#: What words of a commit or pull request that name an item's subject add; never up to breaking.
LIFTED = 25
#: What a match of a `watch` expression adds.
WATCHED = 50
#: What a fact marked breaking weighs at least.
BREAKING = 90
#: What is likely to break weighs at least; less than all that certainly does, more than news.
LIKELY = 82
