"""How Java code uses the types of another project: imports by package, members by declared types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from posixpath import basename

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.java_project import JavaProject, JavaType
from diff_insight.impact.java_mentions import JavaMentions
from diff_insight.impact.reference import Meant, OutsideName
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import OwnCode

#: Parts of a package that say whose it is.
_OWNER_PARTS = 3


class JavaUses:
    """Uses of the types of a project in Java files; see `LanguageUses`."""

    suffixes = (".java",)
    declares_in = (".java",)

    def __init__(self, base: SourceTree, paths: Iterable[str]) -> None:
        self._project = JavaProject(base)
        self._places: dict[str, list[str]] = defaultdict(list)
        for path in base.paths:
            if path.endswith(".java"):
                self._places[basename(path).removesuffix(".java")].append(path)
        packages = (
            file.package for path in paths if (file := self._project.file(path)) is not None
        )
        self._owners = {
            ".".join(package.split(".")[:_OWNER_PARTS]) for package in packages if package
        }
        self._types: dict[str, JavaType | None] = {}

    def words(self) -> Iterable[str]:
        """Return how the packages begin."""
        return tuple(self._owners)

    def is_own(self, own: OwnCode) -> bool:
        """Tell whether one's own code is the project: its packages say so, in each file."""
        return False

    def references(self, path: str, text: str) -> Iterable[OutsideName]:
        """Return the mentions of types and members; none in a file of the packages themselves."""
        return JavaMentions(self).read(text)

    def is_outside(self, package: str) -> bool:
        """Tell whether a package is one of the project's."""
        return any(package == owner or package.startswith(f"{owner}.") for owner in self._owners)

    def type(self, name: str) -> JavaType | None:
        """Return a type by its qualified name; None where the project has none."""
        if name not in self._types:
            self._types[name] = self._find(name)
        return self._types[name]

    def _find(self, name: str) -> JavaType | None:
        parts = name.split(".")
        for at, part in enumerate(parts):
            if not part[:1].isupper():
                continue
            package, key = ".".join(parts[:at]), ".".join(parts[at:])
            for path in self._places.get(part, ()):
                if path.endswith(f"{'/'.join(parts[:at])}/{part}.java".lstrip("/")):
                    file = self._project.file(path)
                    if file is not None and file.package == package:
                        return self._project.types(path).get(key)
            return None
        return None

    def members(self, type_: JavaType, name: str) -> list[Item]:
        """Return the members of a name that a type has itself, else those that it inherits."""
        own = [item for item in type_.members.values() if _short(item) == name]
        if own:
            return own
        for _, above in self._project.ancestors(type_):
            if above is not None:
                matches = [item for item in above.members.values() if _short(item) == name]
                if matches:
                    return matches
        return []

    def type_named(self, text: str, near: JavaType) -> str:
        """Return the qualified name of a type that a file of the project mentions."""
        matches = self._project.find(text.partition("<")[0], near.file, near.item.path)
        return f"{matches.file.package}.{matches.item.key}" if matches is not None else ""

    def leads_to(self, reference: OutsideName) -> Iterator[Meant]:
        """Yield the type that is named, and the member behind it."""
        type_ = self.type(".".join(reference.parts[:2]))
        if type_ is None:
            return
        item = type_.item
        last = len(reference.parts) == 2
        is_written = not reference.inferred
        yield Meant(
            item.path, item.key, item.start, whole=last, is_written=is_written, certain=is_written
        )
        name = reference.parts[2] if not last else item.name
        if last and reference.call is None:
            return
        for member in self.members(type_, name):
            if _fits(member, reference):
                yield Meant(member.path, member.key.partition("(")[0], member.start)


def _short(item: Item) -> str:
    return item.key.partition("(")[0].rpartition(".")[2]


def _fits(member: Item, reference: OutsideName) -> bool:
    """Tell whether a call can be one of this form of a method, by the number of its arguments."""
    if reference.call is None or member.parameters is None:
        return True
    many = bool(member.parameters) and member.parameters[-1].endswith("...")
    count = len(member.parameters)
    return reference.call.count >= count - 1 if many else reference.call.count == count
