"""Reads the labels that people put in front of titles and over lists: types, tags, pictures, bold words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from diff_insight.model.threads import ThreadKind

#: Words that name a kind where they are a label: a heading, a type, the bold start of an entry.
_LABELS: tuple[tuple[ThreadKind, re.Pattern[str]], ...] = (
    (ThreadKind.SECURITY, re.compile(
        r"(?i)\bsecurity\b|\bvulnerabilit|🔒|🔐|安全|セキュリティ|脆弱性|sécurité|sicherheit|seguridad|보안|segurança")),
    (ThreadKind.BREAKING, re.compile(
        r"(?i)\bbreaking\b|\bbackwards?[- ]incompatib|\bincompatib|\bremov(?:ed|als?|ed_features)\b|\bmajor[ _]changes\b|^major$"
        r"|\bupgrade (?:notes|steps)\b|🔴|🛑|💥|🧨|破壊的|^已?(?:移除|删除|刪除)(?:的?功能|项)?\W*$|^削除|不兼容|不相容|重大变[化更]|重大變更"
        r"|\brupture|incompatible|\bcassant|호환되지 않|incompatív|interruptiv|incompatibles|nicht abwärtskompatibel")),
    (ThreadKind.DEPRECATED, re.compile(
        r"(?i)\bdeprecat|🚩|⚰️|🗑|非推奨|弃用|棄用|废弃|廢棄|veraltet|obsolet|dépréci|사용 중단|descontinuad")),
    (ThreadKind.FIX, re.compile(
        r"(?i)\bbug[-_ ]?fix(?:es)?\b|\bfix(?:e[sd])?\b|\bpatch(?:es)?\b|\bpatch changes\b|^upgrades?$|^updates?$|🐛|🧰|🩹|🚑|修复|修復|修正|不具合|바로잡|Fehlerbehebung|corrig|correctif|corre[cç]")),
    (ThreadKind.FEATURE, re.compile(
        r"(?i)\bfeat(?:ure)?s?\b|\benhancements?\b|\badd(?:ed|itions?)\b|\bnew\b|\bnew_component\b|\bminor[ _]changes\b|^minor$"
        r"|\bimprove(?:d|ments?)\b|\bchange[sd]?\b|\bwhat's new\b|\bannouncements?\b|\bhighlights\b|✨|🚀|🎉|💡|新機能|新增|新功能|追加|改进|改進|改善|优化|優化|提升|功能增强|変更点|Neu(?:erungen)?\b|nouveaut|novedades|novidades|새로운|기능")),
    (ThreadKind.DOCS, re.compile(
        r"(?i)\bdoc(?:s|umentation)?\b|📝|📚|文档|文件|ドキュメント|\btranslat|\bi18n\b|\bl10n\b|🌐|\bblog\b|\bcontent\b")),
    (ThreadKind.MAINTENANCE, re.compile(
        r"(?i)\b(?:chore|ci|build|tests?|refactor(?:ing)?|style|deps?|dependenc(?:y|ies)|internal|packaging|contributors|misc|trivial|maintenance|perf|tweaks?)\b"
        r"|👷|⬆|⬇|♻|✅|🔧|🔨|🎨|🔖|📌|📦|🚨|💄|👽|⏪")),
)  # fmt: skip
#: What is bettered or mended is the project's own site, not what people use.
_OWN_SITE = re.compile(r"(?i)\b(?:web)?site\b|\bdoc(?:s|umentation)?\b")
#: Words of headings that say nothing beside the name of a kind.
_AROUND_LABELS = re.compile(
    r"(?i)\b(?:changes?|notes?|and|the|other|general|major|minor|notable|important|critical|known|issues?|updates?|items?|list|api|apis|bugs?|for|in|of|to|with|from|this|release[sd]?"
    r"|features?|improvements?|modifications?|upgrad(?:es?|ing)|behaviou?r(?:al)?|potentially|what's|summary|overview|details)\b"
)
_CONTENT_WORD = re.compile(r"[^\W\d_]{2}")
#: A tag that names a line of versions or everything.
_BRANCH = re.compile(
    r"(?i)[vV]?\d+(?:\.[\dxX]+)*(?:-\w+)?|all|main|master|skip ci|i18nignore|wip|rfc"
)
#: The line of versions that a title is for: `master: add …`, `v8.5.7: add …`.
_ON_BRANCH = re.compile(r"(?:main|master|trunk|develop|v?\d{1,3}(?:\.\d{1,4}){1,2}): +(?=\S)")
_CONVENTIONAL = re.compile(
    r"(?P<type>[A-Za-z][A-Za-z0-9_-]{1,19})(?:\((?P<scope>[^()]{0,80})\))?(?P<bang>!?):\s+(?P<rest>\S.*)",
    re.DOTALL,
)
#: Types that the convention and its users know; another word before a colon is a scope.
_TYPES = frozenset(
    "feat feature fix bugfix hotfix docs doc chore ci build test tests refactor style perf revert deps i18n l10n security breaking "
    "deprecated deprecation added removed changed fixed improvement enhancement release types wip internal documentation dependencies tweak".split()
)
#: What a tool that merges writes in front of a title, such as `feature #1234 [Form] Add … (login)`.
_MERGED = re.compile(r"(?P<type>bug|feature|minor|security|deprecation|breaking) #\d{1,7} +(?=\S)")
#: What its types say of a kind: what it calls minor may be anything small.
_MERGED_KINDS = {"bug": ("fix",), "feature": ("feature",), "security": ("security",),
                 "deprecation": ("deprecation",), "breaking": ("breaking",)}  # fmt: skip
_PEOPLE = re.compile(r"[\w.-]{1,40}(?:, [\w.-]{1,40}){0,9}\)")
#: What a site puts in front of an entry: `{{deprecated}} The rule …`.
_MACRO = re.compile(r"\{\{ ?(?P<name>[\w -]{1,30}?) ?\}\}\s*(?=\S)")
_TAGS = re.compile(r"^(?:\[[^\[\]`]{1,40}\](?![(:])\s*)+(?=[^\s\[(:])")
_LEADING = re.compile(
    r"^(?::[a-z0-9_]+:\s*|[\U0001F000-\U0001FAFF\u2300-\u23ff\u25a0-\u27bf\u2900-\u2bff\ufe0f\u200d]+\s*)+"
)
_BOLD = re.compile(
    r"^(?P<mark>\*{1,3}|_{1,2})(?P<label>[^*_\n]{1,60}?)(?P<colon>:?)(?P=mark)(?P<outside>:?)\s*(?=\S)"
)
#: Words that are a label without a colon behind them when they stand out.
_ALONE = re.compile(r"(?i)(?:potentially )?breaking(?: changes?)?|(?:backwards?[- ])?incompatible")
#: What a heading adds in brackets: when something will happen, whom it concerns.
_ASIDE = re.compile(r"\([^()]{0,80}\)")
_WORD_LABEL = re.compile(
    r"^(?P<label>(?i:breaking(?: change)?s?|new|added|add|fix(?:ed)?|changed?|removed?|deprecated|security|upgrade|feature|improved?|enhancement|docs|perf))\s?:\s+(?=\S)"
)
_COMPONENT = re.compile(
    r"^(?:`(?P<scope>[\w./@ -]{1,60})`:|\*{1,2}\((?P<part>[\w./@ -]{1,60})\)(?:\*{1,2})?:?)\s+(?=\S)"
)
#: Labels in front of one title.
_MOST_LABELS = 5


def kind_of_label(label: str) -> ThreadKind | None:
    """Return the kind that a heading, a type or another label names."""
    # “Deprecations (removal in the next release)”, but “Changes (breaking)”.
    bare = _kind_in(_ASIDE.sub(" ", label))
    kind = bare if bare is ThreadKind.DEPRECATED else _kind_in(label)
    own = kind in (ThreadKind.FEATURE, ThreadKind.FIX) and _OWN_SITE.search(label)
    return ThreadKind.DOCS if own else kind


def _kind_in(label: str) -> ThreadKind | None:
    return next((kind for kind, words in _LABELS if words.search(label)), None)


def only_labels(heading: str) -> bool:
    """Tell whether a heading says no more than the kind of what stands below it."""
    rest = heading
    for _, words in _LABELS:
        rest = words.sub(" ", rest)
    return not _CONTENT_WORD.search(_AROUND_LABELS.sub(" ", rest))


def without_labels(text: str) -> tuple[str, list[str], str]:
    """Return a text without what labels it, the labels, and the part of the product it names."""
    labels: list[str] = []
    scope = ""
    if (merged := _MERGED.match(text)) is not None:
        labels += _MERGED_KINDS.get(merged["type"], ())
        text = _without_people(text[merged.end() :])
    for _ in range(_MOST_LABELS):
        label = next((label for read in _READERS if (label := read(text)) is not None), None)
        if label is None:
            break
        labels += label.names
        scope = scope or label.scope
        text = text[label.end :]
    return text.strip(), labels, scope


def _without_people(text: str) -> str:
    """Return a merged title without the logins of its authors, which stand in brackets at its end."""
    title, _, people = text.rstrip().rpartition(" (")
    return title if title and _PEOPLE.fullmatch(people) else text


class _Label(NamedTuple):
    """What stands in front of a title: names of kinds, the part of the product, and where it ends."""

    names: Sequence[str]
    end: int
    scope: str = ""


def _picture(text: str) -> _Label | None:
    match = _LEADING.match(text)
    return _Label([match[0].strip()], match.end()) if match and match.end() < len(text) else None


def _macro(text: str) -> _Label | None:
    match = _MACRO.match(text)
    return _Label([match["name"]], match.end()) if match else None


def _tag(text: str) -> _Label | None:
    match = _TAGS.match(text)
    if match is None:
        return None
    tags = [tag.strip() for tag in re.findall(r"\[([^\[\]]*)\]", match[0])]
    scope = next(
        (tag for tag in reversed(tags) if not kind_of_label(tag) and not _BRANCH.fullmatch(tag)), ""
    )
    return _Label(tags, match.end(), scope)


def _type(text: str) -> _Label | None:
    match = _CONVENTIONAL.match(text)
    if match is None or match["type"].lower() not in _TYPES:
        return None
    names = [match["type"].lower(), *(["!"] if match["bang"] else [])]
    return _Label(names, match.start("rest"), (match["scope"] or "").strip())


def _bold(text: str) -> _Label | None:
    match = _BOLD.match(text)
    if match is None:
        return None
    if not (match["colon"] or match["outside"] or _ALONE.fullmatch(match["label"].strip())):
        return None
    # Another bold start is the subject of the entry, not its kind.
    return _Label([match["label"]], match.end()) if kind_of_label(match["label"]) else None


def _word(text: str) -> _Label | None:
    match = _WORD_LABEL.match(text)
    return _Label([match["label"]], match.end()) if match else None


def _component(text: str) -> _Label | None:
    match = _COMPONENT.match(text)
    return _Label((), match.end(), match["scope"] or match["part"]) if match else None


def _branch(text: str) -> _Label | None:
    match = _ON_BRANCH.match(text)
    return _Label((), match.end()) if match else None


_READERS = (_picture, _macro, _tag, _type, _bold, _word, _component, _branch)
