"""What an interface is made of, as flat members with their lines, and how two versions differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from diff_insight.facts.deprecation_notes import reason_params
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

#: Members of one version of a file that are compared.
MOST = 50_000
Key = tuple[str, str, str]
#: Where the name of a holder can end within a full name.
_ENDS = re.compile(r"(?:(?<!\[\])(?:\[\])++)?+(?:\.|: )")


class Member(Struct, frozen=True):
    """One member: what it is (a term of the catalogs), its name, and what holds it.

    `shape` is what must stay the same for those who use it, such as its type; `required` tells
    whether they have to give it, `default` what it is otherwise, `deprecated` that it will go, `reason` what is said of that.
    """

    what: str
    name: str
    within: str
    start: int
    end: int
    shape: str = ""
    required: bool = False
    default: str = ""
    deprecated: bool = False
    reason: str = ""

    @property
    def key(self) -> Key:
        """What makes two members versions of each other."""
        return self.what, self.within, self.name


Members = Mapping[Key, Member]


def _is_never_safe(old: Member, new: Member) -> bool:
    """Take every other shape for one that breaks."""
    del old, new
    return False


class MemberRules(Struct, frozen=True):
    """What breaks those who use an interface: kinds of members, by their term."""

    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


def index_members(members: Iterator[Member]) -> dict[Key, Member]:
    """Return members by their key, the first of equal ones."""
    by_key: dict[Key, Member] = {}
    for member in members:
        if len(by_key) >= MOST:
            break
        by_key.setdefault(member.key, member)
    return by_key


def diff_members(
    old: Members, new: Members, rules: MemberRules, *, public: bool, is_told_elsewhere: Callable[[Member], bool],
    is_safe: Callable[[Member, Member], bool] = _is_never_safe,
) -> Iterator[Fact]:  # fmt: skip
    """Yield how two versions differ; what stands in something that came or went is not told again.

    Args:
        old: The members before.
        new: The members after.
        rules: What is breaking, when the file is public.
        public: Whether others rely on the file.
        is_told_elsewhere: Whether a member stands in one that came or went as a whole.
        is_safe: Whether another shape breaks nobody.
    """
    for key, member in new.items():
        before = old.get(key)
        if before is not None:
            safe = is_safe(before, member)
            yield from _differences(before, member, rules, public=public, safe=safe)
        elif not is_told_elsewhere(member):
            yield _addition(member, rules, public=public)
    for key, member in old.items():
        if key not in new and not is_told_elsewhere(member):
            breaking = public and member.what in rules.removed
            yield Fact("member.removed", _params(member), (_at(Side.BASE, member),), breaking)


def _addition(member: Member, rules: MemberRules, *, public: bool) -> Fact:
    evidence = (_at(Side.HEAD, member),)
    if member.required and member.what in rules.required:
        return Fact("member.required", _params(member) | {"new": True}, evidence, public)
    return Fact("member.added", _params(member), evidence)


def _differences(
    old: Member, new: Member, rules: MemberRules, *, public: bool, safe: bool
) -> Iterator[Fact]:
    evidence = (_at(Side.BASE, old), _at(Side.HEAD, new))
    if new.deprecated and not old.deprecated:
        params = {**_params(new), **reason_params(new.reason)}
        yield Fact("member.deprecated", params, evidence[1:])
    if old.default and new.default and old.default != new.default:
        values: dict[str, str | bool] = {
            "keyword": "default",
            "old": old.default,
            "new": new.default,
            "effect": "",
        }
        yield Fact("schema.keyword-changed", _params(new) | values, evidence)
    only_required = new.required is not old.required and (
        old.shape.removesuffix("!") == new.shape.removesuffix("!")
    )
    if old.shape and new.shape and old.shape != new.shape and not only_required:
        breaking = public and new.what in rules.changed and not safe
        params = _params(new) | {"old": old.shape, "new": new.shape}
        yield Fact("member.changed", params, evidence, breaking)
    if new.required and not old.required:
        breaking = public and new.what in rules.required
        yield Fact("member.required", _params(new) | {"new": False}, evidence, breaking)
    elif old.required and not new.required:
        yield Fact("member.optional", _params(new), evidence)


def _params(member: Member) -> dict[str, str | bool]:
    return {"what": member.what, "name": member.name, "within": member.within}


def _at(side: Side, member: Member) -> Evidence:
    return Evidence(side, member.start, max(member.start, member.end))


def parts_of(old: Members, new: Members) -> Callable[[Member], bool]:
    """Return a test for members that stand in something that came or went as a whole."""
    first, second = ({_full(member) for member in side.values()} for side in (old, new))
    whole = first ^ second
    return lambda member: any(holder in whole for holder in _holders(member))


def _full(member: Member) -> str:
    return f"{member.within}.{member.name}" if member.within else member.name


def _holders(member: Member) -> Iterator[str]:
    """Yield the full names of what a member may stand in: `a.b[].c` stands in `a.b` and `a`."""
    full = _full(member)
    yield member.within
    yield from (full[: match.start()] for match in _ENDS.finditer(full))
