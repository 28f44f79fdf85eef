"""Parses arguments, and says of what is mistyped what was probably meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from diff_insight.errors import UsageError
from diff_insight.nearest import nearest

#: Options of other tools -> what does the same here.
_ELSEWHERE = {
    **dict.fromkeys(("l", "lang", "language", "languages"), "--locale"),
    **dict.fromkeys(("o", "outfile", "file", "report"), "--output"),
    **dict.fromkeys(("f", "type"), "--format"),
    **dict.fromkeys(("json", "html", "markdown", "md"), "--format"),
    **dict.fromkeys(("from", "old", "before"), "--base"),
    **dict.fromkeys(("to", "new", "after"), "--head"),
    **dict.fromkeys(("C", "repository", "cwd", "dir"), "--repo"),
    **dict.fromkeys(("path", "paths", "only"), "--include"),
    **dict.fromkeys(("ignore", "skip"), "--exclude"),
    **dict.fromkeys(("tz",), "--timezone"),
    **dict.fromkeys(("debug", "trace"), "--verbose"),
    **dict.fromkeys(("silent",), "--quiet"),
}
#: Options that would carry secrets -> where they are read from.
_SECRETS = {
    **dict.fromkeys(
        ("token", "github-token", "pat", "auth"), "set GITHUB_TOKEN in the environment"
    ),
    **dict.fromkeys(("api-key", "key", "openai-key"), "set OPENAI_API_KEY, or --api-key-file FILE"),
}
_ONE_VALUE = re.compile(r"argument (?P<name>\S+): expected (?:one|at least one) argument")
_MISSING = re.compile(r"the following arguments are required: (?P<names>.+)")


class Parser(argparse.ArgumentParser):
    """Raises `UsageError` instead of leaving the process."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as the library has it
        wide = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=wide, **options)

    def error(self, message: str) -> NoReturn:
        """Say in words what is missing.

        Raises:
            UsageError: Always.
        """
        if (valueless := _ONE_VALUE.fullmatch(message)) is not None:
            name = valueless["name"].rpartition("/")[2]
            raise UsageError(
                f"{name} has no value",
                cause="nothing follows it, or what begins with a dash and is taken for an option",
                cure=f"write {name} VALUE, or {name}=VALUE; see {self.prog} --help",
            )
        if (missing := _MISSING.fullmatch(message)) is not None:
            raise UsageError(
                f"{missing['names']} is missing",
                cause="the command does not say what to work on",
                cure=f"write {self.prog} {missing['names']}; see {self.prog} --help",
            )
        raise UsageError(message, cure=f"see {self.prog} --help")

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        name = action.option_strings[0] if action.option_strings else str(action.metavar)
        near = nearest(value, choices)
        cure = f"perhaps you meant {near}" if near else f"write one of {', '.join(choices)}"
        if not near and name == "COMMAND":
            cure = f"begin with a command: {self.prog} report RANGE, and options behind it"
        raise UsageError(f"{name}: {value!r} is none of {', '.join(choices)}", cure=cure)


class CommandParser(Parser):
    """A subcommand, which knows its own options when one of them is misspelt."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """Parse all arguments.

        Raises:
            UsageError: One of them is not known.
        """
        known, rest = super().parse_known_args(args, namespace)
        if rest:
            raise self._unknown(rest, getattr(known, "range", None))
        return known, rest

    def _unknown(self, rest: Sequence[str], first: str | None) -> UsageError:
        """Return the error for arguments that were left over."""
        word = rest[0].partition("=")[0]
        if word.startswith("-"):
            return UsageError(
                f"there is no option {word!r}",
                cause=f"{self.prog} does not know it",
                cure=self._instead(word),
            )
        if first:
            other = next((each for each in reversed(rest) if each.strip(".")), word)
            begin = first.rstrip(".")
            cure = f"to compare the two, write {begin}..{other}; for a part of the files, --include {other}"
        else:
            cure = f"see {self.prog} --help"
        return UsageError(
            f"one argument too many: {rest[0]!r}",
            cause="one word names the range" if first else f"{self.prog} takes no more of them",
            cure=cure,
        )

    def _instead(self, word: str) -> str:
        """Return what to write in the place of an option that is not known."""
        bare = word.lstrip("-")
        if bare in _SECRETS:
            return f"{_SECRETS[bare]}; secrets are no arguments, which others can see"
        own = [name for action in self._actions for name in action.option_strings]
        if (same := _ELSEWHERE.get(bare)) in own:
            return (
                f"write {same} {bare}" if same == "--format" and len(bare) > 1 else f"write {same}"
            )
        near = nearest(word, [name for name in own if name.startswith("--")])
        return f"perhaps you meant {near}" if near else f"see {self.prog} --help"
