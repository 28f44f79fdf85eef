"""The inputs of a workflow step, read from the runner's environment once and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field  # noqa: TID251 - keeps secrets out of `repr`

from diff_insight.errors import UsageError
from diff_insight.settings.branch_name import check_branch
from diff_insight.settings.config_file import CONFIG_KEYS
from diff_insight.settings.settings import DEFAULT_CONFIG
from diff_insight.settings.values import flag
from diff_insight.settings.wrong_values import unknown_key

#: Inputs that are settings of the same name.
SETTING_INPUTS = (
    "locales", "output", "layout", "timezone", "dry-run", "fail-on", "unexamined", "impact", "model", "token-budget",
    "model-batch",
)  # fmt: skip
_TEXTS = (
    "repository",
    "base",
    "head",
    "since",
    "config",
    "publish",
    "branch",
    "split",
    "analyst",
    "mode",
    "plan",
    "job",
)
_SECRETS = ("github-token", "source-token", "api-key", "base-url", "cache-secret")
_FLAGS = ("allow-private-source",)
KNOWN_INPUTS = (*SETTING_INPUTS, *_TEXTS, *_SECRETS, *_FLAGS)
BOOLEANS = {"true": True, "false": False}
_PREFIX = "INPUT_"
_SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInputs:
    """What the step was given; a text that was not given is empty.

    Attributes:
        settings: Values of `SETTING_INPUTS`, as they were written.
        publish: Where to publish, as written.
        allow_private_source: Whether reports on a private repository may be committed where
            everybody sees them.
    """

    repository: str = ""
    base: str = ""
    head: str = ""
    since: str = ""
    config: str = ""
    publish: str = ""
    branch: str = ""
    split: str = ""
    analyst: str = ""
    mode: str = ""
    plan: str = ""
    job: str = ""
    allow_private_source: bool = False
    base_url: str = field(default="", repr=False)
    github_token: str = field(default="", repr=False)
    source_token: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    cache_secret: str = field(default="", repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> StepInputs:
        """Return the inputs that the runner hands over as variables.

        Args:
            environ: The environment of the step.

        Raises:
            UsageError: An input is not known, with the nearest known name; or it has a wrong value.
        """
        return cls.of(
            {
                name.removeprefix(_PREFIX).lower(): value.strip()
                for name, value in environ.items()
                if name.startswith(_PREFIX)
            }
        )

    @classmethod
    def of(cls, inputs: Mapping[str, str]) -> StepInputs:
        """Return inputs by their names in lower case with dashes kept; empty ones do not count.

        Raises:
            UsageError: As for `from_environ`.
        """
        values = {name: value for name, value in inputs.items() if name and value}
        for name in values:
            if name not in KNOWN_INPUTS:
                raise _unknown_input(name)
        _check_secret(values.get("cache-secret", ""))
        if values.get("branch"):
            check_branch("branch", values["branch"])
        texts = {
            name.replace("-", "_"): values[name] for name in (*_TEXTS, *_SECRETS) if name in values
        }
        return cls(
            **texts,
            allow_private_source=_flag("allow-private-source", values),
            settings={name: values[name] for name in SETTING_INPUTS if name in values},
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown in the log."""
        every = self.github_token, self.source_token, self.api_key, self.cache_secret
        return tuple(secret for secret in every if secret)

    def source_token_for(self, *, foreign: bool) -> str:
        """Return the token that reads the compared repository; another one may have its own."""
        return (self.source_token or self.github_token) if foreign else self.github_token


def _unknown_input(name: str) -> UsageError:
    """Return the error for an input that there is not; many a name is a key of the configuration."""
    if name in CONFIG_KEYS:
        return UsageError(
            f"inputs: {name!r} is no input",
            cause="it is a key of the configuration file",
            cure=f"write it into {DEFAULT_CONFIG}, or into the file that config names",
        )
    return unknown_key("inputs", name, KNOWN_INPUTS)


def _check_secret(secret: str) -> None:
    """Refuse a secret that can be guessed from what it seals, which others may read."""
    if 0 < len(secret) < _SHORTEST_SECRET:
        raise UsageError(
            f"cache-secret has fewer than {_SHORTEST_SECRET} characters",
            cause="what is kept may be read by others, and a short secret be found by trying",
            cure="make one with `openssl rand -hex 32`",
        )


def _flag(name: str, values: Mapping[str, str]) -> bool:
    value = values.get(name, "false").lower()
    return flag(name, BOOLEANS.get(value, value))
