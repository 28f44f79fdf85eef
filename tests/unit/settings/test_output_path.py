"""Output templates: expansion, safety of what is filled in, and refusals before any work."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import UsageError
from diff_insight.settings.output_path import SUFFIXES, check_template, expand
from diff_insight.settings.settings import DEFAULT_OUTPUT

DAY = date(2025, 6, 2)


def path_of(
    template: str, locale: str = "en_US", category: str = "all", name: str = "markdown"
) -> str:
    return str(expand(template, day=DAY, locale=locale, category=category, format_name=name))


def refused(
    template: str,
    locales: tuple[str, ...] = ("en_US",),
    categories: tuple[str, ...] = ("all",),
    formats: tuple[str, ...] = ("markdown",),
) -> UsageError:
    with pytest.raises(UsageError) as caught:
        check_template(template, locales=locales, categories=categories, formats=formats)
    assert caught.value.cure
    return caught.value


def test_the_default_template() -> None:
    assert path_of(DEFAULT_OUTPUT, "ja_JP", "openai") == (
        "reports/202506/ja_JP/report-20250602-openai.md"
    )
    assert path_of(DEFAULT_OUTPUT, name="json") == "reports/202506/all/report-20250602-all.json"


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("report.md", "report.html"),
        ("report.markdown", "report.html"),
        ("report.txt", "report.html"),
        ("report", "report.html"),
        ("a.tar.gz", "a.tar.html"),
        ("v1.d/report", "v1.d/report.html"),
        ("r-%Y.%m.%d", "r-2025.06.02.html"),
        ("{category}.{locale}", "all.en_US.html"),
        (".hidden", ".hidden.html"),
        ("dir/.hidden.md", "dir/.hidden.html"),
    ],
)
def test_the_suffix_is_that_of_the_format(template: str, path: str) -> None:
    assert path_of(template, name="html") == path


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("%Y-%m-%d", "2025-06-02.md"),
        ("%y%j", "25153.md"),
        ("%G-W%V-%u", "2025-W23-1.md"),
        ("%-d.%-m", "2.6.md"),
        ("%F", "2025-06-02.md"),
        ("100%%Y", "100%Y.md"),
        ("日本/%Y", "日本/2025.md"),
        ("raw\udcff%Y", "raw\udcff2025.md"),
    ],
)
def test_directives_of_a_day(template: str, path: str) -> None:
    check_template(template, locales=("en_US",), categories=("all",), formats=("markdown",))
    assert path_of(template) == path


@pytest.mark.parametrize(
    ("template", "path"),
    [("%Y%m%d", "00010203.md"), ("%F", "0001-02-03.md"), ("%G", "0001.md"), ("%-Y", "1.md")],
)
def test_a_year_has_four_digits(template: str, path: str) -> None:
    day = date(1, 2, 3)
    found = expand(template, day=day, locale="en_US", category="all", format_name="markdown")
    assert str(found) == path


def test_what_is_filled_in_is_not_read_again() -> None:
    assert path_of("{category}/{locale}.md", "{category}", "%Y.md") == "%Y.md/{category}.md"


@settings(deadline=None, max_examples=200)
@given(
    locale=st.text(st.sampled_from("./\\\0a%{}"), max_size=8),
    category=st.text(st.sampled_from("./\\\0a%{}"), max_size=8),
    name=st.sampled_from(sorted(SUFFIXES)),
)
def test_substituted_values_never_add_folders(locale: str, category: str, name: str) -> None:
    template = "out/{locale}/{category}/x-{category}.md"
    path = expand(template, day=DAY, locale=locale, category=category, format_name=name)
    # An empty value leaves a folder out; nothing ever adds one or goes up.
    assert len(path.parts) <= len(PurePath(template).parts)
    assert path.parts[0] == "out"
    assert ".." not in path.parts
    assert "\0" not in str(path)
    assert path.name.endswith(SUFFIXES[name])


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=20))
def test_a_template_is_refused_or_stays_below(template: str) -> None:
    try:
        check_template(template, locales=("en_US",), categories=("all",), formats=("markdown",))
    except UsageError:
        return
    path = expand(template, day=DAY, locale="en_US", category="all", format_name="markdown")
    assert path.is_absolute() or ".." not in path.parts
    assert "\n" not in str(path)
    assert path.suffix == ".md"


@pytest.mark.parametrize(
    "template", ["{date}.md", "{}.md", "{Locale}", "{locale!r}", "{locale:>9}"]
)
def test_unknown_placeholders(template: str) -> None:
    assert "unknown placeholder {" in refused(template).what


@pytest.mark.parametrize("template", ["{locale", "a}.md", "{{locale}}.md"])
def test_a_brace_alone(template: str) -> None:
    assert "has a brace alone" in refused(template).what


@pytest.mark.parametrize("template", ["%Q", "%", "%-", "50%", "%H%M", "%D", "%x", "%n", "% Y"])
def test_directives_that_say_nothing_about_a_day(template: str) -> None:
    assert "says nothing about a day" in refused(template).what


@pytest.mark.parametrize("template", ["", "reports/", ".", "..", "reports/..", "/"])
def test_templates_without_a_file(template: str) -> None:
    assert "names no file" in refused(template).what


@pytest.mark.parametrize("template", ["../r.md", "a/../../r.md", "./../r.md"])
def test_relative_templates_stay_below(template: str) -> None:
    assert refused(template).cure == "give an absolute path"
    check_template(f"/{template}", locales=("a",), categories=("b",), formats=("markdown",))


@pytest.mark.parametrize("template", ["a\nb.md", "a\0.md", "\t.md"])
def test_control_characters(template: str) -> None:
    assert "control characters" in refused(template).what


def test_two_reports_never_share_a_path() -> None:
    assert "{locale}" in refused("r-{category}.md", locales=("en_US", "ja_JP")).cure
    assert "{category}" in refused("r-{locale}.md", categories=("a", "b")).cure
    several = {"locales": ("en_US", "ja_JP"), "categories": ("a", "b")}
    check_template("{locale}/{category}", formats=("markdown", "json", "html"), **several)
    # JSON holds all locales, so one path is enough, unless Markdown comes with it.
    check_template("{category}.json", formats=("json",), **several)
    refused("{category}.json", formats=("json", "markdown"), **several)


def test_standard_output_takes_one_report() -> None:
    check_template("-", locales=("en_US",), categories=("all",), formats=("html",))
    check_template("-", locales=("en_US", "ja_JP"), categories=("all",), formats=("json",))
    for many in (
        {"locales": ("en_US", "ja_JP")},
        {"categories": ("a", "b")},
        {"formats": ("markdown", "json")},
    ):
        assert "exactly one report" in refused("-", **many).what
