"""What became of the least version of a language or platform: risen, limited above, or named at last."""

from __future__ import annotations

import re

from diff_insight.facts.packages.manifests import Dependency
from diff_insight.facts.packages.requirements import is_bounded, step_of
from diff_insight.markup.plain import clip
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value
from diff_insight.model.uses import Certainty

_LONGEST_SPEC = 60
#: Before the numbers of the frameworks of .NET, as in `net8.0` and `netstandard2.0`.
_FRAMEWORK = re.compile(r"\bnet(?:coreapp|standard)?(?=\d)")


def runtime_fact(
    before: Dependency | None, after: Dependency, evidence: tuple[Evidence, ...],
    *, public: bool, certain: bool,
) -> Fact:  # fmt: skip
    """Return the fact that tells a version that a package asks for.

    Args:
        before: What it asked for; None where it asked for nothing.
        after: What it asks for.
        evidence: The lines of both.
        public: Whether others may install the package.
        certain: Whether its manifests say so.
    """
    params: dict[str, Value] = {
        "name": after.name,
        "old": shown_spec(before) if before is not None else "",
        "new": shown_spec(after),
    }
    limited = is_limited(before, after)
    breaking = (is_raised(before, after) or limited) and public
    sure = certain and before is not None and not limited
    certainty: Certainty = "proved" if sure or not breaking else "likely"
    if is_raised(before, after):
        return Fact("runtime.raised", params, evidence, breaking, certainty=certainty)
    return Fact("runtime.moved", params, evidence, breaking, certainty=certainty)


def is_raised(before: Dependency | None, after: Dependency) -> bool:
    """Tell whether a version is left out that would do before."""
    if before is None:
        return True
    return step_of(_numbers_of(before), _numbers_of(after)) in ("major", "minor", "patch")


def is_limited(before: Dependency | None, after: Dependency) -> bool:
    """Tell whether versions to come are shut out that were not before."""
    return before is not None and is_bounded(after.spec) and not is_bounded(before.spec)


def shown_spec(dependency: Dependency) -> str:
    """Return what is asked for as reports show it."""
    return clip(" ".join(dependency.spec.split()).removeprefix("=="), _LONGEST_SPEC)


def _numbers_of(runtime: Dependency) -> str:
    """Return a requirement without the names that some runtimes have before their numbers."""
    return _FRAMEWORK.sub("", runtime.spec)
