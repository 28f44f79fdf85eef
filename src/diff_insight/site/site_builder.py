"""Builds a site: renders the documents that are new, and the lists around all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from io import BufferedReader
from pathlib import Path, PurePath
from typing import cast

from msgspec import Struct

from diff_insight import __version__
from diff_insight.errors import UsageError
from diff_insight.ports import Workers
from diff_insight.publishers.report_files import Pieces, write_whole
from diff_insight.render.html import render_html_pages
from diff_insight.runtime.inside import open_inside, remove_inside
from diff_insight.runtime.kept_rows import RowFile
from diff_insight.site.entry import SiteEntry, entry_of, keep_entry
from diff_insight.site.feeds import feeds
from diff_insight.site.lists import SiteSettings, list_pages, report_frame
from diff_insight.site.site_documents import find_documents, read_document
from diff_insight.site.site_search import search_files
from diff_insight.site.site_state import STATE_NAME, SiteState, read_state, write_state

_TEMPLATES = Path(__file__).parents[1] / "render" / "templates"


class SiteReceipt(Struct, frozen=True):
    """What a run made: the page to begin with, and how many documents were rendered, of how many."""

    start: Path
    rendered: int
    documents: int


def build_site(
    places: Sequence[str], folder: Path, settings: SiteSettings, workers: Workers
) -> SiteReceipt:
    """Make or update a site.

    Args:
        places: Folders with documents, or documents.
        folder: Where the site goes.
        settings: How it is called, and where it will be.
        workers: Share the rendering.

    Raises:
        UsageError: There is no document, or one that cannot be read.
    """
    build = build_identity(settings)
    rows = RowFile()
    state = read_state(folder, rows)
    known = {entry.digest: entry for entry in state.entries} if state.build == build else {}
    documents = {_digest(path): path for path in find_documents(places)}
    new = [
        digest
        for digest in documents
        if digest not in known or not _is_there(folder, known[digest])
    ]
    render = partial(_render_document, folder=folder, settings=settings, rows=rows)
    rendered = workers.map(render, [(documents[digest], digest) for digest in new])
    made = {entry.digest: entry for entry in rendered}
    # Two documents of one range and category are one report: the last one given.
    by_name = {entry.name: entry for entry in (made.get(d) or known[d] for d in documents)}
    entries = sorted(by_name.values(), key=lambda entry: (entry.date, entry.time), reverse=True)
    if not any(entry.texts for entry in entries):
        raise UsageError(
            f"no document holds texts in {', '.join(settings.locales)}",
            cause="a site has the languages that its reports were written in",
            cure="write the reports again with these locales, or leave --locale out",
        )
    for entry in state.entries:
        if entry.name not in by_name:
            _remove(folder, entry)
    for path, pieces in _pages(entries, settings):
        write_whole(PurePath(path), pieces, folder)
    state = SiteState(build=build, entries=entries)
    write_whole(PurePath(STATE_NAME), write_state(state), folder)
    return SiteReceipt(folder / "index.html", len(new), len(entries))


def build_identity(settings: SiteSettings) -> str:
    """Return what changes when pages of the same documents would look different."""
    digest = hashlib.sha256(f"{__version__}\0{settings.title}\0{settings.locales}".encode())
    for path in sorted(_TEMPLATES.iterdir()):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _pages(entries: Sequence[SiteEntry], settings: SiteSettings) -> Iterator[tuple[str, Pieces]]:
    makers: tuple[Callable[..., Iterator[tuple[str, Pieces]]], ...] = (
        list_pages,
        search_files,
        feeds,
    )
    for make in makers:
        yield from make(entries, settings)


def _digest(path: Path) -> str:
    with open_inside(path.parent, PurePath(path.name)) as file:
        return hashlib.file_digest(cast("BufferedReader", file), "sha256").hexdigest()


def _is_there(folder: Path, entry: SiteEntry) -> bool:
    return all(
        (folder / locale / "reports" / f"{entry.name}.html").is_file() for locale in entry.locales
    )


def _render_document(
    document: tuple[Path, str], *, folder: Path, settings: SiteSettings, rows: RowFile
) -> SiteEntry:
    """Write the pages of a document in every locale; only what lists need is kept."""
    path, digest = document
    insight = read_document(path)
    entry = entry_of(insight, digest, list(filter(settings.has, insight.locales)))
    for locale in entry.locales:
        reports = PurePath(locale, "reports")
        frame = report_frame(entry, locale)
        for name, pieces in render_html_pages(insight, locale, frame):
            write_whole(reports / (name or f"{entry.name}.html"), pieces, folder)
    return keep_entry(entry, rows)


def _remove(folder: Path, entry: SiteEntry) -> None:
    """Delete the pages of a document that is not there any more."""
    for locale in entry.locales:
        with suppress(OSError):  # behind a link, or not ours: it stays
            remove_inside(folder, PurePath(locale, "reports", f"{entry.name}.html"))
