"""`plan` and `backfill` as commands: what they print, write, leave out and refuse."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.git.objects import EMPTY_TREES
from support.command import Command
from support.fake_github import FakeGitHub
from support.plans import write_history
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo

#: Days after Monday, January 6, 2025.
DAYS = [0, 0, 1, 7, 8, 30]


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    made = TestRepo(tmp_path / "upstream")
    ids = write_history(made, DAYS)
    made.git("checkout", "-q", "main")
    for at, tag in ((0, "v1.0.0"), (2, "v1.1.0-rc.1"), (3, "v1.1.0"), (4, "tool-v9.0.0")):
        made.git("tag", tag, ids[at])
    return made


def ids(repo: TestRepo) -> list[str]:
    return repo.git("rev-list", "--reverse", "main").decode().split()


def test_a_plan_is_printed_as_a_table(command: Command, repo: TestRepo) -> None:
    ran = command("plan", "--repo", str(repo.path))
    assert ran.code == 0, ran.err
    rows = [line.split() for line in ran.out.splitlines()]
    assert rows[0] == ["job", "date", "range", "commits", "files", "lines", "repository"]
    assert [row[2] for row in rows[1:]] == ["2025-W02", "2025-W03", "2025-W06"]
    # Three new pages of three lines; then one line each, old and new, of two pages, then of one.
    assert [row[4:6] for row in rows[1:]] == [["3", "9"], ["2", "4"], ["1", "2"]]
    assert "3 ranges in 1 job" in ran.err
    assert "tokens in" in ran.err


def test_a_plan_as_json_begins_with_nothing(command: Command, repo: TestRepo) -> None:
    ran = command("plan", "--repo", str(repo.path), "--by", "month", "--format", "json", "-q")
    plan = json.loads(ran.out)
    assert [each["label"] for each in plan["ranges"]] == ["2025-01", "2025-02"]
    assert plan["ranges"][0]["base"] == EMPTY_TREES["sha1"]
    assert plan["ranges"][-1]["head"] == ids(repo)[-1]
    assert ran.err == ""


def test_a_part_of_a_history(command: Command, repo: TestRepo) -> None:
    asked = ("--by", "day", "--from", "2025-01-07", "--until", "2025-01-14", "--format", "json")
    plan = json.loads(command("plan", "--repo", str(repo.path), *asked).out)
    commits = ids(repo)
    assert [(each["base"], each["head"]) for each in plan["ranges"]] == [
        (commits[1], commits[2]), (commits[2], commits[3]), (commits[3], commits[4]),
    ]  # fmt: skip
    after = json.loads(
        command("plan", "--repo", str(repo.path), "--after", commits[3], "--format", "json").out
    )
    assert [each["base"] for each in after["ranges"]] == [commits[3], commits[4]]


def test_releases(command: Command, repo: TestRepo) -> None:
    ran = command("plan", "--repo", str(repo.path), "--by", "release", "--format", "json")
    (only,) = json.loads(ran.out)["ranges"]
    assert (only["label"], only["comparison"]) == ("v1.1.0", "merge-base")
    chosen = command(
        "plan", "--repo", str(repo.path), "--by", "release", "--tags", "v1.*", "--format", "json"
    )
    assert [each["label"] for each in json.loads(chosen.out)["ranges"]] == ["v1.1.0-rc.1", "v1.1.0"]


def test_one_range_is_not_cut(command: Command, repo: TestRepo) -> None:
    commits = ids(repo)
    asked = ("--repo", str(repo.path), "--format", "json", "-q")
    (only,) = json.loads(command("plan", "v1.0.0...main", *asked).out)["ranges"]
    assert (only["base"], only["head"], only["date"]) == (commits[0], commits[-1], "2025-02-05")
    assert (only["comparison"], only["label"], only["files"]) == ("merge-base", "v1.0.0..main", 3)
    direct = json.loads(command("plan", f"{commits[0]}..v1.1.0", *asked).out)["ranges"]
    assert [(each["comparison"], each["label"]) for each in direct] == [
        ("direct", f"{commits[0][:7]}..v1.1.0")
    ]
    whole = json.loads(command("plan", "--by", "never", *asked).out)["ranges"]
    assert [(each["base"], each["label"]) for each in whole] == [
        (EMPTY_TREES["sha1"], f"..{commits[-1][:7]}")
    ]
    assert json.loads(command("plan", "main..main", *asked).out)["ranges"] == []
    after = command("plan", "--after", "v1.1.0", *asked)
    assert json.loads(after.out)["ranges"][0]["base"] == commits[3]


def test_the_files_of_a_large_range_are_shared_out(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Any work is worth a job.
    defaults = {"most_files": 0, "least": 0.0}
    monkeypatch.setattr("diff_insight.plan.jobs.share_out.__kwdefaults__", defaults)
    repo = TestRepo(tmp_path / "large")
    repo.write({"a.md": "# A\n"})
    repo.commit()
    repo.write({f"docs/{number}.md": f"# Page {number}\n" for number in range(20)})
    repo.commit()
    asked = ("plan", "HEAD~1..HEAD", "--repo", str(repo.path))
    assert json.loads(command(*asked, "--format", "json").out)["ranges"][0]["job"] == 1
    (tmp_path / "sizes.yml").write_text("files-per-job: 5\n", "utf-8")
    sizes = ("--config", str(tmp_path / "sizes.yml"))
    matrix = json.loads(command(*asked, *sizes, "--format", "matrix").out)["include"]
    assert [row["name"] for row in matrix] == [f"HEAD~1..HEAD ({at}/4)" for at in (1, 2, 3, 4)]
    planned = command(*asked, *sizes, "--jobs", "3", "--output", "plan.json")
    assert planned.out.splitlines()[1].split()[0] == "1-3"
    for job in ("1", "2", "3"):
        ran = command("backfill", "plan.json", "--job", job, "--repo", str(repo.path))
        assert (ran.code, ran.out) == (0, "")
    joined = command("backfill", "plan.json", "--repo", str(repo.path))
    assert "3 of 3 parts are there" in joined.err
    assert len(joined.out.splitlines()) == 2


def test_the_matrix_of_a_workflow(command: Command, repo: TestRepo) -> None:
    ran = command("plan", "--repo", str(repo.path), "--format", "matrix")
    assert json.loads(ran.out) == {
        "include": [{"job": 1, "ranges": 3, "name": "2025-W02 to 2025-W06"}]
    }


def test_prices_and_locales_make_a_cost(command: Command, repo: TestRepo) -> None:
    plan = ("plan", "--repo", str(repo.path), "--prices", "1000/1000")
    one, two = (command(*plan, "--locale", locales).err for locales in ("en", "en,ja"))
    assert "about $" in one
    dollars = [float(err.partition("about $")[2].partition("\n")[0]) for err in (one, two)]
    assert dollars[0] < dollars[1]


def test_a_plan_is_done_and_not_done_again(command: Command, repo: TestRepo) -> None:
    command("plan", "--repo", str(repo.path), "--output", "plan.json")
    ran = command("backfill", "plan.json", "--repo", str(repo.path), "--locale", "en,ja")
    assert ran.code == 0, ran.err
    reports = [name for name in ran.files if name.startswith("reports/")]
    assert "reports/202501/en_US/report-20250107-all.md" in reports
    assert "reports/202502/ja_JP/report-20250205-all.md" in reports
    assert len(reports) == 3 * 3  # two locales and the document of each
    assert len(ran.out.splitlines()) == len(reports)
    again = command("backfill", "plan.json", "--repo", str(repo.path), "--locale", "en,ja")
    assert again.out == ""
    assert again.err.count("is done already") == 3
    left = command("plan", "--repo", str(repo.path), "--reports", ".", "--format", "json")
    assert json.loads(left.out)["ranges"] == []
    assert "3 left out because a report is there" in left.err


def test_one_job_of_a_plan(command: Command, repo: TestRepo) -> None:
    command("plan", "--repo", str(repo.path), "--output", "plan.json")
    path = command.folder / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    plan["ranges"][2]["job"] = 2
    path.write_text(json.dumps(plan), "utf-8")
    ran = command("backfill", "plan.json", "--job", "2", "--repo", str(repo.path))
    assert [line for line in ran.out.splitlines() if line.endswith(".md")] == [
        "reports/202502/en_US/report-20250205-all.md"
    ]
    assert (
        command("backfill", "plan.json", "--job", "2", "--dry-run", "--repo", str(repo.path)).code
        == 0
    )


def test_a_gate_holds_for_a_plan_too(command: Command, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "library")
    repo.write({"pyproject.toml": '[project]\nname = "lib"\nversion = "1"\n', "lib/__init__.py": "def go():\n    return 1\n"})  # fmt: skip
    repo.commit()
    repo.write({"lib/__init__.py": ""})
    repo.commit()
    command("plan", "--repo", str(repo.path), "--output", "plan.json", "--by", "day")
    plan = json.loads((command.folder / "plan.json").read_text("utf-8"))
    first, second = repo.git("rev-list", "--reverse", "main").decode().split()
    plan["ranges"][-1] |= {"base": first, "head": second}
    (command.folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    ran = command("backfill", "plan.json", "--repo", str(repo.path), "--fail-on", "breaking-change")
    assert ran.code == 3, ran.err


def test_dates_of_wrong_clocks(command: Command, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "clocks")
    write_history(repo, [0, 9_000, 1, 2])
    days = json.loads(
        command("plan", "--repo", str(repo.path), "--by", "day", "--format", "json").out
    )
    assert [each["date"] for each in days["ranges"]] == ["2025-01-06", "2025-01-07", "2025-01-08"]


@pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
def test_a_repository_on_a_server(command: Command, repo: TestRepo, fake: FakeGitHub) -> None:
    fake.host(SLUG, repo)
    environ = {
        **os.environ, "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": f"{fake.url}/api/v3", "GITHUB_TOKEN": TOKEN,
    }  # fmt: skip
    ran = command("plan", "--repo", SLUG, "--output", "plan.json", environ=environ)
    assert ran.code == 0, ran.err
    assert [line.split()[-1] for line in ran.out.splitlines()[1:]] == [SLUG] * 3
    # Files are counted by the folders of both ends; lines would need their contents.
    assert [line.split()[4:6] for line in ran.out.splitlines()[1:]] == [
        ["3", "?"], ["2", "?"], ["1", "?"],
    ]  # fmt: skip
    done = command("backfill", "plan.json", environ=environ)
    assert done.code == 0, done.err
    assert len(done.out.splitlines()) == 6
    releases = command(
        "plan", "--repo", SLUG, "--by", "release", "--head", "v1.1.0", environ=environ
    )
    assert "v1.1.0" in releases.out


def test_followed_repositories_are_those_of_the_configuration(
    command: Command, repo: TestRepo
) -> None:
    (command.folder / "follow.yml").write_text("follow: [a/b, c/d]\n", "utf-8")
    environ = {**os.environ, "GITHUB_SERVER_URL": "http://127.0.0.1:9"}
    ran = command("plan", "--config", "follow.yml", "--head", "main", environ=environ)
    ran.refused(2, "follows several")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "--repo", "nowhere"], ["there is no directory 'nowhere'"]),
        (["plan", "--by", "year"], ["'year' is none of day, week, month, release"]),
        (["plan", "--from", "soon"], ["--from", "YYYY-MM-DD"]),
        (["plan", "--jobs", "300"], ["--jobs", "256"]),
        (["plan", "--jobs", "0"], ["--jobs"]),
        (["plan", "--timezone", "Mars/Base"], ["--timezone"]),
        (["plan", "--after", "f" * 40], ["is not in the first-parent history"]),
        (["plan", "v1.0.0..main", "--by", "day"], ["names both ends", "leave --by"]),
        (["plan", "v1.0.0..main", "--after", "v1.0.0"], ["names both ends"]),
        (["plan", "v1.0.0"], ["is not a range"]),
        (["plan", "gone..main"], ["unknown revision 'gone'"]),
        (["plan", "--files-per-job", "many"], ["--files-per-job"]),
        (["plan", "--head", "gone"], ["unknown revision 'gone'"]),
        (["backfill", "none.json"], ["the plan 'none.json' cannot be read"]),
        (["backfill"], ["PLAN.json"]),
    ],
)
def test_mistakes(command: Command, repo: TestRepo, arguments: list[str], words: list[str]) -> None:
    here = [] if "--repo" in arguments or arguments[0] == "backfill" else ["--repo", str(repo.path)]
    command(*arguments, *here).refused(2, *words)


def test_what_is_cut_off_is_not_planned(command: Command, repo: TestRepo, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth=2", f"file://{repo.path}", str(shallow))
    command("plan", "--repo", str(shallow)).refused(1, "cut off", "--unshallow")


def test_days_of_today_have_no_plan_yet(command: Command, repo: TestRepo) -> None:
    later = datetime.now(UTC).date().isoformat()
    ran = command("plan", "--repo", str(repo.path), "--from", later)
    assert (ran.code, ran.out) == (0, "")
    assert "nothing to report on" in ran.err
