"""Says what keeps a step of a workflow from doing what it is asked: permissions, events, machines, secrets in the clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from diff_insight.errors import UsageError
from diff_insight.github.events.wanted import names_a_range

#: Where reports go -> what the job's token has to be allowed to write for that.
_WRITES = {
    "comment": ("pull-requests",),
    "commit": ("contents",),
    "release": ("contents",),
    "pull-request": ("contents", "pull-requests"),
}
_SECRETS = ("api-key", "github-token", "source-token", "cache-secret")
#: What begins a value that only a run knows.
_EXPRESSION = "${{"
_WRITE = "write"


class StepOfAction(Struct, frozen=True):
    """A step of a workflow that uses this action.

    Attributes:
        name: File, job and number.
        uses: What it uses, as written.
        events: What starts the workflow.
        inputs: What stands under `with:`.
        permissions: Of the job, else of the workflow; None where neither has any.
        machines: What the job runs on, as written.
    """

    name: str
    uses: str
    events: tuple[str, ...]
    inputs: Mapping[str, str]
    permissions: object = None
    machines: str = ""

    @property
    def has_placeholder(self) -> bool:
        """Whether the account that the action is published under is still to be filled in."""
        return self.uses.startswith("OWNER/")


def step_faults(step: StepOfAction, targets: Sequence[str]) -> Iterator[UsageError]:
    """Yield what is wrong with a step beyond the values of its inputs.

    Args:
        step: The step.
        targets: Where its reports go.
    """
    if "@" not in step.uses and not step.uses.startswith("."):
        yield UsageError(
            f"uses: {step.uses!r} names no version",
            cause="an action is named with the tag or commit that is to run",
            cure=f"write {step.uses}@v1",
        )
    for secret in _SECRETS:
        if (value := step.inputs.get(secret, "")) and _EXPRESSION not in value:
            yield UsageError(
                f"{secret} stands in the workflow in the clear",
                cause="everybody who reads the repository can use it",
                cure=f"withdraw it, keep a new one as a secret, and write {secret}: ${{{{ secrets.NAME }}}}",
            )
    if "github-token" not in step.inputs:
        yield from _missing_permissions(step.permissions, targets)
    begun = any(step.inputs.get(name) for name in ("base", "since", "mode"))
    if step.events and not begun and not any(map(names_a_range, step.events)):
        yield UsageError(
            f"{', '.join(step.events)} names no range",
            cause="it is not about two commits",
            cure="set the inputs base and head, or since; or run on pull_request, push, release or schedule",
        )
    machine = next((name for name in ("windows", "macos") if name in step.machines.lower()), None)
    if machine and "from-source" not in step.uses:
        yield UsageError(
            f"runs-on: {step.machines} cannot run this action",
            cause="it is a container, which GitHub runs on Linux only",
            cure="write runs-on: ubuntu-latest",
        )


def _missing_permissions(permissions: object, targets: Sequence[str]) -> Iterator[UsageError]:
    """Yield what a job says that its token may not do and a target needs; what nobody says is unknown."""
    if permissions is None or permissions == "write-all" or _EXPRESSION in str(permissions):
        return
    allowed = permissions if isinstance(permissions, Mapping) else {}
    for target in targets:
        lacking = [scope for scope in _WRITES.get(target, ()) if allowed.get(scope) != _WRITE]
        if lacking:
            yield UsageError(
                f"publish: {target} will not be allowed to write",
                cause=f"the permissions of the job lack {' and '.join(f'{each}: write' for each in lacking)}",
                cure="add that to them; docs/action.md lists what each target needs",
            )
