"""The Jinja environment of the packaged templates: strict, with the escaping filters."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.code_block import code_block
from diff_insight.markup.escape import cell, comment, line_with_code, link, prose, visible
from diff_insight.markup.inert import neutral
from diff_insight.markup.inert import text as github_text
from diff_insight.markup.inert import title as github_title
from diff_insight.model.insight import Insight
from diff_insight.render.compiled import CompiledTemplates
from diff_insight.report.identity import provenance_of

#: How every template of the product is read, packaged or given by a user.
OPTIONS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    # `{#` opens the attribute list of a heading in the reports.
    "comment_start_string": "{##",
    "comment_end_string": "##}",
}
#: Made once: `json.dumps` makes one for every text that is not written in ASCII.
_JSON = json.JSONEncoder(ensure_ascii=False)


@cache
def environment(*, html: bool) -> Environment:
    """Return the environment for Markdown or HTML templates."""
    loader = PackageLoader("diff_insight", "render/templates")
    compiled = CompiledTemplates(f"{html} {OPTIONS}")
    # Markdown has escaping filters of its own.
    made = Environment(loader=loader, autoescape=html, bytecode_cache=compiled, **OPTIONS)  # noqa: S701
    return furnish(made)


def furnish(made: Environment) -> Environment:
    """Give an environment the filters and functions of the templates."""
    made.filters |= {
        "coded": html_line,
        "line": line_with_code,
        "prose": prose,
        "cell": cell,
        "code_block": code_block,
        "github": neutral,
        "github_text": github_text,
        "github_title": github_title,
        "json_string": json_string,
        "visible": visible,
    }
    made.globals |= {"link": link, "sections": sections, "provenance": provenance}
    return made


def html_line(text: str) -> Markup:
    """Return a plain line for HTML, with its code as elements."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or not all(parts[1::2]):
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def speaker(locale: str) -> Speaker:
    """Return the fixed texts of a locale in Markdown."""
    return Speaker(load_catalog(locale), Style.MARKDOWN)


def sections(insight: Insight, locale: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the highlight sections, each with its bullets; what is to do only where it is something."""
    highlights = insight.highlights[locale]
    asked = [("to-do", highlights.to_do)] if highlights.to_do else []
    return [
        *asked,
        ("new-features", highlights.new_features),
        ("breaking-changes", highlights.breaking_changes),
        ("other-updates", highlights.other_updates),
    ]


def json_string(text: str) -> str:
    """Return a JSON string with its characters as they are."""
    return _JSON.encode(text)


def provenance(insight: Insight) -> str:
    """Return the comment that says what made the report."""
    return comment(provenance_of(insight))
