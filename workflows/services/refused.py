"""What was refused is written down, outside of what was rolled back: who wanted what, where, and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from engine.audit import log as audit
from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Case, Draft, WorkItem
from workflows.refusals import UnknownOutcome, WorkRefused
from workflows.selectors.case_finding import REFERENCE
from workflows.unit import current

VERB, CASE_VERB = "work.refused", "case.refused"
P = ParamSpec("P")
R = TypeVar("R")


def refusals_noted(verb: Callable[P, R]) -> Callable[P, R]:
    """A verb on a case or on its work: what it refuses is written down when all else is rolled back."""

    @wraps(verb)
    def tried(*args: P.args, **named: P.kwargs) -> R:
        try:
            return verb(*args, **named)
        except (AccessRefused, ObjectDoesNotExist, WorkRefused) as refused:
            _note(verb.__name__, refused, {"reference": args[0] if args else None, **named})
            raise

    return tried


def note_refusal(item_id: int, by: User | None, refused: Exception, **details: Any) -> None:
    """Write down what was refused at a work item; details hold keys, never answers."""
    _record(item_id, by, {**details, **_why(refused)})


@contextmanager
def refusals_recorded(item_id: int, by: User | None, **details: Any) -> Iterator[None]:
    """Let a refusal pass, with an audit row; details hold keys, never answers."""
    try:
        yield
    except (AccessRefused, WorkRefused) as refused:
        note_refusal(item_id, by, refused, **details)
        raise


@contextmanager
def refused_beginnings_recorded(draft: Draft, by: User, action: str) -> Iterator[None]:
    """The same for who may not begin a case so; there is no case yet, so the department is told."""
    try:
        yield
    except (AccessRefused, UnknownOutcome) as refused:
        audit.record(
            CASE_VERB,
            chain=audit.department_chain(draft.department.key),
            actor=by,
            department_id=draft.department_id,
            subject=f"version:{draft.service_version_id}",
            details={"start": draft.start, "action": action, "why": type(refused).__name__},
        )
        raise


def _note(verb: str, refused: Exception, given: Mapping[str, Any]) -> None:
    """By what the verb was called with; of verbs inside each other, the outer one is noted."""
    if current() is not None or connection.needs_rollback:
        return
    by, item_id = given.get("by"), given.get("item_id")
    person = by if isinstance(by, User) and by.pk is not None else None
    if isinstance(item_id, int):
        note_refusal(item_id, person, refused, act=verb)
        return
    wanted = str(given.get("reference")).strip().upper()
    if REFERENCE.fullmatch(wanted):
        _record_case(wanted, person, refused, verb)


def _record(item_id: int, by: User | None, details: dict[str, Any]) -> None:
    columns = ("process__reference", "department_id", "node_key")
    found = WorkItem.objects.filter(pk=item_id).values_list(*columns).first()
    if found is None:
        return
    reference, department_id, node = found
    audit.record(
        VERB,
        chain=audit.case_chain(reference),
        actor=by,
        department_id=department_id,
        subject=f"workitem:{item_id}",
        details={"node": node, **details},
    )


def _record_case(reference: str, by: User | None, refused: Exception, verb: str) -> None:
    found = Case.objects.filter(reference=reference).values_list("pk", "department_id").first()
    if found is None:
        return
    key, department_id = found
    audit.record(
        CASE_VERB,
        chain=audit.case_chain(reference),
        actor=by,
        department_id=department_id,
        subject=f"case:{key}",
        details={"act": verb, **_why(refused)},
    )


def _why(refused: Exception) -> dict[str, str]:
    code = getattr(refused, "code", None)
    return {"why": type(refused).__name__, **({"code": code} if isinstance(code, str) else {})}
