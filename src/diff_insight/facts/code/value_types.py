"""Tells where a value of one type certainly has no place in another: doubt, as of aliases, means no.

Only types that nobody can redefine are judged: those built into a language, and what is made of them.
A name may be an interface, an alias or a parameter of a generic, so that it may still fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Words = tuple[str, ...]

_WORD = re.compile(
    r"[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*|\.\.\.|\"[^\"]*\"|'[^']*'|\d+|\S"
)
_LIFETIME = re.compile(r"'[a-z_]\w*\s*(?!')")
_ANNOTATION = re.compile(r"@[\w.]+(?:\([^()]*\))?\s+|\bfinal\s+")


def never_fits(actual: str, wanted: str, language: str) -> bool:
    """Tell whether no value of the type `actual` can stand where `wanted` is asked for.

    Args:
        actual: What callers pass, or what a function returns now.
        wanted: What is accepted now, or what callers expect.
        language: A key of the rules below; of other languages nothing is certain.
    """
    rule = _RULES.get(language)
    if rule is None or not actual or not wanted:
        return False
    first, second = (_words(text, language) for text in (actual, wanted))
    return bool(first and second) and first != second and rule(first, second)


def _words(text: str, language: str) -> Words:
    if language == "rust":
        text = _LIFETIME.sub("", text)
    if language == "java":
        text = _ANNOTATION.sub("", text).replace("java.lang.", "")
    if language == "go":
        text = re.sub(r"\binterface\s*\{\s*\}", "any", text)
    words = _WORD.findall(text)
    return tuple(_ALIASES.get(language, {}).get(word, word) for word in words)


def _scalars_differ(actual: Words, wanted: Words, scalars: frozenset[str]) -> bool:
    """Tell whether types of one shape differ in a built-in type within."""
    return len(actual) == len(wanted) and any(
        word != other and word in scalars and other in scalars
        for word, other in zip(actual, wanted, strict=True)
    )


def _steps(text: str) -> frozenset[tuple[str, str]]:
    """Return (from, to) of every step along the rows of a table of widening conversions."""
    rows = [row.split() for row in text.split("|")]
    return frozenset((row[0], to) for row in rows for to in row[1:])


_GO = frozenset("bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr "
                "float32 float64 complex64 complex128 any error".split())  # fmt: skip


def _go(actual: Words, wanted: Words) -> bool:
    if wanted == ("any",) or "..." in (actual[0], wanted[0]) or "<-" in "".join((*actual, *wanted)):
        return False
    heads = [_go_head(words) for words in (actual, wanted)]
    if wanted == ("error",):
        return heads[0] == "scalar"
    if not all(heads):
        return ("*", *actual) == wanted or actual == ("*", *wanted)
    if heads[0] != heads[1] or heads[0] == "scalar":
        return True
    return _scalars_differ(actual, wanted, _GO) or _is_wrapped(actual, wanted)


def _go_head(words: Words) -> str:
    if len(words) == 1:
        return "scalar" if words[0] in _GO else ""
    return words[0] if words[0] in ("*", "[", "map", "func", "chan") else ""


def _is_wrapped(actual: Words, wanted: Words) -> bool:
    """Tell whether one type only has more marks of pointers and lists within than the other."""
    shorter, longer = sorted((actual, wanted), key=len)
    kept = [word for word in longer if word not in ("*", "[", "]")]
    return len(shorter) < len(longer) and kept == [
        word for word in shorter if word not in ("*", "[", "]")
    ]


_JAVA_NUMBERS = _steps("byte short int long float double|short int long float double|"
                       "char int long float double|int long float double|long float double|float double")  # fmt: skip
_JAVA = frozenset("byte short int long float double char boolean String".split())


def _java(actual: Words, wanted: Words) -> bool:
    if "..." in actual or "..." in wanted:
        return False
    closed = [len(words) == 1 and words[0] in _JAVA for words in (actual, wanted)]
    if all(closed):
        return (actual[0], wanted[0]) not in _JAVA_NUMBERS
    arrays = [words[-1] == "]" for words in (actual, wanted)]
    if closed[1]:
        return arrays[0] or _is_class(actual)
    if closed[0]:
        return arrays[1]
    return arrays[0] == arrays[1] and _scalars_differ(actual, wanted, _JAVA)


def _is_class(words: Words) -> bool:
    """Tell whether a name is no parameter of a generic, by how people write these."""
    name = words[0].rpartition(".")[2]
    return re.fullmatch(r"[A-Z][^\Wa-z]*+[a-z]\w*+", name) is not None and not re.match(
        r"T[A-Z]", name
    )


_CSHARP_NUMBERS = _steps(
    "sbyte short int long float double decimal nint|byte short ushort int uint long ulong float "
    "double decimal nint nuint|short int long float double decimal nint|ushort int uint long ulong "
    "float double decimal nint nuint|int long float double decimal nint|uint long ulong float double "
    "decimal nuint|long float double decimal|ulong float double decimal|char ushort int uint long ulong "
    "float double decimal nint nuint|float double|nint long float double decimal|"
    "nuint ulong float double decimal"
)
_CSHARP = frozenset("bool byte sbyte char decimal double float int uint long ulong short ushort "
                    "string nint nuint".split())  # fmt: skip
_TASKS = ("Task", "ValueTask")


def _csharp(actual: Words, wanted: Words) -> bool:
    actual, wanted = _without_null(actual), _without_null(wanted)
    if actual == wanted or wanted[-1:] == ("?",):
        return False
    if actual[0].rpartition(".")[2] in _TASKS and actual[1:2] == ("<",) and actual[2:-1] == wanted:
        return True
    closed = [_is_closed(words, _CSHARP) for words in (actual, wanted)]
    if closed[1] and actual == ("object",):
        return True
    if all(closed):
        return (actual[0], wanted[0]) not in _CSHARP_NUMBERS or len(actual) + len(wanted) > 2
    return actual[0] == wanted[0] and _scalars_differ(actual, wanted, _CSHARP)


def _without_null(words: Words) -> Words:
    """A reference may be null whether its type says so or not."""
    return words[:-1] if words[-1:] == ("?",) and words[0] in ("string", "object") else words


def _is_closed(words: Words, scalars: frozenset[str]) -> bool:
    """Tell whether a type is a built-in one, or an array of it."""
    return words[0] in scalars and words[1:] in ((), ("[", "]"), ("?",))


_RUST = frozenset("i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char "
                  "String".split())  # fmt: skip
_HOLDERS = frozenset(
    "Option Result Vec Box Rc Arc HashMap HashSet BTreeMap BTreeSet VecDeque".split()
)


def _rust(actual: Words, wanted: Words) -> bool:
    if not {"impl", "dyn", "Self", "_", "fn"}.isdisjoint((*actual, *wanted)):
        return False
    heads = [_rust_head(words) for words in (actual, wanted)]
    if heads == ["&", "&"]:
        return _references(actual[1:], wanted[1:])
    if heads[1] == "":
        bare = actual[2:] if actual[1:2] == ("mut",) else actual[1:]
        return heads[0] == "&" and bare == wanted and len(wanted[0]) > 1
    if heads[0] == "":
        named = len(actual[0]) > 1
        inside = heads[1] == "&" or (actual[0] in wanted[1:] and wanted[1:2] == ("<",))
        return named and inside and actual[0] in wanted
    if heads[0] != heads[1] or heads[0] in _RUST:
        return True
    return _scalars_differ(actual, wanted, _RUST) or _is_shared_within(actual, wanted)


def _is_shared_within(actual: Words, wanted: Words) -> bool:
    """Tell whether a container holds references that nobody can write through, where they can before."""
    bare = [[word for word in words if word != "mut"] for words in (actual, wanted)]
    return bare[0] == bare[1] and actual.count("mut") < wanted.count("mut")


def _rust_head(words: Words) -> str:
    name = words[0].rpartition("::")[2]
    closed = name in _HOLDERS or (name in _RUST and len(words) == 1) or words[0] in ("&", "(", "[")
    return name if closed else ""


def _references(actual: Words, wanted: Words) -> bool:
    """Judge what two references lead to; one to a container may be one to what it holds."""
    if wanted[:1] == ("mut",) and actual[:1] != ("mut",):
        return True
    actual, wanted = (words[1:] if words[:1] == ("mut",) else words for words in (actual, wanted))
    sized = _RUST - {"String"}
    return len(actual) == len(wanted) == 1 and actual != wanted and {*actual, *wanted} <= sized


_SCRIPT = frozenset("string number boolean bigint symbol".split())
_LITERALS = {"true": "boolean", "false": "boolean"}


def _script(actual: Words, wanted: Words) -> bool:
    first, second = _union(actual), _union(wanted)
    if first is None or second is None:
        return False
    accepted = {_atom(alternative) for alternative in second}
    if "" in accepted:
        return False
    if len(first) == 1 and first[0][:2] == ("Promise", "<"):
        return True
    atoms = [atom for alternative in first if (atom := _atom(alternative))]
    return any(
        atom not in accepted and _LITERALS.get(atom, _kind(atom)) not in accepted for atom in atoms
    )


def _union(words: Words) -> list[Words] | None:
    """Return the members of a union, without those for nothing; None where one cannot be told."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word in "<([{") - (word in ">)]}")
        if word == "|" and depth == 0:
            parts.append([])
        else:
            parts[-1].append(word)
    # Whether nothing is a value of every type is an option of the compiler.
    alternatives = [tuple(part) for part in parts if part and part not in (["undefined"], ["null"])]
    return alternatives if alternatives and not {"=>", "&", "?"} & set(words) else None


def _atom(words: Words) -> str:
    """Return a built-in type, a list of one, or a literal as text; else nothing."""
    whole = "".join(words)
    scalar = whole.removesuffix("[]")
    if scalar in _SCRIPT or whole in _LITERALS or (len(words) == 1 and _kind(whole)):
        return whole
    return ""


def _kind(atom: str) -> str:
    """Return the type of a literal."""
    if atom[:1] in ("'", '"'):
        return "string"
    return "number" if atom.isdecimal() else ""


_RULES: Mapping[str, Callable[[Words, Words], bool]] = {
    "go": _go, "java": _java, "csharp": _csharp, "rust": _rust, "typescript": _script,
}  # fmt: skip
_ALIASES: Mapping[str, Mapping[str, str]] = {
    "go": {"byte": "uint8", "rune": "int32"},
    "java": {
        "Integer": "int", "Long": "long", "Short": "short", "Byte": "byte", "Character": "char",
        "Boolean": "boolean", "Float": "float", "Double": "double",
    },
    "csharp": {
        "String": "string", "System.String": "string", "Int32": "int", "Int64": "long",
        "Boolean": "bool", "Object": "object", "System.Object": "object",
    },
    "rust": {"std::string::String": "String"},
}  # fmt: skip
