"""What can happen to a whole case at any time, and the step that takes over then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.catchers import catcher_of
from workflows.models import WorkItem
from workflows.step import OPEN

INTERRUPTED = "interrupted"  # in the data of a case: the step that took over for good
WITHDRAWN = "withdrawn"


def handler_of(case: Any, event: str, name: str = "") -> Any:
    """The step that takes over when this happens to the case; None where none does, or one did for good."""
    handlers = case.flow_class.handlers
    if not handlers or case.data.get(INTERRUPTED):
        return None
    found = [step for step in handlers if step.on_case == event and step.takes(name)]
    return next((step for step in found if name in step.names()), next(iter(found), None))


def may_withdraw(case: Any) -> bool:
    """Whether the applicant can still take the application back.

    A case that another case waits for ends with that one. Where the workflow handles withdrawals, one may be
    handled already, or a step took over for good.
    """
    if case.finished is not None or case.awaited_by_id is not None:
        return False
    handlers = [step for step in case.flow_class.handlers if step.on_case == WITHDRAWN]
    return not handlers or (handler_of(case, WITHDRAWN) is not None and not begun(handlers[0], case))


def begun(step: Any, case: Any) -> bool:
    """Whether a step has taken over in this case before."""
    return WorkItem.objects.filter(process=case, node_key=step.node_key).exists()


def caught_by(host: Any, kind: str, code: str) -> Any:
    """Who catches what is raised at a step: one on its edge, else one for the whole case; None if nobody."""
    return catcher_of(host.flow_task, kind, code) or handler_of(host.process, kind, code)


def owners_of(case: Any, token: Any) -> Iterator[Any]:
    """The steps inside which a path runs, the innermost first; as activations."""
    keys = [part.partition("_")[0] for part in str(token).split("/")[1:]]
    pks = [int(key) for key in keys if key.isdigit()]
    owners = WorkItem.objects.filter(pk__in=pks, flow_task_type="OWNER", status__in=OPEN) if pks else ()
    for item in sorted(owners, key=lambda owner: pks.index(owner.pk), reverse=True):
        item.process = case
        yield item.flow_task.activation_class(item)


def raised_inside(activation: Any, kind: str, code: str) -> tuple[Any, Any] | None:
    """The innermost step around a path on whose edge this is caught, with who catches it."""
    for host in owners_of(activation.process, activation.task.token):
        catcher = catcher_of(host.flow_task, kind, code)
        if catcher is not None:
            return host, catcher
    return None
