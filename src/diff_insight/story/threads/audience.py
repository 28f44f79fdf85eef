"""Says whom a file concerns: readers and users, people who work on the project, or its machinery."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from diff_insight.analysis.people.repository_sort import is_package, pages_and_code
from diff_insight.file_types import extension, is_page, is_sample, is_test
from diff_insight.model.changes import SUBMODULE_MODE
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.threads import Audience

_PLUMBING = re.compile(
    r"(?i)(?:^|/)(?:\.github|\.circleci|\.gitlab|\.azure-pipelines|\.devcontainer|\.vscode|\.husky|\.[a-z][\w-]*(?<!\.changeset)(?<!\.chloggen)(?<!\.changes)|ci|scripts?|tools?|hack|build-support|e2e)/"
    r"|(?:^|/)\.[^/]*(?:ignore|rc|rc\.\w+|config|attributes|lintrc)$|(?:^|/)\.[\w-]+$|(?:^|/)(?:makefile|justfile|codeowners|appveyor\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|bitbucket-pipelines\.ya?ml|cloudbuild\.ya?ml|codecov\.ya?ml|circle\.ya?ml|jenkinsfile|renovate\.json5?|dependabot\.ya?ml|vercel\.json|netlify\.toml"
    r"|[\w.-]+\.config\.[cm]?[jt]s|tsconfig[\w.-]*\.json|spellcheck\.\w+|cspell\.\w+|tox\.ini|noxfile\.py|requirements[^/]*/[^/]+\.(?:txt|in)|[\w.-]*requirements[\w.-]*\.(?:txt|in)|\.pre-commit[\w.-]*|flake\.nix|pnpm-workspace\.yaml)$"
    # How pages look, and not what they say.
    r"|(?:^|/)_(?:includes|layouts|sass|plugins)/(?:[^/]+/){0,4}[^/]+\.(?:html|s?css|js|rb|liquid)$|(?:^|/)docs?/(?:[^/]+/){0,6}[^/]+\.(?:s?css|webmanifest|ico)$"
)
_CONTRIBUTORS = re.compile(
    r"(?i)(?:^|/)(?:contributing|contributors|authors|code[-_]of[-_]conduct|governance|charter|collaborator[\w-]*|triager[\w-]*|maintain(?:er|ing)[\w-]*|releas(?:ing|es?[-_/]?(?:process|procedures?|checklist|cadence|polic(?:y|ies)|manager|team))|hacking)(?:\.\w+$|/)"
    r"|(?:^|/)(?:development|architecture|agents|claude|codeowners)\.(?:md|rst|txt)$|(?:^|/)(?:rfcs?|adr)/|(?:^|/)(?:pull_request_template|issue_template)"
)
#: Folders of a site's own code where most files of the repository are pages.
_SITE_CODE = frozenset(
    "js jsx ts tsx mjs cjs css scss less sass vue svelte astro html liquid njk hbs json lock toml yaml yml py sh".split()
)
#: Two-letter codes of languages, and words that name one, as folders of translations use them.
_LANGUAGE = re.compile(
    r"(?:a[bfmryz]|b[aegns]|c[asy]|d[ae]|e[lnstou]|f[airy]|g[alu]|h[eiruy]|i[dst]|j[av]|k[akmno]|l[otv]|m[gklmnrsty]|n[beln]|p[alst]|r[ou]|s[ikloqrvwz]|t[ahklr]|u[krz]|vi|yo|z[hu])"
    r"(?:[-_](?:[a-z]{2}|[A-Z]{2}|[A-Z][a-z]{3}|hans|hant|419))?|zh[-_]?(?:cn|tw|hk|hans|hant)"
)
_ENGLISH = re.compile(r"en(?:[-_](?:us|gb|US|GB))?")
#: How many pages it takes for each file of code before they are what a repository with a package is for.
_PAGES_BESIDE_PACKAGE = 4
#: Sibling folders named like languages before they are translations, of which one may be the source.
_LEAST_LANGUAGES = 2


def audiences(files: Sequence[FileAnalysis], *, site: bool) -> list[Audience]:
    """Return the audience of each file.

    Args:
        files: The files of a category.
        site: Whether the repository is a site: its code is machinery then.
    """
    return [
        Audience.PLUMBING if site and SUBMODULE_MODE in (file.change.old_mode, file.change.new_mode)
        else _audience(file.change.path, file.change.generated, site=site)
        for file in files
    ]  # fmt: skip


def is_site(files: Sequence[FileAnalysis], tree: frozenset[bytes]) -> bool:
    """Tell whether a repository is a site: most of what it holds for readers are pages.

    Args:
        files: The files of a category, which decide where they are all of one sort.
        tree: The paths of the head; empty when they are not known.
    """
    pages, code = pages_and_code(file.change.path for file in files if not file.change.generated)
    if not tree or bool(pages) != bool(code):
        return pages > code
    paths = [path.decode("utf-8", "replace") for path in tree]
    pages, code = pages_and_code(paths)
    packaged = any(is_package(path) for path in paths)
    return pages > (_PAGES_BESIDE_PACKAGE if packaged else 1) * code


def _audience(path: str, generated: str, *, site: bool) -> Audience:
    if _CONTRIBUTORS.search(path):
        return Audience.CONTRIBUTORS
    if generated or is_test(path) or _PLUMBING.search(path):
        return Audience.PLUMBING
    if site and not is_page(path) and extension(path) in _SITE_CODE and not is_sample(path):
        return Audience.PLUMBING
    return Audience.READERS


def languages(files: Sequence[FileAnalysis], tree: frozenset[bytes]) -> list[str]:
    """Return the language that each file is a translation into; empty for sources and all others.

    A folder is one of translations when its siblings are named by languages too and hold the same
    paths, in the range or in the tree of the head; English, else the folder above, is the source.

    Args:
        files: The files of a category.
        tree: The paths of the head; empty when they are not known.
    """
    paths = [file.change.path for file in files]
    known = [path.decode("utf-8", "replace") for path in tree] or paths
    places: dict[str, set[str]] = defaultdict(set)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for path in known:
        for root, language, rest in language_cuts(path):
            places[root].add(language)
            shared[root][rest] += 1
    roots = {
        root for root, languages_there in places.items()
        if len(languages_there) >= _LEAST_LANGUAGES and any(count > 1 for count in shared[root].values())
    }  # fmt: skip
    english = {
        root
        for root in roots
        if any(_ENGLISH.fullmatch(language_here) for language_here in places[root])
    }
    bases = {root: _base(root, places[root], known) for root in roots - english}
    return [_language(path, roots, english, bases) for path in paths]


def _language(path: str, roots: set[str], english: set[str], bases: Mapping[str, str]) -> str:
    for root, language, _ in language_cuts(path):
        if root in english:
            return "" if _ENGLISH.fullmatch(language) else language
        if root in roots and language != bases[root]:
            return language
    return ""


def _base(root: str, languages: set[str], known: Sequence[str]) -> str:
    """Return the language with most files where none is English; none where the folder above is it."""
    counts = Counter(
        language for path in known for at, language, _ in language_cuts(path) if at == root
    )
    total = sum(path.startswith(root) for path in known) - counts.total()
    best, most = counts.most_common(1)[0]
    return "" if total >= most else best


def is_english(language: str) -> bool:
    """Tell whether a folder's name is English, the source of most translations."""
    return _ENGLISH.fullmatch(language) is not None


def language_cuts(path: str) -> list[tuple[str, str, str]]:
    """Return the ways to read a folder, or the end of a name, as a language: root, language, rest."""
    parts = path.split("/")
    cuts = [
        ("/".join(parts[:at]) + "/", part, "/".join(parts[at + 1 :]))
        for at, part in enumerate(parts[:-1])
        if len(part) <= 7 and _LANGUAGE.fullmatch(part)
    ]
    name = parts[-1].split(".")
    if len(name) >= 3 and _LANGUAGE.fullmatch(name[-2]):
        cuts.append(("/".join([*parts[:-1], name[0]]) + ".", name[-2], name[-1]))
    return cuts
