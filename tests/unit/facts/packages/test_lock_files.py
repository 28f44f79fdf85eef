"""Lock files of every kind tell which packages moved."""

from __future__ import annotations

import re

import pytest

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
