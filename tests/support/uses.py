"""A library that changes and code that uses it, both as real repositories, and where the one touches the other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from diff_insight.git.command import Git
from diff_insight.git.own_checkout import OwnCheckout
from diff_insight.git.repository import Repository
from diff_insight.impact.look_up import OtherRepository
from diff_insight.impact.published_range import published_range, published_subjects
from diff_insight.impact.range_impact import base_tree, uses_here
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from diff_insight.sources.range_form import pack_range, unpack_range
from support.insights import insights_from
from support.repos import TestRepo

Files = Mapping[str | bytes, bytes | str]
#: Where the other repository says that it comes from.
ORIGIN = "https://github.com/other/lib.git"


def own_checkout(folder: Path, files: Files, origin: str = "") -> OwnCheckout:
    """Return the code of one's own, committed."""
    repo = TestRepo(folder)
    repo.write(files)
    repo.commit()
    if origin:
        repo.git("remote", "add", "origin", origin)
    return OwnCheckout(Git(folder, os.environ), is_named=True)


def insight_with_uses(
    folder: Path, base: Files, head: Files, own: Files, settings: Settings | None = None
) -> Insight:
    """Return the document of two versions of a repository, with their uses in code of one's own."""
    repo = TestRepo(folder / "lib")
    repo.git("remote", "add", "origin", ORIGIN)
    repo.write(base)
    first = repo.commit("first")
    repo.git("rm", "-q", "-r", ".")
    repo.write(head)
    second = repo.commit("second")
    source = CheckoutSource(Repository(Git(repo.path, os.environ)))
    request = RangeRequest(base=first, head=second, comparison=Comparison.DIRECT)
    checkout = own_checkout(folder / "own", own)
    (insight,) = insights_from(source, request, settings or Settings(), checkout)
    check_kept(repo, request, checkout, insight)
    return insight


def check_kept(repo: TestRepo, request: RangeRequest, own: OwnCheckout, insight: Insight) -> None:
    """Check that the same uses are found when the range was kept and its repository is not there."""
    repository = Repository(Git(repo.path, os.environ))
    (plain,) = insights_from(CheckoutSource(repository), request, Settings())
    with closing(CheckoutSource(repository)) as source:
        commits = source.resolve(request)
        source.diff(commits)
        published = published_range(commits, plain, source)
        files = [entry.analysis for entry in plain.files]
        packed = pack_range(published, base_tree(files, commits, source))
    assert packed is not None
    known = unpack_range(packed)
    assert known is not None
    assert known.published == published
    matches = published_subjects(known.published)
    uses, _ = uses_here(matches, OtherRepository(commits.repository, known.base), own)
    live = {
        (entry.analysis.change.path, str(fact.kind), str(fact.params), fact.evidence): fact.uses
        for entry in insight.files
        for fact in entry.analysis.facts
    }
    for ref, _ in matches:
        analysis = known.published.files[ref.file].analysis
        fact = analysis.facts[ref.fact]
        key = analysis.change.path, str(fact.kind), str(fact.params), fact.evidence
        assert live.get(key, ()) == uses.get(ref, ())


def uses_of_facts(insight: Insight) -> dict[str, list[str]]:
    """Return `path:line certainty` of every fact that is used, by kind and name."""
    return {
        f"{fact.kind} {fact.params.get('name') or fact.params.get('subject') or fact.params.get('row') or ''}".strip(): [
            f"{use.path}:{use.line} {use.certainty}" for use in fact.uses
        ]
        for entry in insight.files
        for fact in entry.analysis.facts
        if fact.uses
    }
