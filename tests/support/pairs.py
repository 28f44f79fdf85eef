"""Runs the command over pairs of versions: one repository, an orphan branch of two commits for each pair."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from diff_insight.cli.main import main

LOCALES = ("en_US", "ja_JP", "zh_CN")
_DATE = "Ada <ada@example.com> 1750000000 +0000"


class Pair(Struct, frozen=True, kw_only=True):
    """Two versions of some files: what changes, whether that breaks somebody, and whether it is told otherwise."""

    what: str
    old: Mapping[str, str]
    new: Mapping[str, str]
    breaks: bool
    told: bool = False

    def __repr__(self) -> str:
        return self.what


class Report(Struct, frozen=True):
    """What was said of a pair: breaking facts by kind and certainty, and the bullets of each locale.

    `others` are the bullets about what breaks nobody.
    """

    breaking: tuple[str, ...]
    bullets: Mapping[str, tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]
    facts: tuple[str, ...]


def pairs_of(path: Path) -> list[Pair]:
    """Return the pairs of a data file, in order.

    `file` is the path of what changes and `around` other files; a pair may have its own of both,
    and a version that is a mapping holds files itself. `head` stands before each text. What is `told`
    breaks nobody and is said all the same.
    """
    document = yaml.safe_load(path.read_text("utf-8"))
    return [
        _pair(document, row, section=section)
        for section in ("breaking", "safe", "told")
        for row in document.get(section, ())
    ]


def _pair(document: Mapping[str, Any], row: Mapping[str, Any], *, section: str) -> Pair:
    around = {**document.get("around", {}), **row.get("around", {})}
    file = row.get("file", document.get("file", ""))
    head = row.get("head", document.get("head", ""))
    sides = []
    for name in ("old", "new"):
        version = row.get(name)
        files = (
            version
            if isinstance(version, dict)
            else {}
            if version is None
            else {file: head + version}
        )
        sides.append({**around, **files})
    return Pair(
        what=row["what"],
        old=sides[0],
        new=sides[1],
        breaks=section == "breaking",
        told=section == "told",
    )


def repository(folder: Path, pairs: Sequence[Pair]) -> Path:
    """Make a repository with a branch `p0`, `p1` … for each pair."""
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)
    stream = b"".join(
        _commit(f"p{number}", version, follows=follows)
        for number, pair in enumerate(pairs)
        for version, follows in ((pair.old, False), (pair.new, True))
    )
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=stream, check=True)
    return folder


def _commit(branch: str, files: Mapping[str, str], *, follows: bool) -> bytes:
    lines = [f"commit refs/heads/{branch}", f"committer {_DATE}", "data 6", "change"]
    if follows:
        lines.append("deleteall")
    text = "\n".join(lines).encode() + b"\n"
    for path, content in sorted(files.items()):
        data = content.encode()
        text += f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
    return text


def report_of(repo: Path, number: int, out: Path) -> Report:
    """Run the command on one pair."""
    words = [
        "report", f"p{number}~1..p{number}", "--repo", str(repo), "--format", "json", "--quiet", "--impact", "off",
        "--locale", ",".join(LOCALES), "--output", f"{out}/{number}/{{locale}}/{{category}}.md",
    ]  # fmt: skip
    assert main(words, os.environ) == 0
    (path,) = (out / str(number)).rglob("*.json")
    document = json.loads(path.read_text("utf-8"))
    facts = [fact for file in document["files"] for fact in file["facts"]]
    return Report(
        tuple(_named(fact) for fact in facts if fact["breaking"]),
        {
            locale: tuple(document["highlights"][locale]["breaking_changes"]) for locale in LOCALES
        },
        {
            locale: tuple(
                bullet
                for name, bullets in document["highlights"][locale].items()
                if name != "breaking_changes"
                for bullet in bullets
            )
            for locale in LOCALES
        },
        tuple(f"{fact['kind']} {json.dumps(fact['params'], ensure_ascii=False)}" for fact in facts),
    )  # fmt: skip


def _named(fact: Mapping[str, Any]) -> str:
    return fact["kind"] if fact["certainty"] == "proved" else f"{fact['kind']} (likely)"


def expected_text(pairs: Sequence[Pair], reports: Sequence[Report]) -> str:
    """Return what is said of all pairs as people read it in review."""
    return "\n".join(
        line for pair, report in zip(pairs, reports, strict=True) for line in _lines(pair, report)
    )


def _lines(pair: Pair, report: Report) -> Iterator[str]:
    yield f"## {pair.what}"
    yield ", ".join(report.breaking) or "nothing breaks"
    for locale in LOCALES:
        bullets = report.others[locale] if pair.told else report.bullets[locale]
        yield from (f"{locale[:2]}: {bullet}" for bullet in bullets)
    yield ""
