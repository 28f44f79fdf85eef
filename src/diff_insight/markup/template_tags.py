"""Reads the tags of site generators, such as Hugo's shortcodes and Liquid's, as those who read the page see them."""

from __future__ import annotations

import re

from diff_insight.markup.guarded import CODE_SPAN

#: `{{< name … >}}`, `{{% name … %}}`, `{% name … %}`, and a comment of a template. What a page shows of a tag
#: written with `/*` inside is the tag itself.
_TAG = re.compile(
    r"\{\{(?P<mark>[<%])(?!/\*)(?P<body>(?:[^{}<>%]|[%>](?!\}\})|<|\{(?!\{)){0,400}+)[%>]\}\}"
    r"|\{%-?(?P<liquid>(?:[^{}%]|%(?!\})){0,400}+)%\}"
    r"|\{\{-?\s{0,4}/\*(?:[^*]|\*(?!/)){0,400}+\*/\s{0,4}-?\}\}"
)
_BODY = re.compile(r"\s*+(?P<close>/|end)?\s*+(?P<name>[\w./-]{1,60}+)")
#: Tags that steer what is built, and say nothing where they stand.
_STEERING = re.compile(
    r"(?:if\w*|unless|else|elsif|elseif|for\w*|case|when|raw|capture|assign|set|with|block|tab\w*|steps?|note|tip|hint|"
    r"warning|callout|call-out|admonition|alert|notice|details|expand|highlight|rawhtml|column\w*|row|br|toc|icon\S*|"
    r"new-in|deprecated-in|badge|anchor)"
)
#: Tags that put the text of another file in their place.
_BRINGING = re.compile(
    r"include\S*|readfile|snippet\S*|embed\S*|render|partial|figure|img|image|docs/shared"
)
_WORD = re.compile(r"[\w./@-]++")
_QUOTED = re.compile(r"[\"'`](?P<text>[^\"'`\s]{1,300})[\"'`]")
_UNKNOWN = "…"


def without_template_tags(text: str) -> str:
    """Return a line without tags; a value that only the built page shows is an ellipsis.

    Tags in code are shown as they stand.
    """
    if "{%" not in text and "{{" not in text:
        return text
    code = [match.span() for match in CODE_SPAN.finditer(text)]

    def words(tag: re.Match[str]) -> str:
        if any(start <= tag.start() < end for start, end in code):
            return tag[0]
        return _words_of_tag(tag, text)

    return _TAG.sub(words, text)


def with_tag_targets(line: str) -> str:
    """Return a line of Markdown whose links lead where a tag such as `ref` names, and nowhere where none is named."""
    if "({{" not in line and "({%" not in line:
        return line

    def target(tag: re.Match[str]) -> str:
        if not tag.string.endswith("(", 0, tag.start()):
            return tag[0]
        quoted = _QUOTED.search(tag["body"] or tag["liquid"] or "")
        return quoted["text"] if quoted else ""

    return _TAG.sub(target, line)


def _words_of_tag(tag: re.Match[str], text: str) -> str:
    body = tag["body"] if tag["body"] is not None else tag["liquid"]
    read = _BODY.match(body) if body is not None else None
    if body is None or read is None or read["close"] or body.rstrip().endswith("/"):
        return ""
    name = read["name"]
    if _BRINGING.fullmatch(name):
        named = (word[0] for word in _WORD.finditer(body, read.end()))
        file = next((word for word in named if "/" in word or "." in word), "")
        # In Liquid a file of HTML is a piece of the site's own making, such as a button.
        return "" if tag["liquid"] is not None and file.endswith(".html") else file
    before, behind = text[: tag.start()].strip(), text[tag.end() :].strip()
    if not (before or behind) and not body[read.end() :].strip() and not _STEERING.fullmatch(name):
        return name  # a cell that says “yes” so
    inside = before.endswith("](") or _STEERING.fullmatch(name) or not (before or behind)
    if inside or f"/{name}" in behind or f"/ {name}" in behind or f"end{name}" in behind:
        return ""
    # Between words, or where a sentence goes on behind it, it stands for words.
    stands = behind[:1].islower() or (before[-1:].isalnum() and behind[:1] not in ("", ":", "|"))
    return _UNKNOWN if stands else ""
