"""What of a Python package breaks those who import it, and what does not."""

from __future__ import annotations

import pytest

from support.api import PYPROJECT, api_changes, breaking, python_changes

API = "def get(url, *, verify=True, timeout=5): ...\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("def f(a, b=1): ...", "def f(a, *, b=1): ...", [("symbol.by-name", "f()")]),
        ("def f(a, b): ...", "def f(a, /, b): ...", [("symbol.by-position", "f()")]),
        ("def f(a, b=1): ...", "def f(b=1, a=2): ...", [("symbol.parameters-reordered", "f()")]),
        ("def f(*, a, b): ...", "def f(*, b, a): ...", []),
        ("def f(a=1, c=2): ...", "def f(a=1, b=3, c=2): ...", [("symbol.parameter-inserted", "f()")]),
        ("def f(a): ...", "def f(a, *b): ...", []),
        ("def f(a, **k): ...", "def f(a): ...", [("symbol.parameter-removed", "f()")]),
        ("def f(a, *, b=1): ...", "def f(a, **k): ...", []),
        ("def f(a, b=1): ...", "def f(a, **k): ...", [("symbol.parameter-removed", "f()")]),
        ("def f(a): ...", "def f(b): ...", [("symbol.parameter-renamed", "f()")]),
        ("def f(a, /): ...", "def f(b, /): ...", []),
        ("def f(a, _cache={}): ...", "def f(a): ...", []),
        ("def f(a=1): ...", "def f(a): ...", [("symbol.parameter-required", "f()")]),
        ("def f(): ...", "async def f(): ...", [("symbol.changed-now", "f()")]),
        ("async def f(): ...", "def f(): ...", [("symbol.changed-no-longer", "f()")]),
        ("async def f(): ...", "def f() -> Awaitable[int]: ...", []),
        ("class C:\n  @staticmethod\n  def f(a): ...", "class C:\n  def f(self, a): ...",
         [("symbol.changed-no-longer", "C.f()")]),
        ("class C:\n  def f(self): ...", "class C:\n  f = property(lambda self: 1)", []),
        ("class C:\n  @property\n  def f(self): ...", "class C:\n  f = 1", []),
        ("class C:\n  x = 1", "class C: ...", [("symbol.removed", "C.x")]),
        ("class C:\n  x = 1", "class C:\n  def __init__(self):\n    self.x = 1", []),
        ("class C:\n  def __repr__(self): ...", "class C: ...", []),
        ("class E(ValueError): ...", "class E(Exception): ...", [("symbol.changed-bases", "E")]),
        ("class E(Exception): ...", "class E(ValueError): ...", []),
        ("from enum import Enum\nclass E(Enum): ...", "from enum import IntEnum\nclass E(IntEnum): ...", []),
        ("class _B: ...\nclass C(_B): ...", "class C: ...", []),
        ("class B: ...\nclass C(B): ...", "class C: ...", [("symbol.removed", "B")]),
        ("def f():\n  '''.. deprecated:: 1'''", "x = 1", [("symbol.removed", "f()")]),
        ("import warnings\ndef f():\n  warnings.warn('x', DeprecationWarning)", "x = 1", [("symbol.removed", "f()")]),
        ("log = logging.getLogger()\nT = TypeVar('T')", "x = 1", []),
        ("__version__ = '1'", "x = 1", []),
        ("x = {'a': 1}", "x = {'b': 1}", []),
        ("def f(): ...", "def __getattr__(name): ...", []),
        ("def f(): ...", "from elsewhere import f", []),
        ("def f(): ...", "from elsewhere import *", []),
        ("if A:\n  def f(a): ...\nelse:\n  def f(a, b): ...", "if A:\n  def f(a): ...\nelse:\n  def f(b): ...", []),
        ("def f(): ...", "def f(: ...", []),
        ("class C:\n  @locked\n  def f(self): ...", "class C:\n  @property\n  def f(self): ...", []),
        ("class C:\n  @my_property\n  def f(self): ...", "class C:\n  @cached_property\n  def f(self): ...", []),
    ],
)  # fmt: skip
def test_one_module(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert breaking(python_changes(old + "\n", new + "\n")) == expected


def answering(test: str, then: str = "return 1", rest: str = "raise AttributeError(name)") -> str:
    """A module that answers to some names only when it is asked."""
    return f"import warnings\n\ndef __getattr__(name):\n  if {test}:\n    {then}\n  {rest}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("def f(): ...\n", answering("name == 'g'"), [("symbol.removed", "f()")]),
        ("def f(): ...\n", answering("name == 'f'"), []),
        ("def f(): ...\n", answering("name in ('g', 'f')"), []),
        ("def f(): ...\n", answering("name in OTHERS"), []),
        ("def f(): ...\n", answering("name == 'g'", rest="return 2"), []),
        (answering("name == 'f'"), "x = 1\n", [("symbol.removed-export", "f")]),
        (
            answering("name in ('f', '_h')"),
            answering("name == '_h'"),
            [("symbol.removed-export", "f")],
        ),
        (answering("name == 'f'"), "def f(): ...\n", []),
        (answering("name == 'f'", then="raise ImportError('it is gone')"), "x = 1\n", []),
        (answering("name == '_f'"), "x = 1\n", []),
        (answering("name == '__version__'"), "x = 1\n", []),
    ],
)
def test_a_module_that_answers_to_some_names(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert breaking(python_changes(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "gone"),
    [
        ("from other import Name\n", ["Name"]),
        ("from other import Name as Other\n", ["Other"]),
        ("from other import Name\n_x = Name()\n", []),
        ("from other import _Name\n", []),
        ("from typing import List\n", []),
        ("import other\n", []),
    ],
)
def test_what_a_package_imports_for_others_only_is_gone_and_breaks_by_no_claim(
    old: str, gone: list[str]
) -> None:
    base = {**PYPROJECT, "lib/__init__.py": f"{old}y = 1\n"}
    changes = api_changes(base, {**base, "lib/__init__.py": "y = 1\n"})
    found = [change for change in changes if change.kind == "symbol.removed-export"]
    assert [change.key for change in found] == gone
    assert breaking(changes) == []


LIB = {
    **PYPROJECT,
    "lib/__init__.py": "from ._api import get\nfrom ._client import *\n",
    "lib/_client.py": "x = 1\n",
}
CLIENT = "class Base:\n  def send(self): ...\nclass Client(Base):\n  def close(self): ...\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"lib/_api.py": API}, {"lib/_api.py": "def get(url): ...\n"}, [("symbol.parameter-removed", "get()")]),
        ({"lib/_api.py": API}, {"lib/__init__.py": "from ._client import *\n"}, [("symbol.removed", "get()")]),
        ({"lib/_api.py": API}, {"lib/_api.py": "from ._new import get\n", "lib/_new.py": API}, []),
        ({"lib/_api.py": API}, {"lib/_api/__init__.py": API}, []),
        ({"lib/_api.py": API + "def hidden(): ...\n"}, {"lib/_api.py": API}, []),
        ({"lib/_client.py": CLIENT}, {"lib/_client.py": CLIENT.replace("  def close(self): ...\n", "  x = 1\n")},
         [("symbol.removed", "Client.close()")]),
        ({"lib/_client.py": CLIENT},
         {"lib/_client.py": "from ._base import Base\nclass Client(Base):\n  pass\n",
          "lib/_base.py": "class Base:\n  def send(self): ...\n  def close(self): ...\n"}, []),
        ({"lib/_client.py": CLIENT.replace("Base", "_Base")},
         {"lib/_client.py": "class _Base: ...\nclass Client(_Base):\n  def close(self): ...\n"},
         [("symbol.removed", "Client.send()")]),
        ({"tests/a.py": API}, {"tests/a.py": "x = 1\n"}, []),
        ({"lib/_internal/a.py": API}, {"lib/_internal/a.py": "x = 1\n"}, []),
        ({"docs/conf.py": API}, {"docs/conf.py": "x = 1\n"}, []),
    ],
)  # fmt: skip
def test_a_package(
    old: dict[str, str], new: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert breaking(api_changes({**LIB, **old}, {**LIB, **new})) == expected


def test_a_package_that_moves_as_a_whole() -> None:
    old = {**LIB, "lib/_api.py": API}
    new = {path if path == "pyproject.toml" else f"src/{path}": text for path, text in old.items()}
    assert breaking(api_changes(old, new)) == []
    new["src/lib/_api.py"] = "def get(): ...\n"
    assert breaking(api_changes(old, new)) == [("symbol.parameter-removed", "get()")]


def test_a_name_that_the_package_no_longer_passes_on() -> None:
    old = {**LIB, "lib/_api.py": API}
    (change,) = api_changes(old, {**old, "lib/__init__.py": "from ._client import *\n"})
    assert (change.kind, change.params["module"], change.surface) == (
        "symbol.removed-export",
        "lib",
        "exported",
    )
    assert change.base is not None
    assert (change.base.path, change.base.start) == ("lib/__init__.py", 1)


@pytest.mark.parametrize(
    ("manifests", "certain"),
    [
        (PYPROJECT, True),
        ({}, False),
        ({"setup.py": "setup()\n"}, True),
        ({"pyproject.toml": "[tool.ruff]\n"}, False),
        ({"manage.py": "x\n"}, None),
        ({"requirements.txt": "x\n"}, None),
        ({"pyproject.toml": "[project]\nname = 'a'\nclassifiers = ['Private :: Do Not Upload']\n"}, None),
        ({"pyproject.toml": "[tool.poetry]\nname = 'a'\npackage-mode = false\n"}, None),
    ],
)  # fmt: skip
def test_whether_it_is_published(manifests: dict[str, str], certain: bool | None) -> None:  # noqa: FBT001
    old, new = ({**manifests, "lib/__init__.py": text} for text in ("def f(): ...\n", "x = 1\n"))
    found = [change for change in api_changes(old, new) if change.breaking]
    assert [change.certain for change in found] == ([] if certain is None else [certain])


def test_without_the_other_files_nothing_is_certain() -> None:
    old, new = ({**PYPROJECT, "lib/__init__.py": text} for text in ("def f(): ...\n", "x = 1\n"))
    (change,) = api_changes(old, new, whole=False)
    assert change.breaking
    assert not change.certain


@pytest.mark.parametrize(
    "path",
    [
        "requirements/sync-dependencies.py",
        "requirements/sync.py",
        "release 2/notes.py",
        "lib/make-tables.py",
    ],
)
def test_what_no_import_of_the_package_names_is_no_api(path: str) -> None:
    around = {**PYPROJECT, "lib/__init__.py": ""}
    assert not api_changes({**around, path: "def ship(): ...\n"}, {**around, path: "\n"})
