"""What a model is to be asked, and how: before anything is asked, in figures for whoever waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from diff_insight.llm.client.category_session import CategorySession
from diff_insight.llm.client.endpoint_client import RequestLimits
from diff_insight.llm.client.exchange import Dialect
from diff_insight.llm.prompting.overview import OUTPUT, groups_of, known_files, overview_prompt
from diff_insight.llm.prompting.plan import Plan
from diff_insight.llm.prompting.prompts import Prompt
from diff_insight.llm.prompting.token_estimate import estimate

#: What a queue of batches takes of the price.
BATCH_PRICE = 0.5


class Asked(Struct, frozen=True, kw_only=True):
    """How a model is asked.

    Attributes:
        place: The endpoint's address as shown, part of what answers are kept under.
        nonce: Mark of this run's fences, which nobody can know before.
        budget: Input tokens of the whole run; 0 is unlimited.
        prices: US dollars for a million input and output tokens, for the plan.
        plan_only: Only say what would be asked.
    """

    model: str
    summary_model: str
    place: str
    dialect: Dialect
    nonce: str
    budget: int = 300_000
    never_send: tuple[str, ...] = ()
    prices: tuple[float, float] | None = None
    plan_only: bool = False
    limits: RequestLimits = field(default_factory=RequestLimits)


class PreparedCategory(Struct, frozen=True):
    """A category before anything is asked about it: what is known of it, and what is to be asked."""

    desk: CategorySession
    plan: Plan


def describe_plan(
    asked: Asked, prepared: Sequence[PreparedCategory], *, batched: bool = False
) -> str:
    """Return the plan in figures: files, requests, tokens, cost.

    Args:
        asked: How a model is asked.
        prepared: What is asked.
        batched: Whether files go through a queue of batches; the range as a whole never does.
    """
    plans = [each.plan for each in prepared]
    requests = sum(plan.requests for plan in plans)
    input_tokens, taken = sum(plan.input for plan in plans), sum(plan.output for plan in plans)
    cost = _cost(asked, input_tokens, taken) * (BATCH_PRICE if batched else 1)
    for each in prepared:
        for prompt in _overview_prompts(each.desk):
            requests += 1
            more = estimate(prompt.system) + estimate(prompt.user)
            input_tokens, taken = input_tokens + more, taken + OUTPUT
            cost += _cost(asked, more, OUTPUT)
    files = sum(len(plan.units) for plan in plans)
    sentences = [
        f"{files} file{'' if files == 1 else 's'} to {asked.model} in about {requests} request{'' if requests == 1 else 's'}"
        + (", those about files in a batch" if batched else ""),
        f"about {input_tokens} input and {taken} output tokens",
    ]
    sentences += [f"about ${cost:.4f}"] if asked.prices is not None else []
    desks = [each.desk for each in prepared]
    cached = sum(desk.ledger.cache_hits for desk in desks)
    sentences += [f"{cached} texts from the cache"] if cached else []
    kept_back = sum((desk.chosen.kept_back for desk in desks), start=Counter[str]())
    left_out = sum(desk.chosen.left_out for desk in desks)
    kept_back["over the budget"] += left_out
    reasons = [f"{count} {reason}" for reason, count in sorted(kept_back.items()) if count]
    sentences += [f"not sent: {', '.join(reasons)}"] if reasons else []
    return f"plan: {'; '.join(sentences)}"


def _cost(asked: Asked, input_tokens: int, output_tokens: int) -> float:
    """Return US dollars; 0 without prices."""
    price_in, price_out = asked.prices or (0.0, 0.0)
    return (input_tokens * price_in + output_tokens * price_out) / 1_000_000


def _overview_prompts(desk: CategorySession) -> Iterator[Prompt]:
    """Yield what will be asked about a category as a whole, as far as it is known."""
    for locale in desk.locales if desk.chosen.units else ():
        groups = groups_of(known_files(desk.insight, desk.texts, locale))
        for group in (*groups, *groups[1:2]):
            yield overview_prompt(group, locale)
