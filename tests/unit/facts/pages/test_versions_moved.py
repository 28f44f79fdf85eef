"""Version numbers that moved within a line that otherwise stayed."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages.versions_moved import moved_version, version_step


@pytest.mark.parametrize(
    ("old", "new", "subject", "numbers", "step"),
    [
        ("requires foo>=1.2.0", "requires foo>=2.0.0", "foo", ("1.2.0", "2.0.0"), "major"),
        ('"react": "^18.2.0",', '"react": "^18.3.1",', "react", ("18.2.0", "18.3.1"), "minor"),
        ("uses: actions/checkout@v4.1.0", "uses: actions/checkout@v4.1.1", "actions/checkout",
         ("4.1.0", "4.1.1"), "patch"),
        ("Python version 3.11", "Python version 3.12", "Python", ("3.11", "3.12"), "minor"),
        ('__version__ = "0.1.2"', '__version__ = "0.2.0"', "__version__", ("0.1.2", "0.2.0"), "minor"),
        ("1.2.3", "1.2.2", "fallback", ("1.2.3", "1.2.2"), "down"),
        ("api-version=2024-05-01-preview", "api-version=2025-01-01-preview", "api-version",
         ("2024-05-01-preview", "2025-01-01-preview"), "other"),
        ("PowerShell-7.6.3-win-x64.msi", "PowerShell-7.6.4-win-x64.msi", "PowerShell",
         ("7.6.3", "7.6.4"), "patch"),
        ("FROM python:3.12-slim", "FROM python:3.13-slim", "python", ("3.12", "3.13"), "minor"),
        ("torch 2.1.0+cu118", "torch 2.1.0+cu121", "torch", ("2.1.0+cu118", "2.1.0+cu121"), "patch"),
        ("from 1.2.3 and 1.2.3", "from 1.2.4 and 1.2.4", "from", ("1.2.3", "1.2.4"), "patch"),
    ],
)  # fmt: skip
def test_moved(old: str, new: str, subject: str, numbers: tuple[str, str], step: str) -> None:
    fact = moved_version(old, new, subject="fallback")
    assert fact is not None
    assert fact.kind == "version.moved"
    assert dict(fact.params) == {
        "subject": subject, "old": numbers[0], "new": numbers[1], "step": step,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("foo 1.2.3", "bar 1.2.4"),
        ("foo 1.2.3", "foo 1.2.3"),
        ("foo 1.2.3 bar 4.5.6", "foo 1.2.4 bar 4.5.7"),
        ("foo 1.2.3", "foo 1.2.3 or 1.2.4"),
        ("foo 7", "foo 8"),
        ("no number.", "no number at all."),
    ],
)
def test_not_moved(old: str, new: str) -> None:
    assert moved_version(old, new, subject="") is None


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1.2", "1.10", "minor"),
        ("1.9.9", "2.0", "major"),
        ("2.0.0-rc.1", "2.0.0", "down"),
        ("1." + "9" * 5000, "2.0", "major"),
        ("9" * 5000, "9" * 5001, "other"),
    ],
)
def test_steps(old: str, new: str, step: str) -> None:
    assert version_step(old, new) == step
