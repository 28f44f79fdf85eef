"""The workflows ask for as little as they need, and the examples name what the action has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff_insight import __version__
from diff_insight.github.runner.step_inputs import KNOWN_INPUTS
from diff_insight.settings.config_file import parse_config
from diff_insight.settings.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OUTPUTS = set(yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["outputs"])
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
ALL = pytest.mark.parametrize("path", [*WORKFLOWS, *EXAMPLES], ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    # BaseLoader: `on` stays a word, and every value a text.
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - own files
    assert isinstance(loaded, dict)
    return loaded


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in read(path)["jobs"].values():
        yield from job.get("steps", [])


def ours(step: dict[str, Any]) -> bool:
    return str(step.get("uses", "")).startswith(("OWNER/diff-insight@", "./"))


def test_there_are_workflows_and_examples() -> None:
    assert {path.stem for path in WORKFLOWS} == {"ci", "newest", "release"}
    assert {path.stem for path in EXAMPLES} == {
        "step",
        "pull-request",
        "scheduled-other-repository",
        "comment-on-pull-request",
        "report-on-forks",
        "comment-on-forks",
        "follow-to-branch",
        "release-notes",
        "backfill",
        "with-a-model",
        "long-history",
        "long-history-in-a-later-run",
        "follow-many",
        "site",
        "follow-with-impact",
        "dependency-impact",
        "texts-in-a-later-run",
    }


@ALL
def test_permissions_are_given_to_jobs_one_by_one(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        assert "uses" in job or int(job["timeout-minutes"]) <= 120, name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_ask_for_what_they_publish_with_and_no_more(path: Path) -> None:
    for job in read(path)["jobs"].values():
        given = [step.get("with", {}) for step in job["steps"] if ours(step)]
        # A plan only reads the branch that the join publishes to.
        writing = [each for each in given if each.get("mode") != "plan"]
        publish = " ".join(each.get("publish", "") for each in writing)
        first = any(each.get("since") == "last-report" for each in given)
        plans = any(each.get("mode") == "plan" for each in given)
        expected = {"contents": "write" if "commit" in publish and not plans else "read"}
        expected |= {"actions": "read"} if first else {}
        expected |= {"pull-requests": "write"} if "comment" in publish else {}
        if any("actions/deploy-pages@" in step.get("uses", "") for step in job["steps"]):
            expected = {"pages": "write", "id-token": "write"}
        assert job["permissions"] == expected


@ALL
def test_actions_of_others_are_pinned_with_their_version(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        used = re.match(r"[ -]*uses: (\S+)(.*)", line)
        if used and not used[1].startswith(("./", "OWNER/diff-insight@")):
            assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", used[1]), line
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", used[2]), line


@ALL
def test_one_version_of_each_action_is_used_everywhere(path: Path) -> None:
    pins = dict(pair for other in (*WORKFLOWS, *EXAMPLES) for pair in pinned(other))
    for name, commit in pinned(path):
        assert pins[name] == commit, name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_show_actions_of_others_as_the_examples_pin_them(path: Path) -> None:
    pins = dict(pair for other in (*WORKFLOWS, *EXAMPLES) for pair in pinned(other))
    for line in path.read_text("utf-8").splitlines():
        used = re.match(r"[ -]*uses: ([\w/-]+)@(\S+)", line)
        if (
            used
            and used[1] != "OWNER/diff-insight"
            and not used[1].startswith("OWNER/diff-insight/")
        ):
            assert re.fullmatch(r"[0-9a-f]{40}", used[2]), line
            assert pins.get(used[1], used[2]) == used[2], line


def pinned(path: Path) -> list[tuple[str, str]]:
    return re.findall(r"uses: ([\w/-]+)@([0-9a-f]{40})", path.read_text("utf-8"))


@ALL
def test_steps_with_this_action_name_inputs_and_outputs_that_it_has(path: Path) -> None:
    used = [step for step in steps(path) if ours(step)]
    assert used or path.stem in {"release", "newest"}
    for step in used:
        assert set(step.get("with", {})) <= set(KNOWN_INPUTS)
        major = __version__.partition(".")[0]
        assert step["uses"] in {"./", f"OWNER/diff-insight@v{max(1, int(major))}"}
    text = path.read_text("utf-8")
    for step in used:
        named = set(re.findall(rf"steps\.{step.get('id')}\.outputs\.([\w-]+)", text))
        assert named <= OUTPUTS
        assert named or "id" not in step


@ALL
def test_no_script_holds_an_expression(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", "")


@ALL
def test_make_targets_that_are_run_exist(path: Path) -> None:
    for step in steps(path):
        for target in re.findall(r"\bmake ([\w-]+)", step.get("run", "")):
            assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_all_green_waits_for_every_job() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    assert jobs["all-green"]["needs"] == [name for name in jobs if name != "all-green"]
    assert jobs["all-green"]["if"] == "always()"


def test_the_release_changes_the_line_that_action_yml_has() -> None:
    script = "".join(step.get("run", "") for step in steps(ROOT / ".github/workflows/release.yml"))
    replaced = re.search(r"s\|(\^.+?\$)\|", script)
    assert replaced is not None
    text = (ROOT / "action.yml").read_text("utf-8")
    assert re.findall(replaced[1], text, re.MULTILINE) == ["  image: Dockerfile"]
    found = re.search(r'"(__version__ = )', script.replace("\\", ""))
    assert found is not None
    assert f'{found[1]}"{__version__}"' in (ROOT / "src/diff_insight/__init__.py").read_text(
        "utf-8"
    )


def test_a_proposal_of_a_stranger_gets_no_secret_and_its_new_push_ends_the_old_report() -> None:
    workflow = read(ROOT / "examples" / "pull-request.yml")
    assert list(workflow["on"]) == ["pull_request"]
    assert workflow["concurrency"]["cancel-in-progress"] == "true"
    (job,) = workflow["jobs"].values()
    assert "draft" in job["if"]
    assert "Bot" in job["if"]
    assert "secrets." not in (ROOT / "examples" / "pull-request.yml").read_text("utf-8")


def test_the_workflows_for_forks_hand_nothing_of_a_proposal_to_a_token_that_writes() -> None:
    first, second = (ROOT / "examples" / f"{name}-on-forks.yml" for name in ("report", "comment"))
    assert list(read(first)["on"]) == ["pull_request"]
    assert list(read(second)["on"]) == ["workflow_run"]
    assert read(second)["on"]["workflow_run"]["workflows"] == [read(first)["name"]]
    assert "write" not in str([job["permissions"] for job in read(first)["jobs"].values()])
    for path in (first, second):
        assert all(ours(step) for step in steps(path)), "no checkout, no download, no script"
        assert "secrets." not in path.read_text("utf-8")
    for step in steps(second):
        assert "${{" not in str(step.get("with", {}))


def test_the_example_for_dependencies_keeps_what_it_reads_under_a_secret() -> None:
    path = ROOT / "examples" / "dependency-impact.yml"
    text = path.read_text("utf-8")
    told = "\n".join(line[4:] for line in text.splitlines() if line.startswith("#   "))
    config = parse_config(told, "the example")
    _, cache, insight = steps(path)
    assert cache["with"]["path"] == config["cache-dir"]
    assert insight["with"]["cache-secret"] == "${{ secrets.DIFF_INSIGHT_CACHE }}"
    assert text.count("secrets.") == 1


def test_the_example_with_a_model_limits_what_it_sends_and_keeps() -> None:
    path = ROOT / "examples" / "with-a-model.yml"
    text = path.read_text("utf-8")
    told = "\n".join(line[4:] for line in text.splitlines() if line.startswith("#   "))
    config = parse_config(told, "the example")
    assert config["never-send"]
    cache, insight, _ = steps(path)
    assert cache["with"]["path"] == config["cache-dir"]
    assert insight["with"]["api-key"] == "${{ secrets.OPENAI_API_KEY }}"
    assert 0 < int(insight["with"]["token-budget"]) < Settings().token_budget
    assert text.count("secrets.") == 1


def test_the_workflow_of_the_readme_is_whole_when_it_is_pasted() -> None:
    block = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    workflow = yaml.load(block[1], Loader=yaml.BaseLoader)  # noqa: S506 - own file
    assert {"name", "on", "permissions", "jobs"} == workflow.keys()
    for job in workflow["jobs"].values():
        assert {"runs-on", "permissions", "steps"} <= job.keys()
        (step,) = job["steps"]
        assert ours(step)
        assert set(step["with"]) <= set(KNOWN_INPUTS)
