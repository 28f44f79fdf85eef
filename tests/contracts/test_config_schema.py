"""docs/configuration.schema.json is made from the checks, and says of a file what a run says."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from diff_insight.errors import UsageError
from diff_insight.settings.config_file import CONFIG_KEYS, parse_config
from support.config_schema import config_schema

DOCS = Path(__file__).parents[2] / "docs"
FILE = DOCS / "configuration.schema.json"
PAGE = (DOCS / "configuration.md").read_text("utf-8")


def meanings() -> dict[str, str]:
    """What the page says of each key, without links."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    link = re.compile(r"\[([^]]+)\]\([^)]+\)")
    return {
        name: f"{link.sub(lambda match: match[1], meaning)} Default: {default}."
        for name, default, meaning in rows
        if name in CONFIG_KEYS
    }


def test_the_file_is_that_of_the_checks() -> None:
    made = json.dumps(config_schema(meanings()), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_SCHEMA"):
        FILE.write_text(made, "utf-8")
    assert FILE.read_text("utf-8") == made, "UPDATE_SCHEMA=1 writes it anew"
    jsonschema.Draft202012Validator.check_schema(json.loads(made))


def test_every_key_has_a_meaning() -> None:
    assert set(meanings()) == set(CONFIG_KEYS)


def fits_schema(config: Any) -> bool:
    validator = jsonschema.Draft202012Validator(config_schema({}))
    return bool(validator.is_valid(config))


def fits_run(text: str) -> bool:
    try:
        parse_config(text, "it")
    except UsageError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "locales: [en, ja]", "locales: en, ja", "locales: []", "locales: 3",
        "output: reports/{locale}.md", "output: 3", "layout: github", "layout: wide",
        "format: [html, json]", "format: html, json", "format: pdf", "format: [pdf]",
        "categories: {a: {paths: [b]}}", "categories: {a: [b]}", "categories: {}", "categories: {a: {path: b}}",
        "exclude: '*.png'", "exclude: ['*.png']", "exclude: {a: b}", "comparison: direct", "comparison: both",
        "dry-run: true", "dry-run: 7", "max-patch-bytes: 0", "max-patch-bytes: -1", "max-concurrency: 0",
        "notice: text", "notice: {ja: text}", "notice: [text]", "accepted: ['0123456789abcdef']",
        "accepted: [short]", "prices: 0.25/2", "prices: cheap", "commit-author: A <a@b>", "commit-author: A",
        "follow: [a/b]", "follow: [{repository: a/b, locales: [ja]}]", "follow: a/b", "follow: [a]",
        "unknown: 1", "publish: commit", "model: gpt", "model: two words", "release-tags: v*",
        "package-index: {npm: 'https://h/{name}'}", "package-index: {npm: 'http://h/{name}'}", "package-index: {apt: 'https://h/{name}'}",
    ],
)  # fmt: skip
def test_schema_and_run_agree(text: str) -> None:
    assert fits_schema(yaml.safe_load(text)) == fits_run(text), text
