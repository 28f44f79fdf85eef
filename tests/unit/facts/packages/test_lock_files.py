"""Lock files of every kind tell which packages moved."""

from __future__ import annotations

import json
import re

import pytest

from diff_insight.facts.packages.lock_files import lock_packages
from support.views import extraction_of

SWIFT = """{
  "pins" : [
    {
      "identity" : "swift-nio",
      "kind" : "remoteSourceControl",
      "location" : "https://example.com/swift-nio.git",
      "state" : {
        "revision" : "aa",
        "version" : "2.1.0"
      }
    }
  ],
  "version" : 2
}
"""

#: A version, in what stands in the file.
_VERSION = re.compile(r"\d[\d.]*")


@pytest.mark.parametrize(
    ("path", "text", "old", "new", "name"),
    [
        ("pylock.toml", '[[packages]]\nname = "attrs"\nversion = "24.1.0"\n', "24.1.0", "25.1.0", "attrs"),
        ("pylock.dev.toml", '[[packages]]\nname = "attrs"\nversion = "24.1.0"\n', "24.1.0", "25.1.0", "attrs"),
        ("bun.lock", '{\n  "packages": {\n    "@a/b": ["@a/b@1.0.0", "", {}, "sha512-aa=="],\n  }\n}\n', "1.0.0", "2.0.0", "@a/b"),
        ("Package.resolved", SWIFT, "2.1.0", "2.2.0", "swift-nio"),
        (".terraform.lock.hcl", 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.1.0"\n}\n', "5.1.0", "5.2.0", "hashicorp/aws"),
        ("pnpm-lock.yaml", "lockfileVersion: 5.4\n\npackages:\n\n  /@a/b/1.2.3_c@8.8.0:\n    dev: false\n", "1.2.3", "1.2.4", "@a/b"),
        ("pnpm-lock.yaml", "lockfileVersion: '6.0'\n\npackages:\n\n  /@a/b@1.2.3(c@8.8.0):\n    dev: false\n", "1.2.3", "1.2.4", "@a/b"),
        ("mix.lock", '%{\n  "jason": {:hex, :jason, "1.4.0", "aa"},\n}\n', "1.4.0", "1.4.1", "jason"),
        ("gradle.lockfile", "com.acme:tool:1.0.0=compileClasspath\nempty=\n", "1.0.0", "1.1.0", "com.acme:tool"),
        ("Podfile.lock", "PODS:\n  - Alamofire (5.6.0)\n", "5.6.0", "5.7.0", "Alamofire"),
        ("pubspec.lock", 'packages:\n  async:\n    dependency: direct\n    description:\n      name: async\n    version: "2.10.0"\n', "2.10.0", "2.11.0", "async"),
        ("packages.lock.json", '{\n  "dependencies": {\n    "net8.0": {\n      "Serilog": {\n        "type": "Direct",\n        "requested": "[3.0.0, )",\n        "resolved": "3.0.0",\n      }\n    }\n  }\n}\n', '"resolved": "3.0.0"', '"resolved": "3.1.0"', "Serilog"),
    ],
)  # fmt: skip
def test_one_package_moved(path: str, text: str, old: str, new: str, name: str) -> None:
    (fact,) = extraction_of(text, text.replace(old, new), path=path, generated="lock").facts
    assert fact.kind == "lock.moved"
    assert (fact.params["moved"], fact.params["added"], fact.params["removed"]) == (1, 0, 0)
    assert fact.params["names"] == {
        "items": (f"{name} {_VERSION.findall(old)[-1]} → {_VERSION.findall(new)[-1]}",),
        "total": 1,
    }


COMMITS = "a" * 40, "b" * 40
SUM = "A" * 40


def npm(where: str, **entry: str) -> str:
    return json.dumps({"lockfileVersion": 3, "packages": {where: entry}}, indent=2) + "\n"


@pytest.mark.parametrize(
    ("path", "text", "old", "new", "name"),
    [
        ("package-lock.json", npm("node_modules/regl", name="@plotly/regl", version="2.1.1"), "2.1.1", "2.1.2", "@plotly/regl 2.1.1 → 2.1.2"),
        ("package-lock.json", npm("node_modules/@a/p/node_modules/@b/q", version="2.0.0"), "2.0.0", "2.1.0", "@b/q 2.0.0 → 2.1.0"),
        ("package-lock.json", npm("packages/own", version="1.0.0"), "1.0.0", "1.1.0", "own 1.0.0 → 1.1.0"),
        ("package-lock.json", npm("node_modules/a", version="1.0.0", resolved=f"git+ssh://git@x.example/a.git#{COMMITS[0]}"), *COMMITS, "a aaaaaaa → bbbbbbb"),
        ("yarn.lock", '"foo@npm:bar@^1.0.0":\n  version "1.0.0"\n', "1.0.0", "1.1.0", "bar 1.0.0 → 1.1.0"),
        ("Gemfile.lock", "GEM\n  specs:\n    ffi (1.16.0-x86_64-linux-gnu)\n", "1.16.0", "1.17.0", "ffi 1.16.0 → 1.17.0"),
        ("Gemfile.lock", f"GIT\n  remote: https://x.example/a.git\n  revision: {COMMITS[0]}\n  specs:\n    a (1.0.0)\n", *COMMITS, "a aaaaaaa → bbbbbbb"),
        ("uv.lock", f'[[package]]\nname = "a"\nversion = "1.0"\nsource = {{ git = "https://x.example/a?rev=main#{COMMITS[0]}" }}\n', *COMMITS, "a aaaaaaa → bbbbbbb"),
        ("Cargo.lock", f'[[package]]\nname = "a"\nversion = "0.1.0"\nsource = "git+https://x.example/a#{COMMITS[0]}"\n', *COMMITS, "a aaaaaaa → bbbbbbb"),
        ("flake.lock", '{\n  "nodes": {\n    "nixpkgs": {\n      "locked": {\n        "narHash": "sha256-a",\n        "rev": "' + COMMITS[0] + '",\n        "type": "github"\n      }\n    }\n  }\n}\n', *COMMITS, "nixpkgs aaaaaaa → bbbbbbb"),
        ("deno.lock", '{\n  "version": "4",\n  "npm": {\n    "a@1.0.0": {\n      "integrity": "x"\n    }\n  }\n}\n', "1.0.0", "1.1.0", "a 1.0.0 → 1.1.0"),
        ("Chart.lock", "dependencies:\n- name: redis\n  repository: https://x.example\n  version: 17.0.0\n", "17.0.0", "18.0.0", "redis 17.0.0 → 18.0.0"),
        ("conda-lock.yml", "package:\n- name: a\n  version: 1.0.0\n", "1.0.0", "1.1.0", "a 1.0.0 → 1.1.0"),
        ("Package.resolved", SWIFT, '"version" : "2.1.0"', '"branch" : "main"', "swift-nio 2.1.0 → main"),
    ],
)  # fmt: skip
def test_which_package_it_is_and_what_it_is_taken_from(
    path: str, text: str, old: str, new: str, name: str
) -> None:
    (fact,) = extraction_of(text, text.replace(old, new), path=path, generated="lock").facts
    assert fact.kind == "lock.moved"
    assert fact.params["names"] == {"items": (name,), "total": 1}


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        ("package-lock.json", npm("node_modules/a", version="1.0.0", integrity=f"sha512-{SUM}"), SUM, "B" * 40),
        ("package-lock.json", npm("node_modules/a", version="1.0.0", resolved="https://x.example/a.tgz"), "x.example", "y.example"),
        ("go.sum", f"a 1.0.0 h1:{SUM}=\n".replace(" 1", " v1"), SUM, "B" * 40),
        ("pnpm-lock.yaml", f"lockfileVersion: '9.0'\n\npackages:\n\n  a@1.0.0:\n    resolution: {{integrity: sha512-{SUM}}}\n", SUM, "B" * 40),
        ("uv.lock", '[[package]]\nname = "a"\nversion = "1.0.0"\nsource = { registry = "https://x.example/simple" }\n', "x.example", "y.example"),
        ("Cargo.lock", f'[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://x.example"\nchecksum = "{SUM}"\n', SUM, "b" * 40),
        ("yarn.lock", f'a@^1:\n  version "1.0.0"\n  resolved "https://x.example/a.tgz#{COMMITS[0]}"\n', *COMMITS),
        ("yarn.lock", f'"a@npm:^1":\n  version: 1.0.0\n  checksum: 10c0/{COMMITS[0]}\n', *COMMITS),
    ],
)  # fmt: skip
def test_the_same_version_is_another_package(path: str, text: str, old: str, new: str) -> None:
    (fact,) = extraction_of(text, text.replace(old, new), path=path, generated="lock").facts
    assert fact.kind == "lock.replaced"
    name = "a v1.0.0" if path == "go.sum" else "a 1.0.0"
    assert fact.params["names"] == {"items": (name,), "total": 1}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("package-lock.json", npm("node_modules/a", version="1.0.0", integrity=f"sha1-{SUM}"), npm("node_modules/a", version="1.0.0", integrity=f"sha512-{SUM}B")),
        ("yarn.lock", f'"a@npm:^1":\n  version: 1.0.0\n  checksum: 8/{COMMITS[0]}\n', f'"a@npm:^1":\n  version: 1.0.0\n  checksum: 10c0/{COMMITS[1]}\n'),
        ("poetry.lock", f'[[package]]\nname = "a"\nversion = "1.0"\nfiles = [\n    {{file = "a.whl", hash = "sha256:{SUM}"}},\n]\n', f'[[package]]\nname = "a"\nversion = "1.0"\nfiles = [\n    {{file = "a.whl", hash = "sha256:{SUM}"}},\n    {{file = "b.whl", hash = "sha256:B{SUM}"}},\n]\n'),
    ],
)  # fmt: skip
def test_another_sort_of_checksum_and_one_more_file_are_the_same_package(
    path: str, old: str, new: str
) -> None:
    (fact,) = extraction_of(old, new, path=path, generated="lock").facts
    assert fact.kind == "file.generated"


def test_what_is_of_the_repository_is_no_package_of_others() -> None:
    text = json.dumps(
        {"packages": {"": {"name": "x", "version": "1.0.0"}, "packages/own": {"version": "1.0.0"},
                      "node_modules/@a/b": {"version": "2.0.0"}}},
        indent=2,
    )  # fmt: skip
    assert lock_packages("package-lock.json", text) == {"@a/b": frozenset({"2.0.0"})}


_YARN = """# yarn lockfile v1


a@^1.0.0:
  version "1.0.0"
  resolved "https://r.example/a-1.0.0.tgz#aa"
"""
_OTHER = _YARN.partition("\n\n\n")[2].replace("1.0.0", "2.0.0")
_BERRY = '"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n'
_OWN = '\n"x@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "x@workspace:."\n'


@pytest.mark.parametrize(
    ("old", "new", "counts", "names"),
    [
        (_YARN, _YARN + "\n" + _OTHER, (0, 1, 0), ("a 2.0.0",)),
        (_YARN + "\n" + _OTHER, _YARN, (0, 0, 1), ("a 2.0.0",)),
        (_YARN, _YARN.replace("1.0.0", "2.0.0"), (1, 0, 0), ("a 1.0.0 → 2.0.0",)),
        (_YARN, _YARN + "\n" + _OTHER.replace("a", "b"), (0, 1, 0), ("b",)),
    ],
)
def test_a_version_beside_another_is_no_update(
    old: str, new: str, counts: tuple[int, int, int], names: tuple[str, ...]
) -> None:
    (fact,) = extraction_of(old, new, path="yarn.lock", generated="lock").facts
    params = fact.params
    assert (params["moved"], params["added"], params["removed"]) == counts
    assert params["names"] == {"items": names, "total": len(names)}


def test_a_folder_of_the_repository_is_no_package() -> None:
    facts = extraction_of(_BERRY, _BERRY + _OWN, path="yarn.lock", generated="lock").facts
    assert "lock.moved" not in [fact.kind for fact in facts]
