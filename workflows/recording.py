"""The audit row of a verb, written together with everything else that the verb writes."""

from typing import Any

from engine.audit import log as audit
from engine.departments.models import User
from workflows.unit import current


def recorded(verb: str, item: Any, by: User | None, **details: Any) -> None:
    """Note what was done to a work item; details hold keys and numbers, never answers."""
    case = item.process
    recorded_case(verb, case, by, subject=f"workitem:{item.pk}", node=item.node_key, **details)


def recorded_case(verb: str, case: Any, by: User | None, *, subject: str = "", **details: Any) -> None:
    """Note what was done to a case."""
    row = audit.row(
        verb,
        chain=case.chain,
        actor=by,
        department_id=case.department_id,
        subject=subject or f"case:{case.pk}",
        details=details,
    )
    open_unit = current()
    if open_unit is None:
        audit.append([row])
    else:
        open_unit.insert(audit.TABLE, **row)
