"""Uses of a Python package: what an import leads to is one, what only has the same name is none."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from support.uses import Files, insight_with_uses, uses_of_facts

PROJECT = '[project]\nname = "lib"\nversion = "1"\n[build-system]\nrequires = []\n'
BASE: Files = {
    "pyproject.toml": PROJECT,
    "lib/__init__.py": "from ._core import Client, get\nfrom .urls import quote\n__all__ = ['Client', 'get', 'quote']\n",
    "lib/_core.py": dedent(
        """\
        class Base:
            def send(self, request):
                return request


        class Client(Base):
            def __init__(self, url, proxies=None, *, verify=True):
                self.url = url

            def close(self):
                return None


        def get(url, proxies=None):
            return url
        """
    ),
    "lib/urls.py": "def quote(text):\n    return text\n\n\ndef unquote(text):\n    return text\n",
}
HEAD: Files = {
    "pyproject.toml": PROJECT,
    "lib/__init__.py": "from ._core import Client, get\n__all__ = ['Client', 'get']\n",
    "lib/_core.py": dedent(
        """\
        class Base:
            pass


        class Client(Base):
            def __init__(self, url, *, verify=True):
                self.url = url


        def get(url):
            return url
        """
    ),
    "lib/urls.py": "def unquote(text):\n    return text\n",
}


def test_an_import_of_what_a_package_only_passed_on_or_answered_to_is_a_use(tmp_path: Path) -> None:
    answers = "\n\ndef __getattr__(name):\n    if name == '_old':\n        return 1\n    raise AttributeError(name)\n"
    base: Files = {
        "pyproject.toml": PROJECT,
        "lib/__init__.py": "from safe import Markup, escape\n" + answers,
    }
    head: Files = {**base, "lib/__init__.py": "VERSION = 1\n"}
    own: Files = {
        "a.py": "from lib import Markup\n\nMarkup(1)\n",
        "b.py": "import lib\n\nlib._old.top()\n",
        "c.py": "from safe import escape\n\nescape(1)\n",
    }
    insight = insight_with_uses(tmp_path, base, head, own)
    assert uses_of_facts(insight) == {
        "symbol.removed-export Markup": ["a.py:1 proved"],
        "symbol.removed-export _old": ["b.py:3 proved"],
    }


def uses(tmp_path: Path, code: str, path: str = "app/main.py") -> dict[str, list[str]]:
    found = uses_of_facts(insight_with_uses(tmp_path, BASE, HEAD, {path: dedent(code)}))
    return {
        name: [place.removeprefix(f"{path}:") for place in places] for name, places in found.items()
    }


def test_a_removed_function_is_used_where_it_is_imported_and_called(tmp_path: Path) -> None:
    found = uses(
        tmp_path,
        "from lib import quote as q\nimport lib.urls\n\nq('a')\nlib.urls.quote('b')\nlib.quote('c')\n",
    )
    assert found == {"symbol.removed quote()": ["1 proved", "4 proved", "5 proved", "6 proved"]}


def test_a_removed_parameter_is_used_by_calls_that_pass_it(tmp_path: Path) -> None:
    found = uses(
        tmp_path,
        """\
        import lib
        from lib import Client

        lib.get("a", proxies={})
        lib.get("b")
        Client("a", {})
        Client("a", verify=False)
        Client("a", **options)
        """,
    )
    assert found == {
        "symbol.parameter-removed get()": ["4 proved"],
        "symbol.parameter-removed Client.__init__()": ["6 proved", "8 likely"],
    }


def test_a_parameter_is_shown_on_its_own_line(tmp_path: Path) -> None:
    found = uses(tmp_path, "import lib\n\nlib.get(\n    'a',\n    proxies={},\n)\n")
    assert found == {"symbol.parameter-removed get()": ["5 proved"]}


def test_methods_are_found_by_the_class_of_the_object(tmp_path: Path) -> None:
    found = uses(
        tmp_path,
        """\
        import lib
        from typing import Optional

        client = lib.Client("a")
        client.close()

        def use(other: lib.Client, third: "Optional[lib.Client]", fourth):
            other.close()
            third.close()
            fourth.close()
            with lib.Client("b") as fifth:
                fifth.send(1)

        class Holder:
            def __init__(self):
                self.client = lib.Client("c")

            def stop(self):
                self.client.close()

        class Special(lib.Client):
            def stop(self):
                self.close()

            def send(self, request):
                return super().send(request)
        """,
    )
    assert found["symbol.removed Client.close()"] == [
        f"{line} proved" for line in (5, 8, 9, 19, 23)
    ]
    assert found["symbol.removed Client.send()"] == ["12 proved", "26 proved", "25 likely"]


@pytest.mark.parametrize(
    "code",
    [
        "from other import quote\nquote('lib')\n",
        "import lib\n\ndef f(lib):\n    return lib.quote\n",
        "import lib\nwith open(1) as lib.x:\n    pass\n",
        "# from lib import quote\ntext = 'from lib import quote'\n",
        "from .lib import quote\nquote(1)\n",
        "def quote(x):\n    return x\nquote('import lib')\n",
        "import lib\nlib.unquote('a')\n",
        "import lib as = quote\n",
    ],
)
def test_what_has_the_same_name_is_no_use(tmp_path: Path, code: str) -> None:
    assert uses(tmp_path, code) == {}


def test_a_quoted_dotted_name_is_a_use(tmp_path: Path) -> None:
    assert uses(
        tmp_path, "from mock import patch\nwith patch('lib._core.Client.close'):\n    pass\n"
    ) == {"symbol.removed Client.close()": ["2 proved"]}


def test_a_module_of_ones_own_with_the_same_name_hides_the_package(tmp_path: Path) -> None:
    own: Files = {"lib/__init__.py": "def quote(x): ...\n", "main.py": "from lib import quote\n"}
    assert uses_of_facts(insight_with_uses(tmp_path, BASE, HEAD, own)) == {}


def test_a_comprehension_has_names_of_its_own(tmp_path: Path) -> None:
    assert uses(tmp_path, "import lib\n[lib.quote for lib in []]\n(lambda lib: lib.quote)\n") == {}
