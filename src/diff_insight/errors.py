"""Errors a user can act on: what happened, the likely cause, what to change, and an exit code."""

from __future__ import annotations

from typing import ClassVar

#: Exit code when what `fail-on` names was found; the reports are written.
EXIT_FAIL_ON = 3


class DiffInsightError(Exception):
    """Base of every failure that ends a run with a message instead of a traceback.

    Args:
        what: One sentence: what happened.
        cause: The likely cause, or an empty string when `what` says it already.
        cure: What the user can change.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, cause: str = "", cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.cause = cause
        self.cure = cure

    def __reduce__(self) -> tuple[object, ...]:
        """Let a helper process hand the error back to its parent."""
        return _rebuilt, (type(self), self.what, self.cause, self.cure)

    @property
    def in_one_line(self) -> str:
        """The message for a place that has one line, such as a notice."""
        return "; ".join(part for part in (self.what, self.cause, self.cure) if part)

    @property
    def with_cause(self) -> str:
        """What happened and why, where a reader is told elsewhere what to change."""
        return f"{self.what}: {self.cause}" if self.cause else self.what

    def lines(self) -> tuple[str, ...]:
        """Return the message as lines for a terminal or a log, one thought per line."""
        labelled = (("likely cause", self.cause), ("what to change", self.cure))
        return (self.what, *(f"{label}: {text}" for label, text in labelled if text))


class EnvironmentFailure(DiffInsightError):  # noqa: N818 - the family is called so
    """The machine, the network or the repository's objects failed (exit code 1)."""

    exit_code = 1


class UsageError(DiffInsightError):
    """What was typed or configured is wrong (exit code 2)."""

    exit_code = 2


def _rebuilt(kind: type[DiffInsightError], what: str, cause: str, cure: str) -> DiffInsightError:
    """Make an error again from what was pickled."""
    return kind(what, cause=cause, cure=cure)
