"""The repositories of a plan, as the action sees them: whose they are, how they are read, their cursor."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.bootstrap.source_repository import describe_compared
from diff_insight.model.events import WantedRange
from diff_insight.model.ranges import RangeRequest
from diff_insight.ports import Progress
from diff_insight.settings.settings import FollowedRepository, Settings


def repositories_to_plan(delivery: PublishContext) -> tuple[FollowedRepository, ...]:
    """Return what is planned: the repository of the inputs, else those of the configuration, else one's own."""
    inputs, settings = delivery.inputs, delivery.settings
    if inputs.repository or not settings.follow:
        return (FollowedRepository(repository=delivery.wanted.repository, head=inputs.head),)
    return settings.follow


def range_wish(
    delivery: PublishContext, repository: str, request: RangeRequest | None = None
) -> WantedRange:
    """Return what a run wants of one repository of a plan; an empty name is the run's own choice."""
    wanted = delivery.wanted
    name = repository or wanted.repository
    return replace(
        wanted,
        repository=name,
        foreign=name.lower() != delivery.event.repository.lower(),
        request=request or wanted.request,
        own_head=False,
    )


def delivery_for(
    delivery: PublishContext, repository: str, settings: Settings, progress: Progress
) -> PublishContext:
    """Return what a step was given as it is for one repository, asking about it when it is another's.

    Args:
        delivery: What the step was given.
        repository: As for `range_wish`.
        settings: Those of the repository.
        progress: Told when it has another name by now.

    Raises:
        EnvironmentFailure: It is not there, or may not be seen.
    """
    wanted, exposed = range_wish(delivery, repository), False
    if wanted.foreign:
        known = describe_compared(
            delivery.event, wanted, delivery.inputs, delivery.environ, progress.notice
        )
        wanted, exposed = known.wanted, known.exposed and not delivery.inputs.allow_private_source
    return replace(delivery, wanted=wanted, exposed=exposed, settings=settings)
