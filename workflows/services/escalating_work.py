"""A member of staff asks for help with a step: the escalation that the workflow has for it."""

from engine.departments.models import User
from workflows.escalating import BY_STAFF, was_raised
from workflows.escalating import raise_at as raise_escalation
from workflows.recording import recorded
from workflows.services.claiming import opened, refuse_finished
from workflows.services.refusals import NotOpen
from workflows.services.refused import refusals_noted


@refusals_noted
def escalate(*, item_id: int, by: User) -> None:
    """Raise the escalation of an open step, once; for who may do the step."""
    with opened(item_id, by) as activation:
        refuse_finished(activation.task)
        if was_raised(activation.task):
            raise NotOpen
        recorded("work.help_asked", activation.task, by)
        if not raise_escalation(activation, BY_STAFF, BY_STAFF):
            raise NotOpen
