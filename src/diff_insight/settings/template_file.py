"""Reads the files that the settings name: the template, and the owners of code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from msgspec.structs import replace

from diff_insight.errors import UsageError
from diff_insight.runtime.inside import read_inside
from diff_insight.settings.owners import with_owners
from diff_insight.settings.settings import Settings, Template

#: Bytes; what is longer is no template.
LONGEST_TEMPLATE = 1_000_000
#: Gives the bytes of a file by its path; None where there is none.
ReadFile = Callable[[str], bytes | None]


def with_named_files(settings: Settings, read: ReadFile) -> Settings:
    """Return the settings with what the files say that they name: owners of code, and the template.

    Raises:
        UsageError: One of them is not there, or cannot be used.
    """
    return with_template(with_owners(settings, read), read)


def with_template(settings: Settings, read: ReadFile) -> Settings:
    """Return the settings with the text of their template, if they name one.

    Raises:
        UsageError: It is not there, not UTF-8, or too long.
    """
    if settings.template is None:
        return settings
    if "markdown" not in settings.formats:
        raise UsageError(
            "a template is for Markdown, and no Markdown is written",
            cause=f"the formats are {', '.join(settings.formats)}",
            cure="add markdown to the formats, or leave the template out",
        )
    path = settings.template.path
    content = read(path)
    if content is None:
        raise UsageError(
            f"there is no template {path!r}",
            cause="the setting 'template' names a file that cannot be read",
            cure="name a file that is there, or remove the setting",
        )
    if len(content) > LONGEST_TEMPLATE:
        raise UsageError(
            f"the template {path!r} has more than {LONGEST_TEMPLATE} bytes",
            cure="use a shorter template",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"the template {path!r} is not UTF-8 (byte {error.start})", cure="save it as UTF-8"
        ) from error
    return replace(settings, template=Template(path, text))


def read_below(folder: Path) -> ReadFile:
    """Return how to read files below a folder, no link on the way followed."""

    def read(path: str) -> bytes | None:
        try:
            return read_inside(folder, PurePath(path), limit=LONGEST_TEMPLATE + 1)
        except OSError:
            return None

    return read


def read_typed(path: str) -> bytes | None:
    """Return what a path that somebody typed leads to, wherever that is."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LONGEST_TEMPLATE + 1)
    except OSError:
        return None
