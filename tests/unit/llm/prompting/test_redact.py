"""Secret values are taken out; names, lines and everything else stay."""

from __future__ import annotations

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
        ("+Authorization: Bearer abcDEF1234567890abc", "+Authorization: Bearer [redacted:bearer-token]"),
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
