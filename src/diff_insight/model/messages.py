"""Language-free messages: a catalog key and its parameters."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

#: What a message parameter may hold; JSON can carry all of it.
Value = str | int | bool | None | tuple["Value", ...] | Mapping[str, "Value"]
Params = Mapping[str, Value]


class Notice(Struct, frozen=True):
    """Something a reader of the report or of the log has to know.

    `key` names a message `notice.<key>` in the catalogs.
    """

    key: str
    params: Params = field(default_factory=dict)
