"""Formats of tokens that say by their beginning what they are: data, each row from its issuer's documentation.

A row is kind, literal beginning, least number of characters behind it, and the characters that may
follow. Formats without such a beginning are found by the name that a value is assigned to.
"""

from __future__ import annotations

from typing import NamedTuple

_WORD = r"A-Za-z0-9_\-"
_DOTTED = r"A-Za-z0-9_.\-"
_PLAIN = "A-Za-z0-9"
_HEX = "0-9a-f"
_BASE64 = r"A-Za-z0-9+/=_\-"


class TokenFormat(NamedTuple):
    """One format: what it is called in a placeholder, and how it is recognised."""

    kind: str
    beginning: str
    least: int
    characters: str = _WORD


#: github.com/github/docs, docs.gitlab.com/security/tokens, cloud.google.com/docs/authentication,
#: api.slack.com/authentication/token-types, docs.stripe.com/keys, the documentation of npm and of PyPI,
#: huggingface.co/docs/hub/security-tokens, docs.docker.com, developer.atlassian.com,
#: docs.databricks.com, developer.hashicorp.com, docs.digitalocean.com, shopify.dev, grafana.com/docs,
#: core.telegram.org/bots, age-encryption.org, and the documentation of those that are named.
TOKEN_FORMATS = (
    *(TokenFormat("github-token", f"gh{letter}_", 20, _DOTTED) for letter in "opusr"),
    TokenFormat("github-token", "github_pat_", 22),
    *(
        TokenFormat("gitlab-token", f"gl{name}-", 18, _DOTTED)
        for name in (
            "pat",
            "dt",
            "rt",
            "rtr",
            "ptt",
            "cbt",
            "ft",
            "oas",
            "soat",
            "agent",
            "imt",
            "ffct",
            "wt",
        )
    ),
    TokenFormat("gitlab-token", "GR1348941", 18),
    TokenFormat("google-key", "AIza", 35),
    TokenFormat("google-token", "ya29.", 20),
    TokenFormat("google-token", "1//0", 30),
    TokenFormat("google-secret", "GOCSPX-", 20),
    TokenFormat("openai-key", "sk-", 20),
    TokenFormat("groq-key", "gsk_", 20),
    TokenFormat("xai-key", "xai-", 40),
    TokenFormat("replicate-token", "r8_", 30),
    *(TokenFormat("slack-token", f"xox{letter}-", 10) for letter in "abeoprsc"),
    TokenFormat("slack-token", "xoxe.xox", 20, _DOTTED),
    TokenFormat("slack-token", "xapp-", 20),
    *(
        TokenFormat("stripe-key", f"{first}k_{mode}_", 16, _PLAIN)
        for first in "rs"
        for mode in ("live", "test")
    ),
    TokenFormat("stripe-secret", "whsec_", 20, _BASE64),
    TokenFormat("npm-token", "npm_", 30, _PLAIN),
    TokenFormat("pypi-token", "pypi-", 40),
    TokenFormat("rubygems-key", "rubygems_", 32, _HEX),
    TokenFormat("nuget-key", "oy2", 43, "a-z0-9"),
    TokenFormat("clojars-token", "CLOJARS_", 40, _PLAIN),
    TokenFormat("huggingface-token", "hf_", 30, _PLAIN),
    TokenFormat("huggingface-token", "api_org_", 30, _PLAIN),
    TokenFormat("docker-token", "dckr_pat_", 20),
    TokenFormat("docker-token", "dckr_oat_", 20),
    TokenFormat("atlassian-token", "ATATT3", 50, _BASE64),
    TokenFormat("atlassian-token", "ATCTT3", 50, _BASE64),
    TokenFormat("atlassian-token", "ATBB", 28, _BASE64),
    TokenFormat("databricks-token", "dapi", 32, r"0-9a-f\-"),
    TokenFormat("vault-token", "hvs.", 24),
    TokenFormat("vault-token", "hvb.", 24),
    TokenFormat("vault-token", "hvr.", 24),
    *(TokenFormat("digitalocean-token", f"do{letter}_v1_", 40, _HEX) for letter in "opr"),
    *(TokenFormat("shopify-token", f"shp{name}_", 32, _PLAIN) for name in ("at", "ca", "pa", "ss")),
    TokenFormat("grafana-token", "glsa_", 32),
    TokenFormat("grafana-token", "glc_", 32, _BASE64),
    TokenFormat("sentry-token", "sntrys_", 40, _BASE64),
    TokenFormat("sentry-token", "sntryu_", 40, _HEX),
    TokenFormat("linear-key", "lin_api_", 30, _PLAIN),
    TokenFormat("notion-token", "ntn_", 40, _PLAIN),
    TokenFormat("figma-token", "figd_", 30),
    TokenFormat("postman-key", "PMAK-", 40),
    TokenFormat("netlify-token", "nfp_", 30, _PLAIN),
    TokenFormat("planetscale-token", "pscale_tkn_", 30),
    TokenFormat("pulumi-token", "pul-", 40, _HEX),
    TokenFormat("newrelic-key", "NRAK-", 20, _PLAIN),
    TokenFormat("mailgun-key", "key-", 32, _HEX),
    TokenFormat("twilio-key", "SK", 32, _HEX),
    TokenFormat("square-token", "sq0atp-", 20),
    TokenFormat("square-token", "sq0csp-", 40),
    TokenFormat("alibaba-key", "LTAI", 16, _PLAIN),
    TokenFormat("age-key", "AGE-SECRET-KEY-1", 50, "A-Z0-9"),
)
