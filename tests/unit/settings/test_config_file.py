"""The configuration file: reading it, refusing it, and what it may never set."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison
from diff_insight.settings.config_file import CONFIG_KEYS, RESERVED, parse_config, read_config
from diff_insight.settings.settings import CategoryPaths, FollowedRepository, Template

EVERY_KEY = """\
locales: [ja, en_US]
output: out/{locale}/%Y-{category}.md
format: markdown, json
layout: classic
categories:
  openai: {paths: [articles/ai-services/openai]}
include: ["*.md"]
exclude: |
  drafts/
  *.tmp
unmatched: other
comparison: direct
timezone: Asia/Tokyo
date: 2025-06-12
dry-run: true
max-patch-bytes: 0
notice: {ja: 出典}
watch: ["retire(s|d)"]
accepted: ["0123456789abcdef"]
rules: {symbol.removed: warning}
unexamined: fail
template: docs/mine.md.j2
model: gpt-x
summary-model: gpt-y
token-budget: 5000
reasoning-effort: low
thinking-tokens: 4000
never-send: ["*.secret"]
max-concurrency: 4
impact: app
attribution: always
upstream: {openai: openai/openai-python}
package-index: {npm: "https://index.example/{name}"}
model-timeout: 30
model-deadline: 60
cache-dir: .cache/model
prices: 0.25/2
artifact-name: reports
retention-days: 3
commit-message: "Reports {base}..{head}"
commit-method: git
commit-author: Ada <ada@example.com>
comment-mode: always
follow: [a/b, {repository: c/d, head: stable, locales: [ja]}]
release-tags: [pkg-v*]
files-per-job: 5000
max-files: 500
model-batch: auto
run-deadline: 600
max-memory: 1000
"""


def error_of(content: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse_config(content, "config.yml")
    assert caught.value.what.startswith("config.yml")
    assert caught.value.cure
    return caught.value


def test_every_key_arrives_checked() -> None:
    found = parse_config(EVERY_KEY, "config.yml")
    assert found == {
        "locales": ("ja", "en_US"),
        "output": "out/{locale}/%Y-{category}.md",
        "format": ("markdown", "json"),
        "layout": "classic",
        "categories": (CategoryPaths("openai", ("articles/ai-services/openai",)),),
        "include": ("*.md",),
        "exclude": ("drafts/", "*.tmp"),
        "unmatched": "other",
        "comparison": Comparison.DIRECT,
        "timezone": "Asia/Tokyo",
        "date": "2025-06-12",
        "dry-run": True,
        "max-patch-bytes": 0,
        "notice": {"ja": "出典"},
        "watch": ("retire(s|d)",),
        "accepted": ("0123456789abcdef",),
        "rules": {"symbol.removed": "warning"},
        "unexamined": "fail",
        "impact": "app",
        "attribution": "always",
        "upstream": {"openai": "openai/openai-python"},
        "package-index": {"npm": "https://index.example/{name}"},
        "template": Template("docs/mine.md.j2"),
        "model": "gpt-x",
        "summary-model": "gpt-y",
        "reasoning-effort": "low",
        "thinking-tokens": 4000,
        "token-budget": 5000,
        "never-send": ("*.secret",),
        "max-concurrency": 4,
        "model-timeout": 30,
        "model-deadline": 60,
        "cache-dir": ".cache/model",
        "prices": "0.25/2",
        "artifact-name": "reports",
        "retention-days": 3,
        "follow": (
            FollowedRepository(repository="a/b"),
            FollowedRepository(repository="c/d", head="stable", settings={"locales": ["ja"]}),
        ),
        "release-tags": ("pkg-v*",),
        "files-per-job": 5000,
        "max-files": 500,
        "model-batch": "auto",
        "run-deadline": 600,
        "max-memory": 1000,
        "comment-mode": "always",
        "commit-message": "Reports {base}..{head}",
        "commit-method": "git",
        "commit-author": "Ada <ada@example.com>",
    }
    assert set(found) == set(CONFIG_KEYS)


def test_the_reference_categories_file_is_taken_as_it_is() -> None:
    found = parse_config(
        "categories: {openai: {paths: [articles/ai-services/openai]}, "
        "search: {paths: [articles/search]}}",
        "categories.yaml",
    )
    assert found["categories"] == (
        CategoryPaths("openai", ("articles/ai-services/openai",)),
        CategoryPaths("search", ("articles/search",)),
    )


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "---\n", "\ufeff"])
def test_an_empty_file_sets_nothing(content: str) -> None:
    assert parse_config(content, "config.yml") == {}


@pytest.mark.parametrize("key", sorted(RESERVED))
def test_reserved_keys_belong_elsewhere(key: str) -> None:
    error = error_of(f"{key}: x")
    assert f"{key!r} cannot be set" in error.what
    assert error.cause


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("locale", "locales"),
        ("catgories", "categories"),
        ("exlude", "exclude"),
        ("max_patch_bytes", "max-patch-bytes"),
        ("Output", "output"),
    ],
)
def test_an_unknown_key_names_the_near_one(key: str, near: str) -> None:
    assert error_of(f"{key}: x").cure == f"perhaps you meant {near!r}"


def test_keys_that_are_no_texts_are_unknown() -> None:
    assert "unknown key '1'" in error_of("1: x").what
    assert "unknown key 'False'" in error_of("no: x").what


@pytest.mark.parametrize(
    "content",
    ["a: [", "a: b: c", "\t- x", "date: 2025-13-45", "[" * 3000, "a: \x01", "!!python/name:os", "&a *a"],
)  # fmt: skip
@pytest.mark.no_cover
def test_what_is_no_yaml(content: str) -> None:
    assert "YAML" in error_of(content).what


def test_a_yaml_error_names_its_line() -> None:
    error = error_of("layout: auto\na: b: c\n")
    assert error.what.endswith("is not valid YAML, line 2: 'a: b: c'")
    assert error.cause.startswith("a colon with a blank behind it")


@pytest.mark.parametrize("content", ["- a", "text", "3"])
def test_the_top_level_is_a_mapping(content: str) -> None:
    assert "holds no settings" in error_of(content).what


def test_a_wrong_value_names_file_and_key() -> None:
    assert error_of("layout: fancy").what == "config.yml: layout: 'fancy' does not fit"
    assert error_of("format: [markdown, pdf]").cure == "give one of markdown, json, html"


def test_a_missing_file_matters_only_when_named(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none.yml", required=False) == {}
    with pytest.raises(UsageError, match="there is no config file"):
        read_config(tmp_path / "none.yml", required=True)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        read_config(tmp_path, required=False)
    path = tmp_path / "latin.yml"
    path.write_bytes(b"notice: caf\xe9\n")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_config(path, required=False)
    path.write_text("layout: classic\n", "utf-8")
    assert read_config(path, required=True) == {"layout": "classic"}
