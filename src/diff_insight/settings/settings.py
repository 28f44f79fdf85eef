"""The `Settings` value: every default once, and the checks that need no outside world."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison

DEFAULT_OUTPUT = "reports/%Y%m/{locale}/report-%Y%m%d-{category}.md"
DEFAULT_MESSAGE = "Reports of {repository} {base}..{head}"
DEFAULT_AUTHOR = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
COMMIT_METHODS = ("api", "git")
DEFAULT_CONFIG = ".github/diff-insight.yml"
FORMATS = ("markdown", "json", "html")
LAYOUTS = ("auto", "classic", "github")
FAIL_ON = ("never", "breaking-change", "undeclared-breaking", "impact")
#: Words of `impact` that name no folder.
IMPACT_AUTO, IMPACT_OFF = "auto", "off"
#: What a kind of breaking fact is told as: counted by `fail_on`, as likely, or as a change like others.
SEVERITIES = ("breaking", "warning", "info")
UNEXAMINED = ("warn", "fail")
UNMATCHED = ("report", "other")
ANALYSTS = ("rules", "model")
REASONING_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")
#: Whether questions wait in a provider's queue: never, where that can be, and with a word where it cannot.
MODEL_BATCH = ("off", "auto", "on")
#: The one place that names a default model. It has no announced shutdown date in openai 3.54; a test
#: compares it with what the installed package knows.
DEFAULT_MODEL = "gpt-5.4-mini"
#: Changed files that a report is made of, where nobody says otherwise.
MOST_FILES = 50_000
#: Files of one range that one job of a plan analyses, where nobody says otherwise.
FILES_PER_JOB = 10_000
COMMENT_MODES = ("notable", "always", "breaking")
#: When a report says whose words it quotes: of another repository, of any, of none.
ATTRIBUTION_AUTO, ATTRIBUTION_ALWAYS = "auto", "always"
ATTRIBUTIONS = (ATTRIBUTION_AUTO, ATTRIBUTION_ALWAYS, "never")
_CATEGORY_NAME = re.compile(r"[A-Za-z0-9._-]+")


class CategoryPaths(Struct, frozen=True):
    """A named part of the repository: path prefixes or gitignore patterns, first match wins."""

    name: str
    paths: tuple[str, ...]

    def __post_init__(self) -> None:
        if not _CATEGORY_NAME.fullmatch(self.name) or self.name in {".", ".."}:
            raise UsageError(
                f"the category name {self.name!r} cannot be part of a file name",
                cure="use letters, digits, '.', '_' and '-' only",
            )


class OwnerRule(Struct, frozen=True):
    """A line of CODEOWNERS; its category is empty where the line takes the owner away."""

    pattern: str
    category: str


#: Stands for the owners of code as categories, until they are read.
CODEOWNERS = (CategoryPaths("codeowners", ("codeowners:",)),)


class Template(Struct, frozen=True):
    """A user's template for Markdown reports: its path as given, and its text once it is read."""

    path: str
    text: str = ""


class FollowedRepository(Struct, frozen=True, kw_only=True):
    """A repository that is followed.

    Attributes:
        repository: `OWNER/NAME` on the workflow's server.
        head: Branch that is followed; empty for the default branch.
        settings: Settings by name that its reports have instead of the others', not checked yet.
    """

    repository: str
    head: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)


class Settings(Struct, frozen=True, kw_only=True):
    """Everything a run needs to know that is not the range itself.

    Attributes:
        locales: Locale tags as typed, in order.
        output: Output template, or `-` for standard output.
        formats: Subset of `FORMATS`, in order.
        date: ISO date of the reports, or None for the head's committer date.
        owners: Lines of CODEOWNERS, when its owners are the categories.
        max_patch_bytes: A larger patch becomes a link; 0 is unlimited.
        max_files: Changed files that a report is made of; 0 is unlimited.
        run_deadline: Seconds that a run may take; 0 is unlimited.
        max_memory: Megabytes that a process of a run may take; 0 is unlimited.
        max_report_patch_bytes: Patches beyond this sum become links, lowest salience first.
        notice: Text per locale that every report prints; the key `""` is for all locales.
        attribution: When a report says whose words it quotes, and under which licence.
        unexamined: What `fail_on` makes of files that were read in part.
        impact: Where uses of what changes are looked up: `auto`, `off`, or the folder of a checkout.
        rules: Kind of fact -> one of `SEVERITIES`, for breaking facts of that kind.
        upstream: Name of a dependency -> `OWNER/NAME` or address of the repository with its code.
        package_index: Ecosystem -> address with `{name}` where an index describes a package.
        accepted: Fingerprints of breaking facts that `fail_on` lets pass.
        commit_message: Message of commits with reports, with `{repository}`, `{base}`, `{head}`.
        commit_method: Whether commits are made through the API, or pushed with git.
        commit_author: `NAME <ADDRESS>` of commits that git pushes; the API names its own.
        watch: Words or regular expressions that raise the salience of what they match.
        analyst: Who writes the texts; a model only when the person who runs it says so.
        summary_model: Model for the texts about the range; empty for the same one.
        token_budget: Input tokens that a run may spend on a model; 0 is unlimited.
        never_send: gitignore patterns of files whose content never goes to a model.
        max_concurrency: Requests to a model that are under way at once.
        model_timeout: Seconds that one request to a model may take.
        model_deadline: Seconds that all of them together may take.
        model_batch: Whether a model's texts come by its provider's queue of batches, in a later run.
        reasoning_effort: How much a model is to think; empty leaves it to what is known of the model.
        thinking_tokens: Output tokens for thoughts; 0 finds out how many it takes.
        cache_dir: Folder that keeps a model's answers and ranges of dependencies; empty for none.
        prices: US dollars for a million input and output tokens as `0.25/2`, to tell the costs.
        template: Renders Markdown reports instead of the packaged layouts; those for GitHub's own
            pages too when the layout is `github`.
        artifact_name: Name of the artifact that the action uploads.
        retention_days: Days until the artifact is deleted; 0 leaves it to the repository.
        comment_mode: When the action makes a new comment, one of `COMMENT_MODES`.
        follow: Repositories that `plan` plans together.
        release_tags: Globs of the tags that count as releases; none for the usual ones.
        files_per_job: Files of one range that one job of a plan analyses; those of a larger range
            are shared out over several. 0 is unlimited.
    """

    locales: tuple[str, ...] = ("en_US",)
    output: str = DEFAULT_OUTPUT
    formats: tuple[str, ...] = ("markdown",)
    layout: str = "auto"
    categories: tuple[CategoryPaths, ...] = (CategoryPaths("all", ("",)),)
    owners: tuple[OwnerRule, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    unmatched: str = "report"
    comparison: Comparison = Comparison.MERGE_BASE
    date: str | None = None
    timezone: str = "UTC"
    fail_on: str = "never"
    unexamined: str = "warn"
    impact: str = IMPACT_AUTO
    upstream: Mapping[str, str] = field(default_factory=dict)
    package_index: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    max_patch_bytes: int = 200_000
    max_report_patch_bytes: int = 5_000_000
    max_files: int = MOST_FILES
    run_deadline: int = 3600
    max_memory: int = 4000
    notice: Mapping[str, str] = field(default_factory=dict)
    attribution: str = ATTRIBUTION_AUTO
    watch: tuple[str, ...] = ()
    analyst: str = "rules"
    model: str = DEFAULT_MODEL
    summary_model: str = ""
    token_budget: int = 300_000
    never_send: tuple[str, ...] = ()
    max_concurrency: int = 8
    model_timeout: int = 120
    model_deadline: int = 900
    model_batch: str = "off"
    reasoning_effort: str = ""
    thinking_tokens: int = 0
    cache_dir: str = ""
    prices: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    template: Template | None = None
    artifact_name: str = "diff-insight"
    retention_days: int = 0
    comment_mode: str = "notable"
    commit_message: str = DEFAULT_MESSAGE
    commit_method: str = "api"
    commit_author: str = DEFAULT_AUTHOR
    follow: tuple[FollowedRepository, ...] = ()
    release_tags: tuple[str, ...] = ()
    files_per_job: int = FILES_PER_JOB

    def category_names(self) -> tuple[str, ...]:
        """Return the names of all categories that may get a report."""
        names = tuple(category.name for category in self.categories)
        return (*names, "other") if self.unmatched == "other" and "other" not in names else names
