"""Checks and converts single setting values, with the name of the setting in every message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath

from diff_insight.errors import UsageError
from diff_insight.settings.patterns import compile_pattern
from diff_insight.settings.regex_faults import regex_fault
from diff_insight.settings.settings import CODEOWNERS, SEVERITIES, CategoryPaths, Template
from diff_insight.settings.wrong_values import none_of, unknown_key, wrong

#: Ecosystems whose indexes describe a package as JSON.
ECOSYSTEMS = ("python", "npm", "cargo", "ruby", "php")
_KIND = re.compile(r"[a-z][a-z-]*\.[a-z][a-z-]*")

REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+|https?://[\w.:-]+/[\w./-]+")


def text(name: str, value: object) -> str:
    """Return a string value."""
    if not isinstance(value, str):
        raise wrong(name, value, "a text")
    return value


def inside(name: str, path: str) -> None:
    """Refuse a path that may lead out of the folder that it is relative to.

    Raises:
        UsageError: It is absolute, climbs, or stands for standard output.
    """
    inner_path = PurePath(path)
    if inner_path.is_absolute() or ".." in inner_path.parts or path == "-":
        raise UsageError(
            f"{name}: {path!r} is not inside the workspace",
            cause="a configuration comes with a checkout, which somebody else may have written",
            cure="give a path relative to the workspace, without '..'; a place outside is typed as an option",
        )


def template(name: str, value: object) -> Template:
    """Return the path of a template, which is read later."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise wrong(name, value, "the path of a template")
    return Template(value)


def message(name: str, value: object) -> str:
    """Return a commit message; its placeholders are those of a range."""
    content = text(name, value).strip()
    known = {"repository", "base", "head"}
    named = re.findall(r"\{([^{}]*)\}", content)
    if set(named) - known or content.count("{") + content.count("}") != 2 * len(named):
        raise wrong(name, value, "a text with no other braces than {repository}, {base}, {head}")
    if not content or re.search(r"[\x00-\x09\x0b-\x1f\x7f]", content):
        raise wrong(name, value, "a text without control characters")
    return content


def author(name: str, value: object) -> str:
    """Return `NAME <ADDRESS>` as git takes it."""
    content = text(name, value).strip()
    parts = re.fullmatch(r"([^<>\x00-\x1f]+) <[^<>\s]++>", content)
    if parts is None or not parts[1].strip(" .,:;\"'"):
        raise wrong(name, value, "a name with an address: NAME <ADDRESS>")
    return content


def number(name: str, value: object) -> int:
    """Return a whole number of at least 0."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(name, value, "a whole number of at least 0")
    return value


def positive(name: str, value: object) -> int:
    """Return a whole number of at least 1."""
    result = number(name, value)
    if not result:
        raise wrong(name, value, "a whole number of at least 1")
    return result


def name(name: str, value: object) -> str:
    """Return the name of a model: one visible word, which goes into a request and a report."""
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]{1,200}", value):
        raise wrong(name, value, "the name of a model, without blanks")
    return value


def indexes(name: str, value: object) -> dict[str, str]:
    """Return addresses of package descriptions by ecosystem; each has `{name}` in its path."""
    if not isinstance(value, Mapping):
        raise wrong(name, value, "addresses by ecosystem, such as npm: https://HOST/{name}")
    entries = {str(key): text(f"{name}.{key}", entry) for key, entry in value.items()}
    for key, address in entries.items():
        if key not in ECOSYSTEMS:
            raise unknown_key(name, key, ECOSYSTEMS)
        if not re.fullmatch(r"https://[^\s/{}@]+/[^\s{}]*\{name\}[^\s{}]*", address):
            raise wrong(f"{name}.{key}", address, "an https address with {name} in its path")
    return entries


def upstreams(name: str, value: object) -> dict[str, str]:
    """Return where the code of dependencies is: a mapping, or words of the form `NAME=OWNER/NAME`."""
    pairs = value.items() if isinstance(value, Mapping) else _pairs(name, value)
    repositories: dict[str, str] = {}
    for dependency, repository in pairs:
        if not isinstance(repository, str) or not REPOSITORY.fullmatch(repository):
            raise wrong(name, repository, "OWNER/NAME, or https://HOST/OWNER/NAME")
        repositories[str(dependency)] = repository
    return repositories


def _pairs(name: str, value: object) -> Iterator[tuple[str, str]]:
    for word in words(name, value):
        dependency, equals, repository = word.rpartition("=")
        if not equals or not dependency:
            raise wrong(name, word, "NAME=OWNER/NAME")
        yield dependency, repository


def prices(name: str, value: object) -> str:
    """Return what a million input and output tokens cost, as `INPUT/OUTPUT` in US dollars."""
    if not isinstance(value, str) or not re.fullmatch(
        r"\d{1,6}(\.\d{1,6})?/\d{1,6}(\.\d{1,6})?", value
    ):
        raise wrong(name, value, "US dollars for a million input and output tokens, such as 0.25/2")
    return value


def day(name: str, value: object) -> str:
    """Return a calendar day as `YYYY-MM-DD`; YAML reads such a word as a date already."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        # Python reads more forms of ISO 8601; the one that is promised is the one that is taken.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise wrong(name, value, "a calendar day as YYYY-MM-DD")


def flag(name: str, value: object) -> bool:
    """Return a boolean."""
    if not isinstance(value, bool):
        raise wrong(name, value, "true or false")
    return value


def one_of(name: str, value: object, choices: Sequence[str]) -> str:
    """Return one of several words."""
    if value not in choices:
        raise none_of(name, value, choices)
    return str(value)


def words(name: str, value: object) -> tuple[str, ...]:
    """Return at least one word; a string may hold several, split at commas and line ends."""
    parts = [piece for part in _lines(name, value, "a list of words") for piece in part.split(",")]
    result = unique(part.strip() for part in parts if part.strip())
    if not result:
        raise wrong(name, value, "at least one word")
    return result


#: A part of a path that only a shell understands.
_DOTS = re.compile(r"(?:\A|/)\.{1,2}(?:/|\Z)")


def patterns(name: str, value: object) -> tuple[str, ...]:
    """Return gitignore patterns: one a line or list item; commas are part of a pattern."""
    lines = _lines(name, value, "a list of patterns")
    result = tuple(line for line in lines if line.strip() and not line.startswith("#"))
    for pattern in result:
        if _DOTS.search(pattern.lstrip("!").rstrip()):
            raise wrong(
                name,
                pattern,
                "a pattern from the top of the repository, docs/ and not ./docs/",
                cause="no path in a repository has a part . or .., so that it would match nothing",
            )
        try:
            compile_pattern(pattern)
        except ValueError as error:
            raise wrong(name, pattern, "a pattern as in .gitignore", cause=str(error)) from error
    return result


def regexes(name: str, value: object) -> tuple[str, ...]:
    """Return regular expressions, checked."""
    lines = _lines(name, value, "a list of regular expressions")
    result = tuple(line for line in lines if line.strip())
    for pattern in result:
        try:
            re.compile(pattern)
        except re.error as error:
            raise wrong(
                name,
                pattern,
                "a regular expression, with \\ before what is meant as it stands",
                cause=regex_fault(error),
            ) from error
    return result


def fingerprints(name: str, value: object) -> tuple[str, ...]:
    """Return fingerprints of facts, as insight documents have them."""
    if isinstance(value, list) and (
        number := next((n for n in value if isinstance(n, int | float)), None)
    ):
        raise wrong(
            name,
            number,
            "fingerprints in quotes",
            cause="YAML reads digits without quotes as a number",
        )
    result = words(name, value) if value not in ((), [], "") else ()
    for word in result:
        if not re.fullmatch(r"[0-9a-f]{16}", word):
            raise wrong(name, word, "fingerprints of 16 digits from 0 to f, quoted in YAML")
    return result


def severities(name: str, value: object) -> dict[str, str]:
    """Return how grave kinds of breaking facts are, from a mapping or from `KIND=SEVERITY`."""
    if isinstance(value, list | tuple):
        pairs = [str(entry).partition("=")[::2] for entry in value]
    elif isinstance(value, Mapping):
        pairs = [(str(kind), str(severity)) for kind, severity in value.items()]
    else:
        raise wrong(name, value, "a mapping of kinds of facts to severities")
    for kind, severity in pairs:
        if not _KIND.fullmatch(kind):
            raise wrong(name, kind, "kinds of facts, as `diff-insight rules` lists them")
        one_of(f"{name}.{kind}", severity, SEVERITIES)
    return dict(pairs)


def categories(name: str, value: object) -> tuple[CategoryPaths, ...]:
    """Return categories from `{NAME: {paths: [...]}}` or `{NAME: [...]}`, or for `codeowners`."""
    if value == CODEOWNERS[0].name:
        return CODEOWNERS
    if not isinstance(value, Mapping) or not value:
        raise wrong(name, value, "a mapping of names to paths, or codeowners")
    result = []
    for key, entry in value.items():
        paths = entry.get("paths") if isinstance(entry, Mapping) else entry
        if isinstance(entry, Mapping) and set(entry) - {"paths"}:
            raise unknown_key(f"{name}.{key}", next(iter(set(entry) - {"paths"})), ["paths"])
        result.append(CategoryPaths(str(key), patterns(f"{name}.{key}", paths)))
    return tuple(result)


def notices(name: str, value: object) -> dict[str, str]:
    """Return texts by locale; a single text is for every locale."""
    if isinstance(value, str):
        return {"": value}
    if not isinstance(value, Mapping):
        raise wrong(name, value, "a text, or texts by locale")
    return {str(key): text(f"{name}.{key}", entry) for key, entry in value.items()}


def _lines(name: str, value: object, expected: str) -> list[str]:
    """Return the lines of a text, or of every text of a list."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(part, str) for part in texts):
        raise wrong(name, value, expected)
    return [line.removesuffix("\r") for part in texts for line in part.split("\n")]


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Return items without repeats, in order."""
    return tuple(dict.fromkeys(items))
