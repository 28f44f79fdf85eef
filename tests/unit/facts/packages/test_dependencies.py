"""Manifests of every ecosystem: what came, went and moved, and what breaks whoever installs them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from diff_insight.facts.packages import dependencies
from diff_insight.facts.packages.requirements import is_commit, lower_bound, short, step_of
from diff_insight.model.changes import Status
from support.structured import PYPROJECT
from support.views import Told, told_by, view_of


def told(old: str, new: str, path: str) -> list[Told]:
    return told_by(dependencies, view_of(old, new, path=path))


def short_form(old: str, new: str, path: str) -> list[str]:
    """Return facts as `kind what name old new`, breaking ones with a mark."""
    view = view_of(old, new, path=path)
    lines = []
    for fact in dependencies.facts(view) if dependencies.applies(view) else ():
        params = fact.params
        parts = [fact.kind.partition(".")[2], params.get("what"), params["name"]]
        parts += [params.get("old"), params.get("new"), params.get("step")]
        lines.append(" ".join(str(part) for part in parts if part) + " !" * fact.breaking)
    return lines


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("alpha>=1.2", "alpha>=2", "moved dependency alpha >=1.2 >=2 major !"),
        ("alpha>=1.2", "alpha>=1.3", "moved dependency alpha >=1.2 >=1.3 minor"),
        ("alpha>=1.2", "alpha>=1.2,<9", "moved dependency alpha >=1.2 >=1.2,<9 other"),
        ("gamma", "gamma>=1", "moved dependency gamma >=1 other"),
        ("alpha>=1.2", "alpha[x]>=1", "moved dependency alpha >=1.2 >=1 down"),
        ('"alpha>=1.2",\n  ', "", "removed dependency alpha >=1.2"),
        ("delta", "delta>=3", "moved optional-dependency delta >=3 other"),
        (
            '"delta"',
            '"delta>=1", "zeta>=1"',
            "moved optional-dependency delta >=1 other|added optional-dependency zeta >=1",
        ),
        ('= ["hatchling"]', '= ["hatchling>=2"]', "moved build-dependency hatchling >=2 other"),
        (">=3.10", ">=3.12", "raised Python >=3.10 >=3.12 !"),
        (">=3.10", ">=3.9", "moved Python >=3.10 >=3.9"),
        (">=3.10", ">=3.10,<4", "moved Python >=3.10 >=3.10,<4 !"),
        ("extra =", "more =", "added extra more|removed extra extra !"),
        ("gamma", "Gamma", ""),
    ],
)
def test_pyproject(old: str, new: str, expected: str) -> None:
    found = short_form(PYPROJECT, PYPROJECT.replace(old, new), "pyproject.toml")
    assert "|".join(found) == expected


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("examples/pyproject.toml", ""),
        ("tests/data/pyproject.toml", ""),
        ("pyproject.toml", 'classifiers = ["Private :: Do Not Upload"]\n'),
    ],
)
def test_what_nobody_installs_breaks_nobody(path: str, change: str) -> None:
    old = PYPROJECT.replace("dependencies = [\n", f"{change}dependencies = [\n", 1)
    new = old.replace("alpha>=1.2", "alpha>=2").replace(">=3.10", ">=3.11")
    assert not any(line.endswith("!") for line in short_form(old, new, path))
    assert len(short_form(old, new, path)) == 2


POETRY = """[tool.poetry]
name = "x"
[tool.poetry.dependencies]
python = "^3.9"
a = "^1.0"
b = {version = "^1.0", optional = true}
[tool.poetry.group.dev.dependencies]
c = "^1.0"
"""


def test_poetry() -> None:
    new = POETRY.replace('"^1.0"', '"^2.0"').replace("^3.9", "^3.10")
    assert short_form(POETRY, new, "pyproject.toml") == [
        "raised Python ^3.9 ^3.10 !",
        "moved dependency a ^1.0 ^2.0 major !",
        "moved optional-dependency b ^1.0 ^2.0 major",
        "moved dev-dependency c ^1.0 ^2.0 major",
    ]
    private = POETRY.replace('name = "x"', 'name = "x"\npackage-mode = false')
    assert not any("!" in line for line in
                   short_form(private, private.replace("^1.0", "^2.0"), "pyproject.toml"))  # fmt: skip


PACKAGE = """{
  "name": "x",
  "engines": {"node": ">=18"},
  "dependencies": {"a": "^1.0.0", "b": "1.0.0"},
  "peerDependencies": {"react": "^16 || ^17"},
  "devDependencies": {
    "c": "~1.0.0"
  }
}
"""


def test_package_json() -> None:
    new = PACKAGE.replace("^1.0.0", "^2.0.0").replace("~1.0.0", "~2.0.0").replace(">=18", ">=20")
    new = new.replace("^16 || ^17", "^17 || ^18").replace(', "b": "1.0.0"', "")
    assert short_form(PACKAGE, new, "package.json") == [
        "raised Node.js >=18 >=20 !",
        "moved dependency a ^1.0.0 ^2.0.0 major !",
        "moved peer-dependency react ^16 || ^17 ^17 || ^18 major !",
        "moved dev-dependency c ~1.0.0 ~2.0.0 major",
        "removed dependency b 1.0.0",
    ]
    private = '"private": true,\n  "name"'
    both = [text.replace('"name"', private) for text in (PACKAGE, new)]
    assert not any("!" in line for line in short_form(both[0], both[1], "package.json"))


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("Cargo.toml", '[package]\nname = "x"\nrust-version = "1.70"\n[dependencies]\na = "1.2"\nb = { version = "1" }\n[dev-dependencies]\nc = "1"\n',
         '[package]\nname = "x"\nrust-version = "1.80"\n[dependencies]\na = "2.0"\nb = { version = "1" }\n[dev-dependencies]\nc = "2"\n',
         ["raised Rust 1.70 1.80 !", "moved dependency a 1.2 2.0 major !", "moved dev-dependency c 1 2 major"]),
        ("composer.json", '{"type": "library", "require": {"php": "^7.4", "ext-json": "*", "a/b": "^1"}, "require-dev": {"c/d": "^1"}}',
         '{"type": "library", "require": {"php": "^8.1", "ext-json": "1", "a/b": "^2"}, "require-dev": {}}',
         ["raised PHP ^7.4 ^8.1 !", "moved dependency a/b ^1 ^2 major !", "removed dev-dependency c/d ^1"]),
        ("Pipfile", '[packages]\na = "==1.0"\n[dev-packages]\nb = "*"\n', '[packages]\na = "==1.1"\n',
         ["moved dependency a 1.0 1.1 minor", "removed dev-dependency b *"]),
        ("setup.cfg", "[metadata]\nname = x\n[options]\npython_requires = >=3.8\ninstall_requires =\n  a>=1\n  b\n",
         "[metadata]\nname = x\n[options]\npython_requires = >=3.9\ninstall_requires =\n  a>=2\n  b\n",
         ["raised Python >=3.8 >=3.9 !", "moved dependency a >=1 >=2 major !"]),
        (".pre-commit-config.yaml", "repos:\n- repo: https://github.com/a/b\n  rev: v1.0.0\n- repo: local\n",
         "repos:\n- repo: https://github.com/a/b\n  rev: v2.0.0\n- repo: local\n",
         ["moved hook a/b v1.0.0 v2.0.0 major"]),
        ("requirements.txt", "a==1.0\nb>=2 ; python_version > '3'\n-r other.txt\nc @ https://x/y\n",
         "a==2.0 --hash=sha256:1 \\\nb>=2 ; python_version > '4'\nd  # x\n",
         ["moved dependency a 1.0 2.0 major", "added dependency d"]),
        ("requirements-dev.txt", "a==1\n", "a==2\n", ["moved dev-dependency a 1 2 major"]),
        ("go.mod", "module x\ngo 1.21\nrequire (\n\tgithub.com/a/b v1.2.3\n\tgolang.org/x/c v0.1.0 // indirect\n)\nreplace github.com/a/b => ../b\n",
         "module x\ngo 1.22\nrequire (\n\tgithub.com/a/b v1.3.0\n)\nrequire github.com/d/e v1.0.0\nreplace github.com/a/b => ../b\n",
         ["raised Go 1.21 1.22 !", "moved dependency github.com/a/b v1.2.3 v1.3.0 minor", "added dependency github.com/d/e v1.0.0",
          "removed indirect-dependency golang.org/x/c v0.1.0"]),
        ("Gemfile", "gem 'rails', '~> 6.0'\ngroup :test do\n  gem \"rspec\"\nend\n",
         "gem 'rails', '~> 7.0'\ngroup :test do\n  gem \"rspec\", '1'\nend\ngem 'puma'\n",
         ["moved dependency rails ~> 6.0 ~> 7.0 major", "moved dev-dependency rspec 1 other", "added dependency puma"]),
        ("src/x.csproj", '<PackageReference Include="A.B" Version="1.0.0" />\n',
         '<PackageReference Include="A.B" Version="2.0.0" />\n', ["moved dependency A.B 1.0.0 2.0.0 major"]),
        ("src/acme/private.csproj", '<PackageReference Include="V" Version="4.3.0" PrivateAssets="All" />\n<PackageReference Include="W" Version="1.0.0">\n  <PrivateAssets>all</PrivateAssets>\n</PackageReference>\n<PackageReference Include="X" Version="1.0.0">\n</PackageReference>\n',
         '<PackageReference Include="V" Version="6.0.0" PrivateAssets="All" />\n<PackageReference Include="W" Version="2.0.0">\n  <PrivateAssets>all</PrivateAssets>\n</PackageReference>\n<PackageReference Include="X" Version="2.0.0">\n</PackageReference>\n',
         ["moved dev-dependency V 4.3.0 6.0.0 major", "moved dev-dependency W 1.0.0 2.0.0 major", "moved dependency X 1.0.0 2.0.0 major"]),
        ("build.gradle.kts", 'plugins { \n id("org.x") version "1.0"\n}\nimplementation("a:b:1.0")\ntestImplementation("c:d:1.0")\n',
         'plugins { \n id("org.x") version "1.1"\n}\nimplementation("a:b:1.1")\ntestImplementation("c:d:2.0")\n',
         ["moved build-dependency org.x 1.0 1.1 minor", "moved dependency a:b 1.0 1.1 minor", "moved dev-dependency c:d 1.0 2.0 major"]),
        ("pom.xml", "<parent>\n<artifactId>p</artifactId><version>1.0</version>\n</parent>\n<dependency>\n<groupId>a</groupId>\n<artifactId>b</artifactId>\n<version>1.0</version>\n</dependency>\n<dependency>\n<artifactId>c</artifactId>\n<version>${v}</version>\n</dependency>\n<dependency>\n<groupId>a</groupId>\n<artifactId>t</artifactId>\n<version>1</version>\n<scope>test</scope>\n</dependency>\n",
         "<parent>\n<artifactId>p</artifactId><version>1.1</version>\n</parent>\n<dependency>\n<groupId>a</groupId>\n<artifactId>b</artifactId>\n<version>2.0</version>\n</dependency>\n<dependency>\n<artifactId>c</artifactId>\n<version>${w}</version>\n</dependency>\n<plugin>\n<artifactId>q</artifactId>\n<version>1</version>\n</plugin>\n",
         ["moved dependency p 1.0 1.1 minor", "moved dependency a:b 1.0 2.0 major", "added build-dependency q 1",
          "removed dev-dependency a:t 1"]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)  # fmt: skip
def test_manifests(path: str, old: str, new: str, expected: list[str]) -> None:
    assert short_form(old, new, path) == expected


def test_evidence_is_the_lines_of_both_sides() -> None:
    found = told("x\na==1\n", "a==2\n", "requirements.txt")
    assert [where for _, _, where in found] == ["-2 +1", "-1"]


@pytest.mark.parametrize(
    ("old", "new", "path", "change"),
    [
        ("a==1\n", "a==2\n", "notes.txt", {}),
        (None, "a==2\n", "requirements.txt", {}),
        ("{", "{}", "package.json", {}),
        ("a==1\n", "a==2\n", "requirements.txt", {"status": Status.CHANGED}),
    ],
)
def test_what_is_not_read(old: str | None, new: str, path: str, change: dict[str, Any]) -> None:
    assert told_by(dependencies, view_of(old, new, path=path, **change)) == []


def test_hunks_are_enough_for_lines() -> None:
    view = view_of("a==1\n" + "b\n" * 9, "a==2\n" + "b\n" * 9, path="requirements.txt", whole=False)
    assert [kind for kind, _, _ in told_by(dependencies, view)] == ["dependency.moved"]
    view = view_of(PYPROJECT, PYPROJECT.replace("1.2", "2"), path="pyproject.toml", whole=False)
    assert told_by(dependencies, view) == []


@pytest.mark.parametrize(
    ("requirement", "bound"),
    [
        (">=1.2,<2", "1.2"), ("^1.2 || ^2", "1.2"), ("!=1.5,>=1", "1"), ("<2", ""), ("*", ""),
        ("==1.*", "1"), ("~> 6.0", "6.0"), ("v1.2.3", "1.2.3"), ("", ""), ("1.0 - 2.0", "1.0"),
    ],
)  # fmt: skip
def test_lower_bounds(requirement: str, bound: str) -> None:
    assert lower_bound(requirement) == bound


def test_steps_and_references() -> None:
    assert step_of("v3", "v4") == "major"
    assert step_of("1.0", "1.0.0") == "other"
    assert step_of("", "1") == "other"
    assert step_of("2", "1") == "down"
    assert is_commit("a" * 40)
    assert not is_commit("v1")
    assert short("a" * 40) == "a" * 7
    assert short("sha256:" + "b" * 64) == "sha256:bbbbbbb"
    assert short("main") == "main"


@pytest.mark.parametrize(
    ("extra", "breaking"),
    [("all", True), ("postgres", True), ("dev", False), ("test", False), ("docs-build", False),
     ("testing", False), ("dev_all", False)],
)  # fmt: skip
def test_a_major_step_in_an_extra(extra: str, breaking: bool) -> None:  # noqa: FBT001
    old = PYPROJECT.replace('extra = ["delta"]', f'{extra} = ["delta>=4.0.1"]')
    mark = " !" * breaking
    assert short_form(old, old.replace("4.0.1", "5.8"), "pyproject.toml") == [
        f"moved optional-dependency delta >=4.0.1 >=5.8 major{mark}"
    ]


def test_from_flit_to_project() -> None:
    flit = """[build-system]
requires = ["flit"]
[tool.flit.metadata]
module = "thing"
requires = ["alpha>=1.2", "gamma"]
requires-python = ">=3.6"
[tool.flit.metadata.requires-extra]
extra = ["delta"]
"""
    new = """[build-system]
requires = ["hatchling"]
[project]
name = "thing"
requires-python = ">=3.7"
dependencies = ["alpha>=1.2", "gamma"]
[project.optional-dependencies]
extra = ["delta"]
"""
    assert short_form(flit, new, "pyproject.toml") == [
        "raised Python >=3.6 >=3.7 !",
        "added build-dependency hatchling",
        "removed build-dependency flit",
    ]


def package(**keys: Any) -> str:
    return json.dumps({"name": "@a/pack", "version": "1.0.0", **keys}, indent=1) + "\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"exports": {".": "./a.js", "./b": "./b.js"}}, {"exports": {".": "./a.js"}},
         "removed entry-point ./b !"),
        ({"exports": {".": "./a.js", "./b": "./b.js"}}, {"exports": "./a.js"},
         "removed entry-point ./b !"),
        ({"exports": {".": "./a.js", "./b": "./b.js"}}, {"exports": {".": "./a.js", "./*": "./*.js"}},
         "added entry-point ./*|removed entry-point ./b"),
        ({"exports": {".": "./a.js", "./*": "./*.js"}}, {"exports": {".": "./a.js"}},
         "removed entry-point ./* !"),
        ({"exports": {".": "./a.js", "./package.json": "./package.json"}}, {"exports": "./a.js"}, ""),
        ({"exports": {".": "./a.js", "./b": None}}, {"exports": {".": "./a.js"}}, ""),
        ({"main": "a.js"}, {"main": "b.js"}, ""),
        ({"main": "a.js"}, {"exports": {"import": "./a.js"}},
         "removed entry-point . (require) !|removed entry-point ./** !"),
        ({"main": "a.js"}, {"main": "a.js", "type": "module"}, "removed entry-point . (require) !"),
        ({"main": "a.cjs"}, {"main": "a.cjs", "type": "module"}, ""),
        ({"main": "a.js", "types": "a.d.ts"}, {"main": "a.js"}, "removed entry-point types !"),
        ({"exports": {"node": ["./a.mjs", "./a.cjs"]}}, {"exports": {"default": "./a.js"}}, ""),
        ({"main": "a.js"}, {"exports": {"./b": "./b.js"}},
         "added entry-point ./b|removed entry-point . !|removed entry-point ./** !"),
        ({"bin": "a.js"}, {"bin": {"tool": "a.js"}}, "added command tool|removed command pack !"),
        ({"bin": "a.js", "private": True}, {"main": "a.js", "private": True}, "removed command pack"),
    ],
)  # fmt: skip
def test_what_a_package_is_reached_by(
    old: dict[str, Any], new: dict[str, Any], expected: str
) -> None:
    found = short_form(package(**old), package(**new), "package.json")
    assert "|".join(found) == expected


@pytest.mark.parametrize(
    ("path", "text", "old", "new", "expected"),
    [
        (
            "a.gemspec",
            'spec.required_ruby_version = ">= {}"\n',
            "2.7",
            "3.1",
            ["raised Ruby >= 2.7 >= 3.1 !"],
        ),
        ("Gemfile", 'ruby "{}"\n', "3.2.1", "3.3.0", ["raised Ruby 3.2.1 3.3.0"]),
        (
            "a.csproj",
            "<TargetFramework>{}</TargetFramework>\n<PackageId>a</PackageId>\n",
            "net6.0",
            "net8.0",
            ["raised .NET net6.0 net8.0 !"],
        ),
        (
            "a.csproj",
            "<TargetFrameworks>{}</TargetFrameworks>\n",
            "net8.0",
            "netstandard2.0;net8.0",
            ["moved .NET net8.0 netstandard2.0;net8.0"],
        ),
        (
            "pom.xml",
            "<maven.compiler.release>{}</maven.compiler.release>\n",
            "1.8",
            "17",
            ["raised Java 8 17"],
        ),
        ("build.gradle", "sourceCompatibility = {}\n", "1.8", "11", ["raised Java 8 11"]),
        (
            "build.gradle.kts",
            "java {{ toolchain {{ languageVersion = JavaLanguageVersion.of({}) }} }}\n",
            "17",
            "21",
            ["raised Java 17 21"],
        ),
        ("Package.swift", "// swift-tools-version:{}\n", "5.7", "5.9", ["raised Swift 5.7 5.9"]),
        ("mix.exs", 'elixir: "{}",\n', "~> 1.13", "~> 1.15", ["raised Elixir ~> 1.13 ~> 1.15"]),
        (
            "setup.py",
            'setup(python_requires="{}")\n',
            ">=3.8",
            ">=3.10",
            ["raised Python >=3.8 >=3.10 !"],
        ),
        (
            "pubspec.yaml",
            "name: a\nversion: 1.0.0\nenvironment:\n  sdk: '{}'\n",
            "^3.0.0",
            "^3.5.0",
            ["raised Dart ^3.0.0 ^3.5.0 !"],
        ),
        ("go.mod", "module a\n\ngo {}\n", "1.21", "1.20", ["moved Go 1.21 1.20"]),
        (
            "Cargo.toml",
            '[workspace.package]\nrust-version = "{}"\n',
            "1.66",
            "1.75",
            ["raised Rust 1.66 1.75 !"],
        ),
        (
            "examples/a/Cargo.toml",
            '[package]\nname = "x"\nrust-version = "{}"\n',
            "1.66",
            "1.75",
            ["raised Rust 1.66 1.75"],
        ),
    ],
)
def test_runtimes(path: str, text: str, old: str, new: str, expected: list[str]) -> None:
    assert short_form(text.format(old), text.format(new), path) == expected


def test_what_a_workspace_says() -> None:
    old = '[package]\nname = "x"\nrust-version = "1.66"\n[dependencies]\na = "0.12"\n'
    new = old.replace('"1.66"', "{ workspace = true }").replace('"0.12"', "{ workspace = true }")
    assert short_form(old, new, "Cargo.toml") == [
        "moved Rust 1.66 workspace",
        "moved dependency a 0.12 workspace other",
    ]


def test_one_dependency_in_the_place_of_another() -> None:
    old = '{"name": "x",\n "main": "x.js",\n "dependencies": {\n  "request": "^2",\n  "z": "1",\n  "y": "1"\n }\n}\n'
    new = old.replace('"request": "^2"', '"undici": "^7"')
    (fact,) = dependencies.facts(view_of(old, new, path="package.json"))
    assert fact.kind == "dependency.replaced"
    assert fact.params == {
        "what": "dependency", "name": "request", "old": "^2", "replacement": "undici", "new": "^7",
    }  # fmt: skip
    apart = old.replace('  "request": "^2",\n', "").replace('"1"\n', '"1",\n  "undici": "^7"\n')
    kinds = [one.kind for one in dependencies.facts(view_of(old, apart, path="package.json"))]
    assert kinds == ["dependency.added", "dependency.removed"]


def test_a_new_peer_has_to_be_installed_besides() -> None:
    old = '{"name": "x",\n "main": "x.js",\n "peerDependencies": {"a": "1"}\n}\n'
    new = old.replace('"1"', '"1", "b": "2"')
    assert short_form(old, new, "package.json") == ["added peer-dependency b 2 !"]
    may = new.replace("}\n}", '},\n "peerDependenciesMeta": {"b": {"optional": true}}\n}')
    assert short_form(old, may, "package.json") == ["added optional-dependency b 2"]
