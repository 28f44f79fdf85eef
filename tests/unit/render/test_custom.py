"""Users' templates extend the layouts, read the document, and can do nothing else."""

from __future__ import annotations

import json
import os

import pytest

from diff_insight.errors import UsageError
from diff_insight.model.insight import Insight
from diff_insight.render.confined import ChildLimits, join_bounded, render_confined
from diff_insight.render.custom import context_of, render_custom
from diff_insight.render.github import render_github
from diff_insight.render.json_form import write_json
from diff_insight.report.levels import Level
from diff_insight.settings.settings import Settings, Template
from support.insights import classic, insight_of_diff
from support.recorded import seeds, unified_diff

TIGHT = ChildLimits(characters=10_000, seconds=1, memory=200_000_000)


@pytest.fixture(scope="module")
def insight() -> Insight:
    return insight_of_diff(unified_diff(seeds()[1].files), Settings(locales=("en_US",)))


def custom(text: str, insight: Insight, limits: ChildLimits | None = None) -> str:
    template = Template("docs/mine.md.j2", text)
    return render_custom(template, insight, "en_US", limits=limits or ChildLimits())


def test_extending_without_changes_gives_the_layout(insight: Insight) -> None:
    assert custom('{% extends "classic.md.j2" %}', insight) == classic(insight)
    template = Template("mine", '{% extends "github.md.j2" %}')
    short = render_custom(template, insight, "en_US", Level.SHORT)
    assert short == render_github(insight, "en_US", Level.SHORT)


def test_a_block_is_replaced(insight: Insight) -> None:
    text = '{% extends "classic.md.j2" %}{% block insights %}# Mine\n\n{{ super() }}{% endblock %}'
    assert custom(text, insight) == classic(insight).replace(
        "# Insights\n", "# Mine\n\n# Insights\n"
    )


def test_the_document_is_the_json_document(insight: Insight) -> None:
    document = json.loads(b"".join(write_json(insight)))
    shown = custom("{{ document() | tojson }}", insight, ChildLimits())
    assert json.loads(shown) == document
    assert "document" in context_of(insight, "en_US")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n{{ oops.x }}", 2, "'oops' is undefined"),
        ("a\n\n{% for %}", 3, "Expected an expression"),
        ('{% extends "classic.md.j2" %}\n{% block table %}\n{{ oops }}{% endblock %}', 3, "'oops'"),
        ("{{ 1/0 }}", 1, "division by zero"),
        ("\n{{ say('nope') }}", 2, "nope"),
        ('{% extends "/etc/passwd" %}', 1, "names the template '/etc/passwd', which there is not"),
        ('{% include "../github.py" %}', 1, "which there is not"),
        ('{% extends "docs/mine.md.j2" %}', 1, "recursion"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", 1, "recursion"),
        ("{{ insight.__class__ }}", 1, "unsafe"),
        ("{{ say.__func__.__globals__ }}", 1, "unsafe"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1, "unsafe"),
        ("{{ '{0.__class__}'.format(insight) }}", 1, "unsafe"),
        ("{{ view._insight }}", 1, "unsafe"),
        ("{{ document().locales.append(1) }}", 1, "unsafe"),
        ("{{ range(10**9) }}", 1, "Range too big"),
    ],
)  # fmt: skip
def test_a_wrong_template_is_told_with_its_line(
    insight: Insight, text: str, line: int, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        custom(text, insight)
    assert f"the template docs/mine.md.j2, line {line} is wrong" in caught.value.what
    assert said in caught.value.what
    assert caught.value.cure


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set n = namespace(x='xxxxxxxxxx') %}{% for a in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{{ 'a' * 10 ** 10 }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(99) }}",
    ],
)
def test_time_and_memory_are_bounded(insight: Insight, text: str) -> None:
    with pytest.raises(UsageError, match=r"too much time or memory|recursion"):
        custom(text, insight, TIGHT)


def test_output_is_bounded(insight: Insight) -> None:
    with pytest.raises(UsageError, match="writes more than 10000 characters"):
        custom("{% for a in range(9999) %}some words {% endfor %}", insight, TIGHT)


def test_without_fork_the_output_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert render_confined(lambda: ["a", "b"], TIGHT) == "ab"
    with pytest.raises(UsageError):
        render_confined(lambda: ["a" * 9_999, "bc"], TIGHT)


def test_pieces_are_joined_up_to_the_limit() -> None:
    assert join_bounded(iter(["ab", "cd"]), 4) == "abcd"
    with pytest.raises(UsageError):
        join_bounded(iter(["ab", "cd"]), 3)
