"""Kinds of files by name."""

from __future__ import annotations

import pytest

from diff_insight.file_types import (
    extension,
    generated_kind,
    is_binary_name,
    is_image,
    is_markdown,
    is_page,
    is_sample,
    is_test,
)


@pytest.mark.parametrize(
    ("path", "found"),
    [("a.MD", "md"), ("a.tar.gz", "gz"), ("a", ""), (".gitignore", ""), ("d.x/a", ""), ("a.", "")],
)
def test_extensions(path: str, found: str) -> None:
    assert extension(path) == found


def test_images_and_binaries() -> None:
    assert is_image("media/a.PNG")
    assert is_image("logo.svg")
    assert not is_image("png")
    assert is_binary_name(b"media/\xff.png")
    assert is_binary_name(b"a.pdf")
    # An SVG has a text patch, although it is an image.
    assert not is_binary_name(b"logo.svg")
    assert not is_binary_name(b"a.md")


@pytest.mark.parametrize("path", ["docs/a.md", "a.mdx", "x/README.markdown"])
def test_markdown(path: str) -> None:
    assert is_markdown(path)
    assert not is_markdown(path + ".txt")


@pytest.mark.parametrize(
    "path", ["docs/a.md", "index.html", "a.ipynb", "guide/intro.rst", "historical/page.md"]
)
def test_pages(path: str) -> None:
    assert is_page(path)


@pytest.mark.parametrize(
    "path",
    [
        "docs/includes/a.md",
        "docs/_partials/x/a.md",
        "docs/_a.md",
        "CHANGELOG.md",
        "docs/contributing.md",
        "tests/data/a.md",
        "src/a.py",
        "a",
    ],
)
def test_what_is_no_page(path: str) -> None:
    assert not is_page(path)


@pytest.mark.parametrize(
    "path",
    ["tests/a.py", "src/test/A.java", "test_a.py", "a_test.go", "a.spec.ts", "x/__snapshots__/a",
     "Specs/a.rb", "testdata/page.md", "core/src/jvmTest/kotlin/A.kt", "src/androidUnitTest/A.kt",
     "src/Acme.UnitTests/Order.cs", "Acme.Test/Order.cs"],
)  # fmt: skip
def test_tests(path: str) -> None:
    assert is_test(path)


@pytest.mark.parametrize(
    "path",
    ["latest/a.md", "contest.py", "src/latest/a.kt", "Sources/XCTest/a.swift", "src/contest/a.cs", "docs/testing.md", "spec.md",
     "core/src/main/java/org/acme/test/Order.java"],
)  # fmt: skip
def test_what_is_no_test(path: str) -> None:
    assert not is_test(path)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("package-lock.json", "lock"),
        ("web/Cargo.lock", "lock"),
        ("node_modules/x/package-lock.json", "lock"),
        ("node_modules/x/index.js", "vendored"),
        ("third_party/zlib/a.c", "vendored"),
        ("app.min.js", "generated"),
        ("llms-full.txt", "generated"),
        ("docs/llms.txt", ""),
        ("api_pb2.py", "generated"),
        ("a.snap", "generated"),
        ("vendors/a.c", ""),
        ("package.json", ""),
        ("min.js", ""),
    ],
)
def test_machine_written_files(path: str, kind: str) -> None:
    assert generated_kind(path) == kind


@pytest.mark.parametrize("path", ["examples/go.mod", "_examples/server/go.mod", "demo/a.tf"])
def test_samples(path: str) -> None:
    assert is_sample(path)
