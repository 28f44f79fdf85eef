"""What is said where the rules found no breaking change: only what they could have found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.changes import SUBMODULE_MODE
from diff_insight.model.facts import Fact
from diff_insight.render.github import render_github
from diff_insight.settings.settings import Settings
from diff_insight.wording.negative_findings import no_breaking, nothing_found
from support.analyses import analysis_of
from support.catalogs import LOCALES
from support.insights import insight_of_diff
from support.large import large_insight
from support.recorded import seeds, unified_diff

PAGES = "pages removed or moved without a redirect"
CODE = "public code symbols removed or called differently"
INTERFACES = "what published interfaces and packages lose or newly require"
ALL = f"{PAGES}: 1 file; {CODE}: 1 file (Python); {INTERFACES}: 1 file"


def said(*paths: str, facts: tuple[Fact, ...] = (), locale: str = "en_US") -> str:
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    return no_breaking([analysis_of(*facts, path=path) for path in paths], speaker)


@pytest.mark.parametrize(
    ("paths", "checks"),
    [
        (("docs/guide.md",), f"{PAGES}: 1 file"),
        (("src/api.py",), f"{CODE}: 1 file (Python)"),
        (("package.json",), f"{INTERFACES}: 1 file"),
        (("requirements.txt",), f"{INTERFACES}: 1 file"),
        (("action.yml",), f"{INTERFACES}: 1 file"),
        (("api/order.proto",), f"{INTERFACES}: 1 file"),
        (("docs/guide.md", "src/api.py", "Cargo.toml", "logo.png"), ALL),
    ],
)
def test_only_rules_that_apply_are_named(paths: tuple[str, ...], checks: str) -> None:
    assert said(*paths) == f"The rules found no breaking change in what they read ({checks})."


def test_what_was_read_is_counted_by_language_and_what_was_not_by_suffix() -> None:
    whole = [analysis_of(path=f"src/a{number}.py", changes=1) for number in range(34)]
    part = [replace(one, read_in_part=("syntax-error",)) for one in whole[:2]]
    other = [analysis_of(path=f"src/{number}.kt", changes=1) for number in range(12)]
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    assert no_breaking([*whole, *part, *other], speaker) == (
        f"The rules found no breaking change in what they read ({CODE}: 34 of 36 files (Python)); "
        "not checked: 12 files (`.kt`)."
    )


def test_settings_of_tools_and_lists_of_changes_are_no_code() -> None:
    assert said("docs/a.md", ".npmrc", ".gitattributes", "CHANGELOG") == said("docs/a.md")
    module = analysis_of(path="vendored", changes=1)
    module = replace(module, change=replace(module.change, new_mode=SUBMODULE_MODE))
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    assert no_breaking([analysis_of(path="docs/a.md"), module], speaker) == said("docs/a.md")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("path", "name"), [("a.py", "Python"), ("src/lib.rs", "Rust"), ("a.cs", "C#"), ("a.go", "Go")]
)
def test_nothing_is_looked_for_where_nothing_was_read(path: str, name: str, locale: str) -> None:
    unread = replace(analysis_of(path=path, changes=1), read_in_part=("hunks-only",))
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    text = no_breaking([unread], speaker)
    assert name in text
    assert speaker.forms.terms(("public-symbols",)) not in text
    assert nothing_found("breaking-changes", [unread], speaker) == text
    assert nothing_found("new-features", [unread], speaker) == speaker.say("section.none-read")


def test_a_fact_shows_an_interface_that_no_name_shows() -> None:
    fact = Fact("member.added", {"what": "operation", "name": "GET /"})
    assert INTERFACES in said("api.yaml", facts=(fact,))
    assert said("api.yaml").startswith("No rule for breaking changes applies")


@pytest.mark.parametrize("path", ["tests/test_api.py", "examples/run.ts", "logo.png", "LICENSE"])
def test_without_a_rule_none_is_claimed(path: str) -> None:
    assert said(path) == "No rule for breaking changes applies to the files of this report."


@pytest.mark.parametrize("locale", LOCALES)
def test_the_github_layout_says_it_once(locale: str) -> None:
    insight = insight_of_diff(unified_diff(seeds()[1].files), Settings(locales=(locale,)))
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    sentence = no_breaking([entry.analysis for entry in insight.files], speaker)
    assert insight.insights[locale].endswith(sentence)
    markdown = render_github(insight, locale)
    assert markdown.count(sentence) == 1
    assert markdown.index(sentence) < markdown.index("<details>")


@pytest.mark.no_cover
def test_the_rest_is_counted_once() -> None:
    insight = large_insight(1_000)
    assert "Also changed: 990 files" in insight.highlights["en_US"].other_updates
    assert "990" not in insight.insights["en_US"]
