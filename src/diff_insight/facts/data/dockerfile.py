"""Dockerfiles: base images, ports, start commands, environment and build arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from diff_insight.facts.data.as_internal_config import as_internal_config
from diff_insight.facts.data.data_trees import emit_and_claim, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import Member, MemberRules, collected, compared, parts_of
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
    old, new = (collected(_members(text or "")) for text in texts)
    found = compared(old, new, MemberRules(), public=False, told=parts_of(old, new))
    yield from emit_and_claim(view, _bases(old, new))
    yield from emit_and_claim(
        view,
        as_internal_config(fact for fact in found if fact.params["what"] != "base-image"),
    )


def _bases(
    old: dict[tuple[str, str, str], Member], new: dict[tuple[str, str, str], Member]
) -> Iterator[Fact]:
    """Pair images by name, then what is left by its order."""
    before = [one for one in old.values() if one.what == "base-image"]
    after = [one for one in new.values() if one.what == "base-image"]
    known = {one.name: one for one in before}
    for one in after:
        past = known.get(one.name)
        if past is not None and past.shape != one.shape:
            params = {"what": "base-image", "name": one.name, "old": past.shape, "new": one.shape}
            step = step_of(past.shape, one.shape)
            yield Fact("dependency.moved", {**params, "step": step}, _lines(past, one))
        elif past is None:
            params = {"what": "base-image", "name": one.name, "new": one.shape}
            yield Fact("dependency.added", params, _lines(None, one))
    names = {one.name for one in after}
    for one in before:
        if one.name not in names:
            params = {"what": "base-image", "name": one.name, "old": one.shape}
            yield Fact("dependency.removed", params, _lines(one, None))


def _lines(old: Member | None, new: Member | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(side, one.start, one.end)
        for side, one in ((Side.BASE, old), (Side.HEAD, new))
        if one is not None
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
