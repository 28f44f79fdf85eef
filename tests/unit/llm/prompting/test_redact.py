"""Secret values are taken out; names, lines and everything else stay."""

from __future__ import annotations

import time
import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.diffs.hunks import parse_hunks
from diff_insight.llm.prompting.redact import redact

LONG = "A1b2C3d4E5f6G7h8J9k0"
SECRETS = {
    "github-token": ["ghp_" + LONG * 2, "ghs_" + LONG * 12, "gho_" + LONG * 2, "github_pat_" + LONG * 3, "ghs_" + LONG + "." + LONG + "-" + LONG],
    "gitlab-token": ["glpat-" + LONG],
    "aws-key": ["AKIAIOSFODNN7EXAMPLE"],
    "google-key": ["AIza" + "Sy" + "A1b2C3d4E5f6G7h8J9k0A1b2C3d4E5f6G"],
    "openai-key": ["sk-" + LONG * 2, "sk-proj-" + LONG + "_" + LONG, "sk-ant-api03-" + LONG],
    "slack-token": ["xoxb-1234567890-" + LONG],
    "stripe-key": ["sk_live_" + LONG],
    "npm-token": ["npm_" + LONG * 2],
    "pypi-token": ["pypi-" + LONG * 3],
    "huggingface-token": ["hf_" + LONG * 2],
    "jwt": ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"],
    "sendgrid-key": [f"SG.{LONG}.{LONG}{LONG}"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "secret"), [(k, s) for k, all_ in SECRETS.items() for s in all_])
def test_known_forms(kind: str, secret: str) -> None:
    done = redact(f"+  value: {secret} # here\n context\n")
    assert secret not in done.text
    assert done.text == f"+  value: [redacted:{kind}] # here\n context\n"
    assert dict(done.found) == {kind: 1}


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ('+password = "hunter2Hunter2X9"', '+password = "[redacted:assigned-value]"'),
        ("+DB_PASSWORD: hunter2Hunter2X9", "+DB_PASSWORD: [redacted:assigned-value]"),
        ("+ url: postgres://bob:s3cretPW@host/x", "+ url: postgres://bob:[redacted:password]@host/x"),
        ("+AccountKey=" + "Ab1+" * 22 + "==;x", "+AccountKey=[redacted:azure-key];x"),
        ("+Authorization: Bearer abcDEF1234567890abc", "+Authorization: Bearer [redacted:authorization]"),
        ("+https://x.blob/y?sv=1&sig=" + "Ab1%2B" * 8, "+https://x.blob/y?sv=1&sig=[redacted:azure-signature]"),
    ],
)  # fmt: skip
def test_values_behind_names(line: str, left: str) -> None:
    assert redact(line).text == left


@pytest.mark.parametrize(
    "line",
    [
        "+token_budget: 300000",
        "+  api-key: ${{ secrets.OPENAI_API_KEY }}",
        "+  token: process.env.GITHUB_TOKEN_12345",
        "+The password must have twelve characters.",
        "+secret-name: my-database-credentials",
        "+max_tokens = 4096",
        "+see https://example.com/tokens?api_key=<YOUR_KEY>",
        "+path_to_token: ./secrets/token-2025-01-01.txt",
        "+sha: 0123456789abcdef0123456789abcdef01234567",
        "+task-list-of-everything-that-is-left-to-do-in-2025",
        "+ask-me-anything-about-this-page-of-documentation",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert redact(line).text == line


def test_private_keys_lose_their_body_line_by_line() -> None:
    body = "".join(f"+{LONG}{number}\n" for number in range(5))
    patch = f"@@ -0,0 +1,8 @@\n+a\n+-----BEGIN RSA PRIVATE KEY-----\n{body}+-----END RSA PRIVATE KEY-----\n"
    done = redact(patch)
    assert LONG not in done.text
    assert dict(done.found) == {"private-key": 1}
    assert done.text.count("\n") == patch.count("\n")
    (hunk,) = parse_hunks(done.text)
    assert hunk.new_lines[2:7] == ("[redacted:private-key]",) * 5


def test_a_key_without_end_ends_with_its_hunk() -> None:
    patch = f"@@ -1 +1,2 @@\n+-----BEGIN PRIVATE KEY-----\n+{LONG}\n@@ -9 +10 @@\n-old\n+new\n"
    assert redact(patch).text.endswith("@@ -9 +10 @@\n-old\n+new\n")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----", "---- END SSH2 ENCRYPTED PRIVATE KEY ----"),
        ("Private-Lines: 2", f"Private-MAC: {'0' * 40}"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----", "-----END PGP PRIVATE KEY BLOCK-----"),
    ],
)
def test_keys_of_other_programs(begin: str, end: str) -> None:
    body = f"+{LONG}{LONG}1\n+{LONG}{LONG}2\n"
    assert LONG not in redact(f"@@ -0,0 +1,4 @@\n+{begin}\n{body}+{end}\n").text


def test_a_key_in_one_line() -> None:
    line = f'+key = "-----BEGIN PRIVATE KEY-----\\n{LONG}{LONG}\\n-----END PRIVATE KEY-----"'
    assert LONG not in redact(line).text


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=60)))
def test_a_diff_keeps_its_lines_and_marks(lines: list[str]) -> None:
    patch = "".join(f"+{line}\n" for line in lines)
    done = redact(patch).text
    assert done.count("\n") == patch.count("\n")
    assert all(line.startswith("+") for line in done.split("\n")[:-1])


MIXED = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9v"
LEAKS = {
    "GitLab job token": ("{}", f"glcbt-64_{MIXED}"),
    "GitLab feed token": ("{}", f"glft-{MIXED}"),
    "GitLab runner registration": ("{}", f"GR1348941{MIXED}"),
    "Google client secret": ("{}", f"GOCSPX-{MIXED}"),
    "Google refresh token": ("{}", f"1//0{MIXED}{MIXED}"),
    "Slack app token": ("{}", f"xapp-1-A0123456789-1234567890123-{MIXED}"),
    "Stripe webhook secret": ("{}", f"whsec_{MIXED}"),
    "Hugging Face organisation": ("{}", f"api_org_{MIXED}{MIXED}"),
    "Docker token": ("docker login -p {}", f"dckr_pat_{MIXED}"),
    "Vault token": ("VAULT={}", f"hvs.{MIXED}"),
    "Shopify token": ("{}", f"shpat_{'0123456789abcdef' * 2}"),
    "Grafana token": ("{}", f"glsa_{MIXED}_{MIXED}"),
    "Telegram bot": ("{}", f"123456789:AA{MIXED}{MIXED}"),
    "age key": ("{}", "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2),
    "DigitalOcean token": ("{}", "dop_v1_" + "0123456789abcdef" * 4),
    "JWK": ('{{"kty": "EC", "d": "{}"}}', MIXED + MIXED),
    "npm _auth": ("//registry.example/:_auth={}", "dXNlcjpwYXNzd29yZDEyMzQ1Njc4OTA="),
    "password with @ and : in an address": ("postgres://u:{}@db.example/x", "p@ss:w0rd9x"),
    "password with $": ("amqp://u:{}@mq", "pa$$w0rd"),
    "token as the only user": ("https://{}@api.example/x", MIXED),
    "value with $": ("client_secret: '{}'", "aB3$" + MIXED),
    "value on the next line": ("api_key:\n+  {}", MIXED),
    "value in a block": ("api_key: |\n+    {}", MIXED),
    "escaped quotes": ('"{{\\"token\\": \\"{}\\"}}"', MIXED),
    "percent-encoded": ("https://x.example/?access_token%3D{}", MIXED),
    "header token": ("curl -H 'Authorization: token {}'", "0123456789abcdef0123"),
    "header basic": ("Authorization: Basic {}", "YWRtaW46aHVudGVyMjIyMg=="),
    "header as a pair": ('{{"Authorization": "Bearer {}"}}', MIXED),
    "PWD": ("PWD={}", "kJ8sLq2mZx7v"),
    "passphrase": ("passphrase: {}", MIXED),
    "arrow": ("'password' => '{}',", MIXED),
    "walrus": ("token := `{}`", MIXED),
    "1Password": ("{}", "A3-JZDE8G-6NCF10-PF91D-ODZDO-9IS0J-T9LGM"),
    "Airtable": ("{}", f"pat{MIXED[:14]}.{'0123456789abcdef' * 4}"),
    "Doppler": ("{}", f"dp.st.{MIXED}{MIXED}"),
    "Dynatrace": ("{}", f"dt0c01.{'ABCD1234' * 3}.{'ABCD1234' * 8}"),
    "Fly": ("{}", f"fm2_{MIXED}{MIXED}"),
    "Heroku": ("{}", f"HRKU-{MIXED}_{MIXED}"),
    "Octopus": ("{}", "API-325Q3YMTEI17XDBG1D441R8MO6"),
    "OpenShift": ("{}", f"sha256~{MIXED}{MIXED[:15]}"),
    "Sonar": ("{}", f"squ_{'0123456789abcdef' * 3}"),
    "Supabase": ("{}", f"sb_secret_{MIXED}"),
    "Tailscale": ("{}", f"tskey-auth-{MIXED}-{MIXED}"),
    "Bedrock": ("{}", f"ABSK{MIXED * 4}"),
    "Resend": ("{}", f"re_{MIXED[:8]}_{MIXED[:24]}"),
    "Twilio in capitals": ("{}", "SK5830CDA6ECB82DE00284ADF4F1CFCAD0"),
    "Mailchimp": ("{}", f"{'0123456789abcdef' * 2}-us12"),
    "Azure AD of another year": ("{}", f"uP47Q~{MIXED}aB3dE5"),
    "Telegram bot with a long number": ("{}", f"7123456789012:AAF{MIXED}{MIXED[:10]}"),
    "Teams webhook": ("https://x.webhook.office.com/webhookb2/{}", f"{'01234567-89ab-cdef-0123-456789abcdef'}@{'0' * 8}/IncomingWebhook/{MIXED}{MIXED}"),
    "hash of a password": ("admin:{}", "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"),
    "PEM in base64": ("  data: {}", f"LS0tLS1CRUdJTiB{MIXED}{MIXED}"),
    "option": ("tool --api-key {}", MIXED),
    "option in quotes": ("tool --password '{}'", "kJ8sLq2mZx7v"),
    "entry of a list": ("- name: DB_PASSWORD\n+    value: {}", "kJ8sLq2mZx7v"),
    "entry in JSON": ('{{"name": "API_TOKEN", "value": "{}"}}', MIXED),
    "entry in XML": ('<add key="Password" value="{}" />', "kJ8sLq2mZx7v"),
    "element": ("<apiKey>{}</apiKey>", MIXED),
    "arguments": ('os.environ.setdefault("ACCESS_TOKEN", "{}")', MIXED),
    "netrc": ("machine h.example login bob password {}", "kJ8sLq2m"),
    "curl user": ("curl -u bob:{} https://h.example", "kJ8sLq2m"),
    "short password": ('password = "{}"', "Hunter2!"),
    "bearer alone": ('fetch(u, {{h: "Bearer {}"}})', MIXED),
    "subscription key": ("Ocp-Apim-Subscription-Key: {}", "0123456789abcdef" * 2),
    "master key": ("RAILS_MASTER_KEY={}", "0123456789abcdef" * 2),
    "session of a browser": ("Cookie: sessionid={}", MIXED),
    "mnemonic": ('mnemonic = "{}"', "legal winner thank year wave sausage worth useful legal winner thank yellow"),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAKS)
def test_nothing_of_a_value_is_left(name: str) -> None:
    line, value = LEAKS[name]
    text = f"@@ -1 +1,2 @@\n+before\n+{line.format(value)}\n after\n"
    done = redact(text)
    assert value not in done.text
    assert "[redacted:" in done.text
    assert sum(done.found.values()) == 1
    assert done.text.count("\n") == text.count("\n")
    assert redact(done.text).text == done.text


@pytest.mark.parametrize(
    "line",
    [
        "+url: https://user:${PASSWORD}@host/x",
        "+url: https://{user}:{password}@host/x",
        "+mail: somebody@example.com, git@github.com:owner/name.git",
        "+ssh://git@github.com/owner/name",
        "+token = make_token(size=32, seed=0x1234)",
        '+description: "The token that was made in 2025 by the server"',
        "+token: string;",
        "+access_token:\n+  required: true",
        "+api_key: %API_KEY_2025%",
        "+password: ****************",
        "+d: M10.293 5.293a1 1 0 0 1 1.414 0",
        "+SKU key-value pairs, 1//2 of them",
        "+  password: required, at least 8 characters",
        "+- name: DB_PASSWORD\n+  valueFrom:\n+    secretKeyRef: {name: db-credentials-2}",
        "+tool --token <TOKEN> --output reports/2025-01-01.md",
        "+the bearer of this token, session keys and cookies",
        "+<token>value</token>, primary_key: user_id_2025_01",
        "+patterns-for-everything-that-is-left-to-do-in-2025-and-in-the-year-that-follows-it-as-well",
        "+re_export_every_name_of_the_module_in_one_place",
        "+Private lines: 3, as the guide of 2025 says",
    ],
)
def test_what_only_looks_alike_stays(line: str) -> None:
    assert redact(line).text == line


def test_a_key_whose_beginning_the_hunk_does_not_show() -> None:
    body = "".join(f"+{LONG}{LONG}{number}\n" for number in range(3))
    done = redact(f"@@ -4,0 +5,4 @@\n text\n{body}+-----END PRIVATE KEY-----\n")
    assert LONG not in done.text
    assert dict(done.found) == {"private-key": 1}
    assert done.text.startswith("@@ -4,0 +5,4 @@\n text\n+[redacted:private-key]\n")


@pytest.mark.parametrize(
    "unit",
    [
        "secret",
        "token=",
        "a://b:",
        "sk-",
        "eyJ",
        "://u:@@",
        "gh",
        "-----BEGIN ",
        "token:\n",
        "=",
        "'",
        "password='",
        "1//0",
        " ",
        "authorization:",
        "x.",
        "SG.",
        "<token>",
        'token"\n+ value',
        "--token ",
        '"token", ',
        "login a password ",
        "-u a:",
        "mnemonic: legal ",
        "mnemonic=",
        "$2y$",
        "ZXlK",
    ],
)
@pytest.mark.no_cover
def test_the_time_it_takes_grows_with_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        return min(timeit.repeat(lambda: redact(text), number=1, repeat=3, timer=time.process_time))

    assert seconds(160_000) < 10 * seconds(40_000) + 0.05
