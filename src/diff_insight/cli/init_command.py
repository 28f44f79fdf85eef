"""The command `init`: writes a workflow and a configuration, after a few questions or from options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path, PurePath

from diff_insight.bootstrap.branch_publishers import KEEPERS
from diff_insight.bootstrap.command_sources import default_branch
from diff_insight.bootstrap.publisher_factories import PUBLISHERS
from diff_insight.cli.init_arguments import PURPOSES
from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.github.events.fields import is_slug
from diff_insight.localization.settle import settle_locales
from diff_insight.markup.escape import visible
from diff_insight.publishers import comment, commit, summary
from diff_insight.runtime.inside import write_inside
from diff_insight.settings import values
from diff_insight.settings.settings import DEFAULT_CONFIG, Settings

WORKFLOW = ".github/workflows/diff-insight.yml"
#: Where reports go when nothing is said, by purpose.
_PUBLISH = {
    "pull-request": (summary.NAME, comment.NAME),
    "push": (summary.NAME,),
    "follow": (summary.NAME, commit.NAME),
    "release": (summary.NAME,),
}
Ask = Callable[[str, str], str]


def init(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    """Write both files below the checkout; return the exit code.

    Raises:
        UsageError: An answer is wrong, or a file is there already.
        EnvironmentFailure: A file cannot be written.
    """
    root = Path(arguments.directory)
    if not root.is_dir():
        raise UsageError(f"there is no directory {str(root)!r}", cure="name a checkout")
    _refuse_present(root, (WORKFLOW, DEFAULT_CONFIG), force=arguments.force)
    answers = _answers(arguments, _ask if sys.stdin.isatty() else _default_answer)
    branch = default_branch(root, environ)
    texts = {
        WORKFLOW: _fill(f"{answers['purpose']}.yml.j2", {**answers, "branch": _short(branch)}),
        DEFAULT_CONFIG: _fill("config.yml.j2", answers),
    }
    for name, text in texts.items():
        _write(root, name, text)
        sys.stdout.write(f"{name}\n")
    sys.stderr.write(_next_steps(answers))
    return 0


def _answers(arguments: argparse.Namespace, ask: Ask) -> dict[str, object]:
    purpose = arguments.purpose or ask(
        "What for? " + "; ".join(f"{name}: {what}" for name, what in PURPOSES.items()),
        "follow" if arguments.repository else "pull-request",
    )
    purpose = values.one_of("--for", purpose, tuple(PURPOSES))
    repository = arguments.repository or ""
    if purpose == "follow":
        repository = repository or ask("Which repository (OWNER/NAME)?", "")
        if not is_slug(repository):
            raise UsageError(
                f"--repository: {repository!r} is no OWNER/NAME",
                cure="name the repository to follow, such as --repository github/docs",
            )
    locales = arguments.locales or ask("Which locales?", "en_US")
    chosen, _ = settle_locales(Settings(locales=values.words("--locale", locales)))
    asked = arguments.publish or ask("Publish where?", ", ".join(_PUBLISH[purpose]))
    publish = tuple(
        values.one_of("--publish", name, PUBLISHERS) for name in values.words("--publish", asked)
    )
    return {
        "purpose": purpose,
        "repository": repository,
        "locales": chosen.locales,
        "publish": publish,
        "keeps": bool(KEEPERS & set(publish)),
        "owner": arguments.owner,
    }


def _ask(question: str, default: str) -> str:
    sys.stderr.write(f"{question} [{default}] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or default


def _default_answer(question: str, default: str) -> str:
    return default


def _fill(name: str, answers: Mapping[str, object]) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - 40 ms

    text = (resources.files("diff_insight.cli") / "starters" / name).read_text("utf-8")
    made = Environment(  # YAML, from checked answers
        block_start_string="[%", block_end_string="%]",
        variable_start_string="[[", variable_end_string="]]",
        trim_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined, autoescape=False,  # noqa: S701
    )  # fmt: skip
    return made.from_string(text).render(answers)


def _short(branch: str | None) -> str:
    return (branch or "main").removeprefix("refs/heads/").removeprefix("refs/remotes/origin/")


def _refuse_present(root: Path, names: Sequence[str], *, force: bool) -> None:
    present = [name for name in names if (root / name).exists() or (root / name).is_symlink()]
    if present and not force:
        raise UsageError(
            f"{' and '.join(present)} {'is' if len(present) == 1 else 'are'} there already",
            cure="give --force to replace, or edit by hand",
        )


def _write(root: Path, name: str, text: str) -> None:
    try:
        write_inside(root, PurePath(name), [text.encode()])
    except OSError as error:
        raise EnvironmentFailure(
            f"{name} could not be written: {error.strerror}",
            cause="the place is full, read-only or behind a link",
            cure="write it where files can be written, and move it",
        ) from error


def _next_steps(answers: Mapping[str, object]) -> str:
    owner = str(answers["owner"])
    lines = ["commit both files to the default branch; diff-insight check tells whether they fit"]
    if owner == "OWNER":
        lines.insert(
            0, f"replace OWNER in {WORKFLOW} by the account that the action is published under"
        )
    return "".join(f"{visible(line)}\n" for line in lines)
