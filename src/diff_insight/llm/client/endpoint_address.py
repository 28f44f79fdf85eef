"""Where a model is asked: the address, what opens the door, and how to ask there first."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from diff_insight.errors import UsageError
from diff_insight.llm.client.exchange import Dialect
from diff_insight.llm.client.models import thinks

OPENAI_URL = "https://api.openai.com/v1"
AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


class EndpointAddress(Struct, frozen=True, kw_only=True):
    """Where questions go and what opens the door; never shown.

    Attributes:
        url: Base URL as given; empty for OpenAI's own.
        key: API key or Entra token; empty where none is needed.
        timeout: Seconds that one request may take.
    """

    url: str = ""
    key: str = ""
    timeout: float = 120.0

    def __repr__(self) -> str:
        return f"Place(url={shown_url(self.url)!r}, timeout={self.timeout})"


def shown_url(url: str) -> str:
    """Return a base URL without user, password and query, for messages."""
    parts = urlsplit(url or OPENAI_URL)
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{parts.hostname or ''}{port}", parts.path, "", ""))


def check_url(name: str, url: str) -> str:
    """Return a base URL that questions may go to.

    Raises:
        UsageError: It is no web address, or would send data in the clear over a network.
    """
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", 0
    if scheme not in {"https", "http"} or not host or port == 0:
        raise UsageError(
            f"{name}: it is no web address", cure="give one such as https://api.openai.com/v1"
        )
    if scheme == "http" and not _is_this_machine(host):
        raise UsageError(
            f"{name}: an address with http:// sends the key and the diff in the clear",
            cause="only a server on this machine may be asked without https",
            cure="use https, or a tunnel to localhost",
        )
    return url


def _is_this_machine(host: str) -> bool:
    """Tell whether a host name can only be that of this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def first_dialect(url: str, model: str, effort: str = "") -> Dialect:
    """Return how to ask first: as OpenAI has it, or as most compatible servers do.

    Args:
        url: Base URL; empty for OpenAI's own.
        model: The model's name.
        effort: How much to think, as set; empty for little with models that are known to think.
    """
    host = urlsplit(url or OPENAI_URL).hostname or ""
    own = host == "api.openai.com" or host.endswith((*AZURE_HOSTS, ".api.openai.com"))
    if not own:
        return Dialect(tokens=("max_tokens", "max_completion_tokens", ""), effort=effort)
    thinking = thinks(model)
    return Dialect(temperature=not thinking, effort=effort or ("low" if thinking else ""))
