"""Texts that come by a model's queue of batches: submitted, waited for, collected once, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from diff_insight.bootstrap.clock import SystemClock
from support.branches import files_on, reports_in
from support.fake_batches import FakeBatches, expired, refused_line
from support.fake_github import FakeGitHub, Hosted
from support.fake_model import Block, FakeModel, honest
from support.followed import BRANCH, Followed, now, scheduled
from support.model_server import ModelServer
from support.repos import TestRepo
from support.step import Step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

DAY = timedelta(days=1)
KEY = "sk-test-0123456789abcdefghijklmnop"
LOCALES = ("en_US", "ja_JP")


@pytest.fixture
def theirs(fake: FakeGitHub, tmp_path: Path) -> Followed:
    """A followed repository, whose last commit changes three pages."""
    made = Followed(fake, tmp_path / "theirs")
    pages = {
        f"docs/{name}.md": f"# {name}\n\nUse the old switch `--slow` as before.\n" for name in "abc"
    }
    made.change(3 * DAY, pages)
    made.change(
        DAY,
        {
            name: text.replace("old switch `--slow`", "new switch `--fast`")
            for name, text in pages.items()
        },
    )
    return made


@pytest.fixture
def batches() -> FakeBatches:
    return FakeBatches()


@pytest.fixture
def server(batches: FakeBatches) -> Iterator[ModelServer]:
    with ModelServer(batches=batches) as made:
        yield made


class Schedule:
    """Runs of one schedule, each with the same inputs."""

    def __init__(self, fake: FakeGitHub, folder: Path, server: ModelServer) -> None:
        self._fake = fake
        self._folder = folder
        self._inputs = {
            "api-key": KEY, "base-url": server.url, "model-batch": "on", "locales": ", ".join(LOCALES),
            "model": "test-model",
        }  # fmt: skip
        self._runs = 0

    def run(self, *, expected: str = "0", **inputs: str) -> Step:
        self._runs += 1
        given = {
            **self._inputs,
            **{name.replace("_", "-"): value for name, value in inputs.items()},
        }
        done = scheduled(self._fake, self._folder / str(self._runs), given)
        assert str(done.code) == expected, done.log
        return done


@pytest.fixture
def schedule(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, server: ModelServer, tmp_path: Path
) -> Schedule:
    return Schedule(fake, tmp_path / "runs", server)


def documents(hosted: Hosted) -> list[dict[str, Any]]:
    files = files_on(hosted, BRANCH)
    return [
        json.loads(files[path])
        for path in sorted(reports_in(list(files)))
        if path.endswith(".json") and path.startswith("reports/")
    ]


def handles(hosted: Hosted) -> list[dict[str, Any]]:
    state = json.loads(files_on(hosted, BRANCH)[".diff-insight/state.json"])
    found: list[dict[str, Any]] = state.get("batches", [])
    return found


def authors(document: Mapping[str, Any]) -> set[str]:
    return {entry["author"] for entry in document["files"]}


def notices(document: Mapping[str, Any]) -> list[str]:
    return [notice["key"] for notice in document["notices"]]


def test_a_report_waits_with_its_handle_beside_the_cursor(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    (before,) = documents(ours)
    assert authors(before) == {"rules"}
    assert notices(before) == ["model-batch-waiting"]
    assert before["coverage"]["sent_to_model"] == 3
    assert len(batches.batches) == 1
    assert batches.model.requests == []
    (handle,) = handles(ours)
    assert (handle["batch"], handle["head"]) == (batches.newest.id, before["range"]["head"])
    text = files_on(ours, BRANCH)[".diff-insight/state.json"].decode()
    assert "127.0.0.1" not in text
    assert KEY not in text


def test_a_batch_under_way_is_left_alone(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    tip = ours.commit(BRANCH)
    batches.end("in_progress")
    waiting = schedule.run()
    assert "is in_progress" in waiting.log
    assert ours.commit(BRANCH) == tip
    assert waiting.outputs["reports-collected"] == "[]"


def test_a_report_that_waited_is_replaced_in_place(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    (before,), paths = documents(ours), set(files_on(ours, BRANCH))
    batches.end("completed")
    done = schedule.run()
    (after,) = documents(ours)
    assert set(files_on(ours, BRANCH)) == paths
    assert authors(after) == {"model"}
    assert set(after["overview_author"].values()) == {"model"}
    assert notices(after) == []
    assert handles(ours) == []
    assert after["range"] == before["range"]
    # Only the range as a whole was asked at once.
    assert all(request.overview for request in batches.model.requests)
    assert batches.files == {}
    assert done.outputs["commit-sha"] == ours.commit(BRANCH)
    assert "`a.md`" in done.summary


@pytest.mark.slow
def test_the_costs_of_a_batch_are_told_apart(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end()
    done = schedule.run()
    usage = documents(ours)[0]["usage"]
    assert usage["batch_requests"] == 3
    assert usage["requests"] == 3 + len(LOCALES)
    assert 0 < usage["batch_input_tokens"] < usage["input_tokens"]
    assert 0 < usage["batch_output_tokens"] < usage["output_tokens"]
    assert done.outputs["input-tokens"] == str(usage["input_tokens"])
    assert done.outputs["reports"] == "[]"
    assert len(json.loads(done.outputs["reports-collected"])) == len(LOCALES)


@pytest.mark.slow
def test_what_is_collected_twice_changes_nothing(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    waiting = files_on(ours, BRANCH)
    batches.end()
    schedule.run()
    tip, files = ours.commit(BRANCH), files_on(ours, BRANCH)
    assert files != waiting
    done = schedule.run()
    assert ours.commit(BRANCH) == tip
    assert files_on(ours, BRANCH) == files
    assert done.outputs["reports-collected"] == "[]"
    assert len(batches.batches) == 1


@pytest.mark.slow
def test_new_changes_are_reported_while_earlier_texts_are_collected(
    schedule: Schedule, ours: Hosted, theirs: Followed, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end()
    theirs.change(DAY / 24, {"docs/d.md": "# d\n\nA new page about the switch `--fast`.\n"})
    done = schedule.run()
    told = {document["range"]["head"]: authors(document) for document in documents(ours)}
    assert sorted(map(sorted, told.values())) == [["model"], ["rules"]]
    assert told[done.outputs["head-sha"]] == {"rules"}
    assert len(handles(ours)) == 1
    batches.end()
    schedule.run()
    assert [authors(document) for document in documents(ours)] == [{"model"}, {"model"}]
    assert handles(ours) == []


def test_answers_are_checked_like_any_other(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    def inventing(block: Block, locale: str) -> tuple[str, str]:
        wrong = "The switch retires on March 3, 2027."
        return ("Changes", wrong) if block.path.endswith("b.md") else honest(block, locale)

    batches.model.writer = inventing
    schedule.run(locales="en_US")
    batches.end()
    schedule.run(locales="en_US")
    (document,) = documents(ours)
    by = {entry["path"]: entry["author"] for entry in document["files"]}
    assert by["docs/a.md"] == by["docs/c.md"] == "model"
    assert by["docs/b.md"] == "rules"
    assert "March 3, 2027" not in json.dumps(document["files"])
    assert notices(document) == ["model-rejected"]
    # What is wrong is asked about once more, at once.
    assert [request.corrective for request in batches.model.requests].count(True) == 1


@pytest.mark.slow
def test_what_a_batch_did_not_answer_is_asked_at_once(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end("expired", lambda number, line: expired(number, line) if number else None)
    schedule.run()
    (document,) = documents(ours)
    assert authors(document) == {"model"}
    assert document["usage"]["batch_requests"] == 1
    assert sum(not request.overview for request in batches.model.requests) == 2


@pytest.mark.slow
def test_a_line_that_was_filtered_costs_that_file(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    filtered = refused_line(400, "blocked by the content management policy", "content_filter")
    batches.end("completed", lambda number, line: filtered(number, line) if number == 1 else None)
    schedule.run()
    (document,) = documents(ours)
    assert authors(document) == {"model", "rules"}
    assert notices(document) == ["model-unanswered"]


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        pytest.param("expired", expired, marks=pytest.mark.slow),
        ("failed", None),
        pytest.param("completed", refused_line(500, "oops"), marks=pytest.mark.slow),
    ],
)
def test_a_batch_without_answers_is_handed_over_once_more_and_then_left(
    schedule: Schedule, ours: Hosted, batches: FakeBatches, status: Any, fault: Any
) -> None:
    schedule.run()
    batches.end(status, fault, message="the enqueued tokens are too many")
    done = schedule.run()
    (document,) = documents(ours)
    assert len(batches.batches) == 2
    assert notices(document) == ["model-batch-waiting"]
    assert [handle["attempt"] for handle in handles(ours)] == [2]
    if status == "failed":
        assert "the enqueued tokens are too many" in done.log
    batches.end(status, fault, message="again")
    schedule.run()
    (document,) = documents(ours)
    assert authors(document) == {"rules"}
    assert notices(document) == ["model-batch-ended"]
    assert handles(ours) == []
    schedule.run()
    assert len(batches.batches) == 2
    assert batches.model.requests == []


@pytest.mark.slow
def test_a_batch_that_somebody_cancelled_is_not_handed_over_again(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end("cancelled", expired)
    schedule.run()
    (document,) = documents(ours)
    assert notices(document) == ["model-batch-ended"]
    assert handles(ours) == []
    assert len(batches.batches) == 1


@pytest.mark.slow
def test_a_parameter_that_the_endpoint_refuses_is_left_out_the_second_time(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    (line, *_) = batches.lines(batches.newest.input_file_id)
    assert line["body"]["response_format"]["type"] == "json_schema"
    batches.end("completed", refused_line(400, "response_format json_schema is not supported"))
    schedule.run()
    (line, *_) = batches.lines(batches.newest.input_file_id)
    assert line["body"]["response_format"]["type"] == "json_object"
    batches.end()
    schedule.run()
    assert authors(documents(ours)[0]) == {"model"}


def test_an_endpoint_without_batches_is_asked_at_once(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    with ModelServer(FakeModel()) as server:
        done = Schedule(fake, tmp_path, server).run()
    (document,) = documents(ours)
    assert authors(document) == {"model"}
    assert "the endpoint takes no batches" in done.log
    assert handles(ours) == []


def test_without_a_branch_the_model_is_asked_at_once(
    schedule: Schedule, batches: FakeBatches
) -> None:
    done = schedule.run(publish="summary", since="7d")
    assert "model-batch: on has no effect here" in done.log
    assert batches.batches == {}
    assert batches.model.requests
    quiet = schedule.run(publish="summary", since="7d", model_batch="auto")
    assert "model-batch" not in quiet.log


def test_a_dry_run_hands_nothing_over(schedule: Schedule, batches: FakeBatches) -> None:
    schedule.run(dry_run="true")
    assert batches.batches == {}
    assert batches.model.requests == []


def test_a_run_that_was_killed_behind_the_submission_pays_once(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    (handle,) = handles(ours)
    ours.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    schedule.run()
    assert [each["batch"] for each in handles(ours)] == [handle["batch"]]
    assert len(batches.batches) == 1


@pytest.mark.slow
def test_the_same_questions_are_new_ones_when_their_answers_are_gone(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end()
    schedule.run()
    ours.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    schedule.run()
    assert len(batches.batches) == 2


@pytest.mark.slow
def test_an_endpoint_that_is_away_leaves_the_handle(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end()
    kept = dict(batches.files)
    batches.files.clear()
    done = schedule.run()
    assert "were not collected" in done.log
    assert len(handles(ours)) == 1
    batches.files |= kept
    schedule.run()
    assert authors(documents(ours)[0]) == {"model"}


def test_secrets_do_not_go_out_in_a_batch(
    fake: FakeGitHub, ours: Hosted, server: ModelServer, batches: FakeBatches, tmp_path: Path
) -> None:
    theirs = Followed(fake, tmp_path / "theirs")
    secret = "ghp_" + "a1B2" * 9
    theirs.change(3 * DAY, {"docs/a.md": "# A\n\nOld.\n"})
    theirs.change(DAY, {"docs/a.md": f"# A\n\nUse the token {secret} for this.\n"})
    Schedule(fake, tmp_path / "runs", server).run()
    sent = batches.files[batches.newest.input_file_id].decode()
    assert secret not in sent
    assert "docs/a.md" in sent
    assert "model-redacted" in notices(documents(ours)[0])


@pytest.mark.slow
def test_a_run_may_collect_and_do_nothing_else(
    schedule: Schedule, ours: Hosted, theirs: Followed, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end()
    theirs.change(DAY / 24, {"docs/d.md": "# d\n\nA new page.\n"})
    done = schedule.run(mode="collect")
    (document,) = documents(ours)
    assert authors(document) == {"model"}
    assert done.outputs["has-changes"] == "false"
    assert "nothing is new" not in done.log
    assert len(json.loads(done.outputs["reports-collected"])) == len(LOCALES)
    quiet = schedule.run(mode="collect")
    assert quiet.outputs["reports-collected"] == "[]"
    assert len(documents(ours)) == 1


def test_there_is_nothing_to_collect_without_a_queue(
    fake: FakeGitHub, ours: Hosted, theirs: Followed, tmp_path: Path
) -> None:
    done = scheduled(fake, tmp_path / "run", {"mode": "collect"})
    assert done.code == 2
    assert "model-batch" in done.log


def test_a_handle_that_nobody_could_have_written_ends_the_run(
    schedule: Schedule, ours: Hosted, batches: FakeBatches, tmp_path: Path
) -> None:
    schedule.run()
    state = json.loads(files_on(ours, BRANCH)[".diff-insight/state.json"])
    state["batches"][0]["batch"] = "../files/file_0001"
    write_state(ours, tmp_path, state)
    batches.seen.clear()
    done = schedule.run(expected="1")
    assert "a batch in it has no id" in done.log
    assert batches.seen == []


@pytest.mark.slow
def test_handles_of_others_are_left_to_them(
    schedule: Schedule, ours: Hosted, batches: FakeBatches, tmp_path: Path
) -> None:
    schedule.run()
    batches.end()
    state = json.loads(files_on(ours, BRANCH)[".diff-insight/state.json"])
    mine = state["batches"][0]
    others = [{**mine, "track": "other/repository@HEAD"}, {**mine, "place": "0" * 16}]
    write_state(ours, tmp_path, {**state, "batches": [*others, mine]})
    schedule.run()
    assert handles(ours) == others
    assert authors(documents(ours)[0]) == {"model"}


@pytest.mark.slow
def test_a_batch_of_which_nobody_knows_anything_is_given_up_in_the_end(
    schedule: Schedule, ours: Hosted, batches: FakeBatches, tmp_path: Path
) -> None:
    schedule.run()
    batches.batches.clear()
    assert "were not collected" in schedule.run().log
    assert len(handles(ours)) == 1
    state = json.loads(files_on(ours, BRANCH)[".diff-insight/state.json"])
    state["batches"][0]["submitted"] = "2020-01-01T00:00:00+00:00"
    write_state(ours, tmp_path, state)
    schedule.run()
    assert handles(ours) == []
    assert notices(documents(ours)[0]) == ["model-batch-ended"]


def test_answers_of_another_batch_are_not_believed(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run()
    batches.end()
    output = batches.newest.output_file_id
    assert output is not None
    lines = batches.lines(output)
    for number, line in enumerate(lines):
        line["custom_id"] = f"other-{number}"
    batches.files[output] = "".join(json.dumps(line) + "\n" for line in lines).encode()
    schedule.run()
    assert authors(documents(ours)[0]) == {"rules"}
    assert len(batches.batches) == 2


@pytest.mark.slow
def test_what_there_is_no_time_for_is_left_to_the_next_run(
    schedule: Schedule,
    ours: Hosted,
    theirs: Followed,
    batches: FakeBatches,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    schedule.run()
    batches.end()
    theirs.change(DAY / 24, {"docs/d.md": "# d\n\nA new page.\n"})
    schedule.run(mode="report", model_batch="off", analyst="rules")
    theirs.change(DAY / 48, {"docs/e.md": "# e\n\nAnother new page.\n"})
    monkeypatch.setattr("diff_insight.action.batch_collection._MOST_COLLECTED", 0)
    schedule.run()
    batches.end()
    monkeypatch.setattr("diff_insight.action.batch_collection._MOST_COLLECTED", 40)
    moments = (now() + DAY / 24 * hours for hours in count())
    with monkeypatch.context() as jumping:
        jumping.setattr(SystemClock, "now", lambda clock: next(moments))
        done = schedule.run(mode="collect")
    assert "1 batches are left to the next run" in done.log
    assert len(handles(ours)) == 1
    schedule.run(mode="collect")
    assert handles(ours) == []


@pytest.mark.slow
def test_a_report_in_a_pull_request_is_replaced_there(
    schedule: Schedule, ours: Hosted, batches: FakeBatches
) -> None:
    schedule.run(publish="pull-request")
    assert notices(documents(ours)[0]) == ["model-batch-waiting"]
    batches.end()
    schedule.run(publish="pull-request")
    assert authors(documents(ours)[0]) == {"model"}
    assert handles(ours) == []
    assert len(ours.opened) == 1


def write_state(hosted: Hosted, folder: Path, state: Mapping[str, Any]) -> None:
    """Let somebody with write access change the state on the branch."""
    clone = TestRepo(folder / "clone")
    clone.git("fetch", "-q", str(hosted.path), BRANCH)
    clone.git("checkout", "-q", "-B", BRANCH, "FETCH_HEAD")
    clone.write({".diff-insight/state.json": json.dumps(state)})
    clone.commit("by hand")
    clone.git("push", "-q", str(hosted.path), f"HEAD:{BRANCH}")
