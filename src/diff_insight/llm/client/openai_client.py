"""Makes the client of the `openai` package for an address: OpenAI, Azure OpenAI, and all that speak alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from diff_insight.llm.client.endpoint_address import AZURE_HOSTS, OPENAI_URL, EndpointAddress

if TYPE_CHECKING:
    import httpx2
    import openai

#: What endpoints without a key are given: the client insists on one.
_NO_KEY = "none"
#: An Entra token is a JWT; Azure keys are not.
_ENTRA = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")


def open_client(
    address: EndpointAddress, transport: httpx2.AsyncBaseTransport | None, *, largest: int
) -> openai.AsyncOpenAI:
    """Return a client that retries nothing and follows nobody.

    Args:
        address: Where to.
        transport: What carries the bytes; the network by default.
        largest: Decoded bytes of an answer.
    """
    import httpx2  # noqa: PLC0415 - heavy
    import openai  # noqa: PLC0415 - heavy

    from diff_insight.llm.client.bounded_transport import BoundedTransport  # noqa: PLC0415

    parts = urlsplit(address.url or OPENAI_URL)
    options: dict[str, Any] = {
        "timeout": address.timeout,
        "max_retries": 0,
        "http_client": httpx2.AsyncClient(
            transport=BoundedTransport(transport or _network(parts), largest=largest),
            timeout=address.timeout,
            follow_redirects=False,
        ),
    }
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    entra = bool(_ENTRA.fullmatch(address.key))
    version = query.pop("api-version", "")
    if version and not parts.path.rstrip("/").endswith("/v1"):
        # A deployment may be part of the address; else the client adds it from the model's name.
        deployed = "/deployments/" in parts.path
        where = bare if deployed else f"{bare.removesuffix('/openai')}/openai"
        return openai.AsyncAzureOpenAI(
            base_url=where,
            api_version=version,
            api_key=None if entra else address.key or _NO_KEY,
            azure_ad_token=address.key if entra else None,
            **options,
        )
    if version:
        query["api-version"] = version
    azure = (parts.hostname or "").endswith(AZURE_HOSTS)
    headers = {"api-key": address.key} if azure and address.key and not entra else None
    return openai.AsyncOpenAI(
        api_key=address.key or _NO_KEY,
        base_url=bare,
        default_headers=headers,
        default_query=query or None,
        **options,
    )


def _network(parts: SplitResult) -> httpx2.AsyncBaseTransport:
    """Return what reaches an address: through the proxy of the environment, if it has one."""
    import httpx2  # noqa: PLC0415 - heavy

    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return httpx2.AsyncHTTPTransport()
    return httpx2.AsyncHTTPTransport(proxy=proxy if "://" in proxy else f"http://{proxy}")
