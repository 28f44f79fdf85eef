"""Our upload and the official client against one service, whose blobs lie in Azurite."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from diff_insight.github.api.artifacts import ArtifactService, ResultsSettings
from diff_insight.model.receipts import PublishStatus
from diff_insight.publishers.artifact import ArtifactPublisher, ArtifactWish
from support.fake_results import FakeResults, runtime_token
from support.parts import NODE, PARTS, Azurite, azurite

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Azurite]:
    with azurite(tmp_path_factory.mktemp("azurite")) as running:
        yield running


@pytest.fixture
def results(storage: Azurite) -> Iterator[FakeResults]:
    with FakeResults(storage) as running:
        yield running


def official(results: FakeResults, folder: Path, *arguments: str) -> Any:
    """Run the official client and return its answer."""
    done = subprocess.run(
        [str(NODE), "artifact.mjs", *arguments], cwd=PARTS, capture_output=True, text=True,
        check=False, timeout=120,
        env={
            "PATH": os.environ["PATH"], "HOME": str(folder), "GITHUB_WORKSPACE": str(folder),
            "ACTIONS_RESULTS_URL": results.url, "ACTIONS_RUNTIME_TOKEN": runtime_token(),
            "GITHUB_RETENTION_DAYS": "90", "GITHUB_REPOSITORY": "octo/demo",
        },
    )  # fmt: skip
    found = re.search(r"^answer: (.*)$", done.stdout, re.MULTILINE)
    assert found, done.stdout + done.stderr
    return json.loads(found[1])


def test_the_official_client_reads_what_we_store(results: FakeResults, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    contents = {"report.md": "# 日本語 报告\n" * 10_000, "report.json": "{}", "空.md": ""}
    for name, text in contents.items():
        (reports / name).write_text(text, "utf-8")
    settings = ResultsSettings(url=results.url, token=runtime_token(), block=4_096)
    service = ArtifactService(settings, lambda seconds: None, lambda secret: None)
    wish = ArtifactWish(
        name="報告", retention_days=3, run_url="https://github.com/o/r/actions/runs/1"
    )
    files = [Path(os.path.relpath(reports / name, Path.cwd())) for name in contents]
    receipt = ArtifactPublisher(files, lambda: service, lambda: NOW, wish).publish([])
    assert receipt.status is PublishStatus.PUBLISHED, receipt

    (artifact,) = results.finished()
    stored = results.content(artifact)
    assert artifact.digest == f"sha256:{hashlib.sha256(stored).hexdigest()}"
    assert artifact.size == len(stored)

    (listed,) = official(results, tmp_path, "list")["artifacts"]
    assert (listed["name"], listed["id"], listed["size"]) == ("報告", artifact.id, len(stored))
    told = official(results, tmp_path, "download", str(artifact.id), str(tmp_path / "got"))
    assert told.get("digestMismatch", False) is False
    got = {path.name: path.read_text("utf-8") for path in (tmp_path / "got").rglob("*.*")}
    assert got == contents


def test_a_large_artifact_of_many_blocks(results: FakeResults, tmp_path: Path) -> None:
    path = tmp_path / "noise.bin"
    path.write_bytes(os.urandom(20 * 1024 * 1024))
    settings = ResultsSettings(url=results.url, token=runtime_token())
    service = ArtifactService(settings, lambda seconds: None, lambda secret: None)
    receipt = ArtifactPublisher([path], lambda: service, lambda: NOW, ArtifactWish()).publish([])
    assert receipt.status is PublishStatus.PUBLISHED, receipt
    (artifact,) = results.finished()
    with zipfile.ZipFile(io.BytesIO(results.content(artifact))) as archive:
        assert archive.read(archive.namelist()[0]) == path.read_bytes()


def test_the_fake_takes_what_the_official_client_sends(storage: Azurite, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", "utf-8")
    with FakeResults(storage) as results:
        told = official(
            results, tmp_path, "upload", "theirs", str(tmp_path), str(tmp_path / "a.md")
        )
        (artifact,) = results.finished()
        assert (told["id"], told["size"]) == (artifact.id, artifact.size)
        with zipfile.ZipFile(io.BytesIO(results.content(artifact))) as archive:
            assert archive.read("a.md") == b"# A\n"


def test_azurite_refuses_a_forged_signature(storage: Azurite) -> None:
    address = storage.address("artifact-1", write=True).replace("artifact-1?", "artifact-2?")
    url = f"{address}&comp=blocklist"
    request = urllib.request.Request(url, data=b"", method="PUT")  # noqa: S310 - this machine
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)  # noqa: S310
    assert caught.value.code == 403
    caught.value.close()
