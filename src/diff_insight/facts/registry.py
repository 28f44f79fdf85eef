"""The families in the order they run: specific ones first, so that generic ones tell the rest."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from diff_insight.facts import cosmetic, hidden_characters, indentation, whole_file
from diff_insight.facts.file_view import FileView, is_structured
from diff_insight.facts.pages import (
    admonitions,
    code_blocks,
    dated_items,
    front_matter,
    includes,
    links,
    outline,
    prose,
    tables,
    translated,
)
from diff_insight.facts.protocol import FactFamily
from diff_insight.file_types import extension
from diff_insight.model.changes import FileChange, Side, Status

#: What reads Markdown and reStructuredText; most ranges of documentation have nothing else.
PAGE_FAMILIES: tuple[FactFamily, ...] = (
    whole_file,
    hidden_characters,
    indentation,
    cosmetic,
    front_matter,
    outline,
    tables,
    includes,
    links,
    code_blocks,
    admonitions,
    dated_items,
    translated,
    prose,
)


def families_of(view: FileView) -> tuple[FactFamily, ...]:
    """Return the families to ask about a file, in their order."""
    return PAGE_FAMILIES if view.has_page_structure else all_families()


def load_families(paths: Iterable[str]) -> None:
    """Load what files of these names need; helper processes that start later then have it."""
    if not all(is_structured(path) for path in paths):
        all_families()


@cache
def all_families() -> tuple[FactFamily, ...]:
    """Return every family; those of code and data are loaded with the first file that is no page."""
    # Loaded with the first file that is no page: they take as long as all the others.
    from diff_insight.facts.code import family as symbols  # noqa: PLC0415
    from diff_insight.facts.code import functions  # noqa: PLC0415
    from diff_insight.facts.data import dockerfile, gettext, keys, workflows  # noqa: PLC0415
    from diff_insight.facts.interfaces import (  # noqa: PLC0415
        asyncapi,
        avro,
        graphql,
        json_schema,
        migration_code,
        openapi,
        protobuf,
        sql,
        sql_schema,
        terraform,
    )
    from diff_insight.facts.packages import dependencies  # noqa: PLC0415
    from diff_insight.facts.pages import notebooks  # noqa: PLC0415

    *first, last = PAGE_FAMILIES
    return (
        *first,
        gettext,
        notebooks,
        dependencies,
        workflows,
        dockerfile,
        openapi,
        asyncapi,
        json_schema,
        avro,
        graphql,
        protobuf,
        terraform,
        sql,
        sql_schema,
        migration_code,
        keys,
        last,
        symbols,
        functions,
    )


def knows_format(view: FileView, asked: Iterable[FactFamily]) -> bool:
    """Tell whether one of the families that had something to read knows the format of a file."""
    return view.prose or any(family not in _of_any_text() for family in asked)


@cache
def knows_name(path: str) -> bool:
    """Tell whether a family knows the format of a file by its name, without a look at its content."""
    if is_structured(path):
        return True
    from diff_insight.facts.code.api.readers import language_of  # noqa: PLC0415 - no page needs it
    from diff_insight.facts.code.grammars import BY_EXTENSION  # noqa: PLC0415 - no page needs it
    from diff_insight.facts.trees.read import format_of  # noqa: PLC0415

    if extension(path) in BY_EXTENSION or language_of(path) or format_of(path):
        return True
    named = [
        FileView(
            FileChange(path_bytes=path.encode("utf-8", "replace"), status=status), (), _nothing
        )
        for status in (Status.MODIFIED, Status.ADDED)
    ]
    special = [family for family in all_families() if family not in _of_any_text()]
    return any(family.applies(view) for family in special for view in named)


def _of_any_text() -> tuple[FactFamily, ...]:
    """Return the families of any text: it has lines, and any code has names in its hunk headers."""
    from diff_insight.facts.code import functions  # noqa: PLC0415 - loaded with all families

    return whole_file, hidden_characters, cosmetic, prose, functions


def _nothing(_side: Side) -> None:
    """Give no version of a file of which only the name is known."""
