"""Text that git takes for binary because of its encoding is read, and counted as git counts it."""

from __future__ import annotations

import pytest

from diff_insight.facts.extract import extract
from diff_insight.model.changes import Side
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo
from support.truth import direct

OLD = "# Titel\r\n\r\nAlte Wörter stehen hier.\r\n"
NEW = "# Titel\r\n\r\nNeue Wörter stehen hier.\r\n"


def kinds(
    made: TestRepo, source: CheckoutSource, old: bytes | None, new: bytes | None
) -> tuple[list[str], list[str]]:
    """Return the kinds of facts of a page that changes so, and the keys of the notices."""
    made.write({"x": "x", **({"docs/a.md": old} if old is not None else {})})
    base = made.commit("base")
    made.write({"x": "y", "docs/a.md": new} if new is not None else {"x": "y"})
    if new is None:
        made.git("rm", "-q", "docs/a.md")
    found = source.diff(direct(base, made.commit("head")))
    (change,) = [each for each in found.files if each.path == "docs/a.md"]
    assert (change.binary, change.changes) == (True, 0)

    def read(side: Side) -> bytes | None:
        return source.read(side, change.path_bytes)

    facts = extract(change, found.patches, read, whole_versions=True).facts
    return [fact.kind for fact in facts], [notice.key for notice in found.notices]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_words_behind_a_byte_order_mark_are_told(
    made: TestRepo, source: CheckoutSource, encoding: str
) -> None:
    found = kinds(made, source, OLD.encode(encoding), NEW.encode(encoding))
    assert found == (["text.replaced"], ["text-encoded"])


def test_the_other_byte_order(made: TestRepo, source: CheckoutSource) -> None:
    mark = "\ufeff"
    old, new = ((mark + text).encode("utf-16-be") for text in (OLD, NEW))
    assert kinds(made, source, old, new) == (["text.replaced"], ["text-encoded"])


def test_from_one_encoding_to_another(made: TestRepo, source: CheckoutSource) -> None:
    found, notices = kinds(made, source, NEW.encode("utf-16"), OLD.encode())
    assert "text.replaced" in found
    assert notices == ["text-encoded"]


def test_pages_that_come_and_go(made: TestRepo, source: CheckoutSource) -> None:
    found, notices = kinds(made, source, None, NEW.encode("utf-16"))
    assert "page.added" in found
    assert notices == ["text-encoded"]


def test_a_page_that_goes(made: TestRepo, source: CheckoutSource) -> None:
    found, _ = kinds(made, source, OLD.encode("utf-16"), None)
    assert "page.removed" in found


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\1\0\0\0", b"\xff\xfe\0", b"\0\1\2\3", "a\0b".encode("utf-16")]
)
def test_what_is_no_text_stays_binary(
    made: TestRepo, source: CheckoutSource, content: bytes
) -> None:
    found = kinds(made, source, content, content + b"\0\0")
    assert found == (["binary.changed"], [])


def test_the_same_text_in_another_encoding_stays_binary(
    made: TestRepo, source: CheckoutSource
) -> None:
    found = kinds(made, source, NEW.encode("utf-16"), NEW.encode("utf-32"))
    assert found == (["binary.changed"], [])
