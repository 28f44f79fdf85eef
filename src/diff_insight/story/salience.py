"""How much each item matters: all rules of docs/salience.md, in the order in which an item meets them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Flag, auto

from msgspec import Struct

from diff_insight.errors import UsageError
from diff_insight.facts.news.news_cues import Cue
from diff_insight.file_types import is_changelog, is_internal, is_sample, is_test
from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Proof, Trait
from diff_insight.model.facts import INSTALLED_GROUPS, FileAnalysis
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit
from diff_insight.story.availability import ends_in_cell, says_availability
from diff_insight.story.mentions import is_mentioned

#: What a fact marked breaking weighs at least.
BREAKING = 90
#: What is likely to break weighs at least; less than all that certainly does, more than news.
LIKELY = 82
#: A major version step is told like a deadline's neighbour, a patch step like an edit.
VERSION_STEPS = {"major": 24, "minor": 0, "patch": -14, "down": 10, "other": 0}
#: What a dependency that nobody installs with a package weighs less.
AROUND = -24
#: What new text weighs more that says that something may be had from now on, or not any more.
AVAILABILITY = 34
#: What a sentence weighs more that says what happened to its readers, by its cue.
CUES: Mapping[str, int] = {
    Cue.SECURITY: 36,
    Cue.END: 20,
    Cue.DEPRECATED: 30,
    Cue.REPLACED: 16,
    Cue.DEMAND: 14,
    Cue.DEFAULT: 16,
    Cue.AVAILABLE: 18,
    Cue.LIMIT: 10,
    Cue.VERSION: 14,
}
#: What words of a commit or pull request that name an item's subject add; never up to breaking.
MENTIONED = 25
#: Kinds below this stay minor whoever names them.
LEAST_MENTIONED = 20
#: Seconds of computing that they may take for one item.
SECONDS_OF_WATCH = 1.0
#: What an item weighs more that speaks of what is new in several files.
THEME = 8
#: What a match of a `watch` expression adds.
WATCHED = 50
#: What tests, samples, private names and headings of changelogs weigh less, and the least of it.
INTERNAL = 25
LEAST_INTERNAL = 9
#: What size adds at the most, and what being in many files adds.
MOST_FOR_SIZE = 4
MOST_FOR_MANY = 12
#: An edit in at least so many files, and in half of them, is what the range is about, and its salience.
LEAST_SWEEPING = 10
SWEEPING = 50


class Moment(Flag):
    """When rules are asked."""

    #: An item was made of facts of one file.
    MADE = auto()
    #: An item was made of an edit that many files share.
    SHARED = auto()
    #: An item quotes an entry of a changelog.
    ENTRY = auto()
    #: It is known who sees what the item tells.
    SEEN = auto()
    #: An item was made of other items.
    JOINED = auto()
    #: The items of a file are complete.
    COMPLETE = auto()
    #: What people say of the files is known.
    SAID = auto()
    #: The items of the range are complete.
    RANGE = auto()
    #: It is known what words the new parts of several files have in common.
    THEME = auto()


class SalienceContext(Struct, frozen=True, kw_only=True):
    """What rules know besides the item; each moment fills in what its rules ask for.

    Attributes:
        analysis: The file of an item of one file.
        total: How many files the category has.
        breaking: Whether a fact of the item is marked breaking.
        proved: Whether that is certain for one of them.
        incompatible: Whether the heading of an entry says that it breaks something.
        private: Whether the name of what it tells is private.
        params: The parameters that version steps are read from, where the item has not all of them.
        parts: The salience of each item that it is made of.
        watch: The expressions that the user watches for.
        words: What people say about each file.
        alone: The salience of the best item that may stand alone; 0 when the range has better ones.
        theme: Whether the item speaks of what is new in several files.
    """

    analysis: FileAnalysis | None = None
    total: int = 0
    breaking: bool = False
    proved: bool = False
    incompatible: bool = False
    private: bool = False
    params: Params | None = None
    parts: tuple[int, ...] = ()
    watch: Sequence[re.Pattern[str]] = ()
    words: Sequence[str] = ()
    alone: int = 0
    theme: bool = False


Rule = Callable[[StoryItem, SalienceContext], StoryItem]


def weigh(item: StoryItem, moment: Moment, context: SalienceContext) -> StoryItem:
    """Return an item as the rules of a moment leave it, with the names of those that changed it."""
    steps: list[tuple[str, int]] = []
    for name, rule in _AT[moment]:
        after = rule(item, context)
        if after is not item:
            item = after
            steps.append((name, item.salience))
    return item.with_rules(steps) if steps else item


def _base(item: StoryItem, _: SalienceContext) -> StoryItem:
    row = kind_of(item.kind)
    return item.with_salience(row.salience, row.role)


def _breaking(item: StoryItem, context: SalienceContext) -> StoryItem:
    if not context.breaking:
        return item
    # A row that is about what breaks says itself what it weighs while that is only likely.
    own = kind_of(item.kind).role is Role.BREAKING
    least = BREAKING if context.proved else 0 if own else LIKELY
    return item.with_salience(max(item.salience, least), Role.BREAKING)


def _declared_entry(item: StoryItem, context: SalienceContext) -> StoryItem:
    """Just below what the rules found themselves."""
    return item.with_salience(BREAKING - 1, Role.BREAKING) if context.incompatible else item


def _demote_internal(item: StoryItem, context: SalienceContext) -> StoryItem:
    """Less weight, and no feature, where users do not see what an item tells."""
    row = kind_of(item.kind)
    code, section = row.has(Trait.CODE), row.has(Trait.NEW_SECTION)
    seen = not (context.private or code or section)
    if context.analysis is None or item.role is Role.BREAKING or seen:
        return item
    path = context.analysis.change.path
    unseen = context.private or (code and (is_test(path) or is_internal(path)))
    unseen = unseen or (section and is_changelog(path))
    if not unseen and not (code and is_sample(path)):
        return item
    role = Role.CHANGE if unseen and item.role is Role.NEW else item.role
    return item.with_salience(max(LEAST_INTERNAL, item.salience - INTERNAL), role)


def _strongest_part(item: StoryItem, context: SalienceContext) -> StoryItem:
    most = max(context.parts, default=item.salience)
    return item if most == item.salience else item.with_salience(most)


def _many_moves(item: StoryItem, _: SalienceContext) -> StoryItem:
    least = kind_of(item.kind).sweeping
    if len(item.files) < LEAST_SWEEPING or least <= item.salience:
        return item
    return item.with_salience(least)


def _size(item: StoryItem, context: SalienceContext) -> StoryItem:
    """Size only decides between equals."""
    if item.role is Role.HOUSEKEEPING or context.analysis is None:
        return item
    size = round(math.log10(context.analysis.change.changes + 1))
    return item.with_salience(item.salience + min(MOST_FOR_SIZE, size))


def _version_step(item: StoryItem, context: SalienceContext) -> StoryItem:
    bonus = version_step_bonus(item.kind, context.params or item.params)
    return item.with_salience(item.salience + bonus) if bonus else item


def version_step_bonus(kind: str, params: Params) -> int:
    """Return what the step of a version, and whether the package is installed, add to an item."""
    row = kind_of(kind)
    if not row.has(Trait.STEP | Trait.DEPENDENCY):
        return 0
    weight = VERSION_STEPS.get(str(params.get("step")), 0) if row.has(Trait.STEP) else 0
    around = row.has(Trait.DEPENDENCY) and params.get("what") not in INSTALLED_GROUPS
    return weight + (AROUND if around else 0)


def _availability(item: StoryItem, _: SalienceContext) -> StoryItem:
    if ends_in_cell(item.params):
        return item.with_salience(item.salience + AVAILABILITY)
    if not _says_new_words(item) or not says_availability(str(item.params.get("quote", ""))):
        return item
    return item.with_salience(item.salience + AVAILABILITY)


def _news(item: StoryItem, _: SalienceContext) -> StoryItem:
    """What a sentence says happened to readers; the end of something may have been weighed."""
    bonus = cue_weight(item.params.get("cue"))
    if not bonus or item.role is Role.BREAKING:
        return item
    if not _says_new_words(item):
        bonus = bonus // 2 if item.role is not Role.HOUSEKEEPING and _comes(item) else 0
    elif says_availability(str(item.params.get("quote", ""))):
        bonus = max(0, bonus - AVAILABILITY)
    return item.with_salience(item.salience + bonus) if bonus else item


def cue_weight(cue: Value) -> int:
    """Return what a cue of a sentence adds; nothing for what is none."""
    return CUES.get(str(cue), 0) if cue else 0


def _says_new_words(item: StoryItem) -> bool:
    return kind_of(item.kind).has(Trait.NEW_TEXT)


def _comes(item: StoryItem) -> bool:
    return bool(kind_of(item.kind).proof & Proof.NEW)


def _boost_watched(item: StoryItem, context: SalienceContext) -> StoryItem:
    if not context.watch or context.analysis is None:
        return item
    text = " ".join([context.analysis.change.path, *(str(value) for value in item.params.values())])
    try:
        with cpu_limit(SECONDS_OF_WATCH):
            matches = any(pattern.search(text) for pattern in context.watch)
    except OutOfTimeError:
        raise UsageError(
            f"the expressions of watch take too long on {context.analysis.change.path!r}",
            cause="one of them tries the same in very many ways",
            cure="write it without a repetition inside of a repetition, such as (a+)+",
        ) from None
    return item.with_salience(item.salience + WATCHED) if matches else item


def _many_files(item: StoryItem, _: SalienceContext) -> StoryItem:
    return item.with_salience(item.salience + min(MOST_FOR_MANY, len(item.files)))


def _sweeping(item: StoryItem, context: SalienceContext) -> StoryItem:
    """One edit through most of the range is what the range is about."""
    count = len(item.files)
    wide = count >= LEAST_SWEEPING and count * 2 >= context.total
    if not wide or kind_of(item.kind).has(Trait.COSMETIC | Trait.MARKUP):
        return item
    step = version_step_bonus(item.kind, context.params or item.params)
    role = Role.CHANGE if item.role is Role.HOUSEKEEPING else item.role
    return item.with_salience(max(item.salience, SWEEPING + step), role)


def _boost_mentioned(item: StoryItem, context: SalienceContext) -> StoryItem:
    """More weight for what people name: their words about its file, or about all of its files."""
    files = item.files
    if (
        (len(files) != 1 and not item.kind.endswith(REPEATED))
        or item.salience >= BREAKING - 1
        or kind_of(item.kind).has(Trait.UNNAMED)
        or kind_of(item.kind).salience < LEAST_MENTIONED
    ):
        return item
    words = context.words
    text = words[files[0]] if len(files) == 1 else "\0".join({words[file] for file in files})
    if not text or not is_mentioned(item, text):
        return item
    return item.with_salience(min(BREAKING - 1, item.salience + MENTIONED))


def _alone(item: StoryItem, context: SalienceContext) -> StoryItem:
    """A lock file, or else comments, are content where a range has nothing better."""
    if not context.alone or kind_of(item.kind).alone != context.alone:
        return item
    return item.with_salience(context.alone, Role.CHANGE)


def _boost_theme(item: StoryItem, context: SalienceContext) -> StoryItem:
    return item.with_salience(item.salience + THEME) if context.theme else item


#: All rules: name, when they are asked, and what they do; at each moment in this order.
RULES: tuple[tuple[str, Moment, Rule], ...] = (
    ("kind", Moment.MADE | Moment.SHARED, _base),
    ("version-step", Moment.SHARED, _version_step),
    ("many-files", Moment.SHARED, _many_files),
    ("breaking", Moment.MADE | Moment.SHARED, _breaking),
    ("sweeping", Moment.SHARED, _sweeping),
    ("declared-entry", Moment.ENTRY, _declared_entry),
    ("internal", Moment.SEEN, _demote_internal),
    ("strongest-part", Moment.JOINED, _strongest_part),
    ("many-moves", Moment.JOINED, _many_moves),
    ("size", Moment.COMPLETE, _size),
    ("version-step", Moment.COMPLETE, _version_step),
    ("availability", Moment.COMPLETE | Moment.SHARED, _availability),
    ("news", Moment.COMPLETE | Moment.SHARED, _news),
    ("watch", Moment.COMPLETE, _boost_watched),
    ("mentioned", Moment.SAID, _boost_mentioned),
    ("nothing-better", Moment.RANGE, _alone),
    ("theme", Moment.THEME, _boost_theme),
)
_AT: dict[Moment, tuple[tuple[str, Rule], ...]] = {
    moment: tuple((name, rule) for name, when, rule in RULES if moment in when) for moment in Moment
}
