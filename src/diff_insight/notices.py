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
    "publisher-failed": "{publisher} has published nothing: {why}",
    "commit-unchanged": "{branch} holds these reports already; nothing was committed",
    "fork-only-reads": "{publisher} publishes nothing for pull requests of forks: their token only reads",
    "private-source": "{publisher} has published nothing: the compared repository is private and this one is public; set allow-private-source: true when everybody may read these reports",
    "repository-renamed": "{old} is called {new} now; change the input repository (the cursor stays with the name in it, so set base once to go on from there)",
    "cursor-moved": "another run has reported on {track} meanwhile; these reports were not committed, and the next run goes on from there",
    "nothing-new": "nothing is new since the last report; there is no new one",
    "first-run": "nothing was reported yet: the first report begins {since} back, or where the last changes are",
    "cursor-gone": "the commit of the last report ({commit}) is gone, as after a forced push; the report begins at its time instead: {since}",
    "history-rewritten": "history was rewritten: the commit of the last report ({commit}) is not part of it any more; the report tells how the two states differ",
    "last-success-unknown": "the last successful run could not be looked up: {why}; {cure}",
    "cursor-old": "the last report on {track} is {days} days old: runs were missed; look whether GitHub has disabled the schedule, as it does after 60 days without activity",
    "category-empty": "no changed file was in category {category} in the last {count} runs with changes; check its paths in the configuration",
    "category-moved": "no changed file was in category {category} in the last {count} runs with changes; its files were moved ({moved}): add the new folders to its paths in the configuration",
    "mostly-unmatched": "{count} changed files ({percent} %) are in no category; add their paths to the configuration, or set unmatched: other",
    "before-unreachable": "the commit before the push ({before}) cannot be had, as after a forced push; comparing with the default branch instead",
    "forced-push": "this push rewrote history",
    "new-branch": "{branch} is a new branch",
    "no-previous-tag": "there is no tag before {tag}; comparing with its parent instead",
    "ref-deleted": "{ref} was deleted; there is nothing to compare",
    "scheduled-range": "no range was asked for; reporting on the last 24 hours",
    "rung-failed": "{rung} could not give the diff: {why}",
    "rung-incomplete": "{rung} lacks the content of {count} changed files; asking elsewhere",
    "config-untrusted": "configuration is read from {commit}, not from the proposed change",
    "config-unavailable": "the configuration at {commit} could not be read ({why}); defaults are used",
}


def tell_notice(notice: Notice) -> str:
    """Return a notice as one line; its parameters are made visible, whatever they hold."""
    params = {name: visible(str(value)) for name, value in notice.params.items()}
    return WORDS.get(notice.key, notice.key).format(**params)
