"""A report rendered again from its document is the report, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from diff_insight.cli.main import main
from diff_insight.render.json_form import write_json
from diff_insight.render.json_reader import read_insight
from support.hostile import HOSTILE, modified, page_of, raw
from support.insights import insight_of_diff
from support.recorded import seeds, unified_diff

LOCALES = "en_US,ja_JP,zh_CN"


def hostile_diff() -> bytes:
    """Return a diff of hostile names and pages, and of every kind of file; some are not UTF-8."""
    pages = [
        modified(b"docs/%02d-" % number + raw(text)[:80] + b"\xff.md", [b"x"], page_of(text).split(b"\n"))
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    return b"".join(pages) + (
        b"diff --git a/package-lock.json b/package-lock.json\nindex 1234567..89abcde 100644\n"
        b"--- a/package-lock.json\n+++ b/package-lock.json\n@@ -1 +1 @@\n-{}\n+{ }\n"
        b"diff --git a/q.png b/q.png\nindex 1234567..89abcde 100644\n"
        b"Binary files a/q.png and b/q.png differ\n"
        b"diff --git a/r b/s\nsimilarity index 100%\nrename from r\nrename to s\n"
        b"diff --git a/t b/t\nindex 1234567..89abcde 100644\n"
    )


def report(diff: bytes, folder: Path, *options: str) -> Path:
    """Write reports in every format and return their folder."""
    (folder / "given.diff").write_bytes(diff)
    template = f"{folder}/first/{{locale}}-{{category}}.md"
    words = ["report", "--diff", str(folder / "given.diff"), "--repo", "example/docs", "--quiet",
             "--base", "1111111", "--head", "2222222", "--date", "2025-06-12", "--locale", LOCALES,
             "--format", "json,markdown,html", "--output", template]  # fmt: skip
    assert main([*words, *options], {"GITHUB_SERVER_URL": "https://ghe.example"}) == 0
    return folder / "first"


def files_below(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("diff", "options"),
    [
        (unified_diff(seeds()[0].files), ()),
        (unified_diff(seeds()[3].files), ("--max-patch-bytes", "4000", "--notice", "CC *BY*")),
        (hostile_diff(), ()),
        (hostile_diff(), ("--repo", "bad\udcff/na)me", "--base", "\udcfe`x", "--head", "<!--")),
    ],
    ids=["seed", "linked", "hostile", "labels"],
)
def test_rendering_again_gives_the_same_bytes(
    diff: bytes, options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = report(diff, tmp_path, *options)
    template = f"{tmp_path}/again/{{locale}}-{{category}}.md"
    document = str(first / "all-all.json")
    assert (
        main(["render", document, "--format", "html,json,markdown", "--output", template], {}) == 0
    )
    names = files_below(first)
    assert names == files_below(tmp_path / "again")
    assert len([name for name in names if name.parent == Path()]) == 7
    # Patches that are too large for the page stand on pages in a folder beside it.
    beside = {name.parts[0] for name in names if name.parent != Path()}
    assert all(folder.startswith("patches-") for folder in beside)
    for name in names:
        assert (tmp_path / "again" / name).read_bytes() == (first / name).read_bytes(), name


def test_rendering_again_in_fewer_locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = report(unified_diff(seeds()[0].files), tmp_path)
    words = ["render", str(first / "all-all.json"), "--locale", "ja", "--output", "ja.md"]
    assert main(words, {}) == 0
    ours = (tmp_path / "ja.md").read_text("utf-8").splitlines()
    theirs = (first / "ja_JP-all.md").read_text("utf-8").splitlines()
    label = "title: Diff Insight Report - all"
    assert [line for line in ours if line != label] == [
        line for line in theirs if not line.startswith("title: '[ja_JP] ")
    ]


def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        b"".join(write_json(insight_of_diff(unified_diff(seeds()[0].files))))
    )
    return loaded


MISSING = object()
#: Where a document is broken, by what, and what the message names.
Break = tuple[tuple[str | int, ...], object, str]


def broken_by(place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    made = document()
    target: Any = made
    for step in place[:-1]:
        target = target[step]
    if value is MISSING:
        del target[place[-1]]
    else:
        target[place[-1]] = value
    return made


BREAKS: list[Break] = [
    (("schema_version",), MISSING, "schema_version"),
    (("schema_version",), 2, "schema version 1"),
    (("schema_version",), "1", "schema version 1"),
    (("files",), MISSING, "files"),
    (("files",), {}, "files is no list"),
    (("files", 0, "path"), MISSING, "files[0].path is missing"),
    (("files", 1, "additions"), -1, "files[1].additions"),
    (("files", 1, "additions"), True, "files[1].additions"),
    (("files", 1, "anchor"), 'x" onclick="y', "files[1].anchor"),
    (("files", 1, "patch"), ["x"], "files[1].patch"),
    (("files", 1, "patch_url"), "javascript:alert(1)", "files[1].patch_url"),
    (("files", 1, "title", "ja_JP"), MISSING, "files[1].title.ja_JP is missing"),
    (("files", 0, "status"), "eaten", "eaten"),
    (("files", 0, "type"), "big", "big"),
    (("files", 0, "binary"), "no", "files[0].binary"),
    (("files", 0, "path_bytes"), "*", "docs/insight.schema.json"),
    (("files", 0, "path_bytes"), "YQ==", "path_bytes of"),
    (("files", 0, "facts", 0, "kind"), MISSING, "kind is missing"),
    (("files", 0, "facts"), 7, "files[0].facts"),
    (("locales",), "en_US", "locales is no list"),
    (("locales",), [], "locales is empty"),
    (("locales",), ["xx_XX"], "locales[0]"),
    (("locales",), ["../../en_US"], "locales[0]"),
    (("category",), "../up", "category"),
    (("category",), "..", "category"),
    (("date",), "12 June", "date is no date"),
    (("headline", "zh_CN"), MISSING, "headline.zh_CN is missing"),
    (("summary", "en_US"), "\ud800", "half a character"),
    (("highlights", "en_US", "new_features"), "x", "new_features is no list"),
    (("highlights", "en_US", "other_updates"), MISSING, "other_updates is missing"),
    (("range", "server"), "javascript:x", "range.server"),
    (("range", "comparison"), "both", "both"),
    (("range",), MISSING, "range is missing"),
    (("range",), [], "range is no object"),
    (("coverage", "unmatched"), [1], "coverage.unmatched[0]"),
    (("coverage", "excluded"), [{"path": "x"}], "excluded[0].reason is missing"),
    (("usage",), None, "docs/insight.schema.json"),
    (("notice",), [], "notice is no object"),
    (("notice",), {"en_US": 1}, "notice.en_US is no text"),
    (("story",), [{}], "is missing"),
]


@pytest.mark.parametrize(
    ("place", "value", "named"), BREAKS, ids=[f"{place}{value!r:.20}" for place, value, _ in BREAKS]
)
def test_broken_documents_are_refused_with_the_place(
    place: tuple[str | int, ...],
    value: object,
    named: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.json").write_text(json.dumps(broken_by(place, value)), "utf-8")
    assert main(["render", "broken.json", "--output", "{locale}.md", "--format", "html"], {}) == 2
    said = capsys.readouterr()
    assert named in said.err
    assert "broken.json" in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["broken.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"7", b'"x"', b"[" * 200_000, b"\xff\xfe", b'{"schema_version": 1}', b"# Markdown"],
    ids=lambda content: ascii(content[:12]),
)  # fmt: skip
def test_what_is_no_document_is_refused(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("no.json").write_bytes(content)
    assert main(["render", "no.json"], {}) == 2
    said = capsys.readouterr()
    assert "no.json" in said.err
    assert "what to change" in said.err or "cannot be read" in said.err or "not JSON" in said.err
    assert said.out == ""


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", str(tmp_path / "none.json")], {}) == 2
    assert "none.json" in capsys.readouterr().err


def test_values_survive_reading() -> None:
    insight = insight_of_diff(hostile_diff())
    text = b"".join(write_json(insight)).decode()
    again = read_insight(text, "test")
    assert b"".join(write_json(again)).decode() == text
    for ours, read in zip(insight.files, again.files, strict=True):
        assert read.analysis.change.path_bytes == ours.analysis.change.path_bytes
        assert read.analysis.facts == ours.analysis.facts
    # How many of the bullets tell losses is for the run that writes; no document has it.
    told = {locale: replace(texts, losses=0) for locale, texts in insight.highlights.items()}
    assert again.highlights == told
    assert again.coverage == insight.coverage
