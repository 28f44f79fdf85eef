"""Keeps an index of the reports on a branch: a README, a page for each month and category, badges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from babel.core import Locale
from msgspec import Struct

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import cell, prose
from diff_insight.markup.inert import title as github_title
from diff_insight.publishers.branch_content import PlacedReport
from diff_insight.publishers.feed import feed_path
from diff_insight.publishers.index_entries import (
    IndexEntry,
    merge_entries,
    new_entries,
    read_entries,
    write_entries,
)
from diff_insight.publishers.index_folders import FOLDERS_PATH, read_folders, write_folders
from diff_insight.publishers.relative import relative_address
from diff_insight.settings.output_path import fixed_folder

#: Reports in the README, and on the page of a category.
NEWEST = 60
OF_CATEGORY = 500
#: What the index of a folder is read back from, and what people read.
_LIST, _ROOT = "index.json", "README.md"
#: A hyphen at which a line does not end.
_HYPHEN = "-\u2060"
#: Begins a page that is ours to write anew.
MARK = "<!-- diff-insight-index -->"


class BranchIndex(Struct, frozen=True, kw_only=True):
    """The index of a branch.

    Attributes:
        template: Output template of the reports; the index lies in its folder.
        locales: Languages of the reports; the pages are in the first.
        at_root: Whether the branch may have a README at its root too.
    """

    template: str
    locales: tuple[str, ...]
    at_root: bool = False

    def files(
        self, placed: Sequence[PlacedReport], read: Callable[[str], bytes | None]
    ) -> dict[str, bytes]:
        """Return the pages that the reports of a run change, by path."""
        new = new_entries(placed)
        if not new:
            return {}
        folder = PurePosixPath(fixed_folder(self.template))
        list_path = str(folder / _LIST)
        entries = merge_entries(new, read_entries(read(list_path)))
        pages = {list_path: write_entries(entries)}
        for path in self._readmes(folder, read):
            pages[path] = self._readme(path, folder, entries)
        folders = read_folders(read(FOLDERS_PATH), str(folder))
        pages[FOLDERS_PATH] = write_folders(folders)
        if _ROOT in pages and len(folders) > 1:
            lists = {name: read_entries(read(str(PurePosixPath(name, _LIST)))) for name in folders}
            pages[_ROOT] = self._root({**lists, str(folder): entries})
        for month in sorted({entry.date[:7] for entry in new}):
            path = str(_month_page(folder, month))
            of_month = [entry for entry in entries if entry.date.startswith(month)]
            pages[path] = self._page(path, month, of_month)
        for category in sorted({entry.category for entry in new}):
            path = str(_category_page(folder, category))
            of_category = [entry for entry in entries if entry.category == category]
            pages[path] = self._page(path, prose(category), of_category[:OF_CATEGORY])
            pages[str(folder / "badges" / f"{category}.json")] = self._badge(of_category[0])
        return pages

    @property
    def _speaker(self) -> Speaker:
        return Speaker(load_catalog(self.locales[0]), Style.MARKDOWN)

    def _readmes(self, folder: PurePosixPath, read: Callable[[str], bytes | None]) -> Iterator[str]:
        """Yield the READMEs that are ours, or that nobody has written yet."""
        paths = dict.fromkeys([str(folder / _ROOT), *([_ROOT] if self.at_root else [])])
        for path in paths:
            content = read(path)
            if content is None or content.startswith(MARK.encode()):
                yield path

    def _readme(self, path: str, folder: PurePosixPath, entries: Sequence[IndexEntry]) -> bytes:
        say = self._speaker.say
        months = dict.fromkeys(entry.date[:7] for entry in entries)
        categories = sorted({entry.category for entry in entries})
        lines = [MARK, f"# {self._title(entries)}", "", *self._table(path, entries[:NEWEST])]
        lines += ["", f"## {say('index.months')}", ""]
        lines += [f"- {_link(path, month, _month_page(folder, month))}" for month in months]
        lines += ["", f"## {say('index.categories')}", ""]
        for category in categories:
            feeds = " · ".join(
                _link(path, f"Atom {_language(locale)}", feed_path(self.template, locale, category))
                for locale in self.locales
            )
            page = _category_page(folder, category)
            lines.append(f"- {_link(path, category, page)} ({feeds})")
        return _text(lines)

    def _root(self, lists: Mapping[str, Sequence[IndexEntry]]) -> bytes:
        """Return the README of a branch whose reports lie in several folders."""
        say = self._speaker.say
        entries = merge_entries((), [entry for each in lists.values() for entry in each])
        lines = [MARK, f"# {self._title(entries)}", "", *self._table(_ROOT, entries[:NEWEST])]
        lines += ["", f"## {say('index.folders')}", ""]
        for folder, listed in lists.items():
            names = dict.fromkeys(entry.repository for entry in listed if entry.repository)
            label = ", ".join(names) or folder
            if listed:
                lines.append(f"- {_link(_ROOT, label, PurePosixPath(folder, _ROOT))}")
        return _text(lines)

    def _title(self, entries: Sequence[IndexEntry]) -> str:
        """Return the title of a README, with the repository where all reports are about one."""
        repositories = {entry.repository for entry in entries}
        named = repositories.pop() if len(repositories) == 1 else ""
        return " · ".join(filter(None, (self._speaker.say("index.title"), github_title(named))))

    def _page(self, path: str, title: str, entries: Sequence[IndexEntry]) -> bytes:
        return _text([MARK, f"# {title}", "", *self._table(path, entries)])

    def _table(self, path: str, entries: Sequence[IndexEntry]) -> Iterator[str]:
        say = self._speaker.say
        yield f"| {say('index.date')} | {say('index.report')} |"
        yield "|---|---|"
        several = len({entry.category for entry in entries}) > 1
        mixed = len({entry.repository for entry in entries}) > 1
        for entry in entries:
            first = next((name for name in self.locales if name in entry.reports), "")
            locale = first or next(iter(entry.reports))
            headline = github_title(entry.reports[locale].headline)
            others = (
                _link(path, _language(name), report.path)
                for name, report in entry.reports.items()
                if name != locale
            )
            report = _link_to(path, headline, entry.reports[locale].path)
            mark = f"**{say('type.breaking change')}** " if entry.breaking else ""
            below = [github_title(entry.repository)] if mixed and entry.repository else []
            below += [prose(entry.category)] if several else []
            # One column for all of it: a phone shows no more than two.
            lines = (mark + report, " · ".join([*below, *others]))
            report_cell = "<br>".join(cell(each) for each in lines if each)
            yield f"| {entry.date.replace('-', _HYPHEN)} | {report_cell} |"

    def _badge(self, entry: IndexEntry) -> bytes:
        """Return what shields.io shows of the newest report (https://shields.io/badges/endpoint-badge)."""
        parts = [entry.date]
        if entry.breaking:
            parts.append(self._speaker.say("github.breaking", {"count": entry.breaking}))
        badge = {
            "schemaVersion": 1,
            "label": "diff-insight",
            "message": " · ".join(parts),
            "color": "critical" if entry.breaking else "informational",
        }
        return (json.dumps(badge, ensure_ascii=False) + "\n").encode()


def _month_page(folder: PurePosixPath, month: str) -> PurePosixPath:
    return folder / "index" / "months" / f"{month}.md"


def _category_page(folder: PurePosixPath, category: str) -> PurePosixPath:
    return folder / "index" / "categories" / f"{category}.md"


def _link(page: str, label: str, target: PurePosixPath | str) -> str:
    return _link_to(page, prose(label), str(target))


def _link_to(page: str, label: str, target: str) -> str:
    """Return a link whose label is Markdown already."""
    return f"[{label}]({relative_address(page, target)})"


def _language(locale: str) -> str:
    """Return the name of a language in that language."""
    return Locale.parse(locale).get_language_name(locale) or locale


def _text(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
