"""Workflows, Dockerfiles and lock files."""

from __future__ import annotations

from textwrap import dedent

import pytest

from diff_insight.facts.data import dockerfile, workflows
from diff_insight.facts.packages.lock_files import lock_facts
from diff_insight.model.facts import Fact
from support.structured import WORKFLOW, WORKFLOW_NEW
from support.views import extraction_of, view_of, where


def line(fact: Fact) -> str:
    params = fact.params
    name = f"{params['within']}/{params['name']}" if params.get("within") else params["name"]
    parts = [fact.kind, params.get("what"), name, params.get("old"), params.get("new")]
    return " ".join(str(part) for part in [*parts, params.get("step")] if part)


def workflow(old: str, new: str) -> list[str]:
    view = view_of(old, new, path=".github/workflows/ci.yml")
    assert workflows.applies(view)
    return [line(fact) for fact in workflows.facts(view)]


def test_workflow() -> None:
    assert workflow(WORKFLOW, WORKFLOW_NEW) == [
        "setup.added trigger pull_request",
        "setup.changed runner build/runs-on ubuntu-22.04 ubuntu-24.04",
        "setup.removed job old",
        "permission.widened contents read write",
        "permission.narrowed issues write read",
        "dependency.moved action actions/checkout v4 v5 major",
        "dependency.pinned action actions/cache v4 9999999",
        "dependency.unpinned action actions/setup-python 0123456 v5",
        "setup.added secret DEPLOY",
    ]


def test_nothing_of_a_build_is_breaking() -> None:
    view = view_of(WORKFLOW, WORKFLOW_NEW, path=".github/workflows/ci.yml")
    facts = list(workflows.facts(view))
    assert not any(fact.breaking for fact in facts)
    assert [where(fact) for fact in facts[:3]] == ["+1", "-7 +7", "-13-14"]


BASE = "on: {push: {}}\njobs:\n  a:\n    permissions: read-all\n    steps: [{uses: x/y@%s}]\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("read-all", "write-all", ["permission.widened a/* read write"]),
        ("read-all", "{}", ["permission.narrowed a/* read none"]),
        ("read-all", "{contents: write}", ["permission.widened a/* read write"]),
        ("read-all", "odd", ["permission.narrowed a/* read none"]),
        ("{push: {}}", "workflow_dispatch", ["setup.added trigger workflow_dispatch", "setup.removed trigger push"]),
        ("%s}", "%s}, {uses: n/m@v1}", ["dependency.added action n/m v1"]),
        ("{uses: x/y@%s}", "{uses: ./local}", ["dependency.removed action x/y v1"]),
        ("on:", "env: {A: 1}\non:", ["setup.added environment-variable A"]),
        ("[{uses", "[{run: '${{ secrets.GITHUB_TOKEN }}'}, {uses", []),
    ],
)  # fmt: skip
def test_parts(before: str, after: str, expected: list[str]) -> None:
    assert before in BASE
    assert (
        workflow(BASE.replace("%s", "v1"), BASE.replace(before, after).replace("%s", "v1"))
        == expected
    )


def test_a_comment_tells_the_version_of_a_commit() -> None:
    old = BASE.replace("{uses: x/y@%s}", "{uses: x/y@%s} ").replace("%s", "a" * 40)
    new = old.replace("a" * 40, "b" * 40)
    assert workflow(old, new) == ["dependency.moved action x/y aaaaaaa bbbbbbb other"]
    notes = [text.replace("steps: [{uses", "steps:\n    - {uses").replace("} ]", f"}} # {version}")
             for text, version in ((old, "v1.2"), (new, "v2.0"))]  # fmt: skip
    assert workflow(*notes) == ["dependency.moved action x/y v1.2 v2.0 major"]


DOCKERFILE = dedent("""\
    ARG VERSION=1
    FROM python:3.11-slim AS build
    # comment
    ENV A=1 B="two words"
    ENV OLD style
    EXPOSE 80 443
    RUN make \\
        all
    FROM build
    FROM scratch
    FROM ghcr.io:443/a/b@sha256:%s
    USER app
    ENTRYPOINT ["a", \\
      "b"]
    """).replace("%s", "0" * 64)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("3.11-slim", "3.12-slim", ["dependency.moved base-image python 3.11-slim 3.12-slim minor"]),
        ("python:3.11-slim", "node", ["dependency.added base-image node latest",
                                      "dependency.removed base-image python 3.11-slim"]),
        ("0" * 64, "1" * 64, ["dependency.moved base-image ghcr.io:443/a/b sha256:0000000 sha256:1111111 other"]),
        ("80 443", "80 8080", ["setup.added port 8080", "setup.removed port 443"]),
        ("A=1", "A=2", ["setup.changed environment-variable A 1 2"]),
        ("OLD style", "NEW style", ["setup.added environment-variable NEW", "setup.removed environment-variable OLD"]),
        ("ARG VERSION=1\n", "", ["setup.removed build-argument VERSION"]),
        ("USER app", "USER root", ["setup.changed instruction USER app root"]),
        ('"b"', '"c"', ['setup.changed instruction ENTRYPOINT ["a",  "b"] ["a",  "c"]']),
        ("make", "cmake", []),
        ("FROM scratch", "FROM $BASE", []),
    ],
)  # fmt: skip
def test_dockerfile(before: str, after: str, expected: list[str]) -> None:
    assert before in DOCKERFILE
    view = view_of(DOCKERFILE, DOCKERFILE.replace(before, after, 1), path="docker/app.Dockerfile")
    assert dockerfile.applies(view)
    assert [line(fact) for fact in dockerfile.facts(view)] == expected


def test_only_dockerfiles() -> None:
    assert not dockerfile.applies(view_of("FROM a\n", "FROM b\n", path="docker.md"))
    view = view_of("FROM a\n" * 9, "FROM b\n" * 9, path="Dockerfile", whole=False, context=0)
    view = view_of(DOCKERFILE, DOCKERFILE.replace("app", "x"), path="Dockerfile", whole=False)
    assert not list(dockerfile.facts(view))


LOCKS = {
    "poetry.lock": '[[package]]\nname = "a"\nversion = "%s"\n\n[[package]]\nname = "b"\nversion = "1"\n',
    "package-lock.json": '{\n  "packages": {\n    "node_modules/a": {\n      "version": "%s"\n    },\n    "node_modules/b": {\n      "version": "1"\n    }\n  }\n}\n',
    "composer.lock": '    {\n      "name": "a",\n      "version": "%s"\n    },\n    {\n      "name": "b",\n      "version": "1"\n',
    "yarn.lock": 'a@^1:\n  version "%s"\n\n"b@^1", "b@^2":\n  version "1"\n',
    "pnpm-lock.yaml": "packages:\n\n  a@http://x/a@%s(b@1):\n    x: 1\n\n  '@s/b@1':\n    x: 1\n",
    "Gemfile.lock": "GEM\n  specs:\n    a (%s)\n    b (1)\n",
    "pylock.toml": '[[packages]]\nname = "a"\nversion = "%s"\n[[packages]]\nname = "b"\nversion = "1"\n',
    "bun.lock": '  "packages": {\n    "a": ["a@%s", "", {}, "sha"],\n    "b": ["b@1", "", {}, "sha"],\n',
    "go.sum": "a v%s h1:x=\na v%s/go.mod h1:x=\nb v1 h1:y=\n",
}


@pytest.mark.parametrize("path", LOCKS)
def test_locks(path: str) -> None:
    text = LOCKS[path]
    (fact,) = lock_facts(view_of(text.replace("%s", "1"), text.replace("%s", "2"), path=path))
    name = {"pnpm-lock.yaml": "a", "go.sum": "a v1 → v2"}.get(path, "a 1 → 2")
    assert fact.params == {
        "moved": 1, "added": 0, "removed": 0, "count": 1, "names": {"items": (name,), "total": 1},
    }  # fmt: skip


def test_what_came_and_went() -> None:
    old, new = "a v1 h1:x=\nb v1 h1:x=\n", "b v1 h1:x=\nc v1 h1:x=\nd v1 h1:x=\n"
    (fact,) = lock_facts(view_of(old, new, path="go.sum"))
    assert fact.params["names"] == {"items": ("c", "d", "a"), "total": 3}
    assert (fact.params["added"], fact.params["removed"]) == (2, 1)


@pytest.mark.parametrize(("text", "path"), [("x %s\n", "flake.lock"), ("x %s\n", "go.sum")])
def test_locks_that_are_told_as_generated(text: str, path: str) -> None:
    old, new = text.replace("%s", "1"), text.replace("%s", "2")
    found = extraction_of(old, new, path=path, generated="lock").facts
    assert [fact.kind for fact in found] == ["file.generated"]
    found = extraction_of(None, LOCKS["go.sum"], path="go.sum", generated="lock").facts
    assert [fact.kind for fact in found] == ["file.generated"]


def test_actions_of_the_repository_itself_break_nobody() -> None:
    old = "name: a\ninputs:\n  token: {description: x}\nruns: {using: node24, main: a.js}\n"
    new = "name: a\nruns: {using: node24, main: a.js}\n"
    for path, breaking in (("action.yml", True), (".github/actions/people/action.yml", False)):
        facts = extraction_of(old, new, path=path).facts
        assert [fact.breaking for fact in facts if fact.kind == "member.removed"] == [breaking], (
            path
        )


GRANTS = "on: push\npermissions:\n  issues: write\n  contents: read\njobs:\n  lock:\n    steps: [{run: x}]\n"


def test_permissions_that_moved_to_the_job_are_as_they_were() -> None:
    new = GRANTS.replace(
        "permissions:\n  issues: write\n  contents: read\n", "permissions: {}\n"
    ).replace("  lock:\n", "  lock:\n    permissions: {issues: write, contents: read}\n")
    kinds = {fact.kind for fact in extraction_of(GRANTS, new, path=".github/workflows/a.yml").facts}
    assert not any(kind.startswith("permission.") for kind in kinds)


def test_a_line_of_a_script_in_a_dockerfile_is_no_base_image() -> None:
    for mark in ("EOF", "-EOF", "'EOF'"):
        old = f"FROM a:1\nRUN <<{mark} sh\nFROM x:1\nENV Y=1\nEOF\nFROM b:1\n"
        facts = extraction_of(
            old, old.replace("x:1", "x:2").replace("b:1", "b:2"), path="Dockerfile"
        ).facts
        assert [fact.params["name"] for fact in facts if fact.kind == "dependency.moved"] == ["b"]


def test_hashes_belong_to_their_requirement() -> None:
    old = "attrs==24.1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nidna==3.1 \\\n    --hash=sha256:cc\n"
    new = old.replace("24.1.0", "25.1.0").replace(":aa", ":dd").replace(":bb", ":ee")
    facts = extraction_of(old, new, path="requirements.txt").facts
    assert [fact.kind for fact in facts] == ["dependency.moved"]
