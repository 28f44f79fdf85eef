"""What is known of models by their names: which ones think, and when they are shut down."""

from __future__ import annotations

#: Shutdown dates that the package announces for models which people still name in settings.
RETIRING = {
    "gpt-5": "2026-12-11", "gpt-5-mini": "2026-12-11", "gpt-5-nano": "2026-12-11",
    "o3": "2026-12-11", "gpt-4.1": "2027-01-14", "gpt-4.1-mini": "2027-01-14",
    "gpt-4o": "2027-01-14", "gpt-4o-mini": "2027-01-14", "gpt-5.1": "2027-04-01",
    "gpt-5.4-nano": "2027-04-01", "gpt-4.1-nano": "2026-10-23", "o4-mini": "2026-10-23",
    "gpt-4": "2026-10-23", "gpt-4-turbo": "2026-10-23", "gpt-3.5-turbo": "2026-10-23",
}  # fmt: skip
#: Models that think before they answer: they take no temperature, and their thoughts are paid output.
_THINKING = ("gpt-5", "gpt-6", "o1", "o3", "o4")


def thinks(model: str) -> bool:
    """Tell whether a model of OpenAI spends output tokens before the answer begins."""
    return model.startswith(_THINKING)


def shutdown_date(model: str, today: str) -> str:
    """Return the shutdown date of a model that is no longer served on an ISO day, else nothing."""
    date = RETIRING.get(model, "")
    return date if date and date <= today else ""
