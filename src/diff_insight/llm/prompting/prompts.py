"""Fills the packaged prompts in: instructions, fenced data, and what the earlier answer got wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from babel.core import Locale
from msgspec import Struct

from diff_insight.markup.escape import visible

#: Stands for the run's fence mark in everything that is compared or cached.
NONCE = "{nonce}"
_MAJOR = "2"
_NAMES = ("files", "overview", "corrective", "registers")


class Prompt(Struct, frozen=True):
    """One request's words. The fence mark is still open, so that equal prompts are equal texts."""

    system: str
    user: str

    def with_fence(self, nonce: str) -> Prompt:
        """Return the prompt with the run's own fence mark, which no data can know."""
        data = self.user.replace(nonce, "0" * len(nonce))  # a guess that came true
        return Prompt(self.system.replace(NONCE, nonce), data.replace(NONCE, nonce))


@cache
def packaged_prompt(name: str) -> str:
    """Return a packaged prompt."""
    return (files("diff_insight") / "prompts" / f"{name}.md").read_text("utf-8").strip()


@cache
def prompt_version() -> str:
    """Return the version of the instructions: it changes with every word of them."""
    texts = "\0".join(packaged_prompt(name) for name in _NAMES)
    return f"{_MAJOR}-{hashlib.sha256(texts.encode()).hexdigest()[:8]}"


def instructions(name: str, locales: Sequence[str]) -> str:
    """Return the instructions for these locales."""
    named = ", ".join(f"{locale} ({language(locale)})" for locale in locales)
    text = packaged_prompt(name).replace("{registers}", registers(locales))
    return text.replace("{locales}", named).replace("{locale}", locales[0])


def registers(locales: Sequence[str]) -> str:
    """Return how one writes in these locales, a line each."""
    known = dict(line.split(": ", 1) for line in packaged_prompt("registers").split("\n"))
    return "\n".join(f"- {locale}: {known[locale]}" for locale in locales if locale in known)


@cache
def language(locale: str) -> str:
    """Return the English name of a locale's language, with its script where it has several."""
    parsed = Locale.parse(locale)
    names = (parsed.get_language_name("en"), parsed.get_script_name("en"))
    return ", ".join(name for name in names if name) or locale


def block(number: int, head: Sequence[tuple[str, str]], name: str, content: str) -> str:
    """Return one file's data inside the fence.

    Args:
        number: The id that the answer uses.
        head: Labelled lines; values are made visible, so that each stays one line.
        name: What the content is: `diff` or `notes`.
        content: The data.
    """
    lines = [f"{label}: {visible(value)}" for label, value in head if value]
    # A brace expression of ours in the data would become the mark of the fence.
    data = "\n".join([*lines, f"{name}:", content.rstrip("\n")]).replace(NONCE, "{ nonce }")
    return f"[{NONCE} {number}]\n{data}\n[/{NONCE}]"


def fence(content: str) -> str:
    """Return data that is about no file of its own inside the fence."""
    return f"[{NONCE}]\n{content.replace(NONCE, '{ nonce }')}\n[/{NONCE}]"


def corrective(faults: Sequence[str], answer: str) -> str:
    """Return what a second request says of the first answer: all of it, and its faults by number."""
    lines = "\n".join(f"{number}. {fault}" for number, fault in enumerate(faults, 1))
    return (
        packaged_prompt("corrective")
        .replace("{failures}", lines)
        .replace("{answer}", fence(answer))
    )
