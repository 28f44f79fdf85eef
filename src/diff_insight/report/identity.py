"""Says which range a report is about, and recognises that in a report already on disk."""

from __future__ import annotations

import hashlib
import re

from diff_insight.model.insight import Insight
from diff_insight.model.ranges import CommitRange

_IN_COMMENT = re.compile(
    r"<!-- diff-insight (?:(?!<!-- diff-insight |\brange-id=)[^\n])*+\brange-id=([0-9a-f]{16})\b(?:(?! -->)[^\n])*+ -->\s*+(?:</body>\s*+</html>\s*+)?\Z"
)
_IN_JSON = re.compile(r'"range_id": "([0-9a-f]{16})"')
#: Bytes read from either end of a file while looking for its identity.
EDGE = 8192


def range_id(commits: CommitRange, fingerprint: str = "") -> str:
    """Return 16 hex digits that are equal exactly for equal ranges.

    A diff without labels for its commits is known by the fingerprint of its document instead.
    """
    labelled = commits.base or commits.head
    known = "" if labelled else fingerprint
    parts = (commits.repository, commits.base, commits.head, commits.comparison, known)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def patches_folder(insight: Insight) -> str:
    """Return the folder of the pages beside an HTML report, which no other document has."""
    digest = hashlib.sha256(insight.fingerprint.encode("utf-8", "replace")).hexdigest()
    return f"patches-{digest[:12]}"


def provenance_of(insight: Insight) -> str:
    """Return tool, analyst, fingerprint and coverage in one line."""
    coverage = insight.coverage
    fields: dict[str, str | int] = {
        "analyst": insight.analyst,
        "fingerprint": insight.fingerprint,
        "range-id": range_id(insight.range, insight.fingerprint),
        "source": insight.source,
        "changed": coverage.changed,
        "reported": coverage.reported,
        "excluded": len(coverage.excluded),
        "unmatched": len(coverage.unmatched),
        "unreadable": len(coverage.unreadable),
        "complete": str(coverage.complete).lower(),
    }
    if insight.analyst == "model":
        written, texts = insight.texts_by_model
        usage = insight.usage
        fields |= {
            "model": "_".join(insight.model.split()),
            "prompt": insight.prompt_version,
            "requests": usage.requests,
            "input-tokens": usage.input_tokens,
            "output-tokens": usage.output_tokens,
            "cache-hits": usage.cache_hits,
            "sent-to-model": coverage.sent_to_model,
            "texts-by-model": f"{written}/{texts}",
        }
    note = " ".join(f"{name}={value}" for name, value in fields.items())
    return f"diff-insight {insight.version} {note}"


def identity_in(head: str, tail: str) -> str | None:
    """Return the range id that a report's first and last characters name, or None."""
    match = _IN_COMMENT.search(tail) or _IN_JSON.search(head)
    return match[1] if match else None
