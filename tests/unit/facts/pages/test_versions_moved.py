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
        ("tested with 16.0.0 of it", "tested with 19.0.0 of it", "fallback", ("16.0.0", "19.0.0"), "major"),
        ("funktioniert mit 1.2", "funktioniert mit 1.3", "fallback", ("1.2", "1.3"), "minor"),
        ("httpx 1.2.3 and 1.2.3", "httpx 1.2.4 and 1.2.4", "httpx", ("1.2.3", "1.2.4"), "patch"),
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
        ("Upgrading To 12.0", "Upgrading To 13.0"),
        ("no number.", "no number at all."),
        ("tested with 1.2", "tested with 1.3"),
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


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("PowerShell-7.7.0-preview.3.msixbundle", "PowerShell-7.7.0-preview.4.msixbundle", ("PowerShell", "7.7.0-preview.3", "7.7.0-preview.4")),
        ("tool-1.2.0-rc.1.tar.gz", "tool-1.2.0-rc.2.tar.gz", ("tool", "1.2.0-rc.1", "1.2.0-rc.2")),
        ("tool 1.2.0-beta.1", "tool 1.2.0-beta.2", ("tool", "1.2.0-beta.1", "1.2.0-beta.2")),
        ("https://github.com/Acme/Tool/releases/download/v1.2.0/a.zip", "https://github.com/Acme/Tool/releases/download/v1.3.0/a.zip", ("Tool", "1.2.0", "1.3.0")),
    ],
)  # fmt: skip
def test_names_and_endings_of_files(old: str, new: str, told: tuple[str, str, str]) -> None:
    fact = moved_version(old, new, subject="")
    assert fact is not None
    assert (fact.params["subject"], fact.params["old"], fact.params["new"]) == told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<Since v="6.2.0" />', '<Since v="7.0.0" />'),
        ("**Added in:** since 6.2.0", "**Added in:** since 7.0.0"),
        (
            "[Changes](https://a.org/x/compare/1.0.0...2.0.0)",
            "[Changes](https://a.org/x/compare/1.0.0...2.1.0)",
        ),
    ],
)
def test_what_is_no_step_of_a_version(old: str, new: str) -> None:
    assert moved_version(old, new, subject="") is None
