"""Reads an insight document back, so that it can be rendered without repository or model."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from diff_insight.errors import UsageError
from diff_insight.localization.locales import available
from diff_insight.model.changes import FileChange, Side, Status
from diff_insight.model.dependency_steps import DependencyStep, StepFinding
from diff_insight.model.facts import (
    Declared,
    Evidence,
    Fact,
    FileAnalysis,
    LineCounts,
    ModificationType,
)
from diff_insight.model.insight import (
    SCHEMA_VERSION,
    Coverage,
    FileEntry,
    Highlights,
    Insight,
    Usage,
)
from diff_insight.model.messages import Notice, Value
from diff_insight.model.ranges import CommitRange, Comparison, RangeOrigin
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import Audience, FactRef, SaidBy, Source, Thread, ThreadKind
from diff_insight.model.uses import Use
from diff_insight.model.web_links import WebHost
from diff_insight.render.json_checks import check_document


def read_insight(text: str, where: str) -> Insight:
    """Return the document of a JSON text.

    Args:
        text: What `write_json` wrote.
        where: How messages call it.

    Raises:
        UsageError: It is no JSON, or no insight document of this schema version.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(
            f"{where} is not JSON{at}",
            cause="it was cut or edited, or it is a report in another format",
            cure="name a report that diff-insight report --format json has written",
        ) from error
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version != SCHEMA_VERSION:
        raise UsageError(
            f"{where} is not an insight document of schema version {SCHEMA_VERSION}",
            cause=f"it says {version!r}" if version else "it has no schema_version",
            cure="take the diff-insight that wrote it, or write it again with this one"
            if version
            else "write it with diff-insight report --format json",
        )
    try:
        check_document(document, available())
        return _insight(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise UsageError(
            f"{where} does not follow docs/insight.schema.json: {reason}",
            cure="write it again with diff-insight report --format json",
        ) from error


def _insight(document: Mapping[str, Any]) -> Insight:
    totals, usage = document["totals"], document["usage"]
    return Insight(
        version=document["tool"]["version"],
        analyst=document["analyst"],
        fingerprint=document["fingerprint"],
        date=document["date"],
        category=document["category"],
        locales=tuple(document["locales"]),
        range=_range(document["range"]),
        source=document["range"]["source"],
        diff_options=tuple(document["range"]["diff_options"]),
        coverage=_coverage(document["coverage"]),
        additions=totals["additions"],
        deletions=totals["deletions"],
        files=tuple(_file(entry) for entry in document["files"]),
        story=tuple(_item(entry) for entry in document["story"]),
        threads=tuple(_thread(entry) for entry in document.get("threads", ())),
        headline=document["headline"],
        highlights={
            locale: Highlights(
                to_do=tuple(highlights.get("to_do", ())),
                new_features=tuple(highlights["new_features"]),
                breaking_changes=tuple(highlights["breaking_changes"]),
                other_updates=tuple(highlights["other_updates"]),
            )
            for locale, highlights in document["highlights"].items()
        },
        insights=document["insights"],
        summary=document["summary"],
        notices=tuple(Notice(note["key"], note["params"]) for note in document["notices"]),
        notice=document["notice"],
        usage=Usage(**usage),
        model=document.get("model", ""),
        prompt_version=document.get("prompt_version", ""),
        overview_author=document.get("overview_author", {}),
        origin=_origin(document["range"]),
        overview_parts=_tuples(document.get("overview_parts", {})),
        steps=tuple(_step(step) for step in document.get("steps", ())),
    )


def _thread(document: Mapping[str, Any]) -> Thread:
    source = document.get("source")
    texts = ("id", "title", "action", "why", "since", "number", "scope", "contradicted")
    return Thread(
        **{name: document[name] for name in texts},
        said_by=SaidBy(document["said_by"]),
        kind=ThreadKind(document["kind"]),
        audience=Audience(document["audience"]),
        facts=tuple(FactRef(ref["file"], ref["fact"]) for ref in document["facts"]),
        files=tuple(document["files"]),
        commits=tuple(document["commits"]),
        reverts=document["reverts"],
        new=document["new"],
        source=Source(source["path"].encode(), source["start"], source["end"]) if source else None,
    )


def _range(document: Mapping[str, Any]) -> CommitRange:
    return CommitRange(
        base=document["base"],
        head=document["head"],
        merge_base=document["merge_base"],
        comparison=Comparison(document["comparison"]),
        repository=document["repository"],
        server=document["server"],
        host=WebHost(document.get("host", WebHost.GITHUB)),
    )


def _origin(document: Mapping[str, Any]) -> RangeOrigin:
    return RangeOrigin(
        base_name=document.get("base_name", ""),
        head_name=document.get("head_name", ""),
        base_tags=tuple(document.get("base_tags", ())),
        head_tags=tuple(document.get("head_tags", ())),
        commits=document.get("commits"),
        people=tuple(document.get("people", ())),
        head_time=document.get("head_time", ""),
    )


def _coverage(document: Mapping[str, Any]) -> Coverage:
    return Coverage(
        changed=document["changed"],
        reported=document["reported"],
        in_category=document["in_category"],
        excluded=_pairs(document["excluded"]),
        unmatched=tuple(document["unmatched"]),
        unreadable=_pairs(document["unreadable"]),
        patches_linked=tuple(document["patches_linked"]),
        sent_to_model=document["sent_to_model"],
        read_in_part=_pairs(document.get("read_in_part", ())),
        without_detector=document.get("without_detector", {}),
        untold_lines=document.get("untold_lines", 0),
        unlisted=document.get("unlisted", 0),
    )


def _pairs(entries: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((entry["path"], entry["reason"]) for entry in entries)


def _file(document: Mapping[str, Any]) -> FileEntry:
    path = _path_bytes(document)
    previous = document["previous_path"]
    change = FileChange(
        path_bytes=path,
        previous_path_bytes=previous.encode() if previous is not None else None,
        status=Status(document["status"]),
        binary=document["binary"],
        additions=document["additions"],
        deletions=document["deletions"],
        generated=document["generated"],
        unreadable=document["unreadable"],
    )
    patch = document["patch"]
    return FileEntry(
        analysis=FileAnalysis(
            change=change,
            facts=tuple(_fact(entry) for entry in document["facts"]),
            type=ModificationType(document["type"]),
            rule=document["rule"],
            lines=LineCounts(**document.get("lines", {})),
            read_in_part=tuple(document.get("read_in_part", ())),
        ),
        name=document["name"],
        anchor=document["anchor"],
        patch=None if patch is None else (lambda: str(patch)),
        patch_url=document["patch_url"],
        title=document["title"],
        explanation=document["explanation"],
        author=document["author"],
        authors=document.get("authors", {}),
        parts_by_model=_tuples(document.get("parts_by_model", {})),
    )


def _path_bytes(document: Mapping[str, Any]) -> bytes:
    encoded = document.get("path_bytes")
    if encoded is None:
        return str(document["path"]).encode()
    path = base64.b64decode(encoded, validate=True)
    if path.decode("utf-8", "replace") != document["path"]:
        raise ValueError(f"path_bytes of {document['path']!r} are those of another path")
    return path


def _fact(document: Mapping[str, Any]) -> Fact:
    evidence = (
        Evidence(Side(line["side"]), line["start"], line["end"]) for line in document["evidence"]
    )
    by = document.get("declared")
    return Fact(
        document["kind"],
        _values(document["params"]),
        tuple(evidence),
        document["breaking"],
        Declared(str(by["by"]), str(by["quote"])) if by else None,
        bool(document.get("accepted", False)),
        "likely" if document.get("certainty") == "likely" else "proved",
        str(document.get("surface", "")),
        tuple(_use(use) for use in document.get("uses", ())),
    )


def _use(document: Mapping[str, Any]) -> Use:
    certain = document["certainty"] == "proved"
    return Use(str(document["path"]), int(document["line"]), "proved" if certain else "likely")


def _step(document: Mapping[str, Any]) -> DependencyStep:
    names = ("name", "old", "new", "repository", "base", "head", "compare_url")
    return DependencyStep(
        **{name: str(document[name]) for name in names},
        findings=tuple(
            StepFinding(str(entry["path"]), _fact(entry["fact"])) for entry in document["findings"]
        ),
        said=tuple(map(str, document["said"])),
    )


def _item(document: Mapping[str, Any]) -> StoryItem:
    facts = tuple(FactRef(ref["file"], ref["fact"]) for ref in document["facts"])
    return StoryItem(
        kind=document["kind"],
        role=Role(document["role"]),
        relation=Relation(document["relation"]),
        salience=document["salience"],
        params=_values(document["params"]),
        facts=facts,
        files=tuple(dict.fromkeys(ref.file for ref in facts)),
        count=len(facts),
    )


def _values(params: Mapping[str, Any]) -> Mapping[str, Value]:
    """Turn JSON lists back into tuples."""
    return {name: cast("Value", _value(value)) for name, value in params.items()}


def _value(value: object) -> object:
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    if isinstance(value, dict):
        return {name: _value(item) for name, item in value.items()}
    return value


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(each) for name, each in lists.items()}
