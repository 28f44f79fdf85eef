"""The commands `report` and `render`: settings, adapters, pipeline, and what they print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path, PurePath

from msgspec.structs import replace

from diff_insight.bootstrap import engine
from diff_insight.bootstrap.analyst import command_analyst
from diff_insight.bootstrap.command_sources import command_source
from diff_insight.bootstrap.own_code import command_impact, is_foreign
from diff_insight.cli.configuration import read_configuration
from diff_insight.cli.output import print_paths
from diff_insight.cli.progress import StderrProgress, files
from diff_insight.cli.typed import request_from, settings_from
from diff_insight.errors import UsageError
from diff_insight.gate import read_gate
from diff_insight.localization.settle import settle_locales
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.pipeline import Outcome, run
from diff_insight.render.json_reader import read_insight
from diff_insight.runtime.gc_pause import without_gc
from diff_insight.runtime.run_limits import run_limits
from diff_insight.selection.select import Selection
from diff_insight.settings.config_file import read_config
from diff_insight.settings.output_path import check_template, expand
from diff_insight.settings.settings import Settings
from diff_insight.settings.template_file import (
    ReadFile,
    read_typed,
    with_named_files,
    with_template,
)
from diff_insight.settings.values import unique


def report(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> tuple[int, Outcome]:
    """Write reports for a range; return the exit code and what the run did."""
    progress = StderrProgress(sys.stderr, quiet=arguments.quiet, verbose=arguments.verbose)
    if arguments.range is not None and arguments.repo is None and "://" in arguments.range:
        arguments.range, arguments.repo = None, arguments.range  # an address, not a range
    config, read_template = _config(arguments)
    settings = settings_from(arguments, config)
    if arguments.open and "html" not in settings.formats:
        settings = replace(settings, formats=(*settings.formats, "html"))
    request = request_from(arguments, settings)
    with run_limits(settings.run_deadline, settings.max_memory):
        outcome = _outcome(arguments, settings, request, environ, progress, read_template)
    gate = read_gate([outcome], settings, typed=True)
    for line in gate.lines:
        progress.say(line)
    return gate.exit_code, outcome


def _outcome(
    arguments: argparse.Namespace,
    settings: Settings,
    request: RangeRequest,
    environ: Mapping[str, str] | None,
    progress: StderrProgress,
    read_template: ReadFile,
) -> Outcome:
    """Run the pipeline and tell what it did."""
    reading = command_source(arguments, request, environ, most_files=settings.max_files)
    source = reading.source
    with without_gc(), closing(source):
        settings = with_named_files(_with_catalog_names(settings, progress), read_template)
        check_template(
            settings.output,
            locales=settings.locales,
            categories=settings.category_names(),
            formats=settings.formats,
        )
        analyst = command_analyst(arguments, settings, environ, progress)
        impact = (
            command_impact(arguments.repo, settings, environ, progress)
            if not arguments.diff
            else None
        )
        foreign = not arguments.diff and is_foreign(arguments.repo, environ)
        with engine.ports(source, settings, progress, analyst, impact) as world:
            ports = replace(world, is_foreign=foreign)
            outcome = run(reading.request, settings, ports, reading.proposal)
            progress.finish()
            _tell(outcome, progress)
            _show(outcome, arguments, settings, environ)
            if arguments.why:
                _explain(outcome)
            return outcome


def render(arguments: argparse.Namespace) -> int:
    """Render insight documents again."""
    progress = StderrProgress(sys.stderr, quiet=arguments.quiet, verbose=arguments.verbose)
    insights = [read_insight(_text(name), repr(name)) for name in arguments.documents]
    settings = with_template(settings_from(arguments, {}), read_typed)
    if arguments.locales:
        settings = _with_catalog_names(settings, progress)
        insights = [_in_locales(insight, settings.locales) for insight in insights]
    locales = unique(locale for insight in insights for locale in insight.locales)
    names = tuple(insight.category for insight in insights)
    check_template(settings.output, locales=locales, categories=names, formats=settings.formats)
    _check_distinct(insights, settings)
    print_paths(engine.writer(settings).write(insights))
    return 0


def _check_distinct(insights: Sequence[Insight], settings: Settings) -> None:
    """Refuse documents whose reports would be written to one path."""
    seen: set[PurePath] = set()
    for insight in insights:
        day = date.fromisoformat(insight.date)
        paths = {
            expand(
                settings.output, day=day, locale=locale, category=insight.category, format_name=name
            )
            for locale in insight.locales
            for name in settings.formats
        }
        if seen & paths:
            raise UsageError(
                f"two documents would be written to {str(min(seen & paths))!r}",
                cause=f"both are of category {insight.category!r}",
                cure="render them one by one, each with an --output of its own",
            )
        seen |= paths


def _config(arguments: argparse.Namespace) -> tuple[dict[str, object], ReadFile]:
    """Read the configuration file, and the categories file over it; and tell how to read a template."""
    config, read = read_configuration(arguments.config, arguments.template)
    if arguments.categories is not None:
        values = read_config(Path(arguments.categories), required=True)
        if set(values) != {"categories"}:
            raise UsageError(
                f"--categories: {arguments.categories!r} holds {', '.join(values) or 'nothing'}",
                cause="this file is for the key 'categories' only",
                cure="move other keys into the config file, or name this one with --config",
            )
        config |= values
    return config, read


def _with_catalog_names(settings: Settings, progress: StderrProgress) -> Settings:
    """Return the settings with the names of the catalogs instead of the tags as typed."""
    settled, notices = settle_locales(settings)
    for notice in notices:
        progress.notice(notice)
    return settled


def _in_locales(insight: Insight, locales: Sequence[str]) -> Insight:
    missing = [locale for locale in locales if locale not in insight.locales]
    if missing:
        raise UsageError(
            f"the document of {insight.category!r} holds no texts in {', '.join(missing)}",
            cause=f"it was written for {', '.join(insight.locales)}",
            cure="write the document again with these locales",
        )
    return replace(insight, locales=tuple(locales))


def _tell(outcome: Outcome, progress: StderrProgress) -> None:
    selection = outcome.selection
    for insight in outcome.insights[:1]:
        for notice in insight.notices:
            progress.notice(notice)
    if not selection.changed:
        empty_diff = outcome.insights == () and outcome.source == "diff-text"
        progress.say(
            "the diff is empty, so no report was written: nothing changed, or what should have "
            "printed it failed (set -o pipefail tells)"
            if empty_diff
            else f"nothing changed in this range{_why_empty(outcome.commits)}; no report was written"
        )
        return
    counts = {
        "reported": selection.reported_count,
        "excluded": len(selection.excluded),
        "in no category": len(selection.unmatched),
        "unreadable": len(selection.unreadable),
    }
    counted = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    progress.say(f"{files(selection.changed)} changed: {counted}")
    if not outcome.insights:
        progress.say(f"{_why_none(outcome.selection)}; no report was written")
    print_paths(outcome.paths)


def _why_empty(commits: CommitRange) -> str:
    """Return why no file differs, where the commits tell."""
    if commits.base == commits.head:
        return ", which begins and ends with the same commit"
    if commits.comparison is Comparison.MERGE_BASE and commits.merge_base == commits.head:
        return ": the head has no commit that the base lacks; the other way round there may be some"
    return ""


def _why_none(selection: Selection) -> str:
    """Return why no changed file has a report."""
    if len(selection.excluded) == selection.changed:
        return f"all {selection.changed} are excluded: look at include and exclude, which are patterns as in .gitignore"
    return (
        "no changed file is in a category: look at the paths in categories, or set unmatched: other"
    )


def _show(
    outcome: Outcome,
    arguments: argparse.Namespace,
    settings: Settings,
    environ: Mapping[str, str] | None,
) -> None:
    """Show the reports where a person looks: on the terminal, and as pages where that is asked for."""
    from diff_insight.bootstrap.pager import Terminal, open_page  # noqa: PLC0415 - at the end

    if arguments.open:
        pages = [path for path in outcome.paths if path.suffix == ".html"]
        for page in pages[: len(outcome.insights)]:
            open_page(Path(page).absolute().as_uri())
    terminal = Terminal(environ)
    wanted = not (arguments.quiet or arguments.paths_only or arguments.open)
    if wanted and settings.output != "-" and outcome.insights and terminal.is_there:
        from diff_insight.render.terminal import render_terminal  # noqa: PLC0415 - loads rich

        texts = [
            render_terminal(
                insight, insight.locales[0], width=terminal.width, colour=terminal.shows_colour
            )
            for insight in outcome.insights
        ]
        terminal.show("\n".join(texts))


def _explain(outcome: Outcome) -> None:
    from diff_insight.cli.explain import why_lines  # noqa: PLC0415 - only when asked

    for insight in outcome.insights:
        sys.stderr.writelines(f"{line}\n" for line in why_lines(insight))


def _text(name: str) -> str:
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(
            f"the document {name!r} cannot be read: {said}",
            cure="name a report that --format json has written",
        ) from error
