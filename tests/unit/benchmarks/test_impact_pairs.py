"""Impact against adapting commits: lines that a commit removed, names of findings, and one pair from end to end."""

from __future__ import annotations

from pathlib import Path

from benchmarks.impact_pairs import Pair, count_pair, names_gone, read_pairs, removed_lines
from support.repos import TestRepo


def test_every_pair_of_the_data_can_be_read() -> None:
    pairs = read_pairs()
    assert {pair.language for pair in pairs} >= {"Python", "JavaScript", "TypeScript", "Go", "Java"}
    assert all("/" in pair.library and "/" in pair.application for pair in pairs)


def test_lines_are_those_of_the_parent(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "app")
    repo.write({"a.py": "one\n-- two\nthree\n", "b.py": "same\n" * 9 + "last\n", "d.py": "d\n"})
    repo.commit("first")
    repo.git("rm", "-q", "b.py", "d.py")
    repo.write({"a.py": "one\nthree\nfour\n", "c.py": "same\n" * 9 + "other\n"})
    assert removed_lines(repo.path, repo.commit("second")) == {
        ("a.py", 2): "-- two",
        ("b.py", 10): "last",
        ("d.py", 1): "d",
    }


def test_a_line_names_a_parameter_a_member_or_the_class_that_is_made() -> None:
    def fact(kind: str, *, breaking: bool = True, **params: object) -> dict[str, object]:
        return {"kind": kind, "params": params, "breaking": breaking}

    facts = [
        fact("symbol.parameter-removed", name="get()", parameters=["proxies"]),
        fact("symbol.removed", name="Client.cookie_jar"),
        fact("symbol.signature", name="Order.Order()", old="", new=""),
        fact("symbol.removed", name="internal()", breaking=False),
        fact("outline.section-removed", heading="Section"),
    ]
    assert names_gone({"files": [{"facts": facts}, {}]}) == {"proxies", "cookie_jar", "Order"}


def test_a_pair_is_counted_by_lines(tmp_path: Path) -> None:
    library, app = TestRepo(tmp_path / "lib"), TestRepo(tmp_path / "app")
    package = '[project]\nname = "lib"\nversion = "1"\n'
    library.write(
        {"pyproject.toml": package, "lib/__init__.py": "def old(): ...\n\n\ndef stay(): ...\n"}
    )
    base = library.commit("first")
    library.write({"lib/__init__.py": "def stay(): ...\n"})
    head = library.commit("second")
    app.write({"a.py": "import lib\n\nlib.old()\nx = lib.old()\nold = 1\n"})
    app.commit("first")
    app.write({"a.py": "import lib\n\nlib.stay()\nx = lib.old()\nnew = 1\n"})
    pair = Pair(
        language="Python", library="o/lib", base=base, head=head, application="me/app",
        commit=app.commit("second"), suffixes=(".py",),
    )  # fmt: skip
    count = count_pair(pair, library.path, app.path)
    assert count.needed == {("a.py", 3), ("a.py", 5)}
    assert count.proved == {("a.py", 3), ("a.py", 4)}
    assert count.row().split() == ["2", "1", "1", "2", "1", "0", "0"]
