"""What goes out to an endpoint: every question cleaned, redacted and fenced in one place, and its name."""

from __future__ import annotations

import hashlib
import json

from msgspec.structs import replace

from diff_insight.llm.client.exchange import Question
from diff_insight.llm.prompting.prompts import Prompt
from diff_insight.llm.prompting.redact import redact
from diff_insight.markup.escape import without_unseen


def outgoing(question: Question, nonce: str) -> Question:
    """Return a question as it may leave: whatever its parts were made of, without secrets.

    Args:
        question: What is asked.
        nonce: Mark of the run's fences.
    """
    prompt = question.prompt
    clean = Prompt(prompt.system, redact(without_unseen(prompt.user)).text)
    return replace(question, prompt=clean.with_fence(nonce))


def question_id(question: Question) -> str:
    """Return the name of a question: the same for the same words, whatever the run's mark and room are."""
    schema = json.dumps(question.schema, sort_keys=True)
    parts = (question.model, question.prompt.system, question.prompt.user, schema)
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace"))
    return digest.hexdigest()[:40]
