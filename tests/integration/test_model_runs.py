"""Runs with a model as a whole: cache, plan, concurrency, redaction, cancel, provenance, dialects."""

from __future__ import annotations

import asyncio
import json
import re
import time
from pathlib import Path

import httpx2
import pytest
from msgspec.structs import replace

from diff_insight.llm.client.cache import FolderCache
from diff_insight.llm.client.endpoint_address import EndpointAddress, first_dialect
from diff_insight.llm.client.endpoint_client import Timing
from diff_insight.render.github import render_github
from diff_insight.render.json_form import write_json
from diff_insight.render.json_reader import read_insight
from support.asking import ASKED, KEY, PLACE, Listener, page_diff, pages, told
from support.fake_model import Block, FakeModel, Request, always, first, honest, refused, sent_again
from support.insights import classic

LOCALES = ("en_US", "ja_JP", "zh_CN")


def document(insight: object) -> str:
    return b"".join(write_json(insight)).decode()  # type: ignore[arg-type]


def test_a_warm_cache_asks_nothing_and_gives_the_same_bytes(tmp_path: Path) -> None:
    cache, diff = FolderCache(tmp_path / "cache", "key"), pages(5)
    cold = told(diff, FakeModel(), locales=LOCALES, cache=cache)
    models = [FakeModel(), FakeModel()]
    warm = [told(diff, model, locales=LOCALES, cache=cache) for model in models]
    assert [len(model.requests) for model in models] == [0, 0]
    assert document(warm[0].insight) == document(warm[1].insight)
    assert warm[0].insight.usage.requests == 0
    assert warm[0].insight.usage.cache_hits == 6 * len(LOCALES)
    for locale in LOCALES:
        ours = classic(cold.insight, locale).rpartition("<!-- ")[0]
        assert ours == classic(warm[0].insight, locale).rpartition("<!-- ")[0]


def test_what_is_refused_is_asked_again_another_time_and_nothing_else(tmp_path: Path) -> None:
    def inventing(block: Block, locale: str) -> tuple[str, str]:
        wrong = "The switch retires on March 3, 2027."
        return honest(block, locale) if "01" in block.path else ("Changes", wrong)

    cache = FolderCache(tmp_path, "key")
    assert told(pages(2), FakeModel(writer=inventing), cache=cache).notices() == ["model-rejected"]
    model = FakeModel()
    again = told(pages(2), model, cache=cache)
    asked = [block.path for request in model.requests for block in request.blocks]
    assert asked == ["docs/page-02.md"]
    assert again.notices() == []
    assert set(again.authors().values()) == {"model"}


def test_a_run_that_broke_off_is_taken_up_where_it_ended(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, "key")
    broken = FakeModel(faults={2: always(lambda: refused(401, "no"))})
    told(pages(3), broken, cache=cache, slots=1)
    model = FakeModel()
    done = told(pages(3), model, cache=cache, slots=1)
    assert [request.blocks[0].path for request in model.requests[:-1]] == ["docs/page-03.md"]
    assert set(done.authors().values()) == {"model"}


def test_what_the_cache_holds_is_checked_like_any_answer(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, "key")
    told(pages(1), FakeModel(), cache=cache)
    for path in tmp_path.rglob("*.json"):
        value = json.loads(path.read_text("utf-8").partition("\n")[2])
        value["explanation"] = "Read https://evil.example/ first."
        value["answer"] = "[]"
        cache.put(path.parent.name + path.stem, value)
    model = FakeModel()
    done = told(pages(1), model, cache=cache)
    assert len(model.requests) == 2
    assert "evil" not in classic(done.insight)


def test_only_what_runs_with_the_same_key_have_kept_is_believed(tmp_path: Path) -> None:
    def words(block: Block, locale: str) -> tuple[str, str]:
        return "Words of somebody else", "The text changed unlikely."

    told(pages(1), FakeModel(writer=words), cache=FolderCache(tmp_path, "another key"))
    before = sorted(tmp_path.rglob("*.json"))
    model = FakeModel()
    done = told(pages(1), model, cache=FolderCache(tmp_path, "key"))
    assert before
    assert len(model.requests) == 2
    assert "somebody else" not in classic(done.insight)


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b"\xff\xfe", b'{"a": 1}' * 40_000])
def test_a_broken_cache_only_costs_its_answers(tmp_path: Path, broken: bytes) -> None:
    cache = FolderCache(tmp_path, "key")
    told(pages(1), FakeModel(), cache=cache)
    for path in tmp_path.rglob("*.json"):
        path.write_bytes(broken)
    done = told(pages(1), FakeModel(), cache=cache)
    assert done.authors() == {"docs/page-01.md": "model"}


def test_a_cache_that_cannot_be_written_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = told(pages(1), FakeModel(), cache=FolderCache(tmp_path / "file", "key"))
    assert done.authors() == {"docs/page-01.md": "model"}


def test_each_patch_goes_out_once_for_all_locales() -> None:
    model = FakeModel()
    done = told(pages(30), model, locales=LOCALES, slots=2)
    sent = [
        block.path for request in model.requests if not request.overview for block in request.blocks
    ]
    assert sorted(sent) == sorted(set(sent))
    assert len(sent) == 30
    assert all(
        request.locales == list(LOCALES) for request in model.requests if not request.overview
    )
    assert not done.insight.usage.resent
    assert done.insight.usage.requests < 30 + len(LOCALES)  # small files share requests


@pytest.mark.slow
def test_no_line_of_a_patch_goes_out_twice_whatever_the_sizes() -> None:
    long = "".join(f"+Line {number} of a long story about switches.\n" for number in range(3000))
    diff = pages(60) + b"".join(
        page_diff(f"docs/middle-{number}.md", added="word " * 700 * number) for number in range(4)
    )
    diff += (
        "diff --git a/docs/long.md b/docs/long.md\nnew file mode 100644\nindex 0000000..89abcde\n"
        f"--- /dev/null\n+++ b/docs/long.md\n@@ -0,0 +1,3000 @@\n{long}"
    ).encode()
    model = FakeModel()
    done = told(diff, model, locales=LOCALES, slots=4)
    assert set(done.authors().values()) == {"model"}
    assert sent_again(model) == 0
    assert not done.insight.usage.resent


def test_a_shared_request_that_is_refused_is_asked_in_halves() -> None:
    def batched(request: Request) -> bool:
        return not request.overview and len(request.blocks) > 1

    async def fault(request: Request) -> httpx2.Response | None:
        return refused(400, "no", code="content_filter") if batched(request) else None

    model = FakeModel(always=fault)
    done = told(pages(12), model, slots=1)
    assert set(done.authors().values()) == {"model"}
    assert dict(done.insight.usage.resent) == {"filtered": sent_again(model)}
    assert sent_again(model) >= 2


def test_requests_come_in_the_same_order_every_time() -> None:
    diff = b"".join(page_diff(f"docs/{n:02}.md", added="word " * (n * 40 + 1)) for n in range(20))
    orders = []
    for _ in range(3):
        model = FakeModel()
        told(diff, model, slots=4)
        orders.append([request.user for request in model.requests])
    assert orders[0] == orders[1] == orders[2]


def test_concurrency_is_bounded_and_halved_by_429() -> None:
    diff = b"".join(page_diff(f"docs/{n:02}.md", added="word " * 700) for n in range(24))
    model = FakeModel(latency=(0.01, 0.0))
    told(diff, model, slots=6)
    assert model.most_under_way == 6
    slow = FakeModel(latency=(0.01, 0.0), faults=first([always(lambda: refused(429, "slow"))] * 6))
    done = told(diff, slow, slots=6)
    assert done.insight.usage.resent["rate"] == 6
    assert set(done.authors().values()) == {"model"}


def test_secret_values_never_leave() -> None:
    secret = "ghs_" + "A1b2C3d4E5" * 6
    diff = page_diff(added=f"The token is {secret} and `--fast` is new.")
    model = FakeModel()
    done = told(diff, model)
    assert all(secret not in json.dumps(request.body) for request in model.requests)
    assert "[redacted:github-token]" in model.requests[0].user
    assert done.count("model-redacted") == 1


@pytest.mark.parametrize(
    "path", [".env", "deploy/.env.production", "keys/server.pem", "id_rsa", "internal/plan.md"]
)
def test_files_that_never_go_out(path: str) -> None:
    model = FakeModel()
    done = told(page_diff(path), model, asked=replace(ASKED, never_send=("internal/",)))
    assert model.requests == []
    assert done.authors() == {path: "rules"}
    assert any("1 never-send" in said for said in done.listener.said)


def test_trivial_files_never_go_out() -> None:
    diff = (
        b"diff --git a/docs/a.md b/docs/a.md\nindex 1234567..89abcde 100644\n--- a/docs/a.md\n"
        b"+++ b/docs/a.md\n@@ -1,3 +1,3 @@\n A line\n-of text  \n+of text\n The end.\n"
    )
    model = FakeModel()
    done = told(diff, model)
    assert model.requests == []
    assert done.insight.coverage.sent_to_model == 0


def test_a_plan_is_told_and_nothing_sent() -> None:
    model = FakeModel()
    asked = replace(ASKED, plan_only=True, prices=(0.25, 2.0))
    done = told(pages(3), model, asked=asked)
    assert model.requests == []
    (plan,) = [line for line in done.listener.said if line.startswith("plan: ")]
    assert plan.startswith("plan: 3 files to test-model in about 4 requests; about ")
    assert "about $0.00" in plan
    assert set(done.authors().values()) == {"rules"}


def test_the_plan_is_close_to_what_is_spent() -> None:
    model = FakeModel()
    diff = b"".join(
        page_diff(f"docs/{n:02}.md", added="Some words of prose, as pages have them. " * 60)
        for n in range(9)
    )
    done = told(diff, model, locales=LOCALES)
    figures = re.search(r"about (\d+) requests; about (\d+) input", "\n".join(done.listener.said))
    assert figures
    assert int(figures[1]) == len(model.requests)
    assert 0.6 < int(figures[2]) / done.insight.usage.input_tokens < 1.6


def test_an_interrupted_run_leaves_a_whole_report_and_still_ends_interrupted() -> None:
    calls = 0

    async def interrupting(request: Request) -> httpx2.Response | None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return None

    listener = Listener()
    with pytest.raises(KeyboardInterrupt):
        told(pages(4), FakeModel(always=interrupting), slots=1, listener=listener)
    (insight,) = listener.insights
    authors = [entry.author for entry in insight.files]
    assert authors == ["model", "model", "rules", "rules"]
    assert [notice.key for notice in insight.notices] == ["model-interrupted"]
    assert insight.notices[0].params["count"] == 2


def test_the_deadline_leaves_the_rest_to_the_rules() -> None:
    diff = b"".join(page_diff(f"docs/{n}.md", added="word " * 700) for n in range(6))
    model = FakeModel(latency=(0.1, 0.0))
    timing = Timing(now=time.monotonic, sleep=asyncio.sleep)
    done = told(diff, model, slots=1, run_seconds=0.25, timing=timing)
    written = list(done.authors().values()).count("model")
    assert 1 <= written < 6
    assert "model-deadline" in done.notices()


def test_one_locale_may_be_the_rules_and_the_document_says_so() -> None:
    def writer(block: Block, locale: str) -> tuple[str, str]:
        return honest(block, "en_US") if locale == "ja_JP" else honest(block, locale)

    done = told(pages(1), FakeModel(writer=writer), locales=LOCALES)
    (entry,) = done.insight.files
    assert entry.author == "rules"
    assert entry.authors == {"en_US": "model", "ja_JP": "rules", "zh_CN": "model"}
    again = read_insight(document(done.insight), "test")
    assert again.files[0].authors == entry.authors
    assert again.texts_by_model == done.insight.texts_by_model == (5, 6)
    assert document(again) == document(done.insight)


def test_provenance_is_in_document_and_report() -> None:
    done = told(pages(2), FakeModel())
    insight = done.insight
    assert (insight.analyst, insight.model) == ("model", "test-model")
    assert insight.prompt_version.startswith("2-")
    assert insight.coverage.sent_to_model == 2
    line = classic(insight).splitlines()[-1]
    for told_there in ("model=test-model", "requests=3", "cache-hits=0", "texts-by-model=3/3"):
        assert told_there in line
    assert "3 of 3 texts by `test-model`, checked against the diff" in render_github(
        insight, "en_US"
    )


@pytest.mark.parametrize(
    ("place", "url", "header"),
    [
        (EndpointAddress(url="https://x.openai.azure.com/openai/v1/", key="k" * 32), "https://x.openai.azure.com/openai/v1/chat/completions", ("api-key", "k" * 32)),
        (EndpointAddress(url="https://x.openai.azure.com/openai/v1?api-version=preview", key="k" * 32), "https://x.openai.azure.com/openai/v1/chat/completions?api-version=preview", ("api-key", "k" * 32)),
        (EndpointAddress(url="https://x.openai.azure.com?api-version=2024-10-21", key="k" * 32), "https://x.openai.azure.com/openai/deployments/test-model/chat/completions?api-version=2024-10-21", ("api-key", "k" * 32)),
        (EndpointAddress(url="https://x.openai.azure.com/openai/deployments/mine?api-version=2024-10-21", key="k" * 32), "https://x.openai.azure.com/openai/deployments/mine/chat/completions?api-version=2024-10-21", ("api-key", "k" * 32)),
        (EndpointAddress(url="https://x.openai.azure.com?api-version=2024-10-21", key="eyJhbGciOi.eyJhdWQiOi.c2lnbmF0"), "https://x.openai.azure.com/openai/deployments/test-model/chat/completions?api-version=2024-10-21", ("authorization", "Bearer eyJhbGciOi.eyJhdWQiOi.c2lnbmF0")),
        (EndpointAddress(url="https://x.openai.azure.com/openai/v1", key="eyJhbGciOi.eyJhdWQiOi.c2lnbmF0"), "https://x.openai.azure.com/openai/v1/chat/completions", ("authorization", "Bearer eyJhbGciOi.eyJhdWQiOi.c2lnbmF0")),
        (EndpointAddress(url="http://localhost:11434/v1"), "http://localhost:11434/v1/chat/completions", ("authorization", "Bearer none")),
        (EndpointAddress(key=KEY), "https://api.openai.com/v1/chat/completions", ("authorization", f"Bearer {KEY}")),
    ],
)  # fmt: skip
def test_where_questions_go(place: EndpointAddress, url: str, header: tuple[str, str]) -> None:
    model = FakeModel()
    dialect = first_dialect(place.url, "gpt-5.4-mini")
    done = told(pages(1), model, place=place, asked=replace(ASKED, dialect=dialect))
    assert set(done.authors().values()) == {"model"}
    assert {request.url for request in model.requests} == {url}
    assert model.requests[0].headers[header[0]] == header[1]
    body = model.requests[0].body
    own = "azure.com" in url or "api.openai.com" in url
    assert ("max_completion_tokens" in body) == own
    assert ("temperature" in body) == (not own)
    assert ("reasoning_effort" in body) == own


def test_the_key_is_in_no_text(tmp_path: Path) -> None:
    model = FakeModel(always=always(lambda: refused(401, f"Incorrect API key provided: {KEY}")))
    done = told(pages(1), model, cache=FolderCache(tmp_path, "key"))
    assert KEY not in document(done.insight)
    assert KEY not in repr(PLACE)
    assert all(KEY not in path.read_text("utf-8") for path in tmp_path.rglob("*.json"))


@pytest.mark.slow
def test_many_files_are_told_in_groups_and_kept(tmp_path: Path) -> None:
    cache, asked = FolderCache(tmp_path, "key"), replace(ASKED, budget=0)
    model = FakeModel()
    done = told(pages(420), model, asked=asked, cache=cache)
    overviews = [request for request in model.requests if request.overview]
    assert len(overviews) >= 3
    assert done.insight.overview_author == {"en_US": "model"}
    warm = FakeModel()
    again = told(pages(420), warm, asked=asked, cache=cache)
    assert warm.requests == []
    assert again.insight.headline == done.insight.headline


def test_a_refused_overview_is_asked_again_another_time(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, "key")
    bad = dict.fromkeys(("headline", "summary", "insights"), "It retires on March 3, 2027")
    told(pages(1), FakeModel(overview=lambda request: bad), cache=cache)
    warm = FakeModel()
    again = told(pages(1), warm, cache=cache)
    assert [request.overview for request in warm.requests] == [True]
    assert again.insight.overview_author == {"en_US": "model"}


def test_another_locale_asks_about_that_one_only(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, "key")
    told(pages(3), FakeModel(), cache=cache)
    model = FakeModel()
    done = told(pages(3), model, locales=LOCALES, cache=cache)
    assert {tuple(r.locales) for r in model.requests if not r.overview} == {LOCALES[1:]}
    assert done.insight.texts_by_model == (12, 12)
    assert done.insight.usage.cache_hits == 4


def test_a_wait_that_is_asked_of_one_is_obeyed_by_all() -> None:
    slow = always(lambda: refused(429, "slow down", headers={"retry-after": "7"}))
    model = FakeModel(faults={0: slow})
    diff = b"".join(page_diff(f"docs/{n:02}.md", added="word " * 700) for n in range(6))
    done = told(diff, model, slots=1)
    assert done.patience.waits == [7.0] * len(done.patience.waits)
    assert done.insight.usage.resent == {"rate": 1}
    assert set(done.authors().values()) == {"model"}
