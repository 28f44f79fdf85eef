"""Writes reports as files, whole or not at all, without overwriting another range's report."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import SHORT, CommitRange
from diff_insight.ports import Workers
from diff_insight.report.identity import EDGE, identity_in, patches_folder, range_id
from diff_insight.runtime.inside import open_inside, write_inside
from diff_insight.settings.output_path import expand

#: Formats by the time that a report takes.
_LONGEST_FIRST = ("html", "json", "markdown")
#: What a suffix of a file name takes over from a commit or label.
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")

Pieces = Iterable[str] | Iterable[bytes]
Renderer = Callable[[Insight, str], Pieces]
#: Gives a report and what stands beside it: each name relative to the report, and its pieces.
PagesRenderer = Callable[[Insight, str], Iterable[tuple[str, Pieces]]]


class PlannedReport(Struct, frozen=True):
    """One report: its document, locale, format and path."""

    insight: Insight
    locale: str
    format: str
    path: PurePath


class FileWriter:
    """Writes one file for each category, locale and format.

    Args:
        template: The output template.
        formats: Format names in order.
        renderers: How each format is rendered.
        pages: How the formats are rendered that may put more files beside a report.
        dry_run: Only say what would be written.
        workers: Share the rendering between cores.
    """

    def __init__(
        self,
        template: str,
        formats: Sequence[str],
        renderers: Mapping[str, Renderer],
        *,
        dry_run: bool,
        workers: Workers,
        pages: Mapping[str, PagesRenderer] | None = None,
    ) -> None:
        self._pages = pages or {}
        self._template = template
        self._formats = formats
        self._renderers = renderers
        self._dry_run = dry_run
        self._workers = workers

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        """Write every report and return the paths as the template gives them, in order.

        Raises:
            EnvironmentFailure: A file cannot be written; what is there already stays whole.
        """
        planned = list(placed_reports(planned_reports(self._template, self._formats, insights)))
        if not self._dry_run:
            # The longest first, so that nobody waits for one that was begun last.
            order = sorted(planned, key=lambda report: _LONGEST_FIRST.index(report.format))
            failures = self._workers.map(self._write_one, order)
            if (failure := next(filter(None, failures), None)) is not None:
                raise failure
        return [report.path for report in planned]

    def _write_one(self, report: PlannedReport) -> EnvironmentFailure | None:
        """Write a report; a failure is returned, so that others come to the end of what they have begun."""
        try:
            self._write(report)
        except EnvironmentFailure as failure:
            return failure
        return None

    def _write(self, report: PlannedReport) -> None:
        path = Path(report.path)
        pages = self._pages.get(report.format)
        if pages is not None:
            for name, pieces in pages(report.insight, report.locale):
                write_whole(path.parent / name if name else path, pieces)
            return
        pieces = self._renderers[report.format](report.insight, report.locale)
        write_whole(path, pieces)


def planned_reports(
    template: str, formats: Sequence[str], insights: Sequence[Insight]
) -> Iterator[PlannedReport]:
    """Yield every report with the path that the template gives it, in order."""
    for insight in insights:
        day = date.fromisoformat(insight.date)
        for locale in insight.locales:
            for name in formats:
                if name == "json" and locale != insight.locales[0]:
                    continue
                path = expand(
                    template, day=day, locale=locale, category=insight.category, format_name=name
                )
                yield PlannedReport(insight, locale, name, path)


def pages_beside(path: PurePath, report: PlannedReport) -> list[PurePath]:
    """Return the pages that were written beside an HTML report.

    Args:
        path: Where the report was written.
        report: What it is.
    """
    if report.format != "html":
        return []
    folder = Path(path.parent, patches_folder(report.insight))
    return sorted(folder.glob(f"{report.locale}-[0-9]*.html"))


def placed_reports(
    reports: Iterable[PlannedReport],
    identity: Callable[[PurePath], str | None] | None = None,
) -> Iterator[PlannedReport]:
    """Yield reports at paths that no report of another range has, be it there or one of these.

    Args:
        reports: With the paths that are wanted.
        identity: Tells which range a file is about, as `identity_on_disk` does.
    """
    known = identity or identity_on_disk
    taken: dict[PurePath, str] = {}
    for report in reports:
        commits, fingerprint = report.insight.range, report.insight.fingerprint
        path = free_path(
            report.path, commits, fingerprint, lambda path: taken.get(path) or known(path)
        )
        taken[path] = range_id(commits, fingerprint)
        yield replace(report, path=path)


def free_path(
    path: PurePath,
    commits: CommitRange,
    fingerprint: str = "",
    identity: Callable[[PurePath], str | None] | None = None,
) -> PurePath:
    """Return a path that no report of another range has: the same, or with commits in its name.

    Args:
        path: The path that is wanted.
        commits: What the report is about.
        fingerprint: That of its document.
        identity: Tells which range a file is about, as `identity_on_disk` does.
    """
    known = identity or identity_on_disk
    # With --diff both are labels, which may hold anything or be empty.
    head, base = (_UNSAFE.sub("-", name[:SHORT]) for name in (commits.head, commits.base))
    mine = range_id(commits, fingerprint)
    suffixes = ["", f"-{head}", f"-{head}-{base}"] if head else [""]
    for suffix in suffixes:
        candidate = path.with_name(f"{path.stem}{suffix}{path.suffix}")
        if known(candidate) in {None, mine}:
            return candidate
    return path.with_name(f"{path.stem}-{mine}{path.suffix}")


def identity_of(content: bytes) -> str | None:
    """Return the range id of a report, `unknown` for other content, None for nothing."""
    if not content:
        return None
    texts = [part.decode("utf-8", "replace") for part in (content[:EDGE], content[-EDGE:])]
    return identity_in(*texts) or "unknown"


def identity_on_disk(path: PurePath) -> str | None:
    """Return the range id of a report on disk, `unknown` for other files, None for no file."""
    try:
        with open_inside(Path(), path) as file:
            head = file.read(EDGE)
            file.seek(max(0, file.seek(0, os.SEEK_END) - EDGE))
            tail = file.read(EDGE)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # a link, a device, or what cannot be read: it is not ours to replace
        return "unknown"
    return identity_of(head + tail)


def encode_pieces(pieces: Pieces) -> Iterator[bytes]:
    """Yield texts in UTF-8; half a character becomes a question mark."""
    for piece in pieces:
        yield piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")


def write_whole(path: PurePath, pieces: Pieces, root: Path = Path()) -> None:
    """Write a file beside its place and move it there, so that no half of it is ever seen.

    Args:
        path: Where the file goes.
        pieces: Its content.
        root: The folder that a relative path is below; only its own links are followed.

    Raises:
        EnvironmentFailure: The directory or the file cannot be written, or is behind a link.
    """
    try:
        write_inside(root, path, encode_pieces(pieces))
    except OSError as error:
        raise EnvironmentFailure(
            f"the report {str(root / path)!r} could not be written: {error.strerror}",
            cause="the place is full, read-only, behind a link, or a file stands where a folder is needed",
            cure="choose another place with --output, which is the input output of a step",
        ) from error


class StreamWriter:
    """Prints the one report of a run instead of writing a file."""

    def __init__(self, write: Callable[[bytes], object], name: str, renderer: Renderer) -> None:
        self._write = write
        self._renderer = renderer
        self._name = name

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        """Print the report; there is no path to tell."""
        for insight in insights:
            for piece in encode_pieces(self._renderer(insight, insight.locales[0])):
                self._write(piece)
        return []
