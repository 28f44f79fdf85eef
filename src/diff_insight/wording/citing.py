"""Puts links behind what they prove: into the bracket that ends a text, else into one of their own."""

from __future__ import annotations

from diff_insight.localization.speaker import Speaker

_CLOSING = {")": "(", "）": "（"}
_STOPS = (".", "。")


def cited_phrase(phrase: str, links: str, speaker: Speaker) -> str:
    """Return a phrase with the links that back it."""
    if not links:
        return phrase
    if ends_in_bracket(phrase):
        return phrase[:-1] + speaker.fill("cite.bracket", links=links)
    return speaker.fill("bullet", phrase=phrase, links=links)


def cited_sentence(text: str, links: str, speaker: Speaker) -> str:
    """Put links before the full stop of a sentence, or behind a quotation that ends it."""
    if not links:
        return text
    stopped = text.endswith(_STOPS) and not text.endswith("..")
    body, stop = (text[:-1], text[-1]) if stopped else (text, speaker.say("sentence.end"))
    if ends_in_bracket(body):
        return body[:-1] + speaker.fill("cite.bracket", links=links) + stop
    return body + speaker.fill("cite", links=links) + stop


def ends_in_bracket(text: str) -> bool:
    """Tell whether Markdown ends in a bracket of its own: none of a link, of a call, or of a name."""
    opening = _CLOSING.get(text[-1:])
    if opening is None or text.endswith("\\)"):
        return False
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == text[-1]) - (text[at] == opening)
        if not depth:
            return at > 0 and (
                opening == "（"
                or not (
                    text[at - 1] in "]_\\" or (text[at - 1].isascii() and text[at - 1].isalnum())
                )
            )
    return False
