"""Licences are named where that is proved, and nothing else is."""

from __future__ import annotations

import pytest
from identify.vendor.licenses import LICENSES

from diff_insight.analysis.licence_files import MOST_FILES, find_licences, licence_of
from diff_insight.model.licences import LicenceFile, Licences
from diff_insight.model.source_tree import SourceTree

TEXTS = dict(LICENSES)
#: Their conditions name the holder, so that no copy has the words of the template.
NAMING = ("NCSA", "PostgreSQL")


def tree(**files: str) -> SourceTree:
    named = {name.replace("__", "/").replace("_DOT_", "."): text for name, text in files.items()}
    return SourceTree(paths=frozenset(named), content=lambda path: named[path].encode())


def held(text: str, holder: str) -> str:
    """A licence as a project has it: with a holder, without the words of the template."""
    return text.replace("[year]", "2010-2026").replace("[fullname]", holder)


@pytest.mark.parametrize("identifier", [each for each in TEXTS if each not in NAMING])
def test_every_licence_is_known_by_its_words_and_not_with_one_condition_more(
    identifier: str,
) -> None:
    text = held(TEXTS[identifier], "Ada Lovelace and others")
    assert licence_of(text) == identifier
    assert licence_of(" ".join(text.split(" ")).replace("\n", "\r\n")) == identifier
    assert licence_of(f"{text}\nIt must not be used for evil.\n") == ""
    middle = text.rindex(".", 0, len(text) - 200)
    assert licence_of(f"{text[:middle]}, but not by competitors{text[middle:]}") == ""


@pytest.mark.parametrize(
    "head",
    [
        "The MIT License (MIT)\n\nCopyright (c) 2024 A\nCopyright © 2025 B",
        "# License\n\nCopyright The Authors of this, all of them",
        "MIT License\n\n(c) 2019, [Some Ltd](https://example.com). All rights reserved.",
        "",
    ],
)
def test_titles_and_holders_are_no_words_of_a_licence(head: str) -> None:
    body = TEXTS["MIT"].partition("[fullname]")[2]
    assert licence_of(f"{head}\n\n{body}") == "MIT"


@pytest.mark.parametrize("identifier", NAMING)
def test_a_licence_that_names_its_holder_is_not_known_by_its_words(identifier: str) -> None:
    assert licence_of(held(TEXTS[identifier], "Ada Lovelace")) == ""


def test_a_condition_beside_the_holder_counts() -> None:
    text = TEXTS["MIT"].replace("[fullname]", "Ada. Commercial use is prohibited.")
    assert licence_of(text) == ""


def test_clauses_may_have_stars_and_apache_no_appendix() -> None:
    assert licence_of(TEXTS["BSD-3-Clause"].replace("1. ", "* ").replace("2. ", "* ")) == (
        "BSD-3-Clause"
    )
    assert licence_of(TEXTS["Apache-2.0"].partition("END OF TERMS")[0]) == "Apache-2.0"
    end = TEXTS["Apache-2.0"].partition("APPENDIX")[0]
    assert licence_of(end) == "Apache-2.0"
    assert licence_of(f"{end}\nAs an exception, you need not give any notice.") == ""


def test_an_identifier_that_a_file_says_and_one_that_reuse_names() -> None:
    found = find_licences(
        tree(
            LICENSE="// SPDX-License-Identifier: Apache-2.0 OR mit\nSee the files.",
            LICENSES__CC_DOT_txt="A text.",
            COPYING_DOT_md="---\nlicense: CC-BY-SA-4.0\n---\n\nText.",
            docs__LICENSE="MIT License",
        )
    )
    assert found.files == (
        LicenceFile("COPYING.md", "CC-BY-SA-4.0"),
        LicenceFile("LICENSE", "Apache-2.0 OR MIT"),
        LicenceFile("LICENSES/CC.txt", ""),
    )


def test_reuse_names_a_licence_by_its_file() -> None:
    named = {"LICENSES/CC-BY-4.0.txt": "x", "LICENSES/LicenseRef-Ours.txt": "Ours."}
    found = find_licences(
        SourceTree(paths=frozenset(named), content=lambda path: named[path].encode())
    )
    assert [each.expression for each in found.files] == ["CC-BY-4.0", "LicenseRef-Ours"]


@pytest.mark.parametrize(
    "said",
    [
        "SPDX-License-Identifier: MIT\nSPDX-License-Identifier: Apache-2.0",
        "SPDX-License-Identifier: Our own",
        "license: see below",
        "This is like the MIT License.",
    ],
)
def test_what_is_not_proved_is_not_named(said: str) -> None:
    assert find_licences(tree(LICENSE=said)).files == (LicenceFile("LICENSE", ""),)


def test_files_that_are_none_and_too_many() -> None:
    assert find_licences(None) == Licences(read=False)
    assert find_licences(tree(README="MIT", licenses_list="x", LICENSE_header="x")) == Licences()
    many = {f"LICENSE-{number}": "x" for number in range(30)}
    found = find_licences(SourceTree(paths=frozenset(many), content=lambda path: b"x"))
    assert len(found.files) == MOST_FILES
    gone = SourceTree(paths=frozenset({"LICENSE"}), content=lambda path: None)
    assert find_licences(gone).files == (LicenceFile("LICENSE", ""),)
