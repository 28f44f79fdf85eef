"""Makes the item of a story that a thread is told by, with the facts that prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diff_insight.file_types import is_page
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, FactRef, SaidBy, Thread, ThreadKind
from diff_insight.story.threads.continuity import continuation_params
from diff_insight.story.threads.setting import Setting
from diff_insight.story.threads.thread_salience import of_thread

_ROLES: Mapping[ThreadKind, Role] = {
    ThreadKind.BREAKING: Role.BREAKING,
    ThreadKind.DEADLINE: Role.DEADLINE,
    ThreadKind.FEATURE: Role.NEW,
}
#: Folders that hold notes and are no part of a product.
_NO_PARTS = frozenset(
    "docs doc documentation upgrade upgrades upgrading migration migrations guide guides support changelog changelogs changes release releases release-notes releasenotes release_notes notes news whatsnew "
    "reference references app about help en source src build content pages blog posts _posts".split()
)


def thread_item(thread: Thread, proofs: Sequence[StoryItem], setting: Setting) -> StoryItem:
    """Return the item of a thread, with the items of facts that prove it."""
    role = _ROLES.get(thread.kind, Role.CHANGE)
    if role is Role.NEW and not thread.new:
        role = Role.CHANGE
    if thread.audience is not Audience.READERS and role is not Role.BREAKING:
        role = Role.CHANGE
    facts = tuple(dict.fromkeys(ref for item in proofs for ref in item.facts)) or _evidence(
        thread, setting
    )
    files = tuple(dict.fromkeys(ref.file for ref in facts)) or thread.files[:1]
    item = StoryItem(
        kind=f"thread.{_form(thread)}", role=role, salience=0, params=_params(thread, setting), facts=facts, files=files,
        count=max(1, len(thread.files)), proofs=tuple(proofs),
    )  # fmt: skip
    return of_thread(item, thread, setting)


def _form(thread: Thread) -> str:
    """Return what the item of a thread is called: its kind behind `thread.`."""
    if thread.contradicted:
        return "contradicted"
    if thread.said_by is SaidBy.RULES:
        return thread.id.partition("-")[0]
    return "said"


def _params(thread: Thread, setting: Setting) -> Params:
    params: dict[str, Value] = {
        **_params_of_words(thread, setting),
        "count": len(thread.files),
        **continuation_params(setting.continuation_of(thread)),
    }
    if thread.kind is ThreadKind.DEPRECATED and setting.words_of(thread).kind is not thread.kind:
        params["label"] = str(thread.kind)  # the heading above says it, not the words
    if thread.id == "translations":
        names = sorted({setting.languages[index] for index in thread.files})
        params |= {"languages": {"items": tuple(names), "total": len(names)}}
    elif thread.id.startswith("substitution-"):
        old, _, new = thread.title.replace("`", "").partition(" → ")
        params |= {"old": old, "new": new}
    elif thread.source is not None:
        location: dict[str, Value] = {
            "path": thread.source.path.decode("utf-8", "replace"),
            "line": thread.source.start,
        }
        params["places"] = (location,)
    if thread.contradicted:
        denied = setting.people.contradictions[thread.id]
        params |= {"name": denied.name, "old": denied.old, "new": denied.new, "said": denied.said}
    return params


def _params_of_words(thread: Thread, setting: Setting) -> dict[str, Value]:
    return {
        "title": thread.title,
        "changelog": thread.said_by is SaidBy.CHANGELOG,
        "number": thread.number,
        "scope": thread.scope,
        "since": _since(thread, setting),
        "why": thread.why,
    }


def _since(thread: Thread, setting: Setting) -> str:
    """Return the version of a thread; of a part of a repository with the name of the part."""
    if setting.site:
        return thread.since  # its folders hold pages, and no parts of a product
    folder = (
        thread.source.path.decode("utf-8", "replace").rpartition("/")[0] if thread.source else ""
    )
    part = folder.rpartition("/")[2]
    # A folder behind an underscore is one of a site, and no part of the product.
    own = part and not part.startswith("_") and part.lower() not in _NO_PARTS
    return (
        f"{part} {thread.since}"
        if own and thread.since and "/" not in thread.since
        else thread.since
    )


def _most_telling(thread: Thread, setting: Setting) -> tuple[FactRef, ...]:
    """Return the first fact of a file for those whom the thread concerns, pages first; else its first fact."""

    def rank(ref: FactRef) -> tuple[bool, bool, bool]:
        path = setting.files[ref.file].change.path
        other = setting.audiences[ref.file] is not thread.audience
        hidden = path.rpartition("/")[2].startswith(".")
        return other, setting.site and not is_page(path), hidden

    return tuple(sorted(thread.facts, key=rank)[:1])


def _evidence(thread: Thread, setting: Setting) -> tuple[FactRef, ...]:
    """Return the facts on the lines that a changelog says it on, else the first fact."""
    source = thread.source
    if source is None:
        return _most_telling(thread, setting)
    index = next(
        (at for at in thread.files if setting.files[at].change.path_bytes == source.path), None
    )
    if index is None:
        return thread.facts[:1]
    return (
        tuple(
            FactRef(index, number)
            for number, fact in enumerate(setting.files[index].facts)
            if any(
                line.side == "head" and line.start <= source.end and line.end >= source.start
                for line in fact.evidence
            )
        )[:1]
        or thread.facts[:1]
    )
