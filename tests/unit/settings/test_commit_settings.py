"""Messages and authors of commits are checked when they are read."""

from __future__ import annotations

import pytest

from diff_insight.errors import UsageError
from diff_insight.settings.values import author, message


@pytest.mark.parametrize("text", ["{repository} {base}..{head}", "Reports", "One\n\nTwo {head}"])
def test_messages(text: str) -> None:
    assert message("commit-message", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{other}",
        "{",
        "}",
        "{head",
        "{head!r}",
        "{head:>99}",
        "{head.x}",
        "a\0b",
        "\x1b",
        7,
    ],
)
def test_wrong_messages(text: object) -> None:
    with pytest.raises(UsageError):
        message("commit-message", text)


def test_authors() -> None:
    assert author("commit-author", " Ada L. <ada@example.com> ") == "Ada L. <ada@example.com>"
    for text in ("Ada", "<a@b>", "Ada <a b>", "Ada\n<a@b>", "A<b> <a@b>", "... <a@b>"):
        with pytest.raises(UsageError):
            author("commit-author", text)
