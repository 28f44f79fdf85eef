from __future__ import annotations

from typing import Literal

import pytest

from diff_insight.analysis.severity import check_severities, with_severities
from diff_insight.errors import UsageError
from diff_insight.kinds.catalogue import KINDS
from diff_insight.model.facts import Fact, ModificationType
from diff_insight.settings import values
from diff_insight.settings.config_file import parse_config
from support.analyses import analysis_of

GONE = Fact("symbol.removed", {"name": "ship()"}, breaking=True)
RENAMED = Fact("symbol.parameter-renamed", {"name": "pack()"}, breaking=True, certainty="likely")
NEW = Fact("symbol.added", {"name": "track()"})


@pytest.mark.parametrize(
    ("severity", "breaking", "certainty"),
    [("breaking", True, "proved"), ("warning", True, "likely"), ("info", False, "proved")],
)
def test_a_kind_is_as_grave_as_the_settings_say(
    severity: str, certainty: Literal["proved", "likely"], *, breaking: bool
) -> None:
    rules = {"symbol.removed": severity, "symbol.added": severity}
    (analysis,) = with_severities({"all": (analysis_of(GONE, NEW),)}, rules)["all"]
    fact = next(fact for fact in analysis.facts if fact.kind == "symbol.removed")
    assert (fact.breaking, fact.certainty) == (breaking, certainty)
    assert NEW in analysis.facts, "what breaks nobody is not made breaking"


def test_likely_findings_count_where_the_settings_want_it_and_others_stay() -> None:
    files = {"all": (analysis_of(GONE, RENAMED),)}
    (analysis,) = with_severities(files, {"symbol.parameter-renamed": "breaking"})["all"]
    assert [fact.is_proved_breaking for fact in analysis.facts] == [True, True]
    assert analysis.facts[0] == GONE


def test_a_file_in_which_nothing_breaks_any_more_is_of_another_type() -> None:
    files = {"all": (analysis_of(GONE),)}
    (analysis,) = with_severities(files, {"symbol.removed": "info"})["all"]
    assert analysis.type is not ModificationType.BREAKING_CHANGE
    assert with_severities(files, {}) is files


def test_severities_are_read_from_a_mapping_and_from_options() -> None:
    expected = {"symbol.removed": "info"}
    assert parse_config("rules: {symbol.removed: info}", "x")["rules"] == expected
    assert values.severities("rules", ["symbol.removed=info"]) == expected


@pytest.mark.parametrize(
    "value", [{"symbol.removed": "off"}, {"Symbol": "info"}, "info", ["symbol.removed"]]
)
def test_what_is_no_severity_is_refused(value: object) -> None:
    with pytest.raises(UsageError):
        values.severities("rules", value)


def test_every_kind_may_be_named_and_nothing_else() -> None:
    check_severities(dict.fromkeys(KINDS, "info"))
    with pytest.raises(UsageError, match="no kind of fact 'nothing-of-the-kind'"):
        check_severities({"nothing-of-the-kind": "info"})
