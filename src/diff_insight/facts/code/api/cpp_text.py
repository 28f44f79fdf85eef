"""Makes text of C and C++ headers readable to a parser: macros and conditionals that hide declarations go."""

from __future__ import annotations

import re

#: `extern "C"` of headers that C and C++ share; the braces stand in conditionals of their own.
_LINKAGE = re.compile(
    r"^[ \t]*+#[ \t]*+if(?:def[ \t]++__cplusplus|[ \t]++defined[ \t]*+\(?[ \t]*+__cplusplus[ \t]*+\)?)[^\n]*+\n"
    r"(?:[ \t]*+(?:extern[ \t]++\"C\"[ \t]*+\{?[ \t]*+|\}[^\n]*+|\{[ \t]*+)\n|(?:[ \t]*+\n){1,9}+)[ \t]*+#[ \t]*+endif[^\n]*+$",
    re.MULTILINE,
)
_CONDITIONAL = re.compile(r"^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif|else|endif|pragma|error|warning|line)\b(?:[^\n\\]|\\\n|\\.)*",
                          re.MULTILINE)  # fmt: skip
#: Two values of which one stands, by a condition: only the first of them is read.
_EITHER = re.compile(
    r"(^[ \t]*+#[ \t]*+if[^\n]*+\n(?:[^\n#;{}]*+\n)?+[ \t]*+#[ \t]*+else[^\n]*+\n)([^\n#;{}]*+\n)(?=[ \t]*+#[ \t]*+endif)",
    re.MULTILINE,
)
#: A default that is made of nothing, which the grammar takes for one without a type.
_EMPTY_DEFAULT = re.compile(r"=([ \t]*+)\{\}(?=[ \t\n]*+[,)])")
_ATTRIBUTE = re.compile(r"\b(?:__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)|__declspec\s*\([^()]*\)|__extension__|__restrict\b|"
                        r"__cdecl|__stdcall|_Noreturn|__inline__|__inline)")  # fmt: skip
#: Macros that say how something is exported or compiled, by the habits of their names.
_MARK = re.compile(
    r"\b(?:[A-Z][A-Z0-9_]*_(?:API|APIENTRY|EXPORT|EXPORTS|EXPORTED|IMPORT|PUBLIC|EXTERN|DEPRECATED|NOEXCEPT|INLINE|FORCEINLINE|"
    r"DLL|CALL|CALLBACK|DECL|DECLSPEC|NODISCARD|NORETURN|CONSTEXPR|ATTR|ATTRIBUTE|PURE|CONST|VISIBLE|LINKAGE|UNUSED|"
    r"WARN_UNUSED_RESULT|HIDDEN|ABI|STDCALL|CDECL|NOTHROW|ALWAYS_INLINE|MALLOC|NONNULL|PRINTF)|G_BEGIN_DECLS|G_END_DECLS|"
    r"EXTERN_C|WINAPI|[A-Z][A-Z0-9_]*_(?:BEGIN|END)[A-Z0-9_]*|[A-Z][A-Z0-9_]*(?:BEGIN|END)_(?:NAMESPACE|DECLS|EXPORT|"
    r"EXTERN_C)[A-Z0-9_]*|CV_EXPORTS(?:_W)?|Q_[A-Z]+_EXPORT|JEMALLOC_[A-Z]+|PNG_EXPORTA?|ZEXTERN|ZEXPORT|XXH_PUBLIC_API)\b"
    r"(?:[ \t]*\((?:[^()\n]|\([^()\n]*\))*\))?"
)
_STEP = re.compile(r"^[ \t]*#[ \t]*(ifndef|ifdef|if|endif|define)\b[ \t]*(\w*)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^[ \t]*#", re.MULTILINE)


def readable(text: str) -> str:
    """Return the text with all branches of conditionals, each line where it was."""
    text = _LINKAGE.sub(_blank, text)
    text = _EITHER.sub(lambda match: match[1] + re.sub(r"[^\n]", " ", match[2]), text)
    text = _EMPTY_DEFAULT.sub(r"=\g<1>0 ", text)
    text = _CONDITIONAL.sub(_blank, text)
    text = _ATTRIBUTE.sub(_blank, text)
    lines = [
        line if _DIRECTIVE.match(line) else _MARK.sub(_blank, line) for line in text.split("\n")
    ]
    return "\n".join(lines)


def conditional_macros(text: str) -> frozenset[str]:
    """Return the macros that are never defined but under a condition, the guard of the header aside."""
    guard = guard_of(text)
    conditions: list[bool] = []
    always: set[str] = set()
    sometimes: set[str] = set()
    for word, rest in _STEP.findall(text):
        if word.startswith("if"):
            conditions.append(not (word == "ifndef" and guard and rest == guard))
        elif word == "endif":
            del conditions[-1:]
        else:
            (sometimes if any(conditions) else always).add(rest)
    return frozenset(sometimes - always)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def guard_of(text: str) -> str:
    """Return the macro that keeps a header from being read twice; empty where there is none."""
    match = re.search(r"^[ \t]*+#[ \t]*+ifndef[ \t]++(\w++)[^\n]*+\n\s*+#[ \t]*+define[ \t]++(\w++)[ \t]*+(?:\n|$)",
                      text, re.MULTILINE)  # fmt: skip
    return match[1] if match is not None and match[1] == match[2] else ""
