"""The table of publishers in process: what each is given, their order, and failures of any kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path, PurePath

import pytest
from msgspec.structs import replace

from diff_insight.action.publishing import publish_all, tell_receipts
from diff_insight.bootstrap import publisher_factories, run_publishers
from diff_insight.bootstrap.action import with_pull_request
from diff_insight.bootstrap.range_result import PublishContext, RangeResult, own_client
from diff_insight.bootstrap.run_publishers import comment_key, takes_artifacts
from diff_insight.github.api.client import ApiFailure
from diff_insight.github.api.pulls import FoundPull, pull_of_run
from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.log import ActionsProgress
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Event, FinishedRun, PullRequest, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.notices import tell_notice
from diff_insight.pipeline import Outcome
from diff_insight.publishers.comment import NOTABLE_SALIENCE
from diff_insight.selection.select import Selection
from diff_insight.settings.settings import COMMENT_MODES, Settings
from diff_insight.wording import range_text
from support.fake_github import Conversation, FakeGitHub, Fault
from support.fake_results import FakeResults, Trouble, runtime_token
from support.large import large_insight
from support.remotes import SLUG, TOKEN
from support.runner import commands_in, printed

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

HEAD, BASE = "b" * 40, "a" * 40
PULL = PullRequest(
    number=7, title="", body="", base_sha=BASE, base_ref="main", head_sha=HEAD, head_ref="topic",
    head_repository=SLUG, is_fork=False, draft=False, author="octocat", labels=(),
)  # fmt: skip
EVENT = Event(name="pull_request", repository=SLUG, pull_request=PULL, pull_number=7)
RUN = FinishedRun(event="pull_request", id=55, head_repository="mallory/demo", head_branch="topic")
FINISHED = Event(name="workflow_run", repository=SLUG, head=HEAD, run=RUN)
ALL = ("comment", "summary", "artifact")


@pytest.fixture
def deliver(fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deliver:
    monkeypatch.setattr("github.Requester.time.sleep", lambda seconds: None)
    return Deliver(fake, tmp_path)


class Deliver:
    """Makes deliveries of one small report."""

    def __init__(self, fake: FakeGitHub, folder: Path) -> None:
        self.fake, self.folder = fake, folder
        self.pull = fake.converse(SLUG, 7, Conversation(head=HEAD, base=BASE))
        self.summary = folder / "summary"
        self.summary.touch()
        (folder / "report.md").write_text("# Report\n", "utf-8")
        self.environ = {
            "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_API_URL": fake.api, "GITHUB_RUN_ID": "77",
        }  # fmt: skip

    def of(
        self,
        event: Event = EVENT,
        environ: Mapping[str, str] | None = None,
        files: int = 3,
        settings: Settings | None = None,
    ) -> PublishContext:
        told = {**self.environ, **(environ or {})}
        commits = CommitRange(base=BASE, head=HEAD, merge_base=BASE, comparison=Comparison.DIRECT)
        selection = Selection(categories={}, excluded=(), unmatched=(), unreadable=(), changed=3)
        self.outcome = Outcome(
            commits=commits,
            insights=(replace(large_insight(files), locales=("en_US",)),) if files else (),
            paths=(PurePath("report.md"),) if files else (),
            selection=selection,
        )
        inputs = StepInputs(github_token=TOKEN)
        return PublishContext(
            host=RunnerHost(told), event=event, inputs=inputs, environ=told,
            settings=settings or Settings(comment_mode="always"),
            wanted=WantedRange(repository=SLUG, request=RangeRequest()),
            client=own_client(inputs, told),
        )  # fmt: skip

    def publish(self, delivery: PublishContext, *targets: str) -> tuple[dict[str, Receipt], str]:
        receipts: list[Receipt] = []

        def act() -> None:
            with chdir(self.folder):
                receipts.extend(
                    publish_all(targets or ALL, delivery, RangeResult(outcome=self.outcome))
                )
            tell_receipts(delivery.host, ActionsProgress(delivery.host, tell_notice), receipts)

        log = printed(act)
        return {receipt.publisher: receipt for receipt in receipts}, log


def statuses(receipts: Mapping[str, Receipt]) -> dict[str, str]:
    return {name: str(receipt.status) for name, receipt in receipts.items()}


@pytest.mark.no_cover
def test_whole_reports_come_first_and_are_linked(deliver: Deliver) -> None:
    with FakeResults() as results:
        access = {"ACTIONS_RESULTS_URL": results.url, "ACTIONS_RUNTIME_TOKEN": runtime_token()}
        receipts, log = deliver.publish(deliver.of(environ=access, files=1_000))
    assert list(receipts) == ["artifact", "summary", "comment"]
    assert set(statuses(receipts).values()) == {"published"}
    url = receipts["artifact"].place
    assert url.startswith(f"https://github.com/{SLUG}/actions/runs/77/artifacts/4")
    assert url in deliver.summary.read_text("utf-8")
    assert url in deliver.pull.notes[0].body
    assert f"artifact: published at {url}" in log


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (replace(EVENT, pull_request=replace(PULL, is_fork=True)), "skipped"),
        (replace(EVENT, pull_request=replace(PULL, author="dependabot[bot]")), "skipped"),
        (EVENT, "failed"),
        (replace(EVENT, name="pull_request_target"), "failed"),
        (
            replace(EVENT, name="pull_request_target", pull_request=replace(PULL, is_fork=True)),
            "failed",
        ),
    ],
)
def test_who_may_be_without_permission(deliver: Deliver, event: Event, expected: str) -> None:
    deliver.pull.writable = False
    receipts, log = deliver.publish(deliver.of(event), "comment")
    assert statuses(receipts) == {"comment": expected}
    names = {command.name for command in commands_in(log)}
    assert names == {"error" if expected == "failed" else "notice"}


@pytest.mark.slow
def test_the_comment_of_a_finished_run_links_to_that_run(deliver: Deliver) -> None:
    event = replace(FINISHED, base=BASE, pull_number=7)
    receipts, _ = deliver.publish(deliver.of(event, files=2_000), "comment")
    assert statuses(receipts) == {"comment": "published"}
    assert f"https://github.com/{SLUG}/actions/runs/55" in deliver.pull.notes[0].body


def test_nothing_to_report_is_said_in_the_first_locale(deliver: Deliver) -> None:
    settings = Settings(locales=("zh_CN", "en_US"), comment_mode="always")
    deliver.publish(deliver.of(settings=settings), "comment")
    receipts, _ = deliver.publish(deliver.of(files=0, settings=settings))
    assert statuses(receipts) == {
        "artifact": "skipped", "summary": "skipped", "comment": "published",
    }  # fmt: skip
    assert "没有可发布的内容" in deliver.pull.notes[0].body


def test_what_is_left_out_is_said_in_the_first_locale(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        run_publishers,
        "renderer",
        lambda settings, place: lambda insight, locale, level: "x" * 40_000,
    )
    small = large_insight(3)
    delivery = deliver.of(settings=Settings(locales=("ja_JP",), comment_mode="always"))
    both = (replace(small, locales=("ja_JP", "zh_CN")),)
    deliver.outcome = replace(deliver.outcome, insights=both)
    deliver.publish(delivery, "comment")
    assert deliver.pull.notes[0].body.endswith("ここに収まらないレポート：1件\n")


@pytest.mark.parametrize("missing", ["ACTIONS_RESULTS_URL", "ACTIONS_RUNTIME_TOKEN"])
def test_what_the_runner_does_not_give_is_named(deliver: Deliver, missing: str) -> None:
    access = {"ACTIONS_RESULTS_URL": "http://127.0.0.1:9", "ACTIONS_RUNTIME_TOKEN": "token-token"}
    receipts, log = deliver.publish(deliver.of(environ={**access, missing: ""}), "artifact")
    assert statuses(receipts) == {"artifact": "failed"}
    assert missing in log


def broken_summary(deliver: Deliver, patch: pytest.MonkeyPatch) -> None:
    deliver.environ["GITHUB_STEP_SUMMARY"] = ""


def defect(deliver: Deliver, patch: pytest.MonkeyPatch) -> None:
    def fail(delivery: PublishContext, parcel: RangeResult, place: str) -> None:
        raise ValueError("::error::a defect")

    patch.setattr(
        publisher_factories, "FACTORIES", {**publisher_factories.FACTORIES, "summary": fail}
    )


@pytest.mark.parametrize("breaks", [broken_summary, defect])
def test_no_failure_ends_the_others(
    deliver: Deliver,
    monkeypatch: pytest.MonkeyPatch,
    breaks: Callable[[Deliver, pytest.MonkeyPatch], None],
) -> None:
    breaks(deliver, monkeypatch)
    receipts, log = deliver.publish(deliver.of(), "summary", "comment")
    assert statuses(receipts) == {"summary": "failed", "comment": "published"}
    assert "summary has published nothing" in log


def test_an_enterprise_server_has_no_artifacts() -> None:
    assert [takes_artifacts(f"https://{name}") for name in (
        "github.com", "GitHub.com", "octo.ghe.com", "github.localhost:80",
        "ghes.example", "github.com.evil.example", "ghe.com",
    )] == [True, True, True, True, False, False, False]  # fmt: skip


def test_each_step_has_a_comment_of_its_own() -> None:
    step = {"GITHUB_WORKFLOW_REF": "o/r/.github/workflows/a.yml@refs/pull/7/merge",
            "GITHUB_JOB": "report", "GITHUB_ACTION": "insight"}  # fmt: skip
    other_ref = {**step, "GITHUB_WORKFLOW_REF": "o/r/.github/workflows/a.yml@refs/heads/main"}
    assert comment_key(step) == comment_key(other_ref)
    keys = {comment_key({**step, name: "another"}) for name in step}
    assert len(keys | {comment_key(step)}) == 4
    assert all(len(key) == 12 and set(key) <= set("0123456789abcdef") for key in keys)


def test_the_threshold_of_comments_is_that_of_headlines() -> None:
    assert NOTABLE_SALIENCE == range_text._SECOND_HEADLINE
    assert Settings().comment_mode == COMMENT_MODES[0]


INPUTS = StepInputs(github_token=TOKEN)


def test_an_event_without_a_run_of_a_pull_request_asks_nothing(deliver: Deliver) -> None:
    pushed = replace(FINISHED, run=replace(RUN, event="push"))
    for event in (EVENT, pushed):
        assert with_pull_request(event, INPUTS, deliver.environ) is event
    assert deliver.fake.seen() == []


def test_a_finished_run_gets_base_and_number_of_its_pull_request(deliver: Deliver) -> None:
    deliver.pull.home = ("mallory/demo", "topic")
    found = with_pull_request(FINISHED, INPUTS, deliver.environ)
    assert (found.base, found.pull_number) == (BASE, 7)
    deliver.pull.state = "closed"
    assert with_pull_request(FINISHED, INPUTS, deliver.environ) is FINISHED


def test_the_numbers_of_the_payload_are_checked(deliver: Deliver) -> None:
    client = own_client(INPUTS, deliver.environ)
    run = replace(RUN, pulls=(7,), head_repository="", head_branch="")
    assert pull_of_run(client, SLUG, run, HEAD) == FoundPull(7, BASE)
    assert pull_of_run(client, SLUG, run, "9" * 40) is None


def test_a_fork_whose_commit_is_not_known_is_found_by_its_branch(deliver: Deliver) -> None:
    deliver.pull.home = ("mallory/demo", "topic")
    deliver.fake.fail(Fault(path="commits/.*/pulls", status=404, message="Not Found"))
    client = own_client(INPUTS, deliver.environ)
    assert pull_of_run(client, SLUG, RUN, HEAD) == FoundPull(7, BASE)
    deliver.fake.fail(Fault(path="GET .*/pulls$", status=403, message="Forbidden"))
    with pytest.raises(ApiFailure):
        pull_of_run(client, SLUG, RUN, HEAD)


def test_a_server_that_refuses_to_tell_is_no_answer(deliver: Deliver) -> None:
    deliver.fake.fail(Fault(path="commits/.*/pulls", status=401, message="Bad credentials"))
    with pytest.raises(ApiFailure):
        with_pull_request(FINISHED, INPUTS, deliver.environ)


def test_rows_that_are_no_pull_requests_are_passed_over() -> None:
    class Odd:
        def get(self, path: str, **parameters: str | int) -> object:
            return {} if "commits" in path else [None, {"base": None}, "x"]

    assert pull_of_run(Odd(), SLUG, RUN, HEAD) is None  # type: ignore[arg-type]


def test_a_quota_and_a_retention_are_told(deliver: Deliver) -> None:
    with FakeResults() as results:
        access = {"ACTIONS_RESULTS_URL": results.url, "ACTIONS_RUNTIME_TOKEN": runtime_token(),
                  "GITHUB_RETENTION_DAYS": "5"}  # fmt: skip
        settings = Settings(retention_days=9)
        receipts, _ = deliver.publish(deliver.of(environ=access, settings=settings), "artifact")
        assert receipts["artifact"].reason == Notice("artifact-retention", {"asked": 9, "most": 5})
        results.trouble(Trouble(path="Create", status=403, body='{"msg":"Insufficient usage"}'))
        receipts, log = deliver.publish(deliver.of(environ=access), "artifact")
        assert receipts["artifact"].status is PublishStatus.FAILED
        assert "retention-days" in log
