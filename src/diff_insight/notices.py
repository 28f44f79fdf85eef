"""The English words of notices, for terminals and logs; reports have catalogs instead."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.markup.escape import visible
from diff_insight.model.messages import Notice, Value
from diff_insight.model.ranges import SHORT, CommitRange, Comparison, RangeRequest

WORDS = {
    "locale-fallback": "no catalog for locale {asked}; using {used}",
    "renames-cut": "git's rename limit was reached: some renames are listed as removed and added",
    "files-cut": "the range changes at least {total:file}: the first {count} in the order of paths were read; raise max-files",
    "text-hidden": "attributes hide the text of {count:file} from git's diff ({names}): facts are read from it, its lines are not counted",
    "text-encoded": "git takes texts in UTF-16 or UTF-32 for binary ({names}): facts are read from them, their lines are not counted",
    "ambiguous-name": "{name} is a tag and a branch: the tag is compared; write refs/heads/{name} for the branch",
    "backwards": "the head is an ancestor of the base: what is told as removed was added, and the other way round",
    "hunks-only": "the diff is above 64 MB: facts come from changed lines only",
    "nothing-to-publish": "there is nothing to publish: no file has changed, or none that has is in a category",
    "summary-not-written": "the summary could not be written: {why}",
    "summary-shortened": "the summary tells {count} of its reports in a shorter form: all do not fit",
    "summary-too-large": "the reports do not fit into a summary, even in their shortest form",
    "artifact-not-stored": "the artifact could not be stored: {why}; the reports are files of the workspace, which another step can upload",
    "artifact-quota": "the artifact could not be stored: the account's storage for artifacts is used up; delete old ones, or set retention-days",
    "artifact-retention": "artifacts are kept for {most} days at the most here, not for {asked}",
    "artifact-unsupported": "this server takes no artifacts from here; hand the output report-directory to actions/upload-artifact",
    "comment-closed": "no comment was written: the pull request is closed",
    "comment-forbidden": "the comment could not be written: the token lacks the permission {permission} ({why})",
    "comment-locked": "no comment was written: the conversation is locked",
    "comment-newer": "no comment was written: there is one about {head}, the newest commit of the pull request",
    "comment-no-pull": "no comment was written: this run is not about an open pull request and its newest commit",
    "comment-not-wanted": "no comment was written: nothing in this range asks for one (comment-mode: {mode})",
    "comment-not-written": "the comment could not be written: {why}",
    "comment-read-only": "no comment was written: the token of a pull request from a fork, or from Dependabot, can only read; examples/comment-on-forks.yml shows the way around",
    "comment-shortened": "the comment tells {count} of its reports in a shorter form: all do not fit",
    "release-forbidden": "the notes of the release could not be written: the token lacks the permission {permission} ({why})",
    "release-foreign": "no release was changed: {repository} is compared, whose releases are not this repository's",
    "release-marks-broken": "the notes of release {tag} were left as they are: the two marks of the report in them are no pair any more; delete what is left of them there, and the next run writes the report anew",
    "release-missing": "no release was changed: there is none for the tag {tag}; make it first, or run on the event release",
    "release-no-room": "the notes of release {tag} were left as they are: they leave no room for the report, because GitHub takes 125,000 characters in all; shorten them",
    "release-no-tag": "no release was changed: this run is about no tag; run on the event release or on the push of a tag, or set the input head to a tag",
    "release-not-written": "the notes of the release could not be written: {why}",
    "release-shortened": "the notes of the release tell {count} of the reports in a shorter form: all do not fit",
    "pull-unknown": "the pull request of the finished run could not be found: {why}",
    "publisher-failed": "{publisher} has published nothing: {why}",
    "commit-unchanged": "{branch} holds these reports already; nothing was committed",
    "fork-only-reads": "{publisher} publishes nothing for pull requests of forks: their token only reads",
    "private-source": "{publisher} has published nothing: the compared repository is private and this one is public; set allow-private-source: true when everybody may read these reports",
    "repository-renamed": "{old} is called {new} now; change the input repository (the cursor stays with the name in it, so set base once to go on from there)",
    "cursor-moved": "another run has reported on {track} meanwhile; these reports were not committed, and the next run goes on from there",
    "not-planned": "{repository} was not planned: {why}",
    "not-collected": "the texts of {repository} were not collected: {why}",
    "cursor-elsewhere": "{repository} is reported on from {head} meanwhile, where the plan has no range end; its ranges were not published",
    "ranges-wait": "no job has finished {label}, and {count:range} behind it waits; the next plan begins there",
    "nothing-new": "nothing is new since the last report; there is no new one",
    "first-run": "nothing was reported yet: the first report begins {since} back, or where the last changes are",
    "cursor-gone": "the commit of the last report ({commit}) is gone, as after a forced push; the report begins at its time instead: {since}",
    "history-rewritten": "history was rewritten: the commit of the last report ({commit}) is not part of it any more; the report tells how the two states differ",
    "earlier-unread": "earlier reports on the branch could not be read, so nothing is said of what they told: {why}",
    "last-success-unknown": "the last successful run could not be looked up: {why}; {cure}",
    "cursor-old": "a commit of {track} waited {days} days for its report: if a run should have come before, look whether GitHub has disabled the schedule, as it does after 60 days without activity",
    "category-empty": "no changed file was in category {category} in the last {count:run} with changes; check its paths in the configuration",
    "category-moved": "no changed file was in category {category} in the last {count:run} with changes; its files were moved ({moved}): add the new folders to its paths in the configuration",
    "mostly-unmatched": "{count:changed file} ({percent} %) in no category; add their paths to the configuration, or set unmatched: other",
    "before-unreachable": "the commit before the push ({before}) cannot be had, as after a forced push; comparing with the default branch instead",
    "forced-push": "this push rewrote history",
    "new-branch": "{branch} is a new branch",
    "no-previous-tag": "there is no tag before {tag}; comparing with its parent instead",
    "ref-deleted": "{ref} was deleted; there is nothing to compare",
    "scheduled-range": "no range was asked for; reporting on the last 24 hours",
    "model-key": "the model's endpoint refused the key ({why}); the rules told {count:file}: check api-key or OPENAI_API_KEY",
    "model-unknown": "the endpoint has no model {model} ({why}); the rules told {count:file}: it may be retired, so set model to a current one",
    "model-quota": "the account of the model is used up ({why}); the rules told {count:file}",
    "model-silent": "the model could not be reached ({why}); the rules told {count:file}: check base-url, the network and the proxy",
    "model-deadline": "the time for the model was over; the rules told {count:file}: raise model-deadline or max-concurrency",
    "model-budget": "the token budget was spent; the rules told {count:file}: raise token-budget",
    "model-interrupted": "interrupted while the model was asked; the rules told {count:file}",
    "model-rejected": "the model's texts did not stand up to the checks; the rules told {count:file}",
    "model-unanswered": "the model gave no usable answer; the rules told {count:file}: check base-url and model",
    "model-batch-waiting": "the questions about {count:file} wait in the model's queue; a later run puts its texts in place of the rules'",
    "model-batch-ended": "the model's queue ended without answers about {count:file}; the rules told them",
    "model-batch-refused": "the endpoint takes no batches ({why}); it is asked at once",
    "model-batch-unused": "model-batch: on has no effect here: {why}; the model is asked at once",
    "model-batch-uncollected": "texts of the report on {head} were not collected: {why}",
    "model-overview": "the rules told the range as a whole in {names}",
    "model-redacted": "secret values taken out of the diff before it went to the model: {count}",
    "rung-failed": "{rung} could not give the diff: {why}",
    "rung-incomplete": "{rung} lacks the content of {count:changed file}; asking elsewhere",
    "commits-cut": "only the latest {count:commit} were read for what they say",
    "commit-lines-cut": "the history of the changed lines is long: which commit changed a line is known of the latest commits only",
    "commits-unread": "the commits of this range could not be read",
    "references-unsearched": "unchanged files were not searched for links to what is gone",
    "references-cut": "links to what is gone were searched only in part of the files",
    "impact-cut": "uses in your own code were looked up only in part: a limit was reached",
    "impact-unsearched": "uses in your own code were not looked up: git could not search it",
    "steps-unknown": "dependency steps that were not read, as no repository is known for them: {names}; name them under upstream in the configuration",
    "step-untagged": "{name} {old} to {new} was not read: {repository} has no tag for {version}",
    "step-failed": "{name} {old} to {new} was not read: {why}",
    "steps-cut": "dependency steps that were not read, as a limit was reached: {names}",
    "impact-foreign": "uses were not looked up: the checkout does not come from {repository}, where these reports are published; set allow-private-source: true when its code may be shown there",
    "declared-commit": "declared as breaking by a commit, and no rule found it: {quote}",
    "declared-pull-request": "declared as breaking by the pull request, and no rule found it: {quote}",
    "declared-label": "the pull request has the label {quote}, and no rule found a breaking change",
    "declared-changelog": "a changelog has a new section {quote}, and no rule found a breaking change",
    "declared-more": "no rule found what {count:further declaration} of breaking changes tell of",
    "config-untrusted": "configuration is read from {commit}, not from the proposed change",
    "config-unavailable": "the configuration at {commit} could not be read ({why}); defaults are used",
}


def _show(value: Value) -> str:
    listed = value.get("items") if isinstance(value, Mapping) else value
    return ", ".join(map(str, listed)) if isinstance(listed, tuple) else str(value)


class _Worded(str):
    """A value in words; `{count:file}` shows it with its noun, `1 file` or `3 files`."""

    __slots__ = ()

    def __format__(self, noun: str) -> str:
        """Return the value, with a noun where one is named."""
        return f"{self!s} {noun}{'' if self == '1' else 's'}" if noun else str(self)


def tell_notice(notice: Notice) -> str:
    """Return a notice as one line; its parameters are made visible, whatever they hold."""
    params = {name: _Worded(visible(_show(value))) for name, value in notice.params.items()}
    return WORDS.get(notice.key, notice.key).format(**params)


def tell_range(request: RangeRequest, commits: CommitRange, files: int) -> str:
    """Return one line that says what is compared: names as asked for, commits, how, and how much.

    Args:
        request: The names.
        commits: The commits that they stand for.
        files: How many files differ.
    """
    count = f"{files} file{'' if files == 1 else 's'} changed"
    if not (commits.base or commits.head):
        return f"a diff without commits: {count}"
    base = _side(request.base or commits.base_name, commits.base)
    head = _side(request.head or ("HEAD" if commits.head else ""), commits.head)
    direct = commits.comparison is Comparison.DIRECT
    merge_base = commits.merge_base
    how = (
        ""
        if direct or merge_base == commits.base
        else f", from their merge base {merge_base[:SHORT]}"
    )
    where = f"{commits.repository}: " if commits.repository else ""
    return f"{where}{base} to {head}{how}: {count}"


def _side(name: str | None, commit: str) -> str:
    """Return a commit with the name that it was asked for by, where that says more."""
    short = commit[:SHORT]
    if not name or commit.startswith(name) or name == short:
        return short or "nothing"
    name = name.removeprefix("refs/tags/").removeprefix("refs/heads/")
    return f"{visible(name)} ({short})" if short else visible(name)
