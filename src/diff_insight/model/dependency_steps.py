"""Steps of dependencies: which package went from which version to which, and what that means here."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.model.facts import Fact


class DependencyMove(Struct, frozen=True, kw_only=True):
    """A dependency that a range moves from one version to another.

    Attributes:
        name: The package as the manifest or lock names it.
        old: The version before, without the marks of a requirement.
        new: The version after.
        ecosystem: Whose packages they are: `python`, `npm`, `go`, `cargo`, `maven`, `ruby`, `php`.
        address: Where its lock says that its code is; empty where it says nothing.
    """

    name: str
    old: str
    new: str
    ecosystem: str
    address: str = ""


class StepFinding(Struct, frozen=True):
    """What a newer version takes away, in a file of the dependency."""

    path: str
    fact: Fact


class DependencyStep(Struct, frozen=True, kw_only=True):
    """One dependency that a range moves, read between the two versions.

    Attributes:
        name: The package as the manifest names it.
        old: The version before.
        new: The version after.
        repository: `OWNER/NAME` where its code is.
        base: The commit of the old version.
        head: The commit of the new one.
        compare_url: Where the step can be seen.
        findings: What it takes away, deprecates or changes, with the uses in one's own code.
        said: What its changelog says of this, in its own words.
    """

    name: str
    old: str
    new: str
    repository: str
    base: str
    head: str
    compare_url: str = ""
    findings: tuple[StepFinding, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def touching(self) -> int:
        """Number of findings that one's own code certainly uses."""
        return sum(finding.fact.is_used for finding in self.findings)
