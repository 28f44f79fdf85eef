"""Says what `fail-on` and `unexamined` make of runs: whether they fail, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from diff_insight.errors import EXIT_FAIL_ON
from diff_insight.pipeline import Outcome
from diff_insight.settings.settings import Settings

#: What is counted, one and several of them.
_COUNTED = {
    "breaking-change": ("breaking change", "breaking changes"),
    "undeclared-breaking": ("undeclared breaking change", "undeclared breaking changes"),
    "impact": ("of what changes is used here", "of what changes are used here"),
}
_CURES = {
    "breaking-change": "keep what they take away, or let those pass that are meant: their fingerprints under "
    "accepted in the configuration (docs/why.md)",
    "undeclared-breaking": "declare them with ! behind the type of a commit or a footer BREAKING CHANGE:, or keep "
    "what they take away (docs/why.md)",
    "impact": "change the places that the report names before you take this in",
}
_READ_CURE = "exclude files that matter to nobody, raise the limit that the report names, or set unexamined: warn"


class GateReading(Struct, frozen=True):
    """What a gate says.

    Attributes:
        fails: Whether the run is to fail.
        lines: What is to be said of it, what happened first; empty where nothing is.
    """

    fails: bool = False
    lines: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code that is asked for."""
        return EXIT_FAIL_ON if self.fails else 0


def read_gate(outcomes: Sequence[Outcome], settings: Settings, *, typed: bool) -> GateReading:
    """Return what the settings make of finished runs.

    Args:
        outcomes: The runs.
        settings: What is asked for.
        typed: Whether settings are options of a command, and written as such.
    """
    dashes = "--" if typed else ""
    asked = f"{dashes}fail-on {settings.fail_on}"
    if failures := sum(outcome.failing(settings.fail_on) for outcome in outcomes):
        singular, plural = _COUNTED[settings.fail_on]
        met = f"{asked} is met: {failures} {singular if failures == 1 else plural}, named in the report"
        return GateReading(True, (met, f"what to change: {_CURES[settings.fail_on]}"))
    partly = sum(outcome.partly_read_count for outcome in outcomes)
    unlisted = sum(outcome.unlisted_count for outcome in outcomes)
    if settings.fail_on == "never" or not partly + unlisted:
        return GateReading()
    count = partly + unlisted
    unread = f"{asked} could not look at all of {count} file{'' if count == 1 else 's'}, named in the report"
    if any(outcome.has_unexamined(settings) for outcome in outcomes):
        met = f"{unread}, and {dashes}unexamined is fail"
        return GateReading(True, (met, f"what to change: {_READ_CURE}"))
    return GateReading(lines=(unread,))
