"""Whom files concern, and which are translations."""

from __future__ import annotations

import pytest

from diff_insight.model.threads import Audience
from diff_insight.story.threads.audience import audiences, is_site, languages
from support.analyses import analysis_of


@pytest.mark.parametrize(
    ("path", "site", "audience"),
    [
        ("docs/agents/hooks.md", True, Audience.READERS),
        (".github/workflows/ci.yml", False, Audience.PLUMBING),
        ("tests/test_api.py", False, Audience.PLUMBING),
        ("src/api.py", False, Audience.READERS),
        ("src/components/Nav.tsx", True, Audience.PLUMBING),
        ("CONTRIBUTING.md", True, Audience.CONTRIBUTORS),
        ("docs/releases/procedure.md", True, Audience.CONTRIBUTORS),
        ("docs/release-policy.md", True, Audience.CONTRIBUTORS),
        ("docs/releases/2.9.md", True, Audience.READERS),
        ("docs/release-team-notes.md", True, Audience.READERS),
        (".changeset/wet-dogs.md", False, Audience.READERS),
        ("AGENTS.md", False, Audience.CONTRIBUTORS),
        (".lycheecache", True, Audience.PLUMBING),
        ("docs/.nojekyll", True, Audience.PLUMBING),
        ("appveyor.yml", False, Audience.PLUMBING),
        ("docs/_includes/footer.html", False, Audience.PLUMBING),
        ("docs/styles.css", False, Audience.PLUMBING),
        ("docs/_includes/limits.md", False, Audience.READERS),
        ("src/app/styles.css", False, Audience.READERS),
    ],
)
def test_a_file_has_an_audience(path: str, *, site: bool, audience: Audience) -> None:
    assert audiences([analysis_of(path=path)], site=site) == [audience]


def test_a_site_is_known_by_its_pages() -> None:
    files = [analysis_of(path=path) for path in ("docs/a.md", "docs/b.md", "x.ts")]
    assert is_site(files, frozenset())
    assert not is_site([analysis_of(path="README.md"), analysis_of(path="src/a.py")], frozenset())


def test_what_a_repository_holds_says_it_where_a_range_has_both() -> None:
    files = [analysis_of(path="docs/a.md"), analysis_of(path="x.ts"), analysis_of(path="y.ts")]
    pages = frozenset(b"docs/%d.md" % number for number in range(9))
    assert is_site(files, pages | {b"x.ts", b"y.ts"})
    assert not is_site(files, pages | {b"x.py", b"y.py", b"z.py", b"pyproject.toml"})
    assert is_site(files, pages | {b"x.py", b"y.py", b"listings/z.rs", b"Cargo.toml"})


def found(paths: list[str], tree: list[str] | None = None) -> list[str]:
    files = [analysis_of(path=path) for path in paths]
    return languages(files, frozenset(path.encode() for path in tree or []))


def test_translations_stand_beside_the_source() -> None:
    paths = ["docs/en/a.md", "docs/fr/a.md", "docs/zh-cn/a.md"]
    assert found(paths) == ["", "fr", "zh-cn"]
    assert found(["docs/fr/a.md"], paths) == ["fr"]


def test_the_folder_above_is_the_source_where_there_is_no_english_one() -> None:
    tree = ["docs/a.md", "docs/b.md", "docs/c.md", "docs/ja/a.md", "docs/ko/a.md"]
    assert found(["docs/a.md", "docs/ja/a.md"], tree) == ["", "ja"]


def test_two_letters_alone_are_no_language() -> None:
    assert found(["src/is/a.py", "src/it/b.py"]) == ["", ""]
    assert found(["lib/id/a.go", "lib/x/a.go"]) == ["", ""]
