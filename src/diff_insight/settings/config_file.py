"""Reads the YAML configuration file into setting values; it can never hold secrets or targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison
from diff_insight.runtime.inside import read_inside
from diff_insight.settings import values
from diff_insight.settings.followed import read_follow
from diff_insight.settings.settings import (
    ANALYSTS,
    ATTRIBUTIONS,
    COMMENT_MODES,
    COMMIT_METHODS,
    DEFAULT_CONFIG,
    FAIL_ON,
    FORMATS,
    LAYOUTS,
    MODEL_BATCH,
    REASONING_EFFORTS,
    UNEXAMINED,
    UNMATCHED,
    FollowedRepository,
)
from diff_insight.settings.wrong_values import unknown_key
from diff_insight.settings.yaml_failures import yaml_failure
from diff_insight.settings.zones import zone

_Check = Callable[[str, object], object]

#: Keys that only the workflow or the command line may set.
RESERVED = frozenset(
    "analyst api-key api-key-file base-url cache-secret github-token source-token publish branch fail-on config "
    "repository repo base head since split allow-private-source".split()
)


def read_formats(name: str, value: object) -> tuple[str, ...]:
    """Return names of formats from a list, or from words with commas."""
    return tuple(values.one_of(name, word, FORMATS) for word in values.words(name, value))


def read_comparison(name: str, value: object) -> Comparison:
    """Return how two commits are compared."""
    return Comparison(values.one_of(name, value, tuple(Comparison)))


#: Setting name -> how its value is checked. Options of the command use the same checks.
CHECKS: dict[str, _Check] = {
    "locales": values.words,
    "output": values.text,
    "format": read_formats,
    "template": values.template,
    "layout": partial(values.one_of, choices=LAYOUTS),
    "categories": values.categories,
    "include": values.patterns,
    "exclude": values.patterns,
    "unmatched": partial(values.one_of, choices=UNMATCHED),
    "comparison": read_comparison,
    "timezone": zone,
    "date": values.day,
    "dry-run": values.flag,
    "max-patch-bytes": values.number,
    "max-files": values.number,
    "run-deadline": values.number,
    "max-memory": values.number,
    "notice": values.notices,
    "attribution": partial(values.one_of, choices=ATTRIBUTIONS),
    "watch": values.regexes,
    "rules": values.severities,
    "accepted": values.fingerprints,
    "commit-message": values.message,
    "commit-method": partial(values.one_of, choices=COMMIT_METHODS),
    "commit-author": values.author,
    "fail-on": partial(values.one_of, choices=FAIL_ON),
    "unexamined": partial(values.one_of, choices=UNEXAMINED),
    "impact": values.text,
    "upstream": values.upstreams,
    "package-index": values.indexes,
    "analyst": partial(values.one_of, choices=ANALYSTS),
    "model": values.name,
    "summary-model": values.name,
    "token-budget": values.number,
    "never-send": values.patterns,
    "max-concurrency": values.positive,
    "model-timeout": values.positive,
    "model-deadline": values.positive,
    "model-batch": partial(values.one_of, choices=MODEL_BATCH),
    "reasoning-effort": partial(values.one_of, choices=REASONING_EFFORTS),
    "thinking-tokens": values.number,
    "cache-dir": values.text,
    "prices": values.prices,
    "artifact-name": values.text,
    "retention-days": values.number,
    "comment-mode": partial(values.one_of, choices=COMMENT_MODES),
    "follow": read_follow,
    "release-tags": values.words,
    "files-per-job": values.number,
}
#: Settings that name a place. A configuration comes with a checkout, so it names none outside of it.
_PLACES = frozenset(("output", "template", "cache-dir", "impact"))
CONFIG_KEYS = tuple(key for key in CHECKS if key not in RESERVED)
#: Keys about publishing, which only the action does; the command has no options for them.
ACTION_KEYS = frozenset(
    "artifact-name retention-days comment-mode commit-message commit-method commit-author "
    "follow release-tags files-per-job package-index model-batch".split()
)


#: Bytes; what is longer is no configuration.
LARGEST_CONFIG = 1_000_000


def read_config(path: Path, *, required: bool, root: Path = Path()) -> dict[str, object]:
    """Return the settings of a configuration file.

    Args:
        path: The file.
        required: Whether the user named it, so that a missing file is an error. Otherwise it is
            one that a checkout brings along, and no link in its place is followed.
        root: What the path of a file that nobody named is relative to.

    Raises:
        UsageError: It cannot be read, is no mapping, or has an unknown, reserved or wrong value.
    """
    try:
        if required:
            with path.open("rb") as file:
                data = file.read(LARGEST_CONFIG + 1)
        elif (inside := read_inside(root, path, limit=LARGEST_CONFIG + 1)) is None:
            return {}
        else:
            data = inside
        content = data.decode("utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            f"there is no config file {str(path)!r}",
            cause="nothing has that name, seen from where you are",
            cure="name a file that is there, or leave --config out",
        ) from error
    except OSError as error:
        raise UsageError(
            f"the config file {str(path)!r} cannot be read: {error.strerror}",
            cause="a file that you may read is needed",
            cure="name one, or change its rights",
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"the config file {str(path)!r} is not UTF-8 (byte {error.start})",
            cause="an editor has saved it in another encoding",
            cure="save it as UTF-8",
        ) from error
    if len(content) > LARGEST_CONFIG:
        raise UsageError(
            f"the config file {str(path)!r} has more than {LARGEST_CONFIG} bytes",
            cure="name a configuration file",
        )
    return parse_config(content, str(path))


def parse_config(content: str, where: str) -> dict[str, object]:
    """Return the checked settings of a configuration text; `where` names it in messages."""
    loaded = _load(content, where)
    if loaded is None:
        return {}
    if not isinstance(loaded, Mapping):
        raise UsageError(
            f"{where} holds no settings",
            cause="it is a list or a text as a whole",
            cure="write lines of the form 'key: value'",
        )
    checked = _check_settings(loaded, where)
    # What an entry of `follow` sets is held to the same rules.
    for at, entry in enumerate(cast("tuple[FollowedRepository, ...]", checked.get("follow", ()))):
        _check_settings(entry.settings, f"{where}: follow[{at}]")
    return checked


def config_for(config: Mapping[str, object], repository: str) -> dict[str, object]:
    """Return a configuration with the settings of one of the repositories that it follows."""
    entries = cast("tuple[FollowedRepository, ...]", config.get("follow", ()))
    known = {entry.repository.lower(): entry for entry in entries}
    entry = known.get(repository.lower())
    if entry is None:
        return dict(config)
    return {**config, **_check_settings(entry.settings, f"follow: {repository}")}


def _check_settings(loaded: Mapping[Any, object], where: str) -> dict[str, object]:
    """Return settings by name, each checked.

    Raises:
        UsageError: One is unknown, reserved or wrong.
    """
    checked: dict[str, object] = {}
    for key, value in loaded.items():
        if key in RESERVED:
            raise UsageError(
                f"{where}: {key!r} cannot be set in a config file",
                cause="secrets, targets and what is compared are not for a file that others edit",
                cure="set it as an input of the workflow step, or on the command line",
            )
        if key not in CONFIG_KEYS:
            raise _unknown_key(where, key, loaded)
        checked[str(key)] = CHECKS[key](f"{where}: {key}", value)
        if key in _PLACES:
            values.inside(f"{where}: {key}", str(value))
    return checked


def _unknown_key(where: str, key: object, loaded: Mapping[Any, object]) -> UsageError:
    # YAML reads the `on:` of a workflow as the word for true.
    if {"jobs", "runs"} & loaded.keys() or key is True:
        return UsageError(
            f"{where} is a workflow or an action, and holds no settings",
            cause="a configuration is a file of its own, and no part of a workflow",
            cure=f"write keys such as locales: ja into a file, and name it as config (without it {DEFAULT_CONFIG})",
        )
    return unknown_key(where, key, CONFIG_KEYS)


def _refuse_doubled(root: object, where: str) -> None:
    """See that no key stands twice in a mapping, of which YAML takes the last without a word.

    Raises:
        UsageError: One does.
    """
    waiting = [root]
    while waiting:
        parts = getattr(waiting.pop(), "value", "")
        lines: dict[str, int] = {}
        for part in parts if isinstance(parts, list) else ():
            if not isinstance(part, tuple):
                waiting.append(part)
                continue
            waiting += part
            key, line = part[0].value, part[0].start_mark.line + 1
            if isinstance(key, str) and key in lines:
                raise UsageError(
                    f"{where}: the key {key!r} stands twice, in lines {lines[key]} and {line}",
                    cause="only one of them can hold",
                    cure="take one away, or write both into one list",
                )
            lines[str(key)] = line


def _load(content: str, where: str) -> object:
    """Return what a YAML text holds.

    Raises:
        UsageError: It is not valid, or refers to itself.
    """
    import yaml  # noqa: PLC0415 - 30 ms, only with a configuration file

    try:
        if any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, yaml.SafeLoader)
        ):
            raise UsageError(
                f"{where} refers to a part of itself with an alias",
                cause="a few of them in one another stand for any amount of memory",
                cure="write the part again where it is meant",
            )
        _refuse_doubled(yaml.compose(content, yaml.SafeLoader), where)
        return yaml.safe_load(content)
    # ValueError: a word that looks like a date but is none. RecursionError: nested without end.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise yaml_failure(error, content, where) from error
