"""The JSON form of the insight document, written as a stream (docs/insight.schema.json)."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from diff_insight.model.dependency_steps import DependencyStep
from diff_insight.model.facts import Fact
from diff_insight.model.insight import SCHEMA_VERSION, Coverage, FileEntry, Insight, Usage
from diff_insight.model.ranges import RangeOrigin
from diff_insight.model.story import StoryItem
from diff_insight.model.threads import Thread
from diff_insight.render.json_text import json_pieces, json_text
from diff_insight.report.identity import range_id

Json = dict[str, object]


def write_json(insight: Insight) -> Iterator[bytes]:
    """Yield the document in UTF-8, piece by piece: its head, a row for each file, its tail."""
    yield b"{"
    for name, value in _head(insight).items():
        yield b"\n %s: %s," % (json_text(name), json_text(value))
    yield b'\n "files": ['
    yield from _rows(_file(entry) for entry in insight.files)
    yield b',\n "story": ['
    yield from _rows(_story(item) for item in insight.story)
    yield b',\n "threads": ['
    yield from _rows(_thread(thread) for thread in insight.threads)
    for name, value in _tail(insight).items():
        yield b",\n %s: %s" % (json_text(name), json_text(value))
    yield b"\n}\n"


def _rows(entries: Iterable[Json]) -> Iterator[bytes]:
    """Yield the entries of a list, a line each, and its end."""
    separator = b"\n  "
    for entry in entries:
        yield separator
        yield from json_pieces(entry)
        separator = b",\n  "
    yield b"\n ]"


def _head(insight: Insight) -> Json:
    commits = insight.range
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "diff-insight", "version": insight.version},
        "analyst": insight.analyst,
        **_model(insight),
        "fingerprint": insight.fingerprint,
        "range_id": range_id(commits, insight.fingerprint),
        "date": insight.date,
        "category": insight.category,
        "locales": list(insight.locales),
        "range": {
            "server": commits.server,
            "host": commits.host.value,
            "repository": commits.repository,
            "base": commits.base,
            "head": commits.head,
            "merge_base": commits.merge_base,
            "comparison": str(commits.comparison),
            "compare_url": commits.compare_url,
            "source": insight.source,
            "diff_options": list(insight.diff_options),
            **_origin(insight.origin),
        },
        "coverage": _coverage(insight.coverage),
        "totals": {
            "files": len(insight.files),
            "additions": insight.additions,
            "deletions": insight.deletions,
        },
    }


def _origin(origin: RangeOrigin) -> Json:
    """Return what is known beyond the commits; what is unknown has no member."""
    known: Json = {
        "base_name": origin.base_name,
        "head_name": origin.head_name,
        "base_tags": list(origin.base_tags),
        "head_tags": list(origin.head_tags),
        "people": list(origin.people),
        "head_time": origin.head_time,
    }
    counted = {} if origin.commits is None else {"commits": origin.commits}
    return {name: value for name, value in known.items() if value} | counted


def _model(insight: Insight) -> Json:
    if insight.analyst != "model":
        return {}
    written, texts = insight.texts_by_model
    return {
        "model": insight.model,
        "prompt_version": insight.prompt_version,
        "overview_author": dict(insight.overview_author),
        "overview_parts": {name: list(each) for name, each in insight.overview_parts.items()},
        "texts_by_model": {"written": written, "texts": texts},
    }


def _coverage(coverage: Coverage) -> Json:
    return {
        "changed": coverage.changed,
        "reported": coverage.reported,
        "in_category": coverage.in_category,
        "excluded": [{"path": path, "reason": reason} for path, reason in coverage.excluded],
        "unmatched": list(coverage.unmatched),
        "unreadable": [{"path": path, "reason": reason} for path, reason in coverage.unreadable],
        "patches_linked": list(coverage.patches_linked),
        "read_in_part": [
            {"path": path, "reason": reason} for path, reason in coverage.read_in_part
        ],
        "without_detector": dict(coverage.without_detector),
        "untold_lines": coverage.untold_lines,
        "unlisted": coverage.unlisted,
        "sent_to_model": coverage.sent_to_model,
        "complete": coverage.complete,
    }


def _file(entry: FileEntry) -> Json:
    analysis = entry.analysis
    change = analysis.change
    document: Json = {"path": change.path}
    if change.path.encode() != change.path_bytes:
        document["path_bytes"] = base64.b64encode(change.path_bytes).decode()
    return document | {
        "previous_path": change.previous_path,
        "status": change.status,
        "binary": change.binary,
        "additions": change.additions,
        "deletions": change.deletions,
        "changes": change.changes,
        "name": entry.name,
        "anchor": entry.anchor,
        "type": analysis.type,
        "rule": analysis.rule,
        "generated": change.generated,
        "unreadable": change.unreadable,
        "facts": [_fact(fact, change.path_bytes) for fact in analysis.facts],
        "lines": analysis.lines,
        "read_in_part": list(analysis.read_in_part),
        "title": dict(entry.title),
        "explanation": dict(entry.explanation),
        "author": entry.author,
        **({"authors": entry.authors} if entry.authors else {}),
        **(
            {"parts_by_model": {name: list(each) for name, each in entry.parts_by_model.items()}}
            if entry.parts_by_model
            else {}
        ),
        "patch": entry.patch() if entry.patch else None,
        "patch_url": entry.patch_url,
    }


def _fact(fact: Fact, path: bytes) -> Json:
    row: Json = {
        "kind": fact.kind,
        "params": fact.params,
        "evidence": fact.evidence,  # its fields are those of the schema
        "breaking": fact.breaking,
    }
    if fact.uses:
        row["uses"] = fact.uses  # as above
    return row | _verdict(fact, path) if fact.breaking else row


def _verdict(fact: Fact, path: bytes) -> Json:
    """Return what a breaking fact says beyond itself."""
    by = fact.declared
    return {
        "certainty": fact.certainty,
        "surface": fact.surface,
        "declared": {"by": by.by, "quote": by.quote} if by else None,
        "accepted": fact.accepted,
        "fingerprint": fact.fingerprint(path),
    }


def _story(item: StoryItem) -> Json:
    return {
        "kind": item.kind,
        "role": str(item.role),
        "relation": str(item.relation),
        "salience": item.salience,
        "params": dict(item.params),
        "facts": item.facts,
    }


def _thread(thread: Thread) -> Json:
    source = thread.source
    row: Json = {
        "id": thread.id,
        "title": thread.title,
        "said_by": str(thread.said_by),
        "kind": str(thread.kind),
        "audience": str(thread.audience),
        "facts": thread.facts,
        "files": thread.files,
        "commits": list(thread.commits),
        "action": thread.action,
        "why": thread.why,
        "since": thread.since,
        "number": thread.number,
        "scope": thread.scope,
        "contradicted": thread.contradicted,
        "reverts": thread.reverts,
        "new": thread.new,
    }
    if source is not None:
        path = source.path.decode("utf-8", "replace")
        row["source"] = {"path": path, "start": source.start, "end": source.end}
    return row


def _tail(insight: Insight) -> Json:
    return {
        "headline": dict(insight.headline),
        "highlights": {
            locale: {
                "to_do": list(highlights.to_do),
                "new_features": list(highlights.new_features),
                "breaking_changes": list(highlights.breaking_changes),
                "other_updates": list(highlights.other_updates),
            }
            for locale, highlights in insight.highlights.items()
        },
        "insights": dict(insight.insights),
        "summary": dict(insight.summary),
        "notices": [{"key": note.key, "params": dict(note.params)} for note in insight.notices],
        "notice": dict(insight.notice),
        **({"steps": [_step(step) for step in insight.steps]} if insight.steps else {}),
        "usage": _usage(insight.usage),
    }


def _step(step: DependencyStep) -> Json:
    return {
        "name": step.name,
        "old": step.old,
        "new": step.new,
        "repository": step.repository,
        "base": step.base,
        "head": step.head,
        "compare_url": step.compare_url,
        "findings": [
            {"path": finding.path, "fact": _fact(finding.fact, finding.path.encode())}
            for finding in step.findings
        ],
        "said": list(step.said),
    }


def _usage(usage: Usage) -> Json:
    counts: Json = {
        "requests": usage.requests,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cache_hits": usage.cache_hits,
    }
    if usage.batch_requests:
        counts |= {
            "batch_requests": usage.batch_requests,
            "batch_input_tokens": usage.batch_input_tokens,
            "batch_output_tokens": usage.batch_output_tokens,
        }
    return counts | ({"resent": dict(usage.resent)} if usage.resent else {})
