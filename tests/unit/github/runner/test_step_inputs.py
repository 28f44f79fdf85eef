from __future__ import annotations

import pytest

from diff_insight.errors import UsageError
from diff_insight.github.runner.step_inputs import StepInputs


def test_variables_of_the_runner_become_inputs() -> None:
    inputs = StepInputs.from_environ(
        {
            "INPUT_GITHUB-TOKEN": " ghs_x ",
            "INPUT_LOCALES": "en_US\nja_JP",
            "INPUT_BRANCH": "",
            "INPUT_ALLOW-PRIVATE-SOURCE": "TRUE",
            "GITHUB_TOKEN": "other",
        }
    )
    assert inputs.github_token == "ghs_x"
    assert inputs.settings == {"locales": "en_US\nja_JP"}
    assert inputs.allow_private_source
    assert inputs.branch == ""


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"INPUT_LOCALE": "ja"}, "locale"),
        ({"INPUT_ALLOW-PRIVATE-SOURCE": "perhaps"}, "allow-private-source"),
        ({"INPUT_BRANCH": "a..b"}, "branch"),
    ],
)
def test_what_would_be_noticed_after_the_work_is_refused_before(
    variables: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        StepInputs.from_environ(variables)


def test_secrets_are_named_for_masking_and_never_shown() -> None:
    inputs = StepInputs.of({"api-key": "sk-1", "source-token": "ghp_2", "github-token": "ghs_3"})
    assert sorted(inputs.secrets) == ["ghp_2", "ghs_3", "sk-1"]
    assert not any(secret in repr(inputs) for secret in inputs.secrets)


def test_a_secret_that_can_be_guessed_seals_nothing() -> None:
    with pytest.raises(UsageError, match="cache-secret has fewer than 32 characters") as refused:
        StepInputs.of({"cache-secret": "a short one"})
    assert "a short one" not in str(refused.value)
    assert StepInputs.of({"cache-secret": "x" * 32}).secrets == ("x" * 32,)


def test_another_repository_may_have_a_token_of_its_own() -> None:
    inputs = StepInputs(github_token="own", source_token="other")
    assert inputs.source_token_for(foreign=True) == "other"
    assert inputs.source_token_for(foreign=False) == "own"
    assert StepInputs(github_token="own").source_token_for(foreign=True) == "own"
