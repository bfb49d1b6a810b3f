"""W5: when the next version is published, no case in flight gets stuck: each keeps its own, and ends."""

from __future__ import annotations

from collections import deque
from typing import Any

from django.utils import timezone

from forms_library.coverage.measuring import Share
from workflows.compiler import forget_flow
from workflows.coverage.playing import REFUSALS, NotPlayed, Play, has_ended, is_end, played
from workflows.definition import ServicePackage
from workflows.models import Case, ServiceVersion


def kept_going(older: ServicePackage, newer: ServicePackage) -> Share:
    """A case in every state of the older version, and the newer one published over them."""
    with played(older) as play:
        cases = [(options, play.put_into(options.key)) for options in play.states]
        version = _publish(play, newer)
        try:
            share = Share()
            for options, case in cases:
                share += _to_an_end(play, options, case)
            return share + _new_one(play, newer, version)
        finally:
            forget_flow(play.stage.service.pk, version.number)


def _publish(play: Play, newer: ServicePackage) -> ServiceVersion:
    service = play.stage.service
    version = ServiceVersion.objects.create(
        service=service,
        number=2,
        package={**newer.written(), "reference_prefix": play.stage.prefix},
        sha256="",
        published_at=timezone.now(),
        published_by=play.stage.cast.applicant,
    )
    service.current = version
    service.save(update_fields=["current"])
    version.service = service
    return version


def _to_an_end(play: Play, options: Any, case: Case) -> Share:
    """From where it stands the case goes the shortest way to an end, by the roles of its own version."""
    way = shortest_way(play.package, options.key)
    if way is None:
        return Share(0, 1, (f'a case in "{options.key}" can come to no end',))
    try:
        for action in way:
            case = play.take(case, action.key, action.roles[0])
    except (NotPlayed, *REFUSALS) as refused:
        return Share(0, 1, (f'a case in "{options.key}" is stuck: {refused or type(refused).__name__}',))
    if not has_ended(Case.objects.get(pk=case.pk)):
        return Share(0, 1, (f'a case in "{options.key}" did not come to an end',))
    return Share(1, 1)


def _new_one(play: Play, newer: ServicePackage, version: ServiceVersion) -> Share:
    """New cases are of the newer version."""
    first = next(options for options in newer.workflow.nodes if options.type == "state")
    case = play.put_into(first.key, version)
    if case.version_id == version.pk and case.stands_at == first.key:
        return Share(1, 1)
    return Share(0, 1, ("a new case does not stand in the newer version",))


def shortest_way(package: ServicePackage, start: str) -> list[Any] | None:
    """The actions that bring a case to an end soonest; None where there is no way."""
    waiting: deque[tuple[str, list[Any]]] = deque([(start, [])])
    seen = {start}
    while waiting:
        key, way = waiting.popleft()
        options: Any = package.nodes[key]
        if is_end(options):
            return way
        for action in options.actions:
            if action.next not in seen:
                seen.add(action.next)
                waiting.append((action.next, [*way, action]))
    return None
