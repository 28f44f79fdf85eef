"""Pages and notes that repeat what stood elsewhere, over real git: the folder of a new version is no news."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.command import Command
from support.repos import TestRepo

NOTES = "# v1.0\n\n## Breaking changes\n\n- The `run` command is removed, use `start` instead.\n"
PAGE = "# Pumps\n\nA pump moves water.\n\nIt has two valves.\n"


def report(command: Command, repo: TestRepo, base: str, head: str) -> dict[str, Any]:
    """Return the document on a range."""
    ran = command(
        "report", f"{base}..{head}", "--repo", str(repo.path), "--format", "json", "--output", "-"
    )
    document: dict[str, Any] = json.loads(ran.out)
    return document


def first_screen(document: dict[str, Any]) -> str:
    """Return what the document says above its files."""
    return json.dumps([document["headline"], document["highlights"]], ensure_ascii=False)


def kinds(document: dict[str, Any]) -> dict[str, list[str]]:
    """Return the kinds of facts of each file."""
    return {file["path"]: [fact["kind"] for fact in file["facts"]] for file in document["files"]}


def test_the_pages_of_a_new_version_are_copies(command: Command, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({f"docs/next/{name}.md": f"{PAGE}\nNumber {name}.\n" for name in "abcd"})
    base = repo.commit("base")
    repo.write({f"docs/v2/{name}.md": f"{PAGE}\nNumber {name}.\n" for name in "abcd"})
    repo.write({"docs/v2/new.md": "# Valves\n\nA valve opens.\n\nIt closes again.\n"})
    document = report(command, repo, base, repo.commit("head"))
    told = kinds(document)
    assert {tuple(told[f"docs/v2/{name}.md"]) for name in "abcd"} == {("file.copied",)}
    assert "page.added" in told["docs/v2/new.md"]
    copied = next(file for file in document["files"] if file["path"] == "docs/v2/a.md")
    assert copied["facts"][0]["params"]["old"] == "docs/next/a.md"


def test_a_page_that_serves_the_address_of_one_of_its_title_moved(
    command: Command, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"docs/pumps/index.md": PAGE, "docs/kept.md": "# Kept\n"})
    base = repo.commit("base")
    (repo.path / "docs/pumps/index.md").unlink()
    repo.write(
        {"docs/pumps.md": "# Pumps\n\nQuite another text stands here now.\n\nIt has no valves.\n"}
    )
    told = kinds(report(command, repo, base, repo.commit("head")))
    assert told == {"docs/pumps.md": ["file.renamed"], "docs/pumps/index.md": ["page.replaced"]}


def test_a_passage_and_a_note_that_went_to_a_new_page_moved(
    command: Command, tmp_path: Path
) -> None:
    note = "> [!WARNING]\n> Values that nobody checked can harm the whole system.\n"
    text = "Each pump has two valves, which open one after the other.\n"
    gone = "No engineer ever reads this sentence about rivers.\n"
    repo = TestRepo(tmp_path / "repo")
    repo.write(
        {"docs/a.md": f"# A\n\nKept.\n\n{note}\nAlso kept.\n\n{text}\nStill kept.\n\n{gone}"}
    )
    base = repo.commit("base")
    repo.write({
        "docs/a.md": "# A\n\nKept.\n\nAlso kept.\n\nStill kept.\n",
        "docs/b.md": f"# B\n\nQuite new.\n\n{text}\n{note}",
    })  # fmt: skip
    told = kinds(report(command, repo, base, repo.commit("head")))
    assert sorted(told["docs/a.md"]) == ["text.moved", "text.moved", "text.removed"]


def test_notes_of_an_old_version_are_no_news_in_the_folder_of_a_new_one(
    command: Command, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"docs/next/release-notes/v1.0.md": NOTES})
    base = repo.commit("base")
    repo.write({
        "docs/v2/release-notes/v1.0.md": f"{NOTES}\nSee [the guide](/v2/guide).\n",
        "docs/v2/release-notes/v2.0.md": "# v2.0\n\n## Breaking changes\n\n- The `stop` command is removed.\n",
    })  # fmt: skip
    shown = first_screen(report(command, repo, base, repo.commit("head")))
    assert "`stop` command is removed" in shown
    assert "`run` command is removed" not in shown


def test_sections_and_code_that_stand_in_a_file_brought_in_moved(
    command: Command, tmp_path: Path
) -> None:
    section = (
        "## Funnel chart\n\nA funnel chart shows a process of stages that are connected.\n\n"
        "### Example\n\n```sql\nSELECT stage, count FROM stages;\n```\n\n"
    )
    gone = "## Pie chart\n\nA pie chart shows the parts of one whole thing.\n"
    repo = TestRepo(tmp_path / "repo")
    repo.write(
        {
            "docs/visuals.md": f"# Visuals\n\nThese can be chosen.\n\n{section}{gone}",
            "docs/includes/visuals.md": section,
        }
    )
    base = repo.commit("base")
    repo.write(
        {"docs/visuals.md": "# Visuals\n\nThese can be chosen.\n\n[!INCLUDE [visuals](includes/visuals.md)]\n"}
    )  # fmt: skip
    document = report(command, repo, base, repo.commit("head"))
    (file,) = document["files"]
    moved = {fact["params"]["quote"] for fact in file["facts"] if fact["kind"] == "text.moved"}
    assert {"Funnel chart", "Example", "SELECT stage, count FROM stages;"} <= moved
    left = [fact for fact in file["facts"] if fact["kind"] == "outline.section-removed"]
    assert [fact["params"]["heading"] for fact in left] == ["Pie chart"]


def test_a_page_that_went_elsewhere_and_was_written_anew_moved(
    command: Command, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write(
        {
            "docs/admin/server-logging.md": PAGE,
            "docs/admin/index.md": "# Pumps for admins\n\nThis page lists what admins do.\n",
        }
    )
    base = repo.commit("base")
    (repo.path / "docs/admin/server-logging.md").unlink()
    (repo.path / "docs/admin/index.md").unlink()
    repo.write(
        {
            "docs/observe/server-logging.md": "# How logging works\n\nQuite another text stands here.\n",
            "docs/observe/index.md": "# What to watch\n\nNothing of this was there before.\n",
        }
    )
    told = kinds(report(command, repo, base, repo.commit("head")))
    assert told == {
        "docs/admin/index.md": ["page.removed"],
        "docs/admin/server-logging.md": ["file.removed"],
        "docs/observe/index.md": ["page.added"],
        "docs/observe/server-logging.md": ["page.moved"],
    }
