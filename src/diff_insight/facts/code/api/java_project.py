"""A Java project: finds a type by its name from the file that mentions it, and what types inherit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.java_reader import JavaFile, read_java
from diff_insight.facts.code.api.java_types import simple
from diff_insight.facts.code.api.project import Files

_DEEPEST = 12
#: Types of the platform that everybody extends, with what they extend.
_PLATFORM: Mapping[str, str] = {
    "RuntimeException": "Exception", "Exception": "Throwable", "Error": "Throwable", "IOException": "Exception",
    "IllegalArgumentException": "RuntimeException", "IllegalStateException": "RuntimeException",
    "UnsupportedOperationException": "RuntimeException", "NullPointerException": "RuntimeException",
    "IndexOutOfBoundsException": "RuntimeException", "NumberFormatException": "IllegalArgumentException",
    "ClassCastException": "RuntimeException", "ArithmeticException": "RuntimeException",
    "UncheckedIOException": "RuntimeException", "ConcurrentModificationException": "RuntimeException",
    "NoSuchElementException": "RuntimeException", "DateTimeException": "RuntimeException",
    "SecurityException": "RuntimeException", "FileNotFoundException": "IOException",
    "EOFException": "IOException", "ParseException": "Exception", "TimeoutException": "Exception",
    "InterruptedException": "Exception", "ExecutionException": "Exception",
    "ClassNotFoundException": "ReflectiveOperationException", "ReflectiveOperationException": "Exception",
    "GeneralSecurityException": "Exception", "URISyntaxException": "Exception", "CloneNotSupportedException": "Exception",
    "NoSuchMethodException": "ReflectiveOperationException", "NoSuchFieldException": "ReflectiveOperationException",
    "MalformedURLException": "IOException", "UnsupportedEncodingException": "IOException", "SQLException": "Exception",
    "CancellationException": "IllegalStateException", "CompletionException": "RuntimeException", "Throwable": "",
    "Closeable": "AutoCloseable", "List": "Collection", "Set": "Collection", "Queue": "Collection", "Deque": "Queue",
    "Collection": "Iterable", "SortedSet": "Set", "SortedMap": "Map", "NavigableMap": "SortedMap", "NavigableSet": "SortedSet",
    "ConcurrentMap": "Map", "ConcurrentNavigableMap": "ConcurrentMap", "BlockingQueue": "Queue", "BlockingDeque": "BlockingQueue",
    "TransferQueue": "BlockingQueue", "ListIterator": "Iterator", "PrimitiveIterator": "Iterator", "Externalizable": "Serializable",
    "ExecutorService": "Executor", "ScheduledExecutorService": "ExecutorService", "UnaryOperator": "Function",
    "BinaryOperator": "BiFunction", "RunnableFuture": "Future", "ScheduledFuture": "Future",
}  # fmt: skip


class JavaType(Struct, frozen=True):
    """A type of the project with its members."""

    item: Item
    file: JavaFile
    members: Mapping[str, Item]


class JavaProject:
    """The files of one version.

    Args:
        files: Where they are read from.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, JavaFile | None] = {}

    def file(self, path: str) -> JavaFile | None:
        """Return a file's declarations; None when it is not there or cannot be read."""
        if path not in self._read:
            text = self._files.text(path)
            self._read[path] = None if text is None else read_java(text, path)
        return self._read[path]

    def types(self, path: str) -> Mapping[str, JavaType]:
        """Return the types of a file by key."""
        file = self.file(path)
        if file is None:
            return {}
        members: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in file.items:
            members[item_owner(item)][item.key] = item
        return {
            item.key: JavaType(item, file, members[item.key])
            for item in file.items
            if is_type(item)
        }

    def find(self, name: str, near: JavaFile, path: str) -> JavaType | None:
        """Return the type that a file means by a name; None when the project does not have it."""
        name = re.sub(r"<.*", "", name)
        for key, type_ in self.types(path).items():
            if key == name or key.endswith("." + name):
                return type_
        for candidate, inner in _candidates(name, near, path):
            if candidate in self._files.paths:
                types = self.types(candidate)
                return types.get(inner) or types.get(inner.rpartition(".")[2])
        return None

    def ancestors(self, type_: JavaType, depth: int = 0) -> Iterator[tuple[str, JavaType | None]]:
        """Yield the names of everything that a type extends or implements, with what the project knows."""
        for base in type_.item.bases:
            name = re.sub(r"<.*", "", base.removeprefix("extends "))
            declared_type = self.find(name, type_.file, type_.item.path)
            yield simple(name), declared_type
            if declared_type is not None and depth < _DEEPEST:
                yield from self.ancestors(declared_type, depth + 1)
            elif declared_type is None:
                above = _PLATFORM.get(simple(name), "")
                while above:
                    yield above, None
                    above = _PLATFORM.get(above, "")

    def is_checked(self, name: str, near: JavaFile, path: str) -> bool | None:
        """Tell whether an exception has to be declared; None when that cannot be known."""
        type_ = self.find(name, near, path)
        short = simple(name)
        names = [short]
        if type_ is not None:
            names += [ancestor for ancestor, _ in self.ancestors(type_)]
        else:
            while names[-1] in _PLATFORM:
                names.append(_PLATFORM[names[-1]])
        if "RuntimeException" in names or "Error" in names or short.endswith("RuntimeException"):
            return False
        return True if "Exception" in names or "Throwable" in names else None


def _candidates(name: str, near: JavaFile, path: str) -> Iterator[tuple[str, str]]:
    """Yield the files that may declare a type, with the name that it has there."""
    first = name.partition(".")[0]
    full = name if "." in name and name[:1].islower() else near.imports.get(first, "")
    folder, package = path.rpartition("/")[0], near.package.replace(".", "/")
    parts = full.split(".") if full else []
    packages = [part for part in parts if part[:1].islower()]
    classes = parts[len(packages) :]
    if not classes:
        yield f"{folder}/{first}.java".lstrip("/"), name
        return
    root = folder.removesuffix(package) if package and folder.endswith(package) else f"{folder}/"
    inner = [*classes, *name.split(".")[1:]] if name[:1].isupper() else classes
    yield f"{root}{'/'.join([*packages, classes[0]])}.java", ".".join(inner)


def is_type(item: Item) -> bool:
    """Tell whether an item is a type."""
    return item.sort in ("class", "interface", "enum", "record", "annotation")


def item_owner(item: Item) -> str:
    """Return the key of the type that holds an item."""
    return item.key.partition("(")[0].rpartition(".")[0]


def item_name(item: Item) -> str:
    """Return the name of an item without its owners and parameters."""
    return item.key.partition("(")[0].rpartition(".")[2]


def label_of(item: Item) -> str:
    """Return the name as people write it."""
    bare = item.key.partition("(")[0]
    return f"{bare}()" if item.parameters is not None else bare
