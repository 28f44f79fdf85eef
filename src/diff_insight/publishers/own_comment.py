"""Our one comment in a conversation: found by its mark and its writer, kept single and up to date.

A mark can be copied, so a comment is ours only when our own account wrote it. Where GitHub does not
tell who we are, an app has to have written it, and nothing is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from diff_insight.github.api.client import ApiFailure
from diff_insight.github.api.conversation import Comment, PullState
from diff_insight.github.api.waiting import SERVER_ERRORS

_MARK = re.compile(r"<!-- diff-insight-comment ([0-9a-f]+) ([0-9a-f]*) -->")
_APP = "[bot]"
#: After these a POST may have been done.
_UNSURE = frozenset({0, *SERVER_ERRORS})


class Conversation(Protocol):
    """A pull request that comments can be written to."""

    def state(self) -> PullState:
        """Return whether it takes comments, and its head."""
        ...

    def comments(self) -> Iterable[Comment]:
        """Return all comments, oldest first."""
        ...

    def identity(self) -> str | None:
        """Return the login that we write as, if that can be known."""
        ...

    def create(self, body: str) -> Comment:
        """Write a comment."""
        ...

    def update(self, comment: int, body: str) -> Comment:
        """Replace the text of a comment."""
        ...

    def delete(self, comment: int) -> None:
        """Delete a comment."""
        ...


def mark(key: str, head: str) -> str:
    """Return the line that a comment begins with."""
    return f"<!-- diff-insight-comment {key} {head} -->\n"


class OwnComment:
    """The comment of one step.

    Args:
        conversation: Where it is.
        key: Hex digits that tell it from the comments of other steps.
        head: The commit that this run is about.
        current: The head of the pull request as it is now.
    """

    def __init__(self, conversation: Conversation, key: str, head: str, current: str) -> None:
        self._conversation = conversation
        self._key = key
        self._head = head
        self._current = current
        self._mine: list[Comment] = []
        self._sure = False

    def find(self) -> bool:
        """Look through all comments and tell whether ours is there."""
        marked = [each for each in self._conversation.comments() if self._has_mark(each)]
        us = self._conversation.identity() if marked else None
        self._sure = us is not None
        self._mine = [each for each in marked if _wrote(us, each)]
        return bool(self._mine)

    @property
    def newer(self) -> bool:
        """Tell whether what is there is about the current head, and this run about an older one."""
        return bool(self._mine) and self._about_newer(min(self._mine, key=_number))

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The head that the comment is about and its text; None where there is no comment yet."""
        if not self._mine:
            return None
        body = min(self._mine, key=_number).body
        mark = _MARK.match(body)
        return (mark[2], body) if mark else None

    def write(self, body: str) -> Comment:
        """Make the comment, or bring it up to date; of several the oldest stays."""
        if self._mine:
            return self._update(body)
        try:
            made = self._conversation.create(body)
        except ApiFailure as error:
            if error.status not in _UNSURE:
                raise
            made = self._update(body) if self.find() else self._conversation.create(body)
        # Another run may have done the same at the same time: then both keep the older one.
        return self._update(body) if self.find() and len(self._mine) > 1 else made

    def _update(self, body: str) -> Comment:
        keep, *others = sorted(self._mine, key=_number)
        if self._sure:
            for other in others:
                self._conversation.delete(other.id)
        if keep.body.strip() == body.strip() or self._about_newer(keep):
            return keep
        try:
            return self._conversation.update(keep.id, body)
        except ApiFailure as error:
            if error.status != 404:  # somebody has just deleted it
                raise
        return self._conversation.create(body)

    def _has_mark(self, comment: Comment) -> bool:
        mark = _MARK.match(comment.body)
        return mark is not None and mark[1] == self._key

    def _about_newer(self, comment: Comment) -> bool:
        mark = _MARK.match(comment.body)
        return mark is not None and mark[2] == self._current != self._head


def _wrote(us: str | None, comment: Comment) -> bool:
    """Tell whether we wrote a comment; GraphQL may name an app without its suffix."""
    if us is None:
        return comment.bot
    author = comment.author.lower()
    return author == us.lower() or (comment.bot and author == us.lower() + _APP)


def _number(comment: Comment) -> int:
    return comment.id
