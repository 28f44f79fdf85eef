"""Tells why git or GitHub would refuse a name of a branch, before anybody is asked."""

from __future__ import annotations

import re

from diff_insight.errors import UsageError

#: What git refuses, as `git check-ref-format --branch` does, with how it is said.
_GIT = (
    (r"\A\Z", "it is empty"),
    (r"\AHEAD\Z", "HEAD is no branch"),
    (r"\A-", "it begins with '-'"),
    (r"[\x00-\x20\x7f]", "it holds a blank or a control character"),
    (r"[~^:?*\[\\]", r"it holds one of ~ ^ : ? * [ \ "),
    (r"\.\.", "it holds '..'"),
    (r"@\{", "it holds '@{'"),
    (r"\A/|/\Z|//", "it begins or ends with '/', or holds '//'"),
    (r"(\A|/)\.", "it, or a part after '/', begins with '.'"),
    (r"\.lock(/|\Z)", "it, or a part before '/', ends with '.lock'"),
    (r"\.\Z", "it ends with '.'"),
    (r"[\ud800-\udfff]", "it is not UTF-8"),
)
#: What GitHub refuses besides:
#: https://docs.github.com/en/get-started/using-git/dealing-with-special-characters-in-branch-and-tag-names
_GITHUB = (
    (r"\Arefs/", "it begins with 'refs/'; give the name after refs/heads/"),
    (r"\A[0-9A-Fa-f]{40}\Z", "it looks like the id of a commit"),
)


def git_objection(name: str) -> str:
    """Return the rule of git that a name breaks; empty when it is a name for a branch."""
    return _broken_rule(_GIT, name)


def check_branch(option: str, name: str) -> str:
    """Return a name that a branch can have.

    Raises:
        UsageError: With the rule that it breaks.
    """
    rule = git_objection(name) or _broken_rule(_GITHUB, name)
    if rule:
        raise UsageError(
            f"{option}: {name[:80]!r} cannot be the name of a branch",
            cause=rule.strip(),
            cure="give a name such as diff-insight-reports; git check-ref-format tells the rules",
        )
    return name


def _broken_rule(rules: tuple[tuple[str, str], ...], name: str) -> str:
    return next((rule for pattern, rule in rules if re.search(pattern, name)), "")
