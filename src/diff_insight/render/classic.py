"""Renders the `classic` layout: the format that sites are built on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import yaml
from jinja2 import Template

from diff_insight.markup.code_block import code_block
from diff_insight.model.insight import Insight, PatchReader
from diff_insight.render.environment import environment, speaker
from diff_insight.render.model_parts import ModelParts
from diff_insight.wording.negative_findings import nothing_found

_Dumper: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def render_classic(insight: Insight, locale: str) -> Iterator[str]:
    """Yield the report of one locale in pieces.

    Args:
        insight: The document.
        locale: One of its locales.
    """
    yield from template().generate(classic_context(insight, locale))


def template() -> Template:
    """Return the template of the layout, compiled once per process."""
    return environment(html=False).get_template("classic.md.j2")


def classic_context(insight: Insight, locale: str) -> dict[str, object]:
    """Return what the template, and those that extend it, are rendered with."""
    voice = speaker(locale)
    files = [entry.analysis for entry in insight.files]
    return {
        "insight": insight,
        "locale": locale,
        "say": voice.say,
        "fill": voice.fill,
        "nothing_found": partial(nothing_found, files=files, speaker=voice),
        "model_parts": ModelParts(insight, locale, voice),
        "front_matter": front_matter,
        "patch_block": patch_block,
        "linked": frozenset(insight.coverage.patches_linked),
    }


def patch_block(patch: PatchReader) -> str:
    """Return a patch as a code block of Markdown."""
    return code_block(patch(), "diff")


def _without_code_marks(text: str) -> str:
    """Return a text without the marks around code; marks that stand around nothing are text."""
    parts = text.split("`")
    paired = len(parts) % 2 == 1 and all(parts[1::2])
    return "".join(parts) if paired else text


def front_matter(insight: Insight, locale: str) -> str:
    """Return the YAML block: date, permalink, summary, title, in this order."""
    several = len(insight.locales) > 1
    label = f"[{locale}] " if several else ""
    values = {
        "date": insight.date,
        "permalink": insight.range.compare_url,
        "summary": _without_code_marks(insight.summary[locale]),
        "title": f"{label}Diff Insight Report - {insight.category}",
    }
    # Half a character can be neither YAML nor UTF-8.
    whole = {name: text.encode("utf-8", "replace").decode() for name, text in values.items()}
    dumped: str = yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=True)
    return f"---\n{dumped}\n---\n"
