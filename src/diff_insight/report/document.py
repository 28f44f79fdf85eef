"""Builds the insight document of a category from its analysis, story and tellings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from diff_insight import __version__
from diff_insight.facts.file_view import BOTH_SIDES
from diff_insight.model.changes import ChangeSet, FileChange
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.insight import Coverage, FileEntry, Insight
from diff_insight.model.licences import Licences
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeOrigin
from diff_insight.model.story import Story
from diff_insight.ports import Workers
from diff_insight.report.attribution import attribution_text
from diff_insight.report.file_anchors import anchors, short_names
from diff_insight.report.page_titles import page_titles
from diff_insight.report.patches import file_diff_url, has_hunks, patch_reader, shown_patches
from diff_insight.runtime.kept_rows import row_file
from diff_insight.selection.select import Selection
from diff_insight.settings.settings import Settings
from diff_insight.wording.places import Places
from diff_insight.wording.range_facts import RangeFacts
from diff_insight.wording.tell import FileTelling, RangeTelling, tell_files, tell_range

#: Files that are told in one go.
BATCH = 40


class RangeContext(Struct, frozen=True, kw_only=True):
    """What all categories of a run share.

    `alarms` come from earlier runs; unlike notices they cannot be told from the range. `licences` are
    those of what is quoted, None where the reports do not tell them.
    """

    commits: CommitRange
    changes: ChangeSet
    selection: Selection
    date: str
    notices: tuple[Notice, ...]
    origin: RangeOrigin = RangeOrigin()
    alarms: tuple[Notice, ...] = ()
    licences: Licences | None = None


class AnalysedCategory(Struct, frozen=True, kw_only=True):
    """What the document of one category is built from."""

    name: str
    files: tuple[FileAnalysis, ...]
    story: Story


def build_insight(
    category: AnalysedCategory, context: RangeContext, settings: Settings, workers: Workers
) -> Insight:
    """Return the insight document of a category in every locale of the settings."""
    files, commits, changes = category.files, _with_labels(context.commits), context.changes
    only_changes = [analysis.change for analysis in files]
    shown = _patch_choices(category, settings)
    coverage = _coverage(context.selection, files, shown, changes.unlisted)
    notices = (*context.notices, *context.alarms)
    names = short_names([change.path for change in only_changes])
    titles = page_titles(files)
    facts = RangeFacts(
        items=category.story.items,
        actions=category.story.actions,
        theme=category.story.theme,
        files=files,
        names=names,
        titles=titles,
        coverage=coverage,
        undetected=tuple(
            name
            for name, analysis in zip(names, files, strict=True)
            if not analysis.detected and _was_edited(analysis.change)
        ),
        notices=notices,
    )
    places = Places(commits, files, names, titles)
    whole, by_file = _tell_category(category, facts, places, settings.locales, workers)
    return Insight(
        version=__version__,
        analyst="rules",
        fingerprint=fingerprint(context, only_changes, settings, category.name),
        date=context.date,
        category=category.name,
        locales=settings.locales,
        range=commits,
        origin=context.origin,
        source=changes.source,
        diff_options=changes.options,
        coverage=coverage,
        additions=sum(change.additions for change in only_changes),
        deletions=sum(change.deletions for change in only_changes),
        files=_entries(files, names, shown, commits, changes, by_file),
        story=category.story.items,
        threads=category.story.threads,
        headline={locale: telling.headline for locale, telling in whole.items()},
        highlights={locale: telling.highlights for locale, telling in whole.items()},
        insights={locale: telling.insights for locale, telling in whole.items()},
        summary={locale: telling.summary for locale, telling in whole.items()},
        notices=notices,
        notice=_notice(settings, context.licences, commits),
    )


def _tell_category(
    category: AnalysedCategory,
    facts: RangeFacts,
    places: Places,
    locales: Sequence[str],
    workers: Workers,
) -> tuple[dict[str, RangeTelling], list[FileTelling]]:
    """Return the texts about the range by locale, and those of each file in order."""
    paths = [analysis.change.path for analysis in category.files]
    files = list(zip(paths, category.story.by_file, strict=True))
    rows = row_file(len(files))
    jobs: list[Callable[[], RangeTelling | list[FileTelling]]] = [
        partial(tell_range, locale, facts, places) for locale in locales
    ]
    jobs += [
        partial(tell_files, locales, files[start : start + BATCH], places, rows)
        for start in range(0, len(files), BATCH)
    ]
    done = workers.map(lambda job: job(), jobs)
    ranges = [telling for telling in done if isinstance(telling, RangeTelling)]
    batches = [batch for batch in done if isinstance(batch, list)]
    return dict(zip(locales, ranges, strict=True)), list(chain.from_iterable(batches))


def fingerprint(
    context: RangeContext, files: Sequence[FileChange], settings: Settings, category: str
) -> str:
    """Return 16 hex digits that change when range, diff, settings, alarms or tool change."""
    commits, patches = _with_labels(context.commits), context.changes.patches
    digest = hashlib.sha256()
    parts = (
        __version__,
        commits.repository,
        commits.base,
        commits.head,
        commits.comparison,
        category,
    )
    digest.update("\0".join(parts).encode())
    digest.update(
        repr((settings.locales, sorted(settings.notice.items()), settings.watch)).encode()
    )
    if context.licences is not None:
        digest.update(repr(context.licences).encode())
    if context.alarms:
        alarms = [(alarm.key, sorted(alarm.params.items())) for alarm in context.alarms]
        digest.update(repr(alarms).encode())
    for change in files:
        ids = (
            f"{change.status} {change.old_id} {change.new_id} {change.additions} {change.deletions}"
        )
        digest.update(change.path_bytes + b"\0" + ids.encode() + b"\0")
        if change.patch and not (change.old_id and change.new_id):
            for offset, length in change.patch.parts:
                digest.update(patches.read(offset, length))
    return digest.hexdigest()[:16]


def _patch_choices(category: AnalysedCategory, settings: Settings) -> list[bool]:
    changes = [analysis.change for analysis in category.files]
    salience = [items[0].salience if items else 0 for items in category.story.by_file]
    return shown_patches(
        changes,
        salience,
        largest=settings.max_patch_bytes,
        total=settings.max_report_patch_bytes,
    )


def _coverage(
    selection: Selection, files: Sequence[FileAnalysis], shown: Sequence[bool], unlisted: int
) -> Coverage:
    linked = (
        file.change.path for file, visible in zip(files, shown, strict=True)
        if has_hunks(file.change) and not visible
    )  # fmt: skip
    unknown = Counter(
        _suffix(file.change.path) for file in files if not file.detected and file.change.changes
    )
    return Coverage(
        changed=selection.changed,
        reported=selection.reported_count,
        in_category=len(files),
        excluded=tuple((change.path, reason) for change, reason in selection.excluded),
        unmatched=tuple(change.path for change in selection.unmatched),
        unreadable=tuple((change.path, change.unreadable) for change in selection.unreadable),
        patches_linked=tuple(linked),
        read_in_part=tuple(
            (file.change.path, reason) for file in files for reason in file.read_in_part
        ),
        without_detector=dict(sorted(unknown.items())),
        untold_lines=sum(file.lines.untold for file in files),
        unlisted=unlisted,
    )


def _suffix(path: str) -> str:
    """Return the suffix of a file with its dot, or its name when it has none."""
    name = PurePosixPath(path)
    return name.suffix or name.name


def _was_edited(change: FileChange) -> bool:
    return change.status in BOTH_SIDES and change.changes > 0


def _entries(
    files: Sequence[FileAnalysis],
    names: Sequence[str],
    shown: Sequence[bool],
    commits: CommitRange,
    changes: ChangeSet,
    tellings: Sequence[FileTelling],
) -> tuple[FileEntry, ...]:
    item_anchors = anchors([analysis.change.path_bytes for analysis in files])
    entries = []
    for index, analysis in enumerate(files):
        change = analysis.change
        has_patch = has_hunks(change)
        visible = has_patch and shown[index]
        entries.append(
            FileEntry(
                analysis=analysis,
                name=names[index],
                anchor=item_anchors[index],
                patch=patch_reader(change, changes.patches) if visible else None,
                patch_url=file_diff_url(change, commits) if has_patch and not visible else "",
                title=tellings[index].title,
                explanation=tellings[index].explanation,
            )
        )
    return tuple(entries)


def _notice(settings: Settings, licences: Licences | None, commits: CommitRange) -> dict[str, str]:
    """Return the notice by locale: as configured, a text for all locales in the gaps, then whose words."""
    common = settings.notice.get("", "")
    notices = {}
    for locale in settings.locales:
        own = _whole_text(settings.notice.get(locale, common))
        quoted = attribution_text(licences, commits, locale) if licences is not None else ""
        if text := "\n\n".join(filter(None, (own, quoted))):
            notices[locale] = text
    return notices


def _with_labels(commits: CommitRange) -> CommitRange:
    """Return the range with labels that can be written, whatever encoding they were typed in."""
    return replace(
        commits,
        repository=_whole_text(commits.repository),
        base=_whole_text(commits.base),
        head=_whole_text(commits.head),
        merge_base=_whole_text(commits.merge_base),
    )


def _whole_text(text: str) -> str:
    """Return text without the halves of characters that stand for foreign bytes in arguments."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
