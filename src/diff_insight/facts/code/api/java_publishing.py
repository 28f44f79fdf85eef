"""Whether a module of a Java build is meant for others: what its build says of publishing it."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

from diff_insight.facts.code.api.project import Files

_SKIPPED = re.compile(r"<(?:maven\.deploy\.skip|gpg\.skip|skipPublishing|skipDeploy)>\s*true\s*<")
_TRUE = re.compile(r"<([A-Za-z][\w.-]*)>\s*true\s*</")
_NOT_DEPLOYED = re.compile(
    r"not (?:currently )?(?:deployed|published|released)|internal|(?i:no[-.]?deploy)"
)
_PUBLISHES = re.compile(
    r"maven-publish|vanniktech\.maven\.publish|mavenPublishing|\bpublishing\s*\{|nexus-publish"
)
#: A program is what others run, not what they compile against.
_PROGRAM = re.compile(
    r"""\bid\s*+\(?+\s*+["'](?:com\.android\.)?application["']|"""
    r"""\bplugin\s*+[:=]\s*+["'](?:com\.android\.)?application["']|^[ \t]*+application[ \t]*+$""",
    re.MULTILINE,
)
#: Another set of sources than what a library consists of: generators, tests, measurements.
_SOURCE_SET = re.compile(r"^((?:[^/]+/)*?src/)(?!main/)([^/]+)/(?:java|kotlin|groovy|scala)/")
#: Characters of a build file above which it is not read.
_LARGEST_BUILD = 300_000
_GRADLE = ("build.gradle", "build.gradle.kts")


def is_published(files: Files, path: str) -> bool:
    """Tell whether others get what a file declares; True where the build says nothing else.

    Args:
        files: The project.
        path: The file.
    """
    if _is_aside(files, path):
        return False
    folder = posixpath.dirname(path)
    while True:
        text = files.text(posixpath.join(folder, "pom.xml"))
        if text is not None:
            return not _is_kept_back(text, files, folder)
        built = [
            build
            for name in _GRADLE
            if (build := files.text(posixpath.join(folder, name))) is not None
        ]
        if built:
            return not folder or _is_given(built, files)
        if not folder:
            return True
        folder = posixpath.dirname(folder)


def _is_aside(files: Files, path: str) -> bool:
    """Tell whether a file is of a set of sources beside the one that a module is made of."""
    match = _SOURCE_SET.match(path)
    if match is None:
        return False
    main = f"{match[1]}main/"
    # Classes of a later Java take their name from those of the main set: `src/main/java11`, `src/java11`.
    return not re.fullmatch(r"java\d+", match[2]) and any(
        known.startswith(main) for known in files.paths
    )


def _is_kept_back(text: str, files: Files, folder: str) -> bool:
    """Tell whether a module of Maven is not deployed: by a property of its own that says so."""
    if _SKIPPED.search(text):
        return True
    own = set(_TRUE.findall(text))
    while folder and own:
        folder = posixpath.dirname(folder)
        above = files.text(posixpath.join(folder, "pom.xml")) or ""
        for name in own if len(above) <= _LARGEST_BUILD else ():
            said = _comment_above(above, f"<{name}>")
            skipped = re.search(rf"<skip\w*>\s*\$\{{{re.escape(name)}\}}\s*</skip", above)
            if _NOT_DEPLOYED.search(said) or (skipped and "deploy" in above):
                return True
    return False


def _comment_above(text: str, tag: str) -> str:
    """Return the comment that stands directly above a tag; empty where there is none."""
    pieces = text.split("-->")
    return next(
        (
            piece.partition("<!--")[2]
            for piece, behind in pairwise(pieces)
            if "<!--" in piece and behind.lstrip().startswith(tag)
        ),
        "",
    )


def _is_given(built: list[str], files: Files) -> bool:
    """Tell whether a module of Gradle is published, where other modules say that they are."""
    if any(_PUBLISHES.search(text) for text in built):
        return True
    if any(_PROGRAM.search(text) for text in built):
        return False
    modules = [path for path in files.paths if path.endswith(_GRADLE) and "/" in path]
    return not any(_PUBLISHES.search(files.text(path) or "") for path in modules[:200])
