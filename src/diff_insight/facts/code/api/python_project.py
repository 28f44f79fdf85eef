"""Which Python modules of a repository others can import: by its manifests and by names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from posixpath import basename, dirname, join
from typing import Any

from diff_insight.facts.code.api.project import Files, folders_above
from diff_insight.file_types import is_test

#: Folders beside a package that are not part of it.
_BESIDE = re.compile(
    r"(?i)(^|/)(docs?(_src)?|documentation|examples?|samples?|demos?|tutorials?|playgrounds?|notebooks?|"
    r"scripts?|tools?|tooling|bench(mark)?s?|tests?|testing|ci|hack|fuzz(ing)?|e2e|site|website|www|conda|"
    r"packaging|integration_tests|\.[^/]+)(/|$)"
)
#: Parts of a package that are not for others.
_INSIDE = re.compile(
    r"(?i)(^|/)(_[^/]*(?<!__init__)(?<!__init__\.py)(?<!__init__\.pyi)|tests?|testsuite|internals?|vendor(ed)?|"
    r"migrations|conftest\.py|__main__\.py)(/|$)"
)
_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_TOOLS = frozenset("setup.py conftest.py noxfile.py tasks.py fabfile.py manage.py wsgi.py asgi.py "
                   "dodo.py gulpfile.py".split())  # fmt: skip
#: Files that a program has which runs by itself.
_PROGRAMS = ("manage.py", "requirements.txt", "Pipfile", "Procfile", "app.yaml", "environment.yml")
#: What says at the top that a repository builds something in another language.
_OTHERS = ("CMakeLists.txt", "meson.build", "configure.ac", "Cargo.toml", "go.mod", "pom.xml", "build.gradle",
           "build.gradle.kts", "package.json", "composer.json", "Gemfile", "Package.swift", "mix.exs")  # fmt: skip
#: The path of what an import can name.
_MODULE = re.compile(r"(?:[^\W\d]\w*+(?:-stubs)?/)*+[^\W\d]\w*+\.pyi?")
#: How `setup.py` and `setup.cfg` name a project, and how manifests list modules that are no package.
_NAMED = re.compile(r"""^[ \t]*+name[ \t]*+=[ \t]*+["']?([\w.-]++)""", re.MULTILINE)
_MODULES = re.compile(r"py[_-]modules|only-include|force-include")
_PRIVATE = "Private :: Do Not Upload"


class PythonProject:
    """One version of a repository, as far as it says what is installed from it."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._published: dict[str, bool | None] = {}

    def root_of(self, path: str) -> str:
        """Return the folder from which a module is imported: the one above its outermost package."""
        packages = [
            above for above in folders_above(path)
            if any(join(above, f"__init__{end}") in self._files.paths for end in (".py", ".pyi"))
        ]  # fmt: skip
        if packages:
            return dirname(packages[-1])
        folder = dirname(path)
        source = re.match(r"(?:.*/)?src(?=/)", f"{folder}/")
        if source is not None:
            return source[0]  # packages without an __init__ lie below it
        return folder

    def is_offered(self, path: str) -> bool:
        """Tell whether a module is for others by its path, published or not."""
        root = self.root_of(path)
        below = path[len(root) + 1 :] if root else path
        if (
            _BESIDE.search(root)
            or _INSIDE.search(root)
            or (_BESIDE.match(below) and self._beside(below))
        ):
            return False
        if is_test(path) or ("/" not in below and basename(path) in _TOOLS):
            return False
        if not _MODULE.fullmatch(below) or self._is_loose(root, below):
            return False
        return _INSIDE.search(below) is None

    def _is_loose(self, root: str, below: str) -> bool:
        """Tell whether a file stands in a folder of its own, beside the package that the project is."""
        alone = "/" not in below and not root.rstrip("/").endswith("src")
        package = f"{self._name}/__init__.py"
        if not alone or not self._name or (not root and self._is_module(below)):
            return False
        return any(
            path in self._files.paths for path in (package, f"src/{package}", f"lib/{package}")
        )

    def _is_module(self, name: str) -> bool:
        """Tell whether the manifests at the top may list a file as a module of its own."""
        text = "".join(self._files.text(manifest) or "" for manifest in _FILES)
        stem = re.escape(name.partition(".")[0])
        return bool(_MODULES.search(text) and re.search(rf"\b{stem}\b", text))

    def is_published(self, path: str) -> bool | None:
        """Tell whether the package of a module is installed by others; None when nothing says so."""
        for folder in folders_above(join(self.root_of(path), "module")):
            if folder not in self._published:
                self._published[folder] = self._at(folder)
            said = self._published[folder]
            if said is not None:
                return said
        return False if self._is_program or self._is_of_another_kind else None

    @cached_property
    def _is_program(self) -> bool:
        """Whether a file at the top says that what is here runs by itself."""
        return any(name in self._files.paths for name in _PROGRAMS)

    @cached_property
    def _is_of_another_kind(self) -> bool:
        """Whether the repository builds something else, and nothing of Python anywhere in it."""
        if not any(name in self._files.paths for name in _OTHERS):
            return False
        return not any(basename(path) in _FILES for path in self._files.paths)

    def _beside(self, below: str) -> bool:
        """Tell whether a folder is one beside the package: nothing says that it is the package itself."""
        top = below.partition("/")[0]
        return "/" in below and self._name != top.lower()

    @cached_property
    def _name(self) -> str:
        """What the project at the top is called, as a package would be."""
        table = _table(self._files.text("pyproject.toml") or "")
        name = _get(table, "project", "name") or _get(table, "tool", "poetry", "name")
        if not name:
            said = [_NAMED.search(self._files.text(manifest) or "") for manifest in _FILES[1:]]
            name = next((match[1] for match in said if match), "")
        return re.sub(r"[-_.]+", "_", str(name).lower())

    def root_like(self, root: str, packages: Iterable[str]) -> str:
        """Return the folder that holds packages of these names; another one where they have moved.

        Args:
            root: Where they were in another version.
            packages: Their names.
        """
        candidates = [f"{root}/{name}/__init__.py".lstrip("/") for name in packages]
        if not candidates or any(path in self._files.paths for path in candidates):
            return root
        ends = tuple(f"/{name}/__init__.py" for name in packages)
        places = sorted(
            (path.count("/"), path) for path in self._files.paths if f"/{path}".endswith(ends)
        )
        return dirname(dirname(places[0][1])) if places else root

    def _at(self, folder: str) -> bool | None:
        """Return what the manifests of one folder say; None when it has none that packs something."""
        present = [name for name in _FILES if join(folder, name) in self._files.paths]
        if not present:
            return None
        table = _table(self._files.text(join(folder, "pyproject.toml")) or "")
        text = "".join(self._files.text(join(folder, name)) or "" for name in present)
        if _PRIVATE in text:
            return False
        if (
            _get(table, "tool", "poetry", "package-mode") is False
            or _get(table, "tool", "uv", "package") is False
        ):
            return False
        builds = "build-system" in table or "setup.py" in present
        named = bool(_get(table, "project", "name") or _get(table, "tool", "poetry", "name"))
        declared = bool(
            re.search(
                r"^\s*name\s*=", self._files.text(join(folder, "setup.cfg")) or "", re.MULTILINE
            )
        )
        if builds or (named and _get(table, "project", "version")) or declared:
            return True
        return False if named else None


def _table(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _get(table: Any, *keys: str) -> Any:  # noqa: ANN401 - whatever a manifest holds
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table
