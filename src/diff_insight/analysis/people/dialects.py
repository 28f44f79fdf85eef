"""Rewrites changelogs of other markups as Markdown, line by line, so that one reader reads them all."""

from __future__ import annotations

import re
from collections.abc import Callable

from diff_insight.file_types import extension

_ORG = re.compile(r"#[^\n]{0,60}-\*-[^\n]{0,60}\bmode: org\b")
_ORG_HEADING = re.compile(r"(\*{1,6})\s+(?=\S)")
_ORG_CODE = re.compile(r"(?<![\w~=])([~=])(?=[^\s~=])([^~=\n]{1,200})(?<=\S)\1(?![\w~=])")
_ORG_LINK = re.compile(r"\[\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{1,200})\])?\]")
_ORG_BLOCK = re.compile(r"(?i)\s*#\+(?:begin|end)_")
_ORG_SETTING = re.compile(r"(?i)\s*(?:#\+\w+:|:[\w-]{1,40}:)")

_DOC_HEADING = re.compile(r"(={1,6})\s+(?=\S)")
_DOC_ITEM = re.compile(r"\s*([*.]{1,5}|-)\s+(?=\S)")
_DOC_CROSS = re.compile(r"<<[^<>,\n]{1,200}+(?:,[^\S\n]{0,9}+([^<>\n]{1,200}+))?>>")
#: `link:target[text]`, `xref:target[text]`, an address or an attribute with a text behind it.
_DOC_LINK = re.compile(
    r"(?<![\w`])(?:(?:link|xref|mailto):[^\s\[\]]{1,300}|https?://[^\s\[\]]{1,300}|\{[\w-]{1,60}\}[^\s\[\]]{0,200})\[([^\[\]\n]{0,200})\]"
)
#: An address of a pull request that shows its number.
_DOC_PULL = re.compile(
    r"(?<![\w`])https?://[^\s\[\]]{1,200}/(?:pull|pulls|issues|merge_requests)/(\d{1,7})\[#\d{1,7}\]"
)
#: A macro of the project's own for its issues and pull requests: `issue:12[]`.
_DOC_NUMBER = re.compile(r"(?<![\w`])[a-zA-Z]{1,30}:(\d{1,7})\[[^\[\]\n]{0,60}\]")
_DOC_BLOCK = re.compile(r"(?:-{4,}|={4,}|\.{4,}|\*{4,})\s*$")
_DOC_SETTING = re.compile(r":!?[\w-]{1,60}:|\[[^\[\]]{0,200}\]\s*$|//|ifn?def::|endif::|include::")
_DOC_EMPHASIS = re.compile(r"(?<![\w`])_(?=[^\s_])([^_\n]{1,300})(?<=\S)_(?![\w`])")

_CHANGE = re.compile(r"(\s*)\.\. change::\s*$")
_CHANGELOG = re.compile(r"(\s*)\.\. changelog::\s*$")
_OPTION = re.compile(r"\s+:(\w{1,30}):\s*([^\n]{0,200})$")
#: Tags of `.. change::` that name a kind, as the types of commits that mean the same.
_TAGS = {
    "bug": "fix", "usecase": "feat", "feature": "feat", "removed": "breaking", "deprecated": "deprecated",
    "security": "security", "tests": "test", "platform": "build", "installation": "build", "documentation": "docs",
}  # fmt: skip
#: Tags that say more than the other tags of an entry, and those that name no part of a product.
_INSIDE = ("tests", "documentation")
_NO_PART = ("performance", "perf", "changed", "change", "misc", "regression", "improvement")


def as_markdown(path: str, text: str) -> str:
    """Return a changelog as Markdown with the same number of lines.

    Org-mode, AsciiDoc and the `change` directives of Sphinx are rewritten; all other text stays as it is.

    Args:
        path: Its name, whose extension tells the markup.
        text: What it holds.
    """
    kind = extension(path)
    if kind == "org" or _ORG.match(text):
        return _by_line(text, _of_org)
    if kind in ("adoc", "asciidoc", "asc"):
        return _by_line(text, _of_asciidoc)
    if kind in ("rst", "txt") and ".. change" in text:
        return _of_directives(text)
    return text


def _by_line(text: str, rewrite: Callable[[str], str]) -> str:
    return "\n".join(rewrite(line) for line in text.split("\n"))


def _of_org(line: str) -> str:
    if _ORG_BLOCK.match(line):
        return "```"
    if _ORG_SETTING.match(line):
        return ""
    line = _ORG_HEADING.sub(lambda mark: "#" * len(mark[1]) + " ", line, count=1)
    if "[[" in line:
        line = _ORG_LINK.sub(lambda link: link[2] or link[1], line)
    return _ORG_CODE.sub(r"`\2`", line)


def _of_asciidoc(line: str) -> str:
    if _DOC_BLOCK.match(line):
        return "```"
    if _DOC_SETTING.match(line) or line.strip() == "+":
        return ""
    heading = _DOC_HEADING.match(line)
    item = _DOC_ITEM.match(line)
    if heading:
        line = "#" * len(heading[1]) + " " + line[heading.end() :]
    elif item:
        # The number of marks is how deep an item stands.
        line = "  " * (len(item[1]) - 1) + "- " + line[item.end() :]
    if line.endswith(" +"):
        line = line[:-2] + "\\"
    line = _DOC_NUMBER.sub(r"(#\1)", line)
    if "[" in line:
        line = _DOC_PULL.sub(r"(#\1)", line)
        line = _DOC_LINK.sub(r"\1", line)
    if "<<" in line:
        line = _DOC_CROSS.sub(lambda cross: cross[1] or "", line)
    return _DOC_EMPHASIS.sub(r"\1", line)


def _of_directives(text: str) -> str:
    """Rewrite `.. changelog::` as a heading, and `.. change::` as an item with its kind in front."""
    lines: list[str] = []
    inside, label = "", ""
    opened = False  # a directive whose text has not begun
    indent = 0
    for line in text.split("\n"):
        change = _CHANGE.match(line)
        directive = change or _CHANGELOG.match(line)
        option = _OPTION.match(line)
        if directive:
            inside, label, opened = ("change" if change else "log"), "", True
            indent = len(directive[1])
            lines.append("")
        elif opened and option:
            lines.append(
                f"## {option[2].strip()}" if inside == "log" and option[1] == "version" else ""
            )
            label = _label(option[2]) if option[1] == "tags" else label
        elif opened and line.strip():
            opened = False
            lines.append(f"- {label}{line.strip()}" if inside == "change" else line)
        elif inside == "change" and not opened and len(line) - len(line.lstrip()) > indent:
            lines.append("  " + line.strip())
        else:
            lines.append(line)
    return "\n".join(lines)


def _label(tags: str) -> str:
    """Return the type of a commit that means what tags say, with the part that they name: `fix(sqlite): `."""
    names = [tag.strip() for tag in tags.split(",") if tag.strip()]
    names.sort(key=_INSIDE.__contains__, reverse=True)
    kind = next((_TAGS[name] for name in names if name in _TAGS), "")
    others = (name for name in names if name not in _TAGS and name not in _NO_PART)
    scope = next((name for name in others if name.replace(" ", "").isalnum()), "")
    if not kind:
        return f"`{scope}`: " if scope else ""
    return f"{kind}({scope}): " if scope else f"{kind}: "
