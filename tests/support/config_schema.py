"""The configuration file as a JSON Schema, so that editors complete and check it while one writes.

It is made from the checks that a run applies, so it cannot say something else; what a check asks beyond
a shape (that a pattern is one, that a time zone is known) only `diff-insight check` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from diff_insight.model.ranges import Comparison
from diff_insight.settings import values
from diff_insight.settings.config_file import CHECKS, CONFIG_KEYS, read_comparison, read_formats
from diff_insight.settings.followed import read_follow
from diff_insight.settings.settings import FORMATS, SEVERITIES
from diff_insight.settings.zones import zone

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_Schema = dict[str, object]
_TEXT: _Schema = {"type": "string"}
_LINES: _Schema = {"type": ["string", "array"], "items": {"type": "string"}}
_PATHS: _Schema = {
    "anyOf": [
        _LINES,
        {"type": "object", "required": ["paths"], "properties": {"paths": _LINES}, "additionalProperties": False},
    ]
}  # fmt: skip
#: What a value looks like to each check.
_SHAPES: Mapping[Callable[..., object], _Schema] = {
    values.words: {**_LINES, "minItems": 1},
    values.text: _TEXT,
    values.template: _TEXT,
    values.message: _TEXT,
    values.author: {"type": "string", "pattern": "^[^<>]+ <[^<>\\s]+>$"},
    values.name: {"type": "string", "pattern": "^[!-~]{1,200}$"},
    values.prices: {"type": "string", "pattern": "^[0-9.]+/[0-9.]+$"},
    zone: _TEXT,
    values.day: {"type": "string", "format": "date"},
    values.flag: {"type": "boolean"},
    values.number: {"type": "integer", "minimum": 0},
    values.positive: {"type": "integer", "minimum": 1},
    values.patterns: _LINES,
    values.regexes: _LINES,
    values.fingerprints: {"type": ["string", "array"], "items": {"type": "string", "pattern": "^[0-9a-f]{16}$"}},
    values.severities: {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}},
    values.notices: {"type": ["string", "object"], "additionalProperties": _TEXT},
    values.indexes: {
        "type": "object", "propertyNames": {"enum": list(values.ECOSYSTEMS)},
        "additionalProperties": {"type": "string", "pattern": "^https://[^\\s/{}@]+/[^\\s{}]*\\{name\\}[^\\s{}]*$"},
    },
    values.upstreams: {
        "type": ["string", "array", "object"], "items": {"type": "string"},
        "additionalProperties": {"type": "string", "pattern": f"^(?:{values.REPOSITORY.pattern})$"},
    },
    values.categories: {
        "anyOf": [
            {"const": "codeowners"},
            {"type": "object", "minProperties": 1, "additionalProperties": _PATHS},
        ]
    },
    read_comparison: {"enum": [each.value for each in Comparison]},
    read_formats: {
        "type": ["string", "array"], "items": {"enum": list(FORMATS)},
        "pattern": f"^\\s*(?:{'|'.join(FORMATS)})(?:\\s*[,\\n]\\s*(?:{'|'.join(FORMATS)}))*\\s*$",
    },
    read_follow: {
        "type": "array",
        "items": {
            "anyOf": [
                {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+$"},
                {"type": "object", "required": ["repository"], "properties": {"repository": _TEXT, "head": _TEXT}},
            ]
        },
    },
}  # fmt: skip


def config_schema(meanings: Mapping[str, str]) -> _Schema:
    """Return the schema of the configuration file.

    Args:
        meanings: What each key means, in Markdown; shown by editors.

    Raises:
        KeyError: A key has a check whose shape is not told here.
    """
    keys: dict[str, _Schema] = {}
    for key in CONFIG_KEYS:
        shape = _shape(CHECKS[key])
        keys[key] = {"description": meanings[key], **shape} if key in meanings else shape
    return {
        "$schema": _DRAFT,
        "title": "diff-insight",
        "description": "Configuration file of diff-insight, .github/diff-insight.yml.",
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
    }


def _shape(check: Callable[..., object]) -> _Schema:
    if isinstance(check, partial):
        return {"enum": list(check.keywords["choices"])}
    return dict(_SHAPES[check])
