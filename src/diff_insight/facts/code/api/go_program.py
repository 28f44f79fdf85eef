"""Tells which modules of Go are programs, whose packages are for nobody else."""

from __future__ import annotations

import re

from diff_insight.facts.code.api.project import Files, folder_of, folders_above

_MAIN = re.compile(r"(?:cmd/(?:[^/]+/){0,2})?main\.go")
#: What a program is shipped by: as an image, or as binaries of a release.
_SHIPPED = re.compile(
    r"(?i)(?:^|/)(?:(?:[\w-]+\.)?(?:dockerfile|containerfile)(?:\.[\w.-]+)?|\.goreleaser[\w.-]*\.ya?ml)$"
)
#: Folders whose packages programs keep for others all the same.
_FOR_OTHERS = re.compile(r"^(?:pkg|api|apis|client|clients|sdk|lib|plugin|plugins)(?:/|$)")


class GoPrograms:
    """The modules of one side that are programs; each is looked at once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[str, bool] = {}

    def keep(self, folder: str) -> bool:
        """Tell whether a package belongs to a program alone.

        A program has a main package and no package of its own at the top of its module, and is shipped as an
        image or as binaries; what it keeps in `pkg/` and the like is for others.
        """
        root = self._root(f"{folder}/x" if folder else "x")
        if root is None or _FOR_OTHERS.search(folder[len(root) :].lstrip("/")):
            return False
        if root not in self._known:
            self._known[root] = self._is_program(root)
        return self._known[root]

    def _root(self, path: str) -> str | None:
        for above in folders_above(path):
            if (f"{above}/go.mod" if above else "go.mod") in self._files.paths:
                return above
        return None

    def _is_program(self, root: str) -> bool:
        start = f"{root}/" if root else ""
        below = [path for path in self._files.paths if path.startswith(start)]
        tops = [path for path in below if path.endswith(".go") and folder_of(path) == root]
        offers = any(
            not path.endswith(("_test.go", "/main.go")) and path != "main.go" and self._offers(path)
            for path in tops
        )
        mains = any(
            _MAIN.fullmatch(path[len(start) :]) and self._root(path) == root for path in below
        ) or any(not path.endswith("_test.go") and not self._offers(path) for path in tops)
        shipped = mains and any(
            _SHIPPED.search(path) and self._root(path) == root for path in below
        )
        return shipped and not offers

    def _offers(self, path: str) -> bool:
        text = self._files.text(path) or ""
        return re.search(r"(?m)^package (?!main\b)", text) is not None
