"""A repository of documentation whose last commit moves a deadline, and what reads its reports."""

from __future__ import annotations

from pathlib import Path

from support.command import Ran
from support.repos import TestRepo

RETIREMENTS = """\
---
title: Model retirements
ms.date: {date}
---

# Model retirements

| Model | Version | Retirement date | Replacement |
|---|---|---|---|
| `gpt-4o` | 2024-05-13 | No earlier than June 30, 2025 | |
| `computer-use-preview` | 2025-03-11 | No earlier than {retirement} | |
"""


def docs_repository(path: Path) -> TestRepo:
    """Make the repository: two commits on `main`; the second adds a page and a picture too."""
    made = TestRepo(path)
    made.git("remote", "add", "origin", "https://github.com/example/docs.git")
    made.write(
        {
            "articles/openai/retirements.md": RETIREMENTS.format(
                date="04/25/2025", retirement="June 11, 2025"
            ),
            "articles/search/index.md": "# Search\n\nFind things.\n",
            "articles/openai/old.md": "# Old page\n\nGone soon.\n",
            "README.md": "# Docs\n",
        }
    )
    made.commit("first")
    made.write(
        {
            "articles/openai/retirements.md": RETIREMENTS.format(
                date="06/11/2025", retirement="September 1, 2025"
            ),
            "articles/search/new.md": "# Vector search\n\n## Prerequisites\n\nA vector.\n",
            "articles/search/media/a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "README.md": "# Docs\n\nMore.\n",
        }
    )
    made.commit("second")
    return made


def read(ran: Ran, path: str) -> str:
    return (ran.folder / path).read_text("utf-8")


def lines(ran: Ran) -> list[str]:
    assert ran.code == 0, ran.err
    return ran.out.splitlines()
