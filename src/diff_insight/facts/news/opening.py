"""The words with which a page or a section opens: its first sentence that says something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from diff_insight.facts.file_view import FileView
from diff_insight.facts.news.sentence import News, choose
from diff_insight.facts.pages.changed_lines import code_lines
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.pages.passages import passages
from diff_insight.markup.plain import clip, sentences_of, words_of
from diff_insight.model.changes import Side
from diff_insight.model.messages import Value

LONGEST_QUOTE = 180
#: Lines below a heading among which the first words are looked for.
_MOST_LINES = 60
#: Words of the shortest sentence that is quoted; a line of a menu or a label has fewer.
_LEAST_WORDS = 4
_LEAST_CHARACTERS = 10
#: Lines that are no prose: tables, tags, imports, directives, pictures, rules, definitions, templates.
_NO_PROSE = re.compile(
    r"\s*(?:\||</?[A-Za-z!]|import\s|export\s|:::|!!!|\.\. |!\[|[-=*_~^]{3,}\s*$|\[[^\]]{1,80}\]:|\{[{%*]|:[\w-]{1,40}:|#{1,6}\s|\+[-=+]+$)"
)
_SPACED = re.compile(r"[a-z]")


def page_news(view: FileView) -> Mapping[str, Value]:
    """Return the words of a new page: its description, else its first sentence."""
    page = structure(view, Side.HEAD)
    described = next(
        (value for key, value in page.front_matter.values() if key.lower() in _DESCRIPTIONS), ""
    )
    if described and len(described) >= _LEAST_CHARACTERS:
        news = choose(sentences_of(words_of(described)))
        return _params(news)
    first = next(
        (heading.lines[-1] for heading in page.headings if heading.level == 1), page.front_end
    )
    last = next(
        (heading.line for heading in page.headings if heading.line > first), first + _MOST_LINES
    )
    return section_news(view, first, last - 1)


_DESCRIPTIONS = frozenset(("description", "summary", "abstract", "excerpt", "subtitle", "lead"))


def section_news(view: FileView, heading: int, end: int) -> Mapping[str, Value]:
    """Return the first sentence below a heading.

    Args:
        view: The file.
        heading: The last line of the heading, in the head version.
        end: The last line of the section.
    """
    version, code = view.version(Side.HEAD), code_lines(view, Side.HEAD)
    last = min(end, heading + _MOST_LINES)
    lines = [
        (number, line)
        for number in range(heading + 1, last + 1)
        if number not in code
        and (line := version.line(number) or "").strip()
        and not _NO_PROSE.match(line)
    ]
    words = (words_of(passage.text) for passage in passages(lines))
    for sentence in chain.from_iterable(map(sentences_of, words)):
        if _says_something(sentence):
            return _params(choose([sentence]))
    return {}


def _says_something(sentence: str) -> bool:
    if sentence.endswith((":", "：")):
        return False  # it only leads to what stands below it
    if _SPACED.search(sentence):
        return sentence.count(" ") + 1 >= _LEAST_WORDS
    return len(sentence) >= _LEAST_CHARACTERS


def _params(news: News | None) -> Mapping[str, Value]:
    if news is None:
        return {}
    quote: dict[str, Value] = {"quote": clip(news.sentence, LONGEST_QUOTE)}
    return {**quote, "cue": news.cue} if news.cue else quote
