"""Recognises kinds of files by name: pages, images, binaries, tests, lock and vendored files."""

from __future__ import annotations

import re
from functools import lru_cache

#: Every family asks the same of a file before the next file comes.
_REMEMBERED = 256
_IMAGES = frozenset(
    "png jpg jpeg gif webp svg bmp ico avif tif tiff".split()
)  # fmt: skip
_BINARIES = _IMAGES - {"svg"} | frozenset(
    "pdf zip gz tgz bz2 xz 7z jar war whl exe dll so dylib a o class pyc woff woff2 ttf otf eot "
    "mp3 mp4 wav ogg webm mov avi docx xlsx pptx vsdx psd sqlite db bin wasm parquet pkl".split()
)
_PAGES = frozenset("md mdx markdown rst adoc asciidoc ipynb html htm".split())
_MARKDOWN = frozenset("md mdx markdown".split())
_FRAGMENT_FOLDERS = frozenset(
    "includes include _includes partials _partials snippets _templates _layouts layouts _static".split()
)
#: What a module of Antora holds beside its pages: what pages bring in, and menus.
_MODULE_PARTS = re.compile(
    r"(?:^|/)modules/[^/]+/(?:(?:examples|partials|attachments|images)/|[\w-]{0,40}nav[\w-]{0,40}\.adoc$)"
)
#: Pages about the project itself; those of the second kind are pages of a site in any other folder.
_META_PAGES = re.compile(
    r"(?i:(changelog|changes|history|contributing|contributors|authors|maintainers|code[-_]of[-_]conduct|licen[cs]e|copying)\b)|"
    r"SUMMARY\.md$"
)
_ROOT_META_PAGES = re.compile(
    r"(?i)(security|support|governance|charter|credits|acknowledge?ments|notice|agents|claude|hacking|releasing|release[-_]process|roadmap|todo)\.\w+$"
)
_TESTS = re.compile(
    r"(?i)(^|/)(tests?|__tests__|specs?|testdata|fixtures|__snapshots__)/|"
    r"(^|/)test_[^/]+$|[._-](test|spec)\.[^/]+$|_test\.[^/]+$|"
    # Source sets of Gradle, such as `src/jvmTest`, and projects of .NET, such as `Acme.UnitTests`.
    r"(^|/)src/(?-i:[a-z]\w{0,40}Test)/|(^|/)(?-i:[\w.]{1,80}(?<=[a-z0-9.])Tests)/|(^|/)(?-i:[\w.]{1,80}\.Test)/"
)
#: What stands below is a package of a library, whatever its parts are called: `it.acme.test`.
_MAIN_SOURCES = re.compile(r"(?:^|/)src/main/(?:java|kotlin|scala|groovy)/")
#: Without one of these nothing above is in a path; far quicker to look for.
_TEST_WORDS = ("test", "spec", "fixtures", "snapshots")
_SAMPLES = re.compile(
    r"(?i)(^|/)_?(examples?|samples?|demos?|fixtures?|mocks?|templates?|docs?|docs_src|documentation|"
    r"test[^/]*|[^/]*[_-]tests?|e2e|benchmarks?|testing)/"
)
_CHANGELOGS = re.compile(
    r"(?i)(?:change[-_ ]?log|changes|(?:version|revision)?[-_ ]?history|news|release[-_ ]?notes?|releases)(?:[-_. ]?v?[\d.x-]+)?$"
)
#: Folders of notes on single changes, which tools collect into the next changelog.
_NOTE_FOLDERS = re.compile(
    r"(?i)(?:^|/)(?:\.changeset|\.chloggen|\.changes|\.changelog|newsfragments|news|changelog\.d|changelog_unreleased|changelog-entries"
    r"|changelogs/(?:fragments|unreleased)|changes/(?:unreleased|next-release)|changes\.d|changes|releasenotes/notes|release-notes/unreleased|upcoming[-_]changes"
    r"|doc/(?:release/)?upcoming_changes|docs/changelog|unreleased(?:[-_][\w.]{1,12})?|change)/"
)
#: Those whose name means other things as well: what stands in them is told by its own name.
_AMBIGUOUS = re.compile(
    r"(?i)(?:^|/)(?:news|changes|change|unreleased(?:[-_][\w.]{1,12})?|docs/changelog)/$"
)
#: What stands in such folders and is no note.
_NO_NOTES = re.compile(
    r"(?i)(?:^|/)(?:readme|template|config|_template|summary|index|\.gitignore|\.gitkeep)[^/]*$"
)
#: Names of towncrier's files: `42.bugfix.rst`, `42.feature.1.md`, `+x.misc`.
_TYPED = re.compile(
    r"(?i)^[\w+-]{1,80}\.(?P<type>breaking|break|removal|removed|deprecation|deprecated|security|feature|added|enhancement|improvement|change|changed|api"
    r"|bugfix|fix|fixed|bug|doc|docs|trivial|misc|process|vendor|internal|packaging|contrib|performance|typing|expired|new_feature|compatibility|future|highlight)\b"
)
_NUMBERED = re.compile(r"\d{2,7}\.(?:rst|md)$")
_LOCKS = frozenset(
    "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb poetry.lock "
    "uv.lock pdm.lock pipfile.lock cargo.lock gemfile.lock composer.lock go.sum flake.lock "
    "packages.lock.json deno.lock mix.lock podfile.lock pubspec.lock gradle.lockfile "
    "pylock.toml package.resolved .terraform.lock.hcl chart.lock conda-lock.yml".split()
)
_FOR_TOOLS = re.compile(
    r"(?i)(?:(?:requirements|constraints|publicapi)[\w.-]{0,80}|cmakelists|robots)\.txt$"
)
_VENDORED = re.compile(r"(^|/)(node_modules|vendor|third_party|bower_components)/")
#: Beside what compilers make: all pages of a site in one text for models.
_GENERATED = re.compile(
    r"(?:^|/)llms-(?:full|small|ctx|ctx-full)\.txt$|\.min\.[cm]?(js|css)$|\.[cm]?(js|css)\.map$|_pb2(_grpc)?\.py$|\.pb\.go$|\.snap$"
)


@lru_cache(maxsize=_REMEMBERED)
def extension(path: str) -> str:
    """Return the lower-case extension without the dot, or an empty string."""
    name = _name(path)
    dot = name.rfind(".")
    return name[dot + 1 :].lower() if dot > 0 else ""


#: A module of Python whose name, or folder, begins with one underscore, and folders that say so.
_INTERNAL = frozenset(("internal", "internals"))


def _name(path: str) -> str:
    """Return the last part of a path; asked several times for every file."""
    return path.rpartition("/")[2]


def stem(path: str) -> str:
    """Return the last part of a path without its extension."""
    name = _name(path)
    dot = name.rfind(".")
    return name[:dot] if dot > 0 else name


def is_image(path: str) -> bool:
    """Tell whether a path names an image."""
    return extension(path) in _IMAGES


def is_binary_name(path: bytes) -> bool:
    """Tell whether a path names a format that has no text patch."""
    return extension(path.decode("utf-8", "replace")) in _BINARIES


def is_for_tools(path: str) -> bool:
    """Tell whether a path names a text that tools read line by line, whatever its name ends in."""
    return _FOR_TOOLS.match(_name(path)) is not None


def is_markdown(path: str) -> bool:
    """Tell whether a path names Markdown or MDX."""
    return extension(path) in _MARKDOWN


#: The page of a folder by Hugo's name for it.
_SECTION_PAGE = re.compile(r"_index\.[\w.-]+$")


@lru_cache(maxsize=_REMEMBERED)
def is_page(path: str) -> bool:
    """Tell whether a path names a page that readers open at an address of its own."""
    *folders, name = path.split("/")
    if extension(path) not in _PAGES or is_test(path) or _META_PAGES.match(name):
        return False
    if not folders and _ROOT_META_PAGES.match(name):
        return False
    if is_fragment(path):
        return False
    if path.startswith(".") or "/." in path:  # templates for issues, notes for tools
        return False
    return not is_embedded(path)


def is_embedded(path: str) -> bool:
    """Tell whether a path names a text that other pages take in, by its folder or the underscore before its name."""
    *folders, name = path.split("/")
    if "modules/" in path and _MODULE_PARTS.search(path):
        return True
    return not _FRAGMENT_FOLDERS.isdisjoint(map(str.lower, folders)) or (
        name.startswith("_") and _SECTION_PAGE.match(name) is None
    )


@lru_cache(maxsize=_REMEMBERED)
def is_test(path: str) -> bool:
    """Tell whether a path names a test or test data."""
    lower = path.lower()
    if path.isascii() and not any(word in lower for word in _TEST_WORDS):
        return False
    return _TESTS.search(without_package(path)) is not None


def without_package(path: str) -> str:
    """Return a path without the folders of a package, where those of the main sources of a JVM project hold it."""
    main = _MAIN_SOURCES.search(path)
    return path if main is None else path[: main.end()] + _name(path)


def is_changelog(path: str) -> bool:
    """Tell whether a path names a list of releases and what each of them changed."""
    name = _name(path)
    listed = name.lower() == "versions.rst"  # of a project that Sphinx documents
    return listed or _CHANGELOGS.match(name.rpartition(".")[0] or name) is not None


def is_fragment(path: str) -> bool:
    """Tell whether a path names a change fragment: a small file in a folder that tools collect."""
    folder = _NOTE_FOLDERS.search(path)
    if folder is None or _NO_NOTES.search(path):
        return False
    name = _name(path).lower()
    typed = _TYPED.match(name) is not None
    if _AMBIGUOUS.search(folder[0]):
        numbered = "unreleased" in folder[0].lower() and _NUMBERED.match(name) is not None
        return typed or numbered or name.endswith((".yaml", ".yml", ".toml"))
    return typed or name.endswith((".md", ".rst", ".txt", ".yaml", ".yml", ".json", ".toml"))


def fragment_type(path: str) -> str:
    """Return the type of change that the name of a fragment says; empty where it says none."""
    match = _TYPED.match(_name(path))
    return match["type"].lower() if match else ""


def is_internal(path: str) -> bool:
    """Tell whether a file of code is one that its own package alone uses, by the names of its folders."""
    *folders, name = path.split("/")
    if not _INTERNAL.isdisjoint(folders):
        return True
    names = (*folders, name.rpartition(".")[0])
    private = any(each[:1] == "_" and each[1:2] not in ("_", "") for each in names)
    return private and name.endswith((".py", ".pyi"))


def is_sample(path: str) -> bool:
    """Tell whether a path names something that shows or tries what others install."""
    return _SAMPLES.search(without_package(path)) is not None


def generated_kind(path: str) -> str:
    """Return `lock`, `vendored` or `generated` for machine-written files, else an empty string."""
    name = _name(path).lower()
    if name in _LOCKS or (name.startswith("pylock.") and name.endswith(".toml")):
        return "lock"
    if _VENDORED.search(path):
        return "vendored"
    return "generated" if _GENERATED.search(path) else ""
