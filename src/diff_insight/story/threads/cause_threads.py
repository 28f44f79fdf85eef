"""Builds the thread of one cause: of a pull request, or of a commit that belongs to none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from diff_insight.analysis.people.causes import Cause
from diff_insight.analysis.people.cues import Words, asks_of_users, read_words, with_verb
from diff_insight.analysis.people.references import version_in
from diff_insight.analysis.people.requests import obliges
from diff_insight.file_types import is_changelog, is_page
from diff_insight.model.threads import Audience, FactRef, Thread, ThreadKind
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.telling_sentences import action_in, reason_in

#: What says how a project is built, and which versions of its tools it uses.
_MANIFEST = re.compile(
    r"(?i)(?:^|/)(?:pom\.xml|[\w.-]+\.gradle(?:\.kts)?|gradle\.properties|libs\.versions\.toml|cargo\.toml|package\.json|pyproject\.toml|setup\.(?:py|cfg)|go\.(?:mod|sum)"
    r"|requirements[\w-]*\.txt|gemfile|[\w.-]+\.(?:csproj|sln|props|lock)|composer\.json|versions\.ya?ml)$"
)
#: What git writes below the title of a commit that takes another back.
_TAKES_BACK = re.compile(r"(?m)^This reverts commit [0-9a-f]{7,64}\b")
#: Code that pages show, in folders of its own.
_SNIPPET = re.compile(
    r"(?i)(?:^|/)(?:code[-_]?)?(?:snippets?|samples?|examples?)(?:[-_]\w{1,40})?/"
)
#: Lines of a site's machinery for each line of its pages before a cause is about the machinery.
_MACHINERY = 4


def cause_thread(cause: Cause, facts: Mapping[str, Sequence[FactRef]], setting: Setting) -> Thread:
    """Return the thread of a cause.

    Args:
        cause: The pull request or commit.
        facts: The facts of each commit.
        setting: The category.
    """
    refs = tuple(ref for commit in cause.commits for ref in facts.get(commit, ()))
    commits = set(cause.commits)
    touched = (
        index for index, every in enumerate(setting.people.touched) if not commits.isdisjoint(every)
    )
    files = tuple(sorted({ref.file for ref in refs} | set(touched)))
    if len(setting.people.causes) == 1:
        files = tuple(range(len(setting.files)))
    denied = setting.people.contradictions.get(cause.id)
    return Thread(
        id=cause.id,
        title=_title_of(cause.words),
        said_by=cause.said_by,
        kind=_kind(cause.words.kind, files, refs, setting, cause),
        audience=_audience(cause, files, setting),
        facts=refs,
        files=files,
        commits=cause.commits,
        action=action_in(cause.body, asks=obliges),
        why=reason_in(cause.body, cause.words.text),
        number=cause.number,
        scope=cause.words.scope,
        contradicted=denied.said if denied else "",
        reverts=cause.words.reverts or _TAKES_BACK.search(cause.body) is not None,
        new=cause.words.kind is ThreadKind.FEATURE,
    )


def _title_of(words: Words) -> str:
    """Return a title with the part of the product that people put in front: `css: keep escapes`."""
    text = with_verb(words)
    scope = words.scope
    if not scope or scope.casefold() in words.text.casefold() or version_in(scope):
        return text
    if text != words.text:  # as people write it who label their commits
        return f"fix({scope}): {words.text}"
    return f"{scope}: {text}"


def _kind(
    said: ThreadKind | None,
    files: Sequence[int],
    refs: Sequence[FactRef],
    setting: Setting,
    cause: Cause,
) -> ThreadKind:
    """Return what people call it, else what its facts are."""
    broken = any(setting.files[ref.file].facts[ref.fact].is_proved_breaking for ref in refs)
    if (
        said is ThreadKind.SECURITY
        and cause.words.labelled
        and _is_folder("security", files, setting)
    ):
        # `security: add x` names a package, as other titles of the project name theirs.
        said = read_words(cause.words.text).kind
    if said in (ThreadKind.SECURITY, ThreadKind.DEPRECATED, ThreadKind.DEADLINE):
        return said
    # What breaks behind words about something else is told by its fact.
    broken = broken and not (cause.words.trivial or cause.words.inside or cause.words.translation)
    if broken or (said is ThreadKind.BREAKING and cause.words.labelled):
        return ThreadKind.BREAKING
    if said is ThreadKind.DOCS and setting.site:
        # On a site everything is documentation: what it does to it says more.
        said = read_words(cause.words.text).kind
    if not setting.site and said is not ThreadKind.MAINTENANCE and _only_pages(files, setting):
        return ThreadKind.DOCS
    if said in (ThreadKind.FEATURE, ThreadKind.FIX, ThreadKind.MAINTENANCE):
        return said
    if said is None and cause.words.step and not asks_of_users(cause.words.text):
        return ThreadKind.MAINTENANCE  # “Update acyclic to 0.3.12”
    return ThreadKind.DOCS if setting.site or said is ThreadKind.DOCS else ThreadKind.FEATURE


def _is_folder(name: str, files: Sequence[int], setting: Setting) -> bool:
    """Tell whether a folder of that name holds something that a cause changes."""
    return any(
        name in setting.files[at].change.path.lower().split("/")[:-1]
        and not is_page(setting.files[at].change.path)
        for at in files
    )


def _only_pages(files: Sequence[int], setting: Setting) -> bool:
    """Tell whether a cause changes nothing for users but pages."""
    paths = [
        setting.files[at].change.path for at in files if setting.audiences[at] is Audience.READERS
    ]
    return bool(paths) and all(is_page(path) or is_changelog(path) for path in paths)


def _audience(cause: Cause, files: Sequence[int], setting: Setting) -> Audience:
    """Return whom a cause concerns: readers as soon as something of it is for them."""
    seen = {setting.audiences[index] for index in files}
    if cause.words.kind is ThreadKind.MAINTENANCE and cause.words.labelled and not setting.site:
        return Audience.CONTRIBUTORS if Audience.READERS in seen else Audience.PLUMBING
    if (
        not setting.site
        and Audience.READERS in seen
        and cause.words.kind is not ThreadKind.BREAKING
    ):
        readers = [
            setting.files[at].change.path
            for at in files
            if setting.audiences[at] is Audience.READERS
        ]
        if cause.words.inside or all(_MANIFEST.search(path) for path in readers):
            return Audience.CONTRIBUTORS
    if setting.site and _mostly_machinery(cause, files, setting):
        return Audience.PLUMBING
    quiet = cause.words.kind in (None, ThreadKind.MAINTENANCE)
    if setting.site and quiet and _mostly_snippets(files, setting):
        return Audience.CONTRIBUTORS
    return next((audience for audience in Audience if audience in seen), Audience.READERS)


def _mostly_machinery(cause: Cause, files: Sequence[int], setting: Setting) -> bool:
    """Tell whether a cause is about what makes a site, with a word or two changed on its pages."""
    lines = Counter[Audience]()
    own = set(cause.commits)
    for index in files:
        if setting.files[index].change.generated:
            continue  # its lines tell nothing of the work
        shared = not own.issuperset(setting.people.touched[index])
        if shared and setting.audiences[index] is Audience.PLUMBING:
            continue  # whose lines they are is not known
        lines[setting.audiences[index]] += setting.files[index].change.changes
    return lines[Audience.PLUMBING] > _MACHINERY * (lines[Audience.READERS] + 1)


def _mostly_snippets(files: Sequence[int], setting: Setting) -> bool:
    """Tell whether a cause is about the code that pages show, with a word or two changed on the pages."""
    lines = Counter[bool]()
    for index in files:
        change = setting.files[index].change
        lines[not is_page(change.path) and _SNIPPET.search(change.path) is not None] += (
            change.changes
        )
    return lines[True] > _MACHINERY * (lines[False] + 1)


def is_translation(cause: Cause, thread: Thread, setting: Setting) -> bool:
    """Tell whether all pages of a cause are translations."""
    pages = [
        setting.languages[index]
        for index in thread.files
        if setting.audiences[index] is Audience.READERS
    ]
    if not any(pages):
        return False
    return all(pages) or (cause.words.translation and 2 * sum(map(bool, pages)) > len(pages))
