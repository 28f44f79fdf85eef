"""Dockerfiles: base images, ports, start commands, environment and build arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from diff_insight.facts.data.as_internal_config import as_internal_config
from diff_insight.facts.data.data_trees import emit_and_claim, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import (
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.packages.requirements import short, step_of
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

_NAME = re.compile(r"(?i)(.*\.)?(dockerfile|containerfile)(\..*)?")
_LINE = re.compile(r"(?i)\s*(FROM|EXPOSE|ENTRYPOINT|CMD|USER|WORKDIR|ENV|ARG|HEALTHCHECK)\s+(.*)")
_PAIR = re.compile(r"""([A-Za-z_]\w*)(?:=("[^"]*"|'[^']*'|[^\s"']\S*|))?""")
_LONGEST = 80
#: Instructions that documents may follow, and what names the end of one.
_WITH_DOCUMENT = re.compile(r"(?:RUN|COPY|ADD)\b", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?[\"']?([A-Za-z_]\w{0,60})[\"']?")
_LONGEST_LINE = 2000


def applies(view: FileView) -> bool:
    """Dockerfiles by their name, with two versions."""
    name = PurePosixPath(view.change.path).name
    return view.change.status in BOTH_SIDES and _NAME.fullmatch(name) is not None


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed of the image that is built."""
    texts = [whole_text(view, side) for side in Side]
    if None in texts:
        return
    old, new = (index_members(_members(text or "")) for text in texts)
    differences = diff_members(
        old, new, MemberRules(), public=False, is_told_elsewhere=parts_of(old, new)
    )
    yield from emit_and_claim(view, _bases(old, new))
    yield from emit_and_claim(
        view,
        as_internal_config(fact for fact in differences if fact.params["what"] != "base-image"),
    )


def _bases(
    old: dict[tuple[str, str, str], Member], new: dict[tuple[str, str, str], Member]
) -> Iterator[Fact]:
    """Pair images by name, then what is left by its order."""
    before = [member for member in old.values() if member.what == "base-image"]
    after = [member for member in new.values() if member.what == "base-image"]
    known = {member.name: member for member in before}
    for member in after:
        past = known.get(member.name)
        if past is not None and past.shape != member.shape:
            params = {
                "what": "base-image",
                "name": member.name,
                "old": past.shape,
                "new": member.shape,
            }
            step = step_of(past.shape, member.shape)
            yield Fact("dependency.moved", {**params, "step": step}, _lines(past, member))
        elif past is None:
            params = {"what": "base-image", "name": member.name, "new": member.shape}
            yield Fact("dependency.added", params, _lines(None, member))
    names = {member.name for member in after}
    for member in before:
        if member.name not in names:
            params = {"what": "base-image", "name": member.name, "old": member.shape}
            yield Fact("dependency.removed", params, _lines(member, None))


def _lines(old: Member | None, new: Member | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(side, member.start, member.end)
        for side, member in ((Side.BASE, old), (Side.HEAD, new))
        if member is not None
    )


def _members(text: str) -> Iterator[Member]:
    stages: set[str] = set()
    for start, end, line in _instructions(text):
        match = _LINE.match(line[:_LONGEST_LINE])
        if match is None:
            continue
        name, rest = match[1].upper(), match[2].strip()
        if name == "FROM":
            yield from _base(rest, start, end, stages)
        elif name == "EXPOSE":
            yield from (Member("port", port, "", start, end) for port in rest.split())
        elif name in ("ENV", "ARG"):
            what = "environment-variable" if name == "ENV" else "build-argument"
            yield from _variables(what, rest, start, end)
        else:
            yield Member("instruction", name, "", start, end, rest[:_LONGEST])


def _base(rest: str, start: int, end: int, stages: set[str]) -> Iterator[Member]:
    words = [word for word in rest.split() if not word.startswith("--")]
    if len(words) > 2 and words[1].lower() == "as":
        stages.add(words[2])
    if not words or words[0] in stages or words[0] == "scratch" or "$" in words[0]:
        return
    image, _, digest = words[0].partition("@")
    name, mark, tag = image.rpartition(":")
    if not mark or "/" in tag:
        name, tag = image, ""
    yield Member("base-image", name, "", start, end, tag or short(digest) or "latest")


def _variables(what: str, rest: str, start: int, end: int) -> Iterator[Member]:
    pairs = [(match[1], match[2] or "") for match in _PAIR.finditer(rest)]
    if "=" not in rest and what == "environment-variable":
        name, _, value = rest.partition(" ")
        pairs = [(name, value)]
    for name, value in pairs:
        yield Member(what, name, "", start, end, value.strip("\"'")[:_LONGEST])


def _instructions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield instructions with their first and last line; a backslash carries on."""
    held: list[str] = []
    start = 0
    ends: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if ends:  # lines of a script or a file
            if stripped == ends[0]:
                ends.pop(0)
            continue
        if not stripped or stripped.startswith("#"):
            continue
        if "<<" in line and _WITH_DOCUMENT.match(held[0] if held else stripped):
            ends = _HEREDOC.findall(line[:_LONGEST_LINE])
        start = start if held else number
        held.append(stripped.removesuffix("\\"))
        if not stripped.endswith("\\"):
            yield start, number, " ".join(held)
            held = []
