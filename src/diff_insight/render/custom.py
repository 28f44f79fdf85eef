"""Renders a user's template: Jinja in a sandbox, which may extend the packaged layouts.

The text of the template is given by the caller, who knows which files may be trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, partial
from traceback import walk_tb
from types import TracebackType

from jinja2 import BaseLoader, Environment, PackageLoader, TemplateNotFound
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.model.insight import Insight
from diff_insight.render.classic import classic_context
from diff_insight.render.confined import ChildLimits, render_confined
from diff_insight.render.environment import OPTIONS, furnish
from diff_insight.render.github import github_context
from diff_insight.render.json_form import write_json
from diff_insight.report.levels import Level
from diff_insight.settings.settings import Template

LIMITS = ChildLimits()
#: Layouts that a template may extend or include.
PACKAGED = ("classic.md.j2", "github.md.j2")


class _Loader(BaseLoader):
    """Gives the user's template by its name, and the packaged layouts; nothing else."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._packaged = PackageLoader("diff_insight", "render/templates")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:
        if template == self._name:
            return self._text, self._name, None
        if template in PACKAGED:
            source, path, _ = self._packaged.get_source(environment, template)
            return source, path, None
        raise TemplateNotFound(template)


def render_custom(
    template: Template,
    insight: Insight,
    locale: str,
    level: Level = Level.FULL,
    *,
    full_report: str = "",
    limits: ChildLimits = LIMITS,
) -> str:
    """Return the report of one locale.

    Args:
        template: The template, with its text.
        insight: The document.
        locale: One of its locales.
        level: How much templates that extend `github.md.j2` tell.
        full_report: Where everything is to be read when that is less.
        limits: What the template may take.

    Raises:
        UsageError: The template is wrong or takes too much; its line is named.
    """
    context = context_of(insight, locale, level, full_report)
    return render_confined(partial(_pieces, template, context), limits)


def context_of(
    insight: Insight, locale: str, level: Level = Level.FULL, full_report: str = ""
) -> dict[str, object]:
    """Return everything that a template can use: both layouts' context, and the JSON document."""
    return {
        **classic_context(insight, locale),
        **github_context(insight, locale, level, full_report),
        "document": cache(lambda: json.loads(b"".join(write_json(insight)))),
    }


def _pieces(template: Template, context: dict[str, object]) -> Iterator[str]:
    """Yield what a template writes."""
    name = template.path
    made = ImmutableSandboxedEnvironment(
        loader=_Loader(name, template.text),
        autoescape=False,  # Markdown has escaping filters of its own
        **OPTIONS,
    )
    try:
        yield from furnish(made).get_template(name).generate(context)
    except (MemoryError, DiffInsightError):
        raise
    except Exception as error:  # a template may fail in any way that Python can
        raise _explain(error, name) from error


def _explain(error: Exception, name: str) -> UsageError:
    """Say which line of a template is wrong, and why."""
    line = _line(error, name)
    location = f"{name}, line {line}" if line else name
    if isinstance(error, TemplateNotFound):
        said = f"it names the template {error.name!r}, which there is not"
        cure = f"extend or include {' or '.join(PACKAGED)}"
    else:
        said = (error.message or "") if isinstance(error, TemplateError) else f"{error}"
        said = said or type(error).__name__
        cure = "see docs/templates.md for what templates can use"
    return UsageError(f"the template {location} is wrong: {said}", cure=cure)


def _line(error: Exception, name: str) -> int | None:
    """Return the innermost line of the user's template that led to an error."""
    if isinstance(error, TemplateSyntaxError) and error.name == name:
        return error.lineno
    trace: TracebackType | None = error.__traceback__
    lines = [line for frame, line in walk_tb(trace) if frame.f_code.co_filename == name]
    return lines[-1] if lines else None
