"""Lists what a range asks its readers to do, in the words of people or of new passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.analysis.people.requests import obliges, obliges_anew
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.markup.plain import sentences_of
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import Audience, FactRef, Thread, ThreadKind
from diff_insight.story.threads.setting import Setting

_MOST_ACTIONS = 5
_ASKING = (ThreadKind.SECURITY, ThreadKind.DEADLINE, ThreadKind.BREAKING, ThreadKind.DEPRECATED)


def actions(threads: Sequence[Thread], setting: Setting) -> tuple[StoryItem, ...]:
    """Return what the most consequential threads ask of readers, each once."""
    requests: dict[str, dict[FactRef, None]] = {}
    files: dict[str, tuple[int, ...]] = {}
    for thread in threads:
        if thread.audience is not Audience.READERS:
            continue
        for sentence, refs in _requests(thread, setting):
            files.setdefault(sentence, thread.files[:1])
            requests.setdefault(sentence, {}).update(dict.fromkeys(refs))
    return tuple(
        StoryItem(
            kind="thread.action", role=Role.CHANGE, salience=0, params={"quote": sentence},
            facts=tuple(refs), files=tuple(dict.fromkeys(ref.file for ref in refs)) or files[sentence],
        )
        for sentence, refs in list(requests.items())[:_MOST_ACTIONS]
    )  # fmt: skip


def _requests(thread: Thread, setting: Setting) -> Iterator[tuple[str, tuple[FactRef, ...]]]:
    """Yield what a thread asks of readers, and the facts that say it, where it is new words of its pages."""
    if thread.kind in _ASKING and thread.action and not _leads_on(thread.action):
        yield thread.action, ()
    if not setting.site or thread.kind is ThreadKind.MAINTENANCE:
        return
    for ref in thread.facts:
        fact = setting.files[ref.file].facts[ref.fact]
        row = kind_of(fact.kind)
        quote = str(fact.params.get("quote", ""))
        if row.has(Trait.ENTRY) and not setting.languages[ref.file]:
            # How a thing is done asks nothing of those who do it already; a callout wants attention.
            asks = obliges if row.has(Trait.CALLOUT) else obliges_anew
            yield from (
                (sentence, (ref,))
                for sentence in sentences_of(quote)
                if asks(sentence) and not _leads_on(sentence)
            )


def _leads_on(sentence: str) -> bool:
    """Tell whether a sentence only leads to what stands below it, such as a command."""
    return sentence.rstrip("…").rstrip().endswith((":", "："))
