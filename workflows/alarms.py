"""Being late, as data: who is warned before and told after, and how the work is moved up.

A department writes these parts into its steps; the functions do what they say, in the transaction of the
deadline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field
from viewflow.workflow import STATUS

from engine.core.hints import ui
from engine.core.problems import Problems
from engine.core.worktime import Span
from workflows.hints import MessageKey
from workflows.letters import write_letters
from workflows.models import WorkItem, WorkKind
from workflows.node_type import Surroundings
from workflows.parts import APPLICANT, MessageDefinition, Part, StaffRole
from workflows.recording import recorded
from workflows.role_checks import check_role
from workflows.roles import people_in_role
from workflows.words import span_text

Recipient = StaffRole
OWNER = "owner"
Priority = Literal["high", "urgent"]
PRIORITIES: Mapping[str, int] = {"high": 1, "urgent": 2}
MINUTES = {"minutes": 1, "hours": 60, "days": 1440}


class Notice(Part):
    """Who is told, by which message."""

    to: list[Recipient] = Field(
        min_length=1,
        max_length=5,
        description="Roles, the applicant, or the owner: who has taken the work, else all in its roles.",
    )
    message: MessageKey


class EarlyWarning(Notice):
    """A notice before the time is over."""

    before: Span = Field(description="How long before the deadline.")


class Escalation(Part):
    """What is done with work that is late."""

    tell: list[Notice] = Field(
        default_factory=list, max_length=10, description="Who is told that it is late."
    )
    reassign: StaffRole | None = Field(
        default=None, description="Who is to do it from now on.", json_schema_extra=ui("role")
    )
    priority: Priority | None = Field(default=None, description="What is raised is offered before all else.")


def tell(
    case: Any, items: Sequence[Any], notice: Notice, messages: Mapping[str, MessageDefinition], deadline: Any
) -> None:
    """Write the letters of a notice; each person gets one, however many ways they are named."""
    people = {person.pk: person for to in notice.to for person in _people(case, items, to)}
    write_letters(
        case,
        people.values(),
        notice.message,
        messages[notice.message],
        cause=f"deadline:{deadline.pk}:{notice.message}",
        due_at=deadline.due_at,
    )


def _people(case: Any, items: Sequence[Any], to: str) -> Iterable[Any]:
    match to:
        case "applicant":
            return [case.applicant]
        case "owner":
            return [person for item in items for person in _owners(case, item)]
        case _:
            return people_in_role(to, case.department)


def _owners(case: Any, item: Any) -> Iterable[Any]:
    if item.owner_id is not None:
        return [item.owner]
    return [person for role in item.roles for person in people_in_role(role, case.department)]


def escalate(hosts: Iterable[Any], escalation: Escalation) -> None:
    """Give work to another role and raise it; what is not with a person stays as it is."""
    for host in hosts:
        if host.task.kind == WorkKind.PERSON:
            _move_up(host, escalation)


def _move_up(host: Any, escalation: Escalation) -> None:
    item = host.task
    if escalation.reassign is not None and item.roles != (escalation.reassign,):
        if host.status == STATUS.ASSIGNED:
            host.release()
        item.role, item.other_roles = escalation.reassign, []
    if escalation.priority is not None:
        item.priority = max(item.priority, PRIORITIES[escalation.priority])
    item.save(update_fields=["role", "other_roles", "priority"])
    recorded("work.escalated", item, None, role=item.role, priority=item.priority)


def open_hosts(case: Any) -> list[Any]:
    """What is with people on a locked case."""
    items = WorkItem.objects.filter(process=case, kind=WorkKind.PERSON, finished=None).order_by("id")
    hosts = []
    for item in items.select_related("owner"):
        item.process = case
        hosts.append(item.flow_task.activation_class(item))
    return hosts


def check_notices(notices: Sequence[Notice], around: Surroundings, problems: Problems) -> None:
    """Note the messages and the roles that are not there."""
    for number, notice in enumerate(notices):
        if notice.message not in around.messages:
            sentence = f'There is no message "{notice.message}" in this package.'
            problems.at(number, "message").mend("unknown_message", sentence)
        for place, to in enumerate(notice.to):
            if to not in (APPLICANT, OWNER):
                check_role(to, around, problems.at(number, "to", place))


def check_warnings(warnings: Sequence[EarlyWarning], span: Span | None, problems: Problems) -> None:
    """Note warnings that would come before the clock begins."""
    for number, warning in enumerate(warnings):
        if span is not None and not _is_shorter(warning.before, span):
            sentence = f"{span_text(warning.before, 'en')} before is not within {span_text(span, 'en')}."
            problems.at(number, "before").mend("too_early", sentence)


def _is_shorter(one: Span, other: Span) -> bool:
    """Whether one span is surely shorter, as far as the units can be compared."""
    if one.unit == other.unit:
        return one.amount < other.amount
    if one.unit in MINUTES and other.unit in MINUTES:
        return one.amount * MINUTES[one.unit] < other.amount * MINUTES[other.unit]
    return True
