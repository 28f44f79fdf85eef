"""A range whose files are shared out over jobs gives, joined, what one run gives: byte for byte."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.command import Command
from support.part_runs import PartRuns, part_files, rows_in
from support.repos import TestRepo
from support.trees import Entry, histories, import_trees

SCENARIOS = sorted(path.parent for path in Path(__file__).parents[1].glob("scenarios/*/head"))
SIDES = ("base", "head")
#: One example is several runs of the command.
several_runs = settings(
    deadline=None, max_examples=8,
    suppress_health_check=[
        HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture,
    ],
)  # fmt: skip
_numbers = count()
Ends = tuple[Path, str, str]


def repository_of(folder: Path, scenarios: Sequence[tuple[Path, bool]]) -> Ends:
    """Make a repository in which each scenario is a folder, some of them the other way round."""
    repo = TestRepo(folder)
    ends = []
    for at in (0, 1):
        for scenario, is_reversed in scenarios:
            shutil.rmtree(repo.path / scenario.name, ignore_errors=True)
            side = scenario / SIDES[1 - at if is_reversed else at]
            shutil.copytree(side, repo.path / scenario.name, symlinks=True)
        ends.append(repo.commit(f"side {at}"))
    return repo.path, ends[0], ends[1]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Ends:
    """A repository with all scenarios, and the two ends of its range."""
    folder = tmp_path_factory.mktemp("everything") / "repo"
    return repository_of(folder, [(scenario, False) for scenario in SCENARIOS])


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Ends:
    """A repository with two scenarios whose files look at each other."""
    folder = tmp_path_factory.mktemp("few") / "repo"
    names = {"interfaces-removed", "pages-moved"}
    return repository_of(folder, [(each, False) for each in SCENARIOS if each.name in names])


def test_all_kinds_of_files_in_any_number_of_parts(command: Command, everything: Ends) -> None:
    runs = PartRuns(command, *everything)
    single = runs.single()
    assert len(single) > 6
    for parts in (2, 7):
        assert runs.split(parts) == single, f"{parts} parts"


def test_what_is_kept_on_disk_is_told_as_what_is_held_in_memory(
    command: Command, everything: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = PartRuns(command, *everything)
    held = runs.single()
    monkeypatch.setattr("diff_insight.runtime.kept_rows.MOST_IN_MEMORY", 0)
    assert runs.split(3) == held
    runs.start(1, "on-disk")
    assert runs.join() == held


def test_the_join_reads_no_file_again(
    command: Command, everything: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = PartRuns(command, *everything)
    folder = runs.start(3)
    for number in (1, 2, 3):
        runs.job(number)
    rows = [row for file in part_files(folder) for row in rows_in(file)]

    def extract_none(*_: object, **__: object) -> None:
        raise AssertionError("a file was read again")

    monkeypatch.setattr("diff_insight.analysis.analyze.extract", extract_none)
    written = runs.join()
    document = json.loads(next(text for name, text in written.items() if name.endswith(".json")))
    assert len(rows) == len(document["files"])
    assert not part_files(folder), "the parts of a range that is done are put away"


def test_categories_settings_and_every_layout(command: Command, everything: Ends) -> None:
    options = (
        "--format", "markdown,json", "--layout", "github", "--locale", "zh_CN,fr_FR",
        "--include", "**/*.md", "--include", "**/*.py", "--include", "**/*.yaml",
        "--max-files", "60", "--watch", "limit", "--max-patch-bytes", "300",
    )  # fmt: skip
    runs = PartRuns(command, *everything, options=options)
    assert runs.split(3) == runs.single()


def test_a_diff_that_is_read_from_hunks_alone(
    command: Command, few: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diff_insight.analysis.analyze.WHOLE_VERSIONS_LIMIT", 10)
    runs = PartRuns(command, *few)
    single = runs.single()
    assert b"hunks-only" in next(text for name, text in single.items() if name.endswith(".json"))
    assert runs.split(3) == single


@pytest.mark.slow
@several_runs
@given(
    chosen=st.lists(
        st.tuples(st.sampled_from(SCENARIOS), st.booleans()),
        min_size=1, max_size=4, unique_by=lambda pair: pair[0],
    ),
    parts=st.integers(2, 6),
)  # fmt: skip
def test_any_scenarios_either_way(
    command: Command, tmp_path: Path, chosen: list[tuple[Path, bool]], parts: int
) -> None:
    place = tmp_path / f"scenarios-{next(_numbers)}"
    ends = repository_of(place / "repo", chosen)
    command.folder = place
    runs = PartRuns(command, *ends)
    assert runs.split(parts) == runs.single()


@pytest.mark.slow
@several_runs
@given(trees=histories(), parts=st.integers(2, 5))
def test_any_names_and_contents(
    command: Command, tmp_path: Path, trees: list[dict[bytes, Entry]], parts: int
) -> None:
    place = tmp_path / f"trees-{next(_numbers)}"
    repo = TestRepo(place / "repo")
    commits = import_trees(repo, trees)
    command.folder = place
    runs = PartRuns(command, repo.path, commits[0], commits[-1])
    assert runs.split(parts) == runs.single()


def test_a_part_whose_job_was_killed_is_read_by_the_join(command: Command, few: Ends) -> None:
    runs = PartRuns(command, *few)
    single = runs.single()
    folder = runs.start(3)
    runs.job(1)
    runs.job(3)
    assert len(part_files(folder)) == 2
    assert runs.join() == single
    runs.start(2, "none-at-all")
    assert runs.join() == single


def test_a_job_that_is_run_again_leaves_its_part_alone(command: Command, few: Ends) -> None:
    runs = PartRuns(command, *few)
    folder = runs.start(2)
    runs.job(1)
    (file,) = part_files(folder)
    before = file.stat().st_mtime_ns
    runs.job(1)
    assert file.stat().st_mtime_ns == before
    file.write_bytes(file.read_bytes()[:-20])
    runs.job(1)
    assert file.stat().st_mtime_ns != before


def _edit(name: str, value: object) -> Callable[[Path], None]:
    """Return what makes a part say something else of itself."""

    def edit(file: Path) -> None:
        label, *rest = file.read_text("utf-8").splitlines(keepends=True)
        changed = json.dumps({**json.loads(label), name: value})
        file.write_text("".join([f"{changed}\n", *rest]), "utf-8")

    return edit


def _cut(file: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-2]))


def _link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _rows(change: Callable[[list[object]], object]) -> Callable[[Path], None]:
    """Return what changes the findings of each row of a part."""

    def edit(file: Path) -> None:
        label, *rows, end = file.read_text("utf-8").splitlines()
        changed = []
        for row in rows:
            digest, findings = json.loads(row)
            changed.append(json.dumps([digest, change(findings)]))
        file.write_text("\n".join([label, *changed, end, ""]), "utf-8")

    return edit


def _facts(facts: object) -> Callable[[list[object]], object]:
    return lambda findings: [facts, *findings[1:]]


STALE = {
    "another range": _edit("head", "f" * 40),
    "another repository": _edit("repository", "octo/other"),
    "another program": _edit("engine", "0"),
    "other settings": _edit("selection", "0"),
    "another part": _edit("number", 2),
    "another form": _edit("schema_version", 2),
    "cut off": _cut,
    "empty": lambda file: file.write_bytes(b""),
    "no text": lambda file: file.write_bytes(b"\xff\n" * 40),
    "deep": lambda file: file.write_bytes(b"[" * 100_000),
    "a link": _link,
    "a pipe": _pipe,
    "findings of another form": _rows(lambda _: {"facts": []}),
    "no facts": _rows(lambda _: None),
    "a kind that nobody knows": _rows(_facts([["ransom.note", {}]])),
    "a fact with no parameters": _rows(_facts([["dependency.moved", {}, [], True]])),
    "a number with a fraction": _rows(_facts([["text.lines", {"additions": 0.5}]])),
    "lines before the first": _rows(_facts([["text.lines", {}, [["base", -3, -1]]]])),
    "a count that does not add up": _rows(
        lambda findings: [*findings[:6], {"told": 10**6, "cosmetic": 0, "untold": 0}, []]
    ),
}


@pytest.mark.parametrize("spoil", STALE.values(), ids=STALE)
def test_a_part_that_does_not_fit_is_not_believed(
    command: Command, few: Ends, spoil: Callable[[Path], None]
) -> None:
    runs = PartRuns(command, *few, options=("--format", "json", "--locale", "en_US,ja_JP"))
    single = runs.single()
    folder = runs.start(2)
    runs.job(1)
    runs.job(2)
    spoil(part_files(folder)[0])
    assert runs.join() == single


def test_rows_of_another_range_are_not_taken_for_ones_own(
    command: Command, few: Ends, everything: Ends
) -> None:
    foreign = PartRuns(command, *everything)
    theirs = foreign.start(2, "theirs")
    foreign.job(1)
    (stolen,) = part_files(theirs)
    command.folder = theirs.parent
    runs = PartRuns(command, *few)
    single = runs.single()
    ours = runs.start(2)
    runs.job(1)
    (file,) = part_files(ours)
    # The very same changes, among other files: what is gone here may have gone there.
    label, _ = file.read_bytes().split(b"\n", 1)
    _, rows = stolen.read_bytes().split(b"\n", 1)
    file.write_bytes(label + b"\n" + rows)
    assert runs.join() == single
