"""Reads dependencies between two versions: where their code is, their tags, and the engine over that range."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import astuple, replace

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.git.network import Network
from diff_insight.git.remote_tags import list_tags
from diff_insight.impact.published_range import published_range
from diff_insight.impact.range_impact import base_tree
from diff_insight.impact.step_impact import label_of_move
from diff_insight.impact.version_tags import tag_of
from diff_insight.model.changes import ChangeSet
from diff_insight.model.dependency_steps import DependencyMove
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.pipeline import Ports, read_range
from diff_insight.ports import DiffSource, StepReading, Workers
from diff_insight.settings.settings import Settings
from diff_insight.sources.kept_ranges import KeptRanges, VersionCommits
from diff_insight.sources.package_index import PackageIndex
from diff_insight.sources.range_form import KeptRange
from diff_insight.sources.remote_source import RemotePlace, RemoteSource

#: Changed files of a step above which it is not read.
MOST_FILES = 3_000
#: Seconds that one git process may take for a step.
_PATIENCE = 90.0
#: What is not published with the code of a package. Changelogs stay: they are quoted.
_UNPUBLISHED = tuple(
    "docs/ doc/ documentation/ website/ site/ test/ tests/ __tests__/ testing/ spec/ examples/ example/ samples/ "
    "benchmarks/ benchmark/ bench/ .github/ fixtures/ testdata/ *_test.go *.test.* *.spec.* conftest.py".split()
)
#: What decides, besides program and commits, what is read of a range.
_READ = (*_UNPUBLISHED, str(MOST_FILES))
_PUBLIC_HOST = "github.com"
_SLUG = re.compile(r"[\w.-]+/[\w.-]+")
_MAJOR = re.compile(r"/v\d+$")


class StepWorld(Struct, frozen=True, kw_only=True):
    """What steps are read with: the parts of a run that do not depend on its range.

    Attributes:
        server: Web address of the server of `OWNER/NAME`.
        token: Reads repositories that the configuration names; others are read as anybody can.
        open_kept: Gives what earlier runs have read, with the first step; None where nothing is kept.
    """

    settings: Settings
    workers: Workers
    environ: Mapping[str, str]
    server: str
    token: str = ""
    open_kept: Callable[[], KeptRanges | None] = lambda: None


class _BoundedSource(RemoteSource):
    """A repository on a server whose ranges may not have too many files."""

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return the files of a range.

        Raises:
            EnvironmentFailure: They are too many.
        """
        changes = super().diff(commits)
        if len(changes.files) > MOST_FILES:
            raise EnvironmentFailure(
                f"more than {MOST_FILES} files differ", cure="compare nearer versions"
            )
        return changes


class UpstreamReader:
    """Finds and reads steps; see `ports.Upstream`."""

    def __init__(self, world: StepWorld, index: PackageIndex | None = None) -> None:
        self._world = world
        self._index = index or PackageIndex(world.settings.package_index)
        self._tags: dict[tuple[str, bool], dict[str, str]] = {}

    def read(self, move: DependencyMove) -> StepReading | Notice | None:
        """Return the range between both versions, why it could not be read, or None where nobody knows its code."""
        known = self._find_kept(move)
        if known is not None:
            return known
        location = self._place(move)
        if location is None:
            return None
        try:
            return self._read(move, location)
        except DiffInsightError as error:
            return Notice("step-failed", {**label_of_move(move), "why": error.what})

    @cached_property
    def _ranges(self) -> KeptRanges | None:
        return self._world.open_kept()

    def _find_kept(self, move: DependencyMove) -> StepReading | None:
        """Return what an earlier run has read, without a question to anybody."""
        kept = self._ranges
        commits = kept.find_versions(self._question(move)) if kept is not None else None
        known = kept.find_range(commits, _READ) if kept is not None and commits else None
        return _reading_of(known) if known is not None else None

    def _question(self, move: DependencyMove) -> tuple[str, ...]:
        """Return everything that decides where two versions are looked for."""
        settings = self._world.settings
        index = settings.package_index.get(move.ecosystem, "")
        return (*astuple(move), settings.upstream.get(move.name, ""), index, self._world.server)

    def _place(self, move: DependencyMove) -> RemotePlace | None:
        """Return where the code is: as configured, as its lock or its own name says, as an index does."""
        world = self._world
        named = world.settings.upstream.get(move.name)
        if named:
            is_slug = _SLUG.fullmatch(named) is not None
            token = world.token if is_slug else ""
            return RemotePlace(
                repository=named, server=world.server, token=token, timeout=_PATIENCE
            )
        address = move.address or _go_address(move) or self._index.repository(move)
        host, _, slug = address.partition("/")
        # A proposal may write any address into a lock: only hosts that are public, or the run's own.
        server = world.server if host == world.server.partition("://")[2] else f"https://{host}"
        if not _SLUG.fullmatch(slug) or (host != _PUBLIC_HOST and server != world.server):
            return None
        return RemotePlace(repository=slug, server=server, timeout=_PATIENCE)

    def _read(self, move: DependencyMove, location: RemotePlace) -> StepReading | Notice:
        (network,) = location.networks()
        tags = self._tags_of(network)
        folder = _go_folder(move)
        commits = []
        for version in (move.old, move.new):
            tag = tag_of(version, move.name, tags, folder=folder)
            if not tag:
                params = {"repository": location.repository, "version": version}
                return Notice("step-untagged", {**label_of_move(move), **params})
            commits.append(tags[tag])
        base, head = commits
        versions = VersionCommits(address=network.url, base=base, head=head)
        kept = self._ranges
        # Who may read the folder need not be who may read the repository.
        if kept is None or not self._is_public(network, commits):
            return self._read_range(location, versions)
        known = kept.find_range(versions, _READ)
        if known is None:
            reading = self._read_range(location, versions)
            try:
                known = kept.keep_range(versions, _READ, reading.published, reading.base)
            except BaseException:
                reading.close()
                raise
            if known is None:
                return reading
            reading.close()
        kept.keep_versions(self._question(move), versions)
        return _reading_of(known)

    def _is_public(self, network: Network, commits: Sequence[str]) -> bool:
        """Tell whether anybody can read these commits of a repository, without a token."""
        if not network.token:
            return True
        try:
            tags = self._tags_of(Network(network.url, "", network.timeout))
        except DiffInsightError:
            return False
        return set(commits) <= set(tags.values())

    def _read_range(self, location: RemotePlace, versions: VersionCommits) -> StepReading:
        source = _BoundedSource(
            location, self._world.environ, now=SystemClock().now(), most_files=MOST_FILES + 1
        )
        try:
            return self._reading(source, versions.base, versions.head)
        except BaseException:
            source.close()
            raise

    def _tags_of(self, network: Network) -> dict[str, str]:
        key = network.url, bool(network.token)
        if key not in self._tags:
            self._tags[key] = list_tags(network, self._world.environ)
        return self._tags[key]

    def _reading(self, source: DiffSource, base: str, head: str) -> StepReading:
        # No setting of the run: what a range says is the same for everybody.
        settings = replace(Settings(), exclude=_UNPUBLISHED, impact="off")
        ports = Ports(
            source=source, writer=_Quiet(), clock=SystemClock(), progress=_Quiet(),
            workers=self._world.workers,
        )  # fmt: skip
        request = RangeRequest(base=base, head=head, comparison=Comparison.DIRECT)
        reading = read_range(request, settings, ports)
        insight = reading.insights[0] if reading.insights else None
        published = published_range(reading.commits, insight, source)
        files = [entry.analysis for entry in insight.files] if insight is not None else []
        return StepReading(
            published=published,
            base=base_tree(files, reading.commits, source),
            close=source.close,
        )


def _reading_of(known: KeptRange) -> StepReading:
    return StepReading(published=known.published, base=known.base, close=_nothing)


def _nothing() -> None:
    """Do nothing: what is kept needs no end."""


class _Quiet:
    """Progress and reports of a step: the run has its own."""

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        """Write nothing."""
        return []

    def stage(self, name: str, total: int = 0) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""

    def notice(self, notice: Notice) -> None:
        """Say nothing: what a reader has to know is in the document."""

    def say(self, text: str) -> None:
        """Say nothing."""


def _go_address(move: DependencyMove) -> str:
    """Return the repository of a Go module by its own name."""
    parts = move.name.split("/")
    return "/".join(parts[:3]) if move.ecosystem == "go" and len(parts) >= 3 else ""


def _go_folder(move: DependencyMove) -> str:
    """Return the folder of a Go module in its repository, with which its tags begin."""
    if move.ecosystem != "go":
        return ""
    return _MAJOR.sub("", "/" + "/".join(move.name.split("/")[3:])).strip("/")
