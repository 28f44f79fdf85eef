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
#: core.telegram.org/bots, age-encryption.org, developer.1password.com, airtable.com/developers, jfrog.com/help,
#: docs.aws.amazon.com/bedrock, docs.doppler.com, docs.dynatrace.com, fly.io/docs, docs.newrelic.com,
#: octopus.com/docs, docs.sonarsource.com, tailscale.com/kb, supabase.com/docs, yandex.cloud/docs, and the documentation of those that are named.
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
    TokenFormat("twilio-key", "SK", 32, "0-9a-fA-F"),
    TokenFormat("square-token", "sq0atp-", 20),
    TokenFormat("square-token", "sq0csp-", 40),
    TokenFormat("alibaba-key", "LTAI", 16, _PLAIN),
    TokenFormat("age-key", "AGE-SECRET-KEY-1", 50, "A-Z0-9"),
    TokenFormat("onepassword-key", "A3-", 30, r"A-Z0-9\-"),
    TokenFormat("onepassword-token", "ops_eyJ", 100, _BASE64),
    TokenFormat("adobe-secret", "p8e-", 32),
    TokenFormat("private-key", "LS0tLS1CRUdJTiB", 40, _BASE64),
    TokenFormat("airtable-token", "pat", 75, r"A-Za-z0-9."),
    TokenFormat("artifactory-key", "AKCp", 60, _PLAIN),
    TokenFormat("artifactory-token", "cmVmdGtuOj", 40, _PLAIN),
    TokenFormat("aws-bedrock-key", "ABSK", 80, _BASE64),
    TokenFormat("aws-bedrock-key", "bedrock-api-key-", 20, _BASE64),
    TokenFormat("authress-key", "scauth_", 40, r"A-Za-z0-9_.+/=\-"),
    TokenFormat("buildkite-token", "bkua_", 30, _PLAIN),
    TokenFormat("circleci-token", "CCIPAT_", 30),
    TokenFormat("circleci-token", "CCIPRJ_", 30),
    TokenFormat("clickhouse-key", "4b1d", 38, _PLAIN),
    TokenFormat("cloudflare-key", "v1.0-", 80, r"0-9a-f\-"),
    TokenFormat("contentful-token", "CFPAT-", 40),
    TokenFormat("defined-token", "dnkey-", 60, r"a-z0-9=_\-"),
    *(
        TokenFormat("doppler-token", f"dp.{name}.", 40, _PLAIN)
        for name in ("pt", "st", "sa", "ct", "scim", "audit")
    ),
    TokenFormat("dropbox-token", "sl.", 100),
    *(
        TokenFormat("duffel-token", f"duffel_{mode}_", 40, r"A-Za-z0-9_=\-")
        for mode in ("live", "test")
    ),
    *(
        TokenFormat("dynatrace-token", f"dt0{name}.", 80, _DOTTED)
        for name in ("c01", "s01", "s02", "s16")
    ),
    TokenFormat("easypost-key", "EZAK", 50, _PLAIN),
    TokenFormat("easypost-key", "EZTK", 50, _PLAIN),
    TokenFormat("facebook-token", "EAA", 80, _PLAIN),
    TokenFormat("flutterwave-key", "FLWSECK", 13, r"A-Za-z0-9_\-"),
    *(
        TokenFormat("fly-token", f"{name}_", 40, _BASE64)
        for name in ("fo1", "fm1", "fm1a", "fm1r", "fm2")
    ),
    TokenFormat("frameio-token", "fio-u-", 60, r"A-Za-z0-9_=\-"),
    TokenFormat("gitlab-session", "_gitlab_session=", 30, "0-9a-z"),
    TokenFormat("grafana-key", "eyJrIjoi", 60, _BASE64),
    TokenFormat("harness-token", "pat.", 50, _DOTTED),
    TokenFormat("harness-token", "sat.", 50, _DOTTED),
    TokenFormat("heroku-key", "HRKU-", 30),
    TokenFormat("hubspot-key", "pat-na1-", 30, r"0-9a-f\-"),
    TokenFormat("hubspot-key", "pat-eu1-", 30, r"0-9a-f\-"),
    TokenFormat("infracost-key", "ico-", 32, _PLAIN),
    TokenFormat("intra42-secret", "s-s4t2", 60, r"a-z0-9\-"),
    TokenFormat("mapbox-token", "sk.eyJ", 60, _DOTTED),
    TokenFormat("meta-key", "LLM|", 30, r"0-9A-Za-z|_\-"),
    *(
        TokenFormat("newrelic-key", f"{name}-", 19, r"A-Za-z0-9\-")
        for name in ("NRJS", "NRII", "NRIQ", "NRRA", "NRSP")
    ),
    TokenFormat("octopus-key", "API-", 25, "A-Z0-9"),
    TokenFormat("openshift-token", "sha256~", 43),
    TokenFormat("perplexity-key", "pplx-", 40, _PLAIN),
    *(
        TokenFormat("planetscale-token", f"pscale_{name}_", 30, r"A-Za-z0-9_=.\-")
        for name in ("oauth", "pw")
    ),
    TokenFormat("posthog-key", "phx_", 40, _PLAIN),
    TokenFormat("prefect-key", "pnu_", 36, _PLAIN),
    TokenFormat("prefect-key", "pnb_", 36, _PLAIN),
    TokenFormat("readme-key", "rdme_", 60, _PLAIN),
    TokenFormat("sanity-token", "skE", 80, _PLAIN),
    TokenFormat("scalingo-token", "tk-us-", 40),
    TokenFormat("sendgrid-key", "SG.", 60, r"A-Za-z0-9_=.\-"),
    TokenFormat("brevo-key", "xkeysib-", 60, r"a-z0-9\-"),
    TokenFormat("brevo-key", "xsmtpsib-", 60, r"a-z0-9\-"),
    *(TokenFormat("settlemint-token", f"sm_{name}_", 16, _PLAIN) for name in ("aat", "pat", "sat")),
    *(TokenFormat("shippo-token", f"shippo_{mode}_", 40, _PLAIN) for mode in ("live", "test")),
    *(TokenFormat("sonar-token", f"{name}_", 40) for name in ("squ", "sqp", "sqa")),
    TokenFormat("sourcegraph-token", "sgp_", 40, "0-9a-zA-Z_"),
    *(TokenFormat("stripe-key", f"{first}k_prod_", 16, _PLAIN) for first in "rs"),
    TokenFormat("square-token", "EAAA", 22, _BASE64),
    TokenFormat("supabase-token", "sbp_", 40, _HEX),
    TokenFormat("supabase-key", "sb_secret_", 20),
    TokenFormat("tailscale-key", "tskey-", 30),
    TokenFormat("typeform-token", "tfp_", 40, r"A-Za-z0-9_=.\-"),
    TokenFormat("wandb-key", "wandb_v1_", 40),
    TokenFormat("yandex-key", "AQVN", 35),
    TokenFormat("yandex-token", "t1.", 80, r"A-Za-z0-9_=.\-"),
    TokenFormat("yandex-key", "YCA", 36, r"A-Za-z0-9_\-"),
    TokenFormat("zapier-hook", "hooks.zapier.com/hooks/catch/", 10, r"A-Za-z0-9/"),
)
