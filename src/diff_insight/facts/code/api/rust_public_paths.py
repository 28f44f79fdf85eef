"""The paths under which others reach what a crate of Rust offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from diff_insight.facts.code.api.rust_attributes import needs_unstable
from diff_insight.facts.code.api.rust_crate import RustCrate
from diff_insight.facts.code.api.rust_module import ChildModule, Path, UseDeclaration

#: Paths to one module that are followed: modules may pass each other on in circles.
_MOST_PATHS = 6


class CrateExports:
    """Under which paths others reach what a crate declares.

    Args:
        crate: The crate.
        wanted: The modules that matter; files of others are read only where something is passed on.
    """

    def __init__(self, crate: RustCrate, wanted: Iterable[Path]) -> None:
        self._crate = crate
        self._wanted = {path[:length] for path in wanted for length in range(len(path) + 1)}
        self.modules: dict[Path, list[Path]] = defaultdict(list)
        self.names: dict[tuple[Path, str], list[Path]] = defaultdict(list)
        self.uses: list[tuple[Path, Path, UseDeclaration]] = []
        self._seen: set[tuple[Path, UseDeclaration]] = set()
        self._walk()

    def paths_of(self, module: Path, name: str) -> list[Path]:
        """Return every path under which others reach something, that of its own module first."""
        own = [(*path, name) for path in self.modules.get(module, ())]
        passed = self.names.get((module, name), ())
        return [
            path
            for paths in (own, passed)
            for path in sorted(paths, key=lambda public_path: (len(public_path), public_path))
        ]

    def _walk(self) -> None:
        waiting: list[tuple[Path, Path]] = [((), ())]
        seen: set[tuple[Path, Path]] = set()
        while waiting and len(seen) < 5000:
            at, shown = waiting.pop(0)
            if (at, shown) in seen or len(self.modules[at]) >= _MOST_PATHS:
                continue
            seen.add((at, shown))
            module = self._crate.module(at)
            if module is None:
                continue
            self.modules[at].append(shown)
            for name, child in module.children.items():
                path = (*at, name)
                followed = child.module is not None or path in self._wanted
                if followed and _is_offered(name, child):
                    waiting.append((path, (*shown, name)))
            waiting += self._reexports(at, shown, module.uses)

    def _reexports(
        self, at: Path, shown: Path, uses: list[UseDeclaration]
    ) -> Iterable[tuple[Path, Path]]:
        for use in uses:
            if not use.public or use.hidden or use.name == "_":
                continue
            if (at, use) not in self._seen:  # the shortest path comes first
                self._seen.add((at, use))
                self.uses.append((at, shown, use))
            target = self._crate.target(at, use)
            if target is None or target.external:
                continue
            if use.name == "*":
                if not target.items:
                    yield target.module, shown
            elif target.items:
                self.names[target.module, target.name].append((*shown, use.name))
            else:
                yield target.module, (*shown, use.name)


def _is_offered(name: str, child: ChildModule) -> bool:
    """Tell whether others may rely on a module: one with an underscore is public for macros alone."""
    if not child.public or child.hidden or name.startswith("_"):
        return False
    return not needs_unstable(child.item.conditions)
