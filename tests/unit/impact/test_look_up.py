"""Names, addresses and files that are no use; what limits cut is said; the document says first what is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diff_insight.impact import look_up as module
from diff_insight.model.insight import Insight
from diff_insight.render.github import render_github
from diff_insight.render.html import page_script
from diff_insight.render.json_form import write_json
from diff_insight.render.json_reader import read_insight
from diff_insight.settings.settings import Settings
from support.catalogs import LOCALES
from support.github_page import check_inert
from support.insights import insight_of_range, page
from support.rendered import Page
from support.uses import Files, insight_with_uses, own_checkout, uses_of_facts

PAGE = "# Retirements\n\n| Model | Retirement date |\n|---|---|\n| `gpt-4o` | {gpt} |\n| `gpt-4o-mini` | July 1, 2027 |\n"
BASE: Files = {"articles/models/retirements.md": PAGE.format(gpt="June 11, 2026")}
HEAD: Files = {"articles/models/retirements.md": PAGE.format(gpt="May 1, 2026")}
MOVED = "deadline.moved gpt-4o"


def looked_up(tmp_path: Path, own: Files, settings: Settings | None = None) -> Insight:
    return insight_with_uses(tmp_path, BASE, HEAD, own, settings)


def test_a_model_whose_date_moves_is_found_where_it_is_configured(tmp_path: Path) -> None:
    own: Files = {
        "config/models.yaml": "models:\n  chat: gpt-4o\n  small: gpt-4o-mini\n",
        "app.py": 'MODEL = "gpt-4o"\n# gpt-4o is fast\n',
        "README.md": "We use `gpt-4o`.\n",
    }
    insight = looked_up(tmp_path, own)
    assert uses_of_facts(insight) == {
        MOVED: [
            "app.py:1 proved",
            "config/models.yaml:2 proved",
            "README.md:1 likely",
            "app.py:2 likely",
        ]
    }
    assert insight.impacts == 1
    assert insight.headline["en_US"].endswith("; used here in 3 files")
    assert "gpt-4o" in insight.headline["en_US"]
    (action, *_) = insight.highlights["en_US"].to_do
    assert action.startswith("Check `app.py` L1, L2, `config/models.yaml` L2, `README.md` L1: ")
    bullets = insight.highlights["en_US"].other_updates
    assert bullets[0].endswith(
        "; used here in 3 files: `app.py` L1, L2, `config/models.yaml` L2, `README.md` L1"
    )
    assert sum("gpt-4o`" in bullet for bullet in bullets) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("vendor/lib/a.yaml", "model: gpt-4o\n"),
        ("package-lock.json", '{"name": "gpt-4o"}\n'),
        ("CHANGELOG.md", "Use `gpt-4o`.\n"),
        ("reports/report.md", "`gpt-4o`\n\n<!-- diff-insight 1 analyst=rules -->\n"),
        ("reports/report.json", '{"tool": {"name": "diff-insight"}, "x": "gpt-4o"}\n'),
        ("a.bin", "\0gpt-4o\n"),
        ("app.py", 'MODEL = "gpt-4o-mini"\n'),
    ],
)
def test_what_is_no_use(tmp_path: Path, path: str, text: str) -> None:
    insight = looked_up(tmp_path, {path: text})
    assert uses_of_facts(insight) == {}
    assert "Looked up here and not found: `gpt-4o`" in insight.highlights["en_US"].other_updates


def test_what_git_does_not_track_or_attributes_call_binary_is_not_searched(tmp_path: Path) -> None:
    own: Files = {
        ".gitattributes": "data.txt binary\n",
        "data.txt": "gpt-4o\n",
        ".gitignore": "out/\n",
    }
    (tmp_path / "own/out").mkdir(parents=True)
    (tmp_path / "own/out/a.yaml").write_text("model: gpt-4o\n")
    assert uses_of_facts(looked_up(tmp_path, own)) == {}


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text('"gpt-4o"\n')
    (tmp_path / "own").mkdir()
    (tmp_path / "own/a.py").symlink_to(tmp_path / "secret.py")
    assert uses_of_facts(looked_up(tmp_path, {"b.py": "x\n"})) == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_says_it_first(tmp_path: Path, locale: str) -> None:
    insight = looked_up(tmp_path, {"a.yaml": "model: gpt-4o\n"}, Settings(locales=(locale,)))
    told = insight.highlights[locale]
    assert "`a.yaml` L1" in told.to_do[0]
    assert "`a.yaml` L1" in told.other_updates[0]
    assert "gpt-4o" in insight.headline[locale]


def test_the_document_holds_the_uses_and_is_read_back(tmp_path: Path) -> None:
    insight = looked_up(tmp_path, {"a.yaml": "model: gpt-4o\n"})
    text = b"".join(write_json(insight)).decode()
    (fact,) = [fact for fact in json.loads(text)["files"][0]["facts"] if "uses" in fact]
    assert fact["uses"] == [{"path": "a.yaml", "line": 1, "certainty": "proved"}]
    assert b"".join(write_json(read_insight(text, "it"))).decode() == text


def test_without_uses_nothing_is_said_but_what_was_looked_up(tmp_path: Path) -> None:
    insight = looked_up(tmp_path, {"a.txt": "nothing\n"})
    plain = insight_of_range(tmp_path / "lib", insight.range.base, insight.range.head, Settings())
    assert insight.headline == plain.headline
    assert insight.highlights["en_US"].other_updates == (
        *plain.highlights["en_US"].other_updates, "Looked up here and not found: `gpt-4o`",
    )  # fmt: skip
    assert insight.impacts == plain.impacts == 0


def test_a_range_that_takes_nothing_away_says_nothing(tmp_path: Path) -> None:
    base: Files = {"docs/a.md": "# A\n\nOne sentence of text.\n"}
    head: Files = {"docs/a.md": "# A\n\nAnother sentence of text.\n"}
    insight = insight_with_uses(tmp_path, base, head, {"a.md": "# A\n"})
    plain = insight_of_range(tmp_path / "lib", insight.range.base, insight.range.head, Settings())
    assert b"".join(write_json(insight)) == b"".join(write_json(plain))


def test_a_limit_on_files_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_USES", 2)
    insight = looked_up(tmp_path, {"a.yaml": "- gpt-4o\n" * 5})
    (places,) = uses_of_facts(insight).values()
    assert len(places) == 2
    assert [notice.key for notice in insight.notices if notice.key.startswith("impact")] == [
        "impact-cut"
    ]
    assert (
        "Uses in this code were looked up only in part: a limit was reached"
        in insight.highlights["en_US"].other_updates
    )


def test_the_address_of_a_removed_page_is_found(tmp_path: Path) -> None:
    base: Files = {
        "articles/ai/openai/how-to/old.md": "# Old\n\nText.\n",
        "articles/ai/openai/index.md": "# I\n",
    }
    head: Files = {"articles/ai/openai/index.md": "# I\n"}
    own: Files = {
        "a.md": "https://github.com/other/lib/blob/main/articles/ai/openai/how-to/old.md\n",
        "b.md": "[x](https://learn.example.com/en-us/ai/openai/how-to/old#part)\n",
        "c.md": "https://example.com/how-to/old and ../openai/how-to/old.md\n",
        "d.md": "https://github.com/other/fork/blob/main/how-to/old.md\n",
    }
    found = uses_of_facts(insight_with_uses(tmp_path, base, head, own))
    assert found == {"page.removed": ["a.md:1 proved", "b.md:1 likely"]}


def test_a_symbol_of_another_language_needs_its_package_and_its_language(tmp_path: Path) -> None:
    base: Files = {
        "Cargo.toml": '[package]\nname = "lib"\nversion = "1.0.0"\n',
        "src/lib.rs": "pub fn read_all() {}\npub fn stay() {}\n",
    }
    head: Files = {
        "Cargo.toml": '[package]\nname = "lib"\nversion = "1.0.0"\n',
        "src/lib.rs": "pub fn stay() {}\n",
    }
    own: Files = {
        "a.rs": "use lib::read_all;\nfn main() { read_all(); }\n",
        "b.rs": "fn read_all() {}\n",
        "c.py": "import lib\nread_all()\n",
    }
    found = uses_of_facts(insight_with_uses(tmp_path, base, head, own))
    assert found == {"symbol.removed read_all()": ["a.rs:1 likely", "a.rs:2 likely"]}


def test_a_checkout_says_where_it_is_from(tmp_path: Path) -> None:
    web = own_checkout(tmp_path / "a", {"a": "b"}, "git@github.com:me/app.git").web
    assert web is not None
    assert (web.server, web.repository) == ("https://github.com", "me/app")
    assert own_checkout(tmp_path / "b", {"a": "b"}).web is None


def test_a_new_row_with_a_deadline_is_looked_up_and_one_without_is_not(tmp_path: Path) -> None:
    base: Files = {
        "a.md": PAGE.format(gpt="May 1, 2026"),
        "b.md": "# B\n\n| Model | Size |\n|---|---|\n| `x-1` | 3 |\n",
    }
    head: Files = {
        "a.md": PAGE.format(gpt="May 1, 2026") + "| `gpt-4-32k` | June 6, 2026 |\n",
        "b.md": "# B\n\n| Model | Size |\n|---|---|\n| `x-1` | 3 |\n| `y-2` | 4 |\n",
    }
    own: Files = {"a.yaml": "model: gpt-4-32k\nother: y-2\n"}
    assert uses_of_facts(insight_with_uses(tmp_path, base, head, own)) == {
        "table.row-added gpt-4-32k": ["a.yaml:1 proved"]
    }


def test_an_operation_and_a_key_of_an_interface_are_found_where_they_stand_exactly(
    tmp_path: Path,
) -> None:
    paths = "paths:\n  /v1/orders/{id}:\n    get:\n      responses: {'200': {description: x}}\n"
    api = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\n"
    stay = "  /v1/items:\n    get:\n      responses: {'200': {description: x}}\n"
    base: Files = {"openapi.yaml": api + paths + stay}
    head: Files = {"openapi.yaml": api + "paths:\n" + stay}
    own: Files = {"a.py": 'get("/v1/orders")\nget("/v1/orders/items/more")\n# orders\n'}
    found = uses_of_facts(insight_with_uses(tmp_path, base, head, own))
    assert list(found.values()) == [["a.py:1 proved", "a.py:2 likely"]]


def test_without_a_search_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diff_insight.git.own_checkout.ENGINES", ("--no-such-engine",))
    insight = looked_up(tmp_path, {"a.yaml": "model: gpt-4o\n"})
    assert [notice.key for notice in insight.notices] == ["impact-unsearched"]


def test_files_that_are_parsed_have_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 1)
    project = '[project]\nname = "lib"\nversion = "1"\n[build-system]\nrequires = []\n'
    base: Files = {
        "pyproject.toml": project,
        "lib/__init__.py": "def old_one():\n    pass\n\n\ndef stay():\n    pass\n",
    }
    head: Files = {"pyproject.toml": project, "lib/__init__.py": "def stay():\n    pass\n"}
    own: Files = {"a.py": "import lib\nlib.old_one()\n", "b.py": "import lib\nlib.old_one()\n"}
    insight = insight_with_uses(tmp_path, base, head, own)
    assert uses_of_facts(insight) == {"symbol.removed old_one()": ["a.py:2 proved"]}
    assert [notice.key for notice in insight.notices if notice.key.startswith("impact")] == [
        "impact-cut"
    ]


@pytest.mark.parametrize("locale", ["en_US", "ja_JP"])
def test_hostile_names_on_both_sides_stay_names(tmp_path: Path, locale: str) -> None:
    """What the other repository calls a thing, and what one's own file is called, break out of nothing."""
    bad = "gpt-4`](https://evil.example/x)<img src=x onerror=y>@octocat"
    table = "# Retirements\n\n| Model | Retirement date |\n|---|---|\n| {name} | {date} |\n"
    base: Files = {"docs/a.md": table.format(name=bad, date="June 11, 2026")}
    head: Files = {"docs/a.md": table.format(name=bad, date="May 1, 2026")}
    own: Files = {"x`](javascript:y)<b>@octocat #1 | z.yaml": "model: gpt-4@octocat\n"}
    insight = insight_with_uses(tmp_path, base, head, own, Settings(locales=(locale,)))
    assert insight.impacts == 1
    check_inert(render_github(insight, locale))
    script, _ = page_script()
    Page(page(insight, locale)).check_harmless(script=script)
    assert "onerror" not in page(insight, locale).replace("onerror=y", "")
