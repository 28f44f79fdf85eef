"""What the `github` layout shows of a document at a level: computed here, arranged by templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import code, link
from diff_insight.markup.inert import html_code, html_title, neutral, text
from diff_insight.markup.inert import title as github_title
from diff_insight.markup.plain import clip_title
from diff_insight.model.changes import Status
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.messages import Params
from diff_insight.model.ranges import SHORT, CommitRange
from diff_insight.model.story import Role
from diff_insight.render.environment import speaker
from diff_insight.render.github_parts import Count, Detail, FileRowView, ReportPart
from diff_insight.render.model_parts import ModelParts
from diff_insight.report.file_order import files_by_salience
from diff_insight.report.levels import Level
from diff_insight.report.patches import file_diff_url
from diff_insight.wording.negative_findings import no_breaking

#: Rows that stand open; a longer table is folded.
OPEN_ROWS = 12
#: Rows with a link each; in a longer table of the short form the links would outweigh the words.
LINKED_ROWS = 1_000
#: Characters of a headline, and of a title in the table.
LONGEST_HEADLINE = 300
LONGEST_TITLE = 200
#: Characters of a title where there are so many rows that none has a link.
SHORT_TITLE = 48
#: Files explained in the short form, the most consequential ones.
SHORT_DETAILS = 200
FEW_DETAILS = 20
#: Rows of the levels that do not list every file; `files_by_salience` says which.
_ROWS = {Level.FEW_ROWS: 25, Level.ROWS: 120, Level.FEW_DETAILS: 120}
#: An item about more files than this is told once, not file by file.
FILES_OF_AN_ITEM = 3
#: In the shortest form: bullets of each list, and characters of a bullet.
MINIMAL_BREAKING = 20
MINIMAL_BULLETS = 12
LONGEST_BULLET = 1_000


class GithubView:
    """A document at a level, in one locale."""

    def __init__(
        self,
        insight: Insight,
        locale: str,
        level: Level,
        full_report: str,
        linked: frozenset[int] = frozenset(),
    ) -> None:
        self._insight = insight
        self._linked = linked
        self._locale = locale
        self._level = level
        self._place = full_report
        self._voice = speaker(locale)
        highlights = insight.highlights[locale]
        self.headline = clip_title(insight.headline[locale], LONGEST_HEADLINE)
        self.breaking = self._part(highlights.breaking_changes, MINIMAL_BREAKING)
        self.to_do = self._part(highlights.to_do, MINIMAL_BULLETS)
        self.new_features = self._part(highlights.new_features, MINIMAL_BULLETS)
        self.other_updates = self._part(highlights.other_updates, MINIMAL_BULLETS)
        self.breaking_count = max(insight.breaking, len(highlights.breaking_changes))
        #: Said at the top where no section of breaking changes stands, and not once more below.
        self.no_breaking = no_breaking([entry.analysis for entry in insight.files], self._voice)
        self._model = ModelParts(insight, locale, self._voice)
        self.opening = self._model.opening
        article = self._model.insights.removesuffix(self.no_breaking).rstrip()
        self.article = article if level > Level.ROWS else ""
        self.table_folded = len(insight.files) > OPEN_ROWS
        self._listed = frozenset(files_by_salience(insight)[: _ROWS.get(level)])
        #: Files that have no row at this level.
        self.unlisted = len(insight.files) - len(self._listed)

    def _part(self, bullets: Sequence[str], most: int) -> ReportPart:
        if self._level is Level.FULL:
            return ReportPart(tuple(neutral(bullet) for bullet in bullets))
        harmless = [neutral(bullet) for bullet in bullets]
        if self._level > Level.ROWS:
            return ReportPart(tuple(harmless))
        shown = [bullet for bullet in harmless if len(bullet) <= LONGEST_BULLET][:most]
        return ReportPart(tuple(shown), len(harmless) - len(shown))

    @property
    def coverage(self) -> list[str]:
        """The line that says what was read: range, files, lines, analyst."""
        insight = self._insight
        readable = sum(not entry.analysis.change.unreadable for entry in insight.files)
        say = self._voice.say
        read = say("github.read", {"read": readable, "changed": insight.coverage.changed})
        analyst = say("github.rules")
        if insight.analyst == "model":
            written, total = insight.texts_by_model
            params: Params = {"written": written, "total": total, "model": insight.model}
            analyst = say("github.model", params)
        category = insight.category
        parts = [
            _range_label(insight.range),
            "" if category == "all" else say("github.category", {"name": category}),
            read,
            _lines(insight.additions, insight.deletions, self._voice),
            analyst,
        ]
        return [part for part in parts if part]

    @property
    def level_note(self) -> str:
        """What is not here and where it is to be read; empty when all is here."""
        if self._level is Level.FULL:
            return ""
        say = self._voice.say
        notes = {
            Level.MINIMAL: say("github.minimal"),
            Level.FEW_ROWS: say("github.rows"),
            Level.ROWS: say("github.rows"),
        }
        note = notes.get(self._level) or say("github.short")
        page = self._elsewhere()
        return self._voice.fill("sentence.join", first=note, second=page) if page else note

    def _elsewhere(self) -> str:
        fill, say = self._voice.fill, self._voice.say
        if self._place.startswith(("https://", "http://")):
            return fill("github.full-at", place=link(say("github.full-link"), self._place))
        if self._place:
            return fill("github.full-at", place=code(self._place))
        url = self._insight.range.compare_url
        return fill("github.diff-at", place=link(say("github.compare-link"), url)) if url else ""

    @property
    def counts(self) -> list[Count]:
        """In the shortest form: the files of each type, in place of a row for each file."""
        if self._level is not Level.MINIMAL:
            return []
        files: Counter[str] = Counter()
        added: Counter[str] = Counter()
        removed: Counter[str] = Counter()
        for entry in self._insight.files:
            change, name = entry.analysis.change, str(entry.analysis.type)
            files[name] += 1
            added[name] += change.additions
            removed[name] += change.deletions
        number = self._voice.forms.number
        return [
            Count(
                str(name),
                number(files[name]),
                _signed_counts(added[name], removed[name], self._voice),
            )
            for name in ModificationType
            if files[name]
        ]

    def rows(self) -> Iterator[FileRowView]:
        """Yield a row for each file that this level lists, in path order."""
        linked = self._level is Level.FULL or len(self._listed) <= LINKED_ROWS
        longest = LONGEST_TITLE if linked else SHORT_TITLE
        for index, entry in enumerate(self._insight.files):
            if index not in self._listed:
                continue
            change = entry.analysis.change
            url = file_diff_url(change, self._insight.range) if linked else ""
            name = _cell_code(entry.name)
            yield FileRowView(
                name=link(name, url) if url else name,
                title=github_title(clip_title(entry.title[self._locale], longest)),
                kinds=self._kinds(entry),
                lines=_signed_counts(change.additions, change.deletions, self._voice),
            )

    def _kinds(self, entry: FileEntry) -> list[str]:
        status = entry.analysis.change.status
        kinds = [self._voice.say(f"type.{entry.analysis.type}")]
        if status is not Status.MODIFIED:
            kinds.append(self._voice.say(f"term.{status}"))
        return [kind.replace(" ", "\N{NO-BREAK SPACE}") for kind in kinds]

    def details(self) -> Iterator[Detail]:
        """Yield the folded files: all of them, those with something to tell, or none."""
        if self._level < Level.FEW_DETAILS:
            return
        worthy = self._worthy() if self._level is not Level.FULL else None
        for index, entry in enumerate(self._insight.files):
            if worthy is None or index in worthy:
                yield self._detail(entry, linked=index in self._linked)

    def _worthy(self) -> frozenset[int]:
        salience: dict[int, int] = {}
        for item in self._insight.story:
            if item.role is not Role.HOUSEKEEPING and len(item.files) <= FILES_OF_AN_ITEM:
                for index in item.files:
                    salience[index] = max(salience.get(index, 0), item.salience)
        ranked = sorted(salience, key=lambda index: (-salience[index], index))
        most = FEW_DETAILS if self._level is Level.FEW_DETAILS else SHORT_DETAILS
        return frozenset(ranked[:most])

    def _detail(self, entry: FileEntry, *, linked: bool) -> Detail:
        change = entry.analysis.change
        full = self._level is Level.FULL
        title = clip_title(entry.title[self._locale], LONGEST_TITLE)
        parts = [
            html_code(change.path),
            # A short table has just told the titles.
            html_title(title) if self.table_folded else "",
            _signed_counts(change.additions, change.deletions, self._voice),
        ]
        return Detail(
            summary=" · ".join(part for part in parts if part),
            explanation=self._model.explanation(entry),
            patch=entry.patch if full and not linked else None,
            patch_note=self._patch_note(entry, linked=linked),
        )

    def _patch_note(self, entry: FileEntry, *, linked: bool) -> str:
        """Return the words in place of a patch that is not shown."""
        change = entry.analysis.change
        label = self._voice.say("file.view-diff")
        if self._level is Level.FULL:
            url = entry.patch_url or (linked and file_diff_url(change, self._insight.range))
            if url:
                return self._voice.fill("file.patch-linked", link=link(label, url))
            missing = linked or change.path in self._insight.coverage.patches_linked
            return self._voice.say("file.patch-linked-bare") if missing else ""
        url = file_diff_url(change, self._insight.range)
        return link(label, url) if url and change.changes else ""


def _range_label(commits: CommitRange) -> str:
    """Return both commits in short, linked to their comparison."""
    base, head = commits.start or commits.base, commits.head
    label = "…".join(name[:SHORT] for name in (base, head) if name)
    if not label:
        return ""
    return link(code(label), commits.compare_url) if commits.compare_url else code(label)


def _lines(additions: int, deletions: int, voice: Speaker) -> str:
    return voice.say("github.lines", {"additions": additions, "deletions": deletions})


def _cell_code(name: str) -> str:
    """Return a code span for a cell; no span can hold a pipe behind a backslash there."""
    return f"<code>{text(name)}</code>" if "|" in name else code(name)


def _signed_counts(additions: int, deletions: int, voice: Speaker) -> str:
    """Return the lines added and removed without words; nothing for a binary file or a rename."""
    if not additions and not deletions:
        return ""
    number = voice.forms.number
    return f"+{number(additions)}\N{NO-BREAK SPACE}−{number(deletions)}"
