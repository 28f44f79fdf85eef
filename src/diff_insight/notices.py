"""The English words of notices, for terminals and logs; reports have catalogs instead."""

from __future__ import annotations

from diff_insight.markup.escape import visible
from diff_insight.model.messages import Notice

WORDS = {
    "locale-fallback": "no catalog for locale {asked}; using {used}",
    "renames-cut": "git's rename limit was reached: some renames are listed as removed and added",
    "hunks-only": "the diff is above 20 MB: facts come from changed lines only",
    "nothing-to-publish": "there is nothing to publish: no changed file is in a category",
    "summary-not-written": "the summary could not be written: {why}",
    "summary-shortened": "the summary tells {count} of its reports in a shorter form: all do not fit",
    "summary-too-large": "the reports do not fit into a summary, even in their shortest form",
    "before-unreachable": "the commit before the push ({before}) cannot be had, as after a forced push; comparing with the default branch instead",
    "forced-push": "this push rewrote history",
    "new-branch": "{branch} is a new branch",
    "no-previous-tag": "there is no tag before {tag}; comparing with its parent instead",
    "ref-deleted": "{ref} was deleted; there is nothing to compare",
    "scheduled-range": "no range was asked for; reporting on the last 24 hours",
    "model-key": "the model's endpoint refused the key ({why}); the rules told {count} files: check api-key or OPENAI_API_KEY",
    "model-unknown": "the endpoint has no model {model} ({why}); the rules told {count} files: it may be retired, so set model to a current one",
    "model-quota": "the account of the model is used up ({why}); the rules told {count} files",
    "model-silent": "the model could not be reached ({why}); the rules told {count} files",
    "model-deadline": "the time for the model was over; the rules told {count} files: raise model-deadline or max-concurrency",
    "model-budget": "the token budget was spent; the rules told {count} files: raise token-budget",
    "model-interrupted": "interrupted while the model was asked; the rules told {count} files",
    "model-rejected": "the model's texts did not stand up to the checks; the rules told {count} files",
    "model-unanswered": "the model gave no usable answer; the rules told {count} files",
    "model-overview": "the rules told the range as a whole in {names}",
    "model-redacted": "secret values taken out of the diff before it went to the model: {count}",
    "rung-failed": "{rung} could not give the diff: {why}",
    "rung-incomplete": "{rung} lacks the content of {count} changed files; asking elsewhere",
    "commits-cut": "only the latest {count} commits were read for what they say",
    "commits-unread": "the commits of this range could not be read",
    "references-unsearched": "unchanged files were not searched for links to what is gone",
    "references-cut": "links to what is gone were searched only in part of the files",
    "declared-commit": "declared as breaking by a commit, and no rule found it: {quote}",
    "declared-pull-request": "declared as breaking by the pull request, and no rule found it: {quote}",
    "declared-label": "the pull request has the label {quote}, and no rule found a breaking change",
    "declared-changelog": "a changelog has a new section {quote}, and no rule found a breaking change",
    "declared-more": "{count} further declarations of breaking changes, and no rule found them",
    "config-untrusted": "configuration is read from {commit}, not from the proposed change",
    "config-unavailable": "the configuration at {commit} could not be read ({why}); defaults are used",
}


def tell_notice(notice: Notice) -> str:
    """Return a notice as one line; its parameters are made visible, whatever they hold."""
    params = {name: visible(str(value)) for name, value in notice.params.items()}
    return WORDS.get(notice.key, notice.key).format(**params)
