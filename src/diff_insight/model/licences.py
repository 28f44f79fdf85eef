"""Under which licence the compared repository is, by its own licence files."""

from __future__ import annotations

from msgspec import Struct


class LicenceFile(Struct, frozen=True):
    """A licence file; `expression` is an SPDX expression, empty where the text is none that is known."""

    path: str
    expression: str = ""


class Licences(Struct, frozen=True):
    """The licence files of a repository; `read` is false where its files could not be listed."""

    files: tuple[LicenceFile, ...] = ()
    read: bool = True
