"""What the fake answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and JSON body."""

    status: int
    body: Any


NOT_FOUND = Answer(404, {"message": "Not Found", "documentation_url": "https://docs.github.com"})
