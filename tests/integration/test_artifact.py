"""Artifacts over a results service and a storage that check every request."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath

import pytest
from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.api.artifacts import (
    ArtifactFailure,
    ArtifactService,
    ResultsSettings,
    backend_ids,
)
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.publishers.artifact import ArtifactPublisher, ArtifactWish
from support.fake_results import JOB, RUN, FakeResults, Trouble, runtime_token

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUN_URL = "https://github.com/octo/demo/actions/runs/77"
WISH = ArtifactWish(run_url=RUN_URL)


class Uploads:
    """Publishers that upload to the fake service."""

    def __init__(self, results: FakeResults, folder: Path) -> None:
        self.results = results
        self.folder = folder
        self.waits: list[float] = []
        self.hidden: list[str] = []

    def service(self, token: str = "", block: int = 8 * 1024 * 1024) -> ArtifactService:
        settings = ResultsSettings(
            url=f"{self.results.url}/some/path/", token=token or runtime_token(), block=block
        )
        return ArtifactService(settings, self.waits.append, self.hidden.append)

    def files(self, **files: str) -> list[PurePath]:
        made = []
        for name, text in files.items():
            path = self.folder / f"{name}.md"
            path.write_text(text, "utf-8")
            made.append(path)
        return list(made)

    def publish(
        self,
        wish: ArtifactWish = WISH,
        store: Callable[[], ArtifactService] | None = None,
        files: Iterable[PurePath] | None = None,
    ) -> Receipt:
        paths = self.files(a="# A\n", b="# B\n") if files is None else list(files)
        return ArtifactPublisher(paths, store or self.service, lambda: NOW, wish).publish([])


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    with FakeResults() as results:
        yield Uploads(results, tmp_path)


def why(receipt: Receipt) -> str:
    return f"{receipt.reason.key} {receipt.reason.params}" if receipt.reason else ""


def test_files_are_stored_in_one_zip(uploads: Uploads) -> None:
    receipt = uploads.publish()
    (artifact,) = uploads.results.finished()
    assert receipt.status is PublishStatus.PUBLISHED
    assert receipt.outputs == {
        "artifact-id": str(artifact.id),
        "artifact-url": f"{RUN_URL}/artifacts/{artifact.id}",
    }
    assert receipt.place == f"{RUN_URL}/artifacts/{artifact.id}"
    assert artifact.created["name"] == "diff-insight"
    assert "expires_at" not in artifact.created
    with zipfile.ZipFile(io.BytesIO(uploads.results.content(artifact))) as archive:
        assert archive.testzip() is None
        assert [name.rpartition("/")[2] for name in archive.namelist()] == ["a.md", "b.md"]
        assert archive.read(archive.namelist()[1]) == b"# B\n"


def test_the_signature_of_the_address_is_hidden_and_told_nowhere(uploads: Uploads) -> None:
    uploads.results.trouble(Trouble(path="PUT", status=403, body="sig=secret", times=1))
    receipt = uploads.publish()
    assert uploads.hidden == [FakeResults.signature]
    assert "403" in why(receipt)
    assert "secret" not in why(receipt)
    assert uploads.results.url not in why(receipt)


def test_large_files_go_in_blocks_of_which_one_is_held(uploads: Uploads) -> None:
    pieces = [bytes([number]) * 1_000 for number in range(10)]
    stored = uploads.service(block=4_096).upload("raw", iter(pieces))
    (artifact,) = uploads.results.finished()
    assert uploads.results.content(artifact) == b"".join(pieces)
    assert stored.size == 10_000
    puts = [path for verb, path in uploads.results.seen() if verb == "PUT"]
    assert [path.count("comp=blocklist") for path in puts] == [0, 0, 0, 1]


def test_an_empty_blob_has_no_blocks(uploads: Uploads) -> None:
    assert uploads.service().upload("none", []).size == 0


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [
        (Trouble(path="CreateArtifact", status=503, times=2), [3.0, 4.5]),
        (Trouble(path="PUT .*comp=block&", status=500, times=1), [3.0]),
        (Trouble(path="PUT .*blocklist", drop=True, times=1), [3.0]),
        (Trouble(path="Finalize", status=429, headers={"Retry-After": "9"}, times=1), [9.0]),
    ],
)
def test_what_fails_for_a_while_is_tried_again(
    uploads: Uploads, trouble: Trouble, waits: list[float]
) -> None:
    uploads.results.trouble(trouble)
    assert uploads.publish().status is PublishStatus.PUBLISHED
    assert uploads.waits == waits


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (Trouble(path="CreateArtifact", drop=True), "did not answer CreateArtifact"),
        (Trouble(path="Finalize", status=500), "answered 500 to FinalizeArtifact"),
        (Trouble(path="PUT", status=503), "refused a block: 503"),
        (Trouble(path="PUT", drop=True), "refused a block: no answer"),
        (Trouble(path="Create", status=401, body='{"code":"x","msg":"bad token"}'), "bad token"),
        (Trouble(path="Create", status=200, body="[]"), "answered 200 to CreateArtifact"),
        (Trouble(path="Create", status=200, body="no JSON"), "answered 200 to CreateArtifact"),
        (Trouble(path="Create", status=200, body='{"ok":true}'), "gave no address"),
        (
            Trouble(path="Create", status=200, body='{"ok":true,"signed_upload_url":"ftp://x/"}'),
            "gave no address",
        ),
    ],
)
def test_what_fails_for_good_is_a_receipt(uploads: Uploads, trouble: Trouble, told: str) -> None:
    uploads.results.trouble(trouble)
    receipt = uploads.publish()
    assert receipt.status is PublishStatus.FAILED
    assert told in why(receipt)
    assert len(uploads.waits) in {0, 4}


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_used_up_quota_is_told_at_once(uploads: Uploads, status: int) -> None:
    said = '{"code":"resource_exhausted","msg":"You have insufficient usage to store"}'
    uploads.results.trouble(Trouble(path="CreateArtifact", status=status, body=said))
    assert why(uploads.publish()).startswith("artifact-quota")
    assert uploads.waits == []


def test_a_name_that_is_taken_gets_a_number(uploads: Uploads) -> None:
    for _ in range(3):
        assert uploads.publish().status is PublishStatus.PUBLISHED
    names = [artifact.name for artifact in uploads.results.finished()]
    assert names == ["diff-insight", "diff-insight-2", "diff-insight-3"]


def test_names_without_end_are_not_tried(uploads: Uploads) -> None:
    said = '{"code":"already_exists","msg":"taken"}'
    uploads.results.trouble(Trouble(path="CreateArtifact", status=409, body=said))
    assert "'diff-insight-19'" in why(uploads.publish())


@pytest.mark.parametrize(
    ("days", "most", "expires", "reason"),
    [
        (5, 90, "2026-03-06T12:00:00.000Z", ""),
        (400, 90, "2026-05-30T12:00:00.000Z", "artifact-retention {'asked': 400, 'most': 90}"),
        (5, 0, "2026-03-06T12:00:00.000Z", ""),
    ],
)
def test_retention(uploads: Uploads, days: int, most: int, expires: str, reason: str) -> None:
    receipt = uploads.publish(replace(WISH, retention_days=days, most_days=most))
    (artifact,) = uploads.results.finished()
    assert artifact.created["expires_at"] == expires
    assert why(receipt) == reason


@pytest.mark.parametrize(
    "name",
    ['a"b:c<d>e|f*g?h\ri\nj\\k/l', "../../etc/passwd", " . ", "", "レポート", "x" * 999, "\ud800"],
)
def test_any_name_is_made_one_that_the_service_takes(uploads: Uploads, name: str) -> None:
    assert uploads.publish(replace(WISH, name=name)).status is PublishStatus.PUBLISHED


def test_what_is_not_published(uploads: Uploads) -> None:
    assert why(uploads.publish(files=[])).startswith("nothing-to-publish")
    other = uploads.publish(replace(WISH, hosted=False))
    assert (other.status, why(other)) == (PublishStatus.SKIPPED, "artifact-unsupported {}")
    assert uploads.publish(replace(WISH, dry_run=True)).status is PublishStatus.DRY_RUN
    assert uploads.results.seen() == []


def test_a_file_that_is_gone_and_a_store_that_is_not_there(uploads: Uploads) -> None:
    gone = uploads.publish(files=[uploads.folder / "gone.md"])
    assert (gone.status, "No such file" in why(gone)) == (PublishStatus.FAILED, True)

    def none() -> ArtifactService:
        raise EnvironmentFailure("the runner gives no ACTIONS_RUNTIME_TOKEN")

    assert "ACTIONS_RUNTIME_TOKEN" in why(uploads.publish(store=none))
    assert uploads.results.finished() == []


def test_tokens_name_run_and_job() -> None:
    assert backend_ids(runtime_token()) == (RUN, JOB)


@pytest.mark.parametrize(
    "token", ["", "a.b.c", "a.e30.c", runtime_token("Actions.Results:only-one"), runtime_token("x")]
)
def test_tokens_without_them_are_refused_and_not_told(token: str) -> None:
    with pytest.raises(ArtifactFailure) as caught:
        backend_ids(token)
    assert not token or token not in str(caught.value)


def test_an_id_that_is_no_number_makes_no_address(uploads: Uploads) -> None:
    said = '{"ok":true,"artifact_id":"../../evil"}'
    uploads.results.trouble(Trouble(path="Finalize", status=200, body=said))
    receipt = uploads.publish()
    assert (receipt.place, receipt.outputs["artifact-id"]) == (RUN_URL, "")
