"""A GitHub on 127.0.0.1: REST answers and git smart HTTP, both out of real bare repositories."""

from __future__ import annotations

from support.fake_github.conversation import Conversation
from support.fake_github.hosting import Fault, Hosted
from support.fake_github.server import FakeGitHub, Seen

__all__ = ["Conversation", "FakeGitHub", "Fault", "Hosted", "Seen"]
