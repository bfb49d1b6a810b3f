"""The starts of a service that open cases by themselves, kept beside its current version."""

from django.utils import timezone

from workflows.clock import calendar_of
from workflows.definition import ServicePackage
from workflows.models import Opening, OpeningKind, Service
from workflows.node_type import NodeOptions, node_types


def renew_openings(service: Service, package: ServicePackage) -> None:
    """Write the openings of a version that becomes the current one; its service is locked.

    A calendar that did not change goes on where it was, so that no occurrence is left out or comes twice.
    """
    before = {opening.node_key: opening for opening in Opening.objects.filter(service=service)}
    after = [_opening(service, options, before) for options in _starts(package)]
    Opening.objects.filter(service=service).delete()
    Opening.objects.bulk_create(after)


def _starts(package: ServicePackage) -> list[NodeOptions]:
    return [
        options for options in package.nodes.values() if node_types[options.type].begins in OpeningKind.values
    ]


def _opening(service: Service, options: NodeOptions, before: dict[str, Opening]) -> Opening:
    kind = node_types[options.type]
    recurrence, known = kind.recurrence(options), before.get(options.key)
    rule = recurrence.model_dump_json(exclude_defaults=True) if recurrence else ""
    if known is not None and known.rule == rule:
        due_at = known.due_at
    else:
        calendar = calendar_of(service.department_id)
        due_at = recurrence.next_after(timezone.now(), calendar) if recurrence else None
    return Opening(
        service=service,
        department_id=service.department_id,
        node_key=options.key,
        kind=str(kind.begins),
        name=kind.listens_for(options),
        rule=rule,
        due_at=due_at,
    )
