"""Checks plain names: a Latin word in another script, or a capitalised one, has to stand in the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.folding import lower

_SPACELESS = frozenset(("ja", "zh", "ko"))
#: Languages in which only names begin with a capital inside a sentence.
_CAPITALS = frozenset(("en", "fr", "es", "pt"))
_CODE = re.compile(r"`[^`]*`|\*\*[^*]*\*\*|“[^”]*”|\"[^\"]*\"|https?://[!-~]+|\]\([^)]*\)")
#: Share of words with a capital from which on a line is written as titles are, names or not.
_TITLE_CASE = 0.65
_WORD = re.compile(r"[A-Za-z]{4,}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z]{2,}")
#: A capital behind a small letter or comma: no beginning of a sentence, a title or a quotation.
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z]{2,}")
#: Words of the field, which any diff may be told with.
_FIELD = frozenset(
    """api apis url urls uri html css json yaml toml xml markdown readme changelog github git sdk cli http https
    javascript typescript python java rust ruby php kotlin swift bash shell powershell csharp net node npm pip docker
    pull request requests commit commits merge diff patch json readme web app apps ide gui utc the and for front matter
    english japanese chinese id ids ai llm rest sql csv pdf png svg jpeg gif jpg ascii unicode utf faq toc note tip warning
    important mdx rst md enum string boolean bool null true false type types default preview beta alpha release stable
    january february march april may june july august september october november december spanish german french portuguese brazilian korean italian russian polish arabic hindi dutch turkish vietnamese
    indonesian ukrainian traditional simplified contents large language model models monday tuesday wednesday
    thursday friday saturday sunday javadoc godoc rustdoc jsdoc docstring makefile dockerfile frontmatter link links page pages table tables section sections alt text code""".split()
)


def name_faults(
    sentence: str, evidence: DiffEvidence, known: str, language: str
) -> Iterator[Fault]:
    """Yield names that nothing of the data has.

    Args:
        sentence: What is judged.
        evidence: What was compared.
        known: Paths and other texts that may be named, in small letters.
        language: The language of the sentence.
    """
    bare = _CODE.sub(" ", sentence)
    if language in _SPACELESS:
        words = _LATIN.findall(bare)
    elif language in _CAPITALS:
        long = _WORD.findall(bare)
        capitals = sum(word[0].isupper() for word in long)
        words = _NAME.findall(bare) if capitals <= _TITLE_CASE * len(long) else []
    else:
        return
    for word in dict.fromkeys(map(lower, words)):
        stem = word.removesuffix("s")
        if word in _FIELD or stem in evidence.text or stem in known:
            continue
        yield Fault(f"the name {word!r} stands nowhere in the data", certain=False)
