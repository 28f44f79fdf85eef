"""How Go code uses the packages of another module: imports by path, members by the types of what holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join

from diff_insight.facts.code.api.go_package import GoPackage
from diff_insight.facts.code.api.go_reader import GoFile, read_go
from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.project import files_in, folders_above
from diff_insight.impact.go_mentions import GoMentions
from diff_insight.impact.go_type_text import absolute_type, named_type
from diff_insight.impact.reference import Meant, OutsideName
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import OwnCode

_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
#: Types within types that are looked through for a member.
_DEEPEST = 4


class GoUses:
    """Uses of the packages of a module in Go files; see `LanguageUses`."""

    suffixes = (".go",)
    declares_in = (".go", "go.mod")

    def __init__(self, base: SourceTree, paths: Iterable[str]) -> None:
        self._base = base
        self._modules: dict[str, str] = {}
        for path in paths:
            matches = _module_of(base, path)
            if matches is not None:
                self._modules[matches[0]] = matches[1]
        self._packages: dict[str, GoPackage | None] = {}

    def words(self) -> Iterable[str]:
        """Return the paths of the modules, as imports quote them."""
        return tuple(self._modules)

    def is_own(self, own: OwnCode) -> bool:
        """Tell whether one's own module is one of them."""
        module = _MODULE.search(own.read("go.mod") or "")
        return module is not None and module[1] in self._modules

    def references(self, path: str, text: str) -> Iterable[OutsideName]:
        """Return the mentions of names of the packages."""
        return GoMentions(self).read(text)

    def leads_to(self, reference: OutsideName) -> Iterator[Meant]:
        """Yield the declarations that a name goes through, and the one that it ends at."""
        path, *names = reference.parts
        for count in range(1, len(names) + 1):
            item = self.item(path, names[:count])
            if item is not None:
                whole, is_written = count == len(names), count >= reference.inferred
                yield Meant(
                    item.path, item.key, item.start, whole=whole,
                    is_written=is_written, certain=is_written,
                )  # fmt: skip

    def item(self, path: str, names: list[str]) -> Item | None:
        """Return what a package declares under a name, or a type has under a second one."""
        package = self.package(path)
        if package is None or not names:
            return None
        owner = package.real(names[0])
        if len(names) == 1:
            return package.items.get(names[0])
        return self.member(f"{path}.{owner}", names[1])

    def member(self, type_: str, name: str, depth: int = 0) -> Item | None:
        """Return a field or method of a type by its absolute name, its own or one that it embeds."""
        path, _, owner = type_.rpartition(".")
        package = self.package(path)
        if package is None or depth > _DEEPEST:
            return None
        owner = package.real(owner)
        item = package.items.get(f"{owner}.{name}")
        if item is not None:
            return item
        inner = [
            named_type(absolute_type(each, path)) for each in package.embedded_types.get(owner, ())
        ]
        matches = (self.member(each, name, depth + 1) for each in inner if each)
        return next((each for each in matches if each is not None), None)

    def type_of(self, item: Item, path: str) -> str:
        """Return the type of a declaration with absolute names; what a callable returns has `func:` in front."""
        home = next((self._import_path(module, folder, item.path)
                     for module, folder in self._modules.items() if _is_below(item.path, folder)), path)  # fmt: skip
        type_ = absolute_type(item.type, home)
        if item.parameters is not None:
            return f"func:{type_}"
        if "." not in item.key and item.sort in ("struct", "interface", "type", "alias"):
            return f"type:{home}.{item.key}"
        return type_

    def is_outside(self, path: str) -> bool:
        """Tell whether an import is of one of the modules."""
        return any(path == module or path.startswith(f"{module}/") for module in self._modules)

    def name_of(self, path: str) -> str:
        """Return the name that a package has where its import gives it none."""
        package = self.package(path)
        names = package.names if package is not None else frozenset()
        return (
            next(iter(sorted(names)), "") or re.sub(r"/v\d+$|\.v\d+$", "", path).rpartition("/")[2]
        )

    def package(self, path: str) -> GoPackage | None:
        """Return a package by its import path; None where the modules have none."""
        if path not in self._packages:
            self._packages[path] = self._read(path)
        return self._packages[path]

    def _read(self, path: str) -> GoPackage | None:
        module = next((each for each in sorted(self._modules, key=len, reverse=True)
                       if path == each or path.startswith(f"{each}/")), None)  # fmt: skip
        if module is None:
            return None
        folder = join(self._modules[module], path[len(module) + 1 :]).strip("/")
        files: list[GoFile] = []
        for each in files_in(self._base, folder, ".go"):
            text = None if each.endswith("_test.go") else self._base.text(each)
            file = read_go(text, each) if text is not None else None
            if file is not None:
                files.append(file)
        return GoPackage(files) if files else None

    @staticmethod
    def _import_path(module: str, folder: str, path: str) -> str:
        below = dirname(path)[len(folder) :].strip("/")
        return f"{module}/{below}" if below else module


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _module_of(base: SourceTree, path: str) -> tuple[str, str] | None:
    """Return the path of the module that a file belongs to, and its folder."""
    for folder in folders_above(path):
        match = _MODULE.search(base.text(join(folder, "go.mod")) or "")
        if match is not None:
            return match[1], folder
    return None
