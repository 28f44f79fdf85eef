"""Cuts a parameter list into parameters, by its text: grammars differ more than lists do."""

from __future__ import annotations

import re

from diff_insight.facts.code.model import Grammar, Parameter

_OPENING, _CLOSING = "([{<", ")]}>"
#: Characters of a list above which it is not taken apart.
LONGEST_LIST = 4000
_PIECE = re.compile(
    r'"(?:\\.|[^"\\\n]){0,300}+"|\'(?:\\.|[^\'\\\n]){0,300}+\'|`[^`]*+`|//[^\n]*+|/\*.*?(?:\*/|\Z)|#[^\n]*'
    r"|=>|->|==|<=|>=|!=|.",
    re.DOTALL,
)
_MODIFIERS = re.compile(
    r"(?:(?:@[\w.]+(?:\([^)]*\))?|public|private|protected|internal|readonly|override|mut|ref)\s+)+"
)
_WORD = re.compile(r"[\w$#]+")
#: Characters of a declaration that are read, from its end.
_LONGEST_DECLARED = 300
_LAST_WORD = re.compile(r"(?<![\w$])([\w$]++)\s*+(?:\[[^\[\]]*+\]\s*+)*+$")


def parameters_of(text: str, grammar: Grammar) -> tuple[Parameter, ...] | None:
    """Return the parameters of a list such as `(a: int, b=1)`; None when it is too long to tell."""
    if len(text) > LONGEST_LIST:
        return None
    inner = text.strip()
    if inner[:1] in ("(", "|") and inner[-1:] in (")", "|"):
        inner = inner[1:-1]
    python = grammar.package == "tree_sitter_python"
    parts = [" ".join(part.split()) for part in _split_at(inner, ",", comments=python)]
    parameters = [_parameter(part, grammar) for part in parts if part]
    if grammar.package == "tree_sitter_go":
        parameters = _with_types(parameters)
    return tuple(parameters)


def _split_at(text: str, mark: str, *, comments: bool = False) -> list[str]:
    """Cut a text at a mark outside of brackets and quotes; comments fall away."""
    pieces: list[str] = []
    current: list[str] = []
    depth = 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece[:2] in ("//", "/*") or (comments and piece[0] == "#"):
            continue
        if piece in _OPENING:
            depth += 1
        elif piece in _CLOSING:
            depth = max(0, depth - 1)
        if piece == mark and depth == 0:
            pieces.append("".join(current))
            current = []
        else:
            current.append(piece)
    return [*pieces, "".join(current)]


def _parameter(text: str, grammar: Grammar) -> Parameter:
    declared, *defaults = _split_at(text, "=")
    default = "=".join(defaults).strip()
    declared = declared.strip()
    if grammar.type_first:
        name, type_ = _type_first(declared)
    else:
        # Go has no modifiers: what stands first is a name, whatever it means elsewhere.
        go = grammar.package == "tree_sitter_go"
        name, type_ = _name_first(declared if go else _MODIFIERS.sub("", declared, count=1))
    gathers = declared.startswith(("*", "...", "&", "params ", "vararg ")) or "..." in declared
    self_like = declared in ("/", "*") or (
        grammar.package == "tree_sitter_rust" and declared.split()[-1:] == ["self"]
    )
    optional = bool(defaults) or gathers or self_like or bool(re.match(r"[\w$]+\?", declared))
    ruby_optional = (
        grammar.package == "tree_sitter_ruby" and declared[-1:] != ":" and ":" in declared
    )
    return Parameter(name, type_, default, optional or ruby_optional, text)


def _type_first(declared: str) -> tuple[str, str]:
    if "$" in declared:  # PHP
        before, _, name = declared.partition("$")
        return f"${name}", before.strip()
    match = _LAST_WORD.search(declared[-_LONGEST_DECLARED:])
    if match is None or match.start() == 0:
        return "", declared
    return match[1], declared[: match.start()].strip()


def _name_first(bare: str) -> tuple[str, str]:
    if bare[:1] in ("{", "["):
        _, _, type_ = bare.rpartition(":")
        return "{}", type_.strip()
    stars = re.match(r"[*&.]*\s*", bare)
    start = stars.end() if stars else 0
    match = _WORD.match(bare, start)
    if match is None:
        return bare, ""
    return bare[:start].strip() + match[0], bare[match.end() :].lstrip(" ?:")


def _with_types(parameters: list[Parameter]) -> list[Parameter]:
    """Give Go's `a, b int` a type each."""
    result: list[Parameter] = []
    type_ = ""
    named = any(parameter.type for parameter in parameters)
    for parameter in reversed(parameters):
        if not named:
            result.append(Parameter("", parameter.text, "", False, parameter.text))
            continue
        type_ = parameter.type or type_
        result.append(
            Parameter(parameter.name, type_, "", parameter.optional, f"{parameter.name} {type_}")
        )
    return result[::-1]
