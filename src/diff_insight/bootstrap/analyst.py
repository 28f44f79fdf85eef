"""Who writes the texts: nobody but the rules, or a model at an endpoint, with the key from its place."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.bootstrap.kept_folder import is_believed
from diff_insight.errors import UsageError
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.ports import Analyst, Progress
from diff_insight.settings.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from diff_insight.llm.client.cache import Cache
    from diff_insight.llm.client.endpoint_address import EndpointAddress
    from diff_insight.llm.client.model_analyst import ModelAnalyst
    from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint

_LARGEST_KEY = 20_000
#: Output tokens for the thoughts of a model that is known to think, when no setting says how many.
_THOUGHTS = 2_000


def command_analyst(
    arguments: argparse.Namespace,
    settings: Settings,
    environment: Mapping[str, str] | None,
    progress: Progress,
) -> Analyst | None:
    """Return the analyst of a command, or None for the rules alone.

    Raises:
        UsageError: A model is asked for, but neither a key nor an endpoint is given.
    """
    environ = os.environ if environment is None else environment
    options = (arguments.base_url, "--base-url"), (arguments.api_key_file, "--api-key-file")
    if settings.analyst != "model":
        for value, option in options:
            if value is not None:
                raise UsageError(
                    f"{option} is inputs, but no model is asked", cure="add --analyst model"
                )
        return None
    url = arguments.base_url or environ.get("OPENAI_BASE_URL", "")
    named = "--base-url" if arguments.base_url else "OPENAI_BASE_URL"
    key = (
        _key_of(Path(arguments.api_key_file))
        if arguments.api_key_file
        else environ.get("OPENAI_API_KEY", "")
    )
    if not key and not url:
        raise UsageError(
            "--analyst model has neither a key nor an endpoint",
            cause="a model is asked with one of them",
            cure="set OPENAI_API_KEY or --api-key-file, or name an endpoint without key with --base-url",
        )
    return model_analyst(settings, (named, url), key, progress)


def action_analyst(inputs: StepInputs, settings: Settings, progress: Progress) -> Analyst | None:
    """Return the analyst of a step; key and address come from its inputs only.

    Raises:
        UsageError: A model is asked for, but neither a key nor an address is given.
    """
    door = action_door(inputs, settings)
    return model_analyst(settings, *door, progress) if door is not None else None


def action_door(inputs: StepInputs, settings: Settings) -> tuple[tuple[str, str], str] | None:
    """Return address and key of a step's model, as `model_analyst` takes them; None for the rules alone.

    Raises:
        UsageError: A model is asked for, but neither a key nor an address is given.
    """
    if settings.analyst != "model":
        return None
    key, url = inputs.api_key, inputs.base_url
    if not key and not url:
        raise UsageError(
            "analyst: model has neither api-key nor base-url",
            cause="secrets are empty on pull requests from forks",
            cure="give api-key, or leave analyst out: without a key the rules write",
        )
    return ("base-url", url), key


def model_analyst(
    settings: Settings, address: tuple[str, str], key: str, progress: Progress
) -> ModelAnalyst:
    """Return an analyst that asks a model; nothing heavy is loaded before the first question.

    Args:
        settings: What to ask, how much, and where answers are kept.
        address: How messages call the base URL, and the URL; empty for OpenAI's own.
        key: Opens the endpoint; empty where none is needed.
        progress: Hears the plan and how far it is.
    """
    import secrets  # noqa: PLC0415 - like all of these, only with a model

    from diff_insight.llm.client.endpoint_address import first_dialect, shown_url  # noqa: PLC0415
    from diff_insight.llm.client.endpoint_client import RequestLimits  # noqa: PLC0415 - asyncio
    from diff_insight.llm.client.model_analyst import ModelAnalyst  # noqa: PLC0415
    from diff_insight.llm.client.models import shutdown_date  # noqa: PLC0415
    from diff_insight.llm.client.prepared import Asked  # noqa: PLC0415

    gone = shutdown_date(settings.model, SystemClock().now().date().isoformat())
    if gone:
        sentence = f"the model {settings.model} was announced to be shut down on {gone}"
        progress.say(sentence + f"; set model to a current one, such as {DEFAULT_MODEL}")
    endpoint_address = endpoint_address_of(settings, address, key)
    asked = Asked(
        model=settings.model,
        summary_model=settings.summary_model or settings.model,
        place=shown_url(endpoint_address.url),
        dialect=first_dialect(endpoint_address.url, settings.model, settings.reasoning_effort),
        nonce=secrets.token_hex(6),
        budget=settings.token_budget,
        never_send=settings.never_send,
        prices=_prices(settings.prices),
        plan_only=settings.dry_run,
        limits=RequestLimits(
            slots=settings.max_concurrency,
            request_seconds=settings.model_timeout,
            run_seconds=settings.model_deadline,
            thinking_tokens=settings.thinking_tokens or _thoughts(settings.model),
        ),
    )
    cache = _cache(settings.cache_dir, endpoint_address.key, progress)
    return ModelAnalyst(asked, _opener(endpoint_address), progress, cache)


def endpoint_address_of(settings: Settings, address: tuple[str, str], key: str) -> EndpointAddress:
    """Return where questions go; arguments as for `model_analyst`."""
    from diff_insight.llm.client.endpoint_address import (  # noqa: PLC0415 - only with a model
        EndpointAddress,
        check_url,
    )

    name, url = address
    return EndpointAddress(
        url=check_url(name, url) if url else "", key=key.strip(), timeout=settings.model_timeout
    )


def _cache(folder: str, key: str, progress: Progress) -> Cache:
    """Return where answers are kept: where nobody else can have put some, else nowhere."""
    from diff_insight.llm.client.cache import FolderCache, NoCache  # noqa: PLC0415

    if not folder or not is_believed(folder, key, progress, what="answers", needed="a key"):
        return NoCache()
    return FolderCache(Path(folder), key)


def _opener(address: EndpointAddress) -> Callable[[], OpenAIEndpoint]:
    from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint  # noqa: PLC0415

    return lambda: OpenAIEndpoint(address)


def _thoughts(model: str) -> int:
    """Return the tokens for thoughts to begin with: some for models that are known to think."""
    from diff_insight.llm.client.models import thinks  # noqa: PLC0415

    return _THOUGHTS if thinks(model) else 0


def _prices(prices: str) -> tuple[float, float] | None:
    first, _, second = prices.partition("/")
    return (float(first), float(second)) if second else None


def _key_of(path: Path) -> str:
    """Return the key that a file holds; messages name the file, never its content."""
    try:
        content = path.read_bytes()[:_LARGEST_KEY].decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(
            f"--api-key-file: {str(path)!r} cannot be read: {said}",
            cure="name a file that holds the key and nothing else",
        ) from None
    if not content or any(character.isspace() for character in content):
        raise UsageError(
            f"--api-key-file: {str(path)!r} holds no key",
            cure="name a file that holds the key and nothing else",
        )
    return content
