"""Moving one case that is locked and was found safe: state, clocks and record change in one transaction."""

from __future__ import annotations

from typing import Any

from viewflow.workflow import STATUS

from workflows.advancing import CLOSED, advance, cancel_items
from workflows.handling import INTERRUPTED
from workflows.models import Awaited, WorkItem, WorkKind
from workflows.models.cases import answers_place, work_place
from workflows.moving.asking import ask_applicant
from workflows.moving.clocks import Carrier, move_clocks
from workflows.moving.course import Course
from workflows.moving.judging import Verdict
from workflows.moving.matching import CANCELLED, flow_of
from workflows.recording import recorded
from workflows.refusals import WorkRefused
from workflows.roles import may_do_any
from workflows.sealed_fields import sealed, sensitive_keys

LOOKED_AT = ("JOIN", "OWNER")  # types of steps that wait for paths to end
# types of steps that, cancelled, end another case, a link that was sent, a payment that was begun
FOR_GOOD = ("CALL", "OPINION", "PAYMENT")


def carry_out(case: Any, items: list[Any], verdict: Verdict, course: Course) -> bool:
    """Bring the case to the new version; gives whether it rests, so that it could be brought back."""
    cancelled = [item for item in items if verdict.targets[item.pk] == CANCELLED]
    cancel_items(case, cancelled)
    going_on = [item for item in items if verdict.targets[item.pk] != CANCELLED]
    before = {item.pk: item.flow_task for item in going_on}
    old = flow_of(course.old)
    _case(case, verdict, course)
    carriers = []
    for item in going_on:
        step = course.flow.step(verdict.targets[item.pk])
        _item(item, before[item.pk], step, course)
        carriers.append(Carrier(item, before[item.pk], step))
    move_clocks(case, old, course.flow, carriers)
    for each in carriers:
        each.after.take_over(each.after.activation_class(each.item), each.before)
    watch_case(case, old, course.flow)
    _look_again(case)
    if verdict.asked is not None:
        ask_applicant(case, going_on[0], verdict.asked)
    still = set(WorkItem.objects.filter(process=case).exclude(status__in=CLOSED).values_list("pk", flat=True))
    gone_for_good = any(item.flow_task_type in FOR_GOOD for item in cancelled)
    return still == {item.pk for item in going_on} and not gone_for_good


def _case(case: Any, verdict: Verdict, course: Course) -> None:
    """The case belongs to the new version, with its answers and what was recorded at its steps."""
    case.flow_class = course.flow
    case.version_id = course.new.id
    known = sensitive_keys(course.new.id)
    if verdict.carried.answers is not None:
        case.keep_answers(verdict.carried.answers)
    else:
        stored = case.data.get("answers", {})
        case.data["answers"] = sealed(stored, known.answers, answers_place(case.pk))
    _work(case, course)
    data = case.data
    data["done_by"] = {course.key(key): people for key, people in data.get("done_by", {}).items()}
    for holder, name in ((data, INTERRUPTED), (data.get("correction", {}), "asked_by")):
        if name in holder:
            holder[name] = course.key(holder[name])
    if case.stands_at:
        case.stands_at = course.step(case.stands_at) or case.stands_at
    case.save()  # what was sent in stays as it was: the database refuses to change it


def _work(case: Any, course: Course) -> None:
    """What staff recorded stays under its step; sealed values move with a step that is called otherwise."""
    known, plain = sensitive_keys(course.new.id).work, case.work
    stored = case.data.get("work", {})
    for key in list(stored):
        to = course.key(key)
        if to == key:
            stored[key] = sealed(stored[key], known.get(key, ()), work_place(case.pk, key))
        else:
            del stored[key]
            stored[to] = sealed(plain[key], known.get(to, ()), work_place(case.pk, to))


def _item(item: Any, before: Any, step: Any, course: Course) -> None:
    """The work item stands at the step of the new version; who has it keeps it if they may do it there."""
    item.flow_task, item.flow_task_type = step, step.task_type
    item.node_key = step.node_key
    asks_others = _roles(item, before, step, course) or _apart(before) != _apart(step)
    if before.task_type == "STATE":
        item.kind = step.kind.value
    has_it = item.owner_id is not None and item.status == STATUS.ASSIGNED
    if has_it and (asks_others or item.kind != before.kind) and not _may_keep(item, step):
        item.owner, item.assigned, item.status = None, None, STATUS.NEW
        recorded("work.given_back", item, None)
    item.save()


def _roles(item: Any, before: Any, step: Any, course: Course) -> bool:
    """Give the item the roles of its new step, unless it was moved up; True if it has others now."""
    old, new = (
        tuple(version.package.staff_roles(each.options))
        for version, each in ((course.old, before), (course.new, step))
    )
    if not item.role or item.roles != old or old == new:
        return False
    role, *others = new or ("",)
    item.role, item.other_roles = role, others
    return True


def _apart(step: Any) -> list[str]:
    """The steps whose doers may not do this one."""
    return list(getattr(step.options, "not_by", ()))


def _may_keep(item: Any, step: Any) -> bool:
    """Whether who has taken the work may do it at the new step."""
    if item.kind != WorkKind.PERSON:
        return False
    if not may_do_any(item.owner, item.roles, item.department_id):
        return False
    try:
        step.activation_class(item).refuse_same_person(item.owner)
    except WorkRefused:
        return False
    return True


def watch_case(case: Any, old: Any, new: Any) -> None:
    """What the case waits for as a whole; the same is waited for since it was first."""
    known = {step.node_key: step.options for step in old.handlers}
    same = [step.node_key for step in new.handlers if _waits_for(step.options, known.get(step.node_key))]
    if old.handlers:
        Awaited.objects.filter(case=case, work_item=None).exclude(node_key__in=same).delete()
    for handler in new.handlers:
        if handler.node_key not in same:
            handler.watch_case(case)


def _waits_for(new: Any, old: Any) -> bool:
    words = ("event", "signal", "message")
    return old is not None and all(getattr(new, word, "") == getattr(old, word, "") for word in words)


def _look_again(case: Any) -> None:
    """Joins may need fewer now, and paths that were cancelled do not come any more; rules may hold."""
    waiting = WorkItem.objects.filter(process=case, flow_task_type__in=LOOKED_AT, status=STATUS.STARTED)
    activations = []
    for item in waiting.order_by("pk"):
        item.process = case
        activations.append(item.flow_task.activation_class(item))
    advance(activations)
    case.flow_class.recheck(case)
