"""What the reader of a case may do on it now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from engine.core.text import Text
from engine.departments.absences import stands_in_for
from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.visibility import Moment, shown
from workflows.clock import calendar_of
from workflows.duties import Duty
from workflows.escalating import was_raised
from workflows.models import Case, WorkKind
from workflows.node_type import NodeOptions, Outcome, node_types
from workflows.roles import may_do_any
from workflows.selectors.approvals import duty_of, earlier_step, votes_of
from workflows.selectors.steps import Step, named
from workflows.selectors.versions import Version, version_of


@dataclass(frozen=True)
class Choice:
    """One outcome that can be chosen: its label says the effect; `asks_applicant` needs fields and a note."""

    key: str
    label: str
    style: str
    reason: str
    asks_applicant: bool
    days: int | None = None


@dataclass(frozen=True)
class Actions:
    """The open work item in front of the reader, and what they may do with it."""

    item_id: int | None = None
    step: Step | None = None
    roles: tuple[str, ...] = ()  # of staff who may do the step
    owner: str = ""
    is_mine: bool = False
    since: Any = None
    instead_of: str = ""  # who is away, and for whom the reader stands in
    may_claim: bool = False
    may_delegate: bool = False
    may_release: bool = False
    may_assign: bool = False
    may_escalate: bool = False
    may_reveal: bool = False
    may_revoke: bool = False
    may_hold: bool = False
    on_hold: bool = False
    choices: list[Choice] = field(default_factory=list)
    returnable: list[tuple[str, str]] = field(default_factory=list)
    form_key: str = ""
    instructions: str = ""  # what the department wrote for who does the step
    place: str = ""  # the question whose answer says where to go
    done_by_you: str = ""  # the earlier step because of which somebody else must do this one
    duty: Duty = ""  # what the reader did in the case itself, so that somebody else must do this one
    voted: bool = False  # the reader has a vote in this approval already
    votes: int = 0  # how many votes the approval has; 0 where one person decides
    acts: bool = False  # the case stands in a state: each choice is for whoever may, taken or not


def actions_of(user: User, case: Case, items: Sequence[Any], language: str) -> Actions:
    """The rights are those of this moment; every verb checks them again."""
    department = case.department_id
    common = _anywhere(user, case)
    item = current_item(user, items)
    version = version_of(case.version_id)
    options = version.node(item.node_key) if item is not None else None
    if item is None or options is None:
        return Actions(**common)
    step, standing_in = named(options, language), _stands_in(user, item)
    mine = item.owner_id == user.pk or standing_in
    owner = item.owner.get_full_name() if item.owner_id else ""
    shared = {
        **common,
        "item_id": item.pk,
        "step": step,
        "roles": item.roles,
        "owner": owner,
        "since": item.assigned,
    }
    assigns = may(user, Permission.ASSIGN_CASE, department) and item.kind == WorkKind.PERSON
    if node_types[options.type].actions(options):
        in_state = _in_state(user, case, item, options, language, mine=mine)
        instead = owner if standing_in else ""
        return Actions(**shared, **in_state, is_mine=mine, may_assign=assigns, instead_of=instead)
    if item.kind != WorkKind.PERSON or not may_do_any(user, item.roles, department):
        return Actions(**shared, may_assign=assigns)
    return Actions(
        **shared,
        **_of_person(user, case, item, items, language, mine=mine, assigns=assigns),
        is_mine=mine,
        instead_of=owner if standing_in else "",
        may_assign=assigns,
    )


def _of_person(
    user: User, case: Case, item: Any, items: Sequence[Any], language: str, *, mine: bool, assigns: bool
) -> dict[str, Any]:
    """What a person may do with an item of staff."""
    version = version_of(case.version_id)
    options = version.package.nodes[item.node_key]
    blocked = earlier_step(user, case, options, language)
    votes = votes_of(items, item)
    voted = any(vote.owner_id == user.pk and vote.pk != item.pk for vote in votes)
    duty = duty_of(user, case, options)
    blocked, able = "" if duty else blocked, not (blocked or voted or duty)
    return {
        "may_delegate": mine and not blocked and not duty,
        "may_claim": able and item.owner_id is None,
        "may_release": item.owner_id is not None and (assigns if not mine else not item.data.get("named")),
        "may_escalate": not was_raised(item) and _has_escalation(version, item.node_key),
        "choices": choices_of(version, options, language) if able and (mine or not item.owner_id) else [],
        "returnable": returnable_fields(case, version, language) if able else [],
        "form_key": str(getattr(options, "form", None) or ""),
        "instructions": _instructions(options, language),
        "place": str(getattr(options, "place", None) or ""),
        "done_by_you": blocked,
        "duty": duty,
        "voted": voted,
        "votes": len(votes),
    }


def _instructions(options: NodeOptions, language: str) -> str:
    text: Text | None = getattr(options, "instructions", None)
    return text.in_(language) if text else ""


def _anywhere(user: User, case: Case) -> dict[str, Any]:
    """What may be done wherever the case is."""
    department = case.department_id
    return {
        "may_reveal": may(user, Permission.SEE_PERSONAL_DATA, department),
        "may_revoke": may(user, Permission.REVOKE_CERTIFICATE, department),
        "may_hold": case.finished is None and may(user, Permission.WORK_CASE, department),
        "on_hold": case.held_at is not None,
    }


def _stands_in(user: User, item: Any) -> bool:
    """Whether somebody has the work who is away, and the reader is the deputy."""
    if item.kind != WorkKind.PERSON or item.owner_id in (None, user.pk):
        return False
    department = item.department_id
    return may_do_any(user, item.roles, department) and stands_in_for(user, item.owner_id, department)


def _in_state(
    user: User, case: Case, item: Any, options: NodeOptions, language: str, *, mine: bool
) -> dict[str, Any]:
    """What the reader may do as staff where the case stands."""
    version, blocked = version_of(case.version_id), earlier_step(user, case, options, language)
    duty, does_it = duty_of(user, case, options), may_do_any(user, item.roles, case.department_id)
    able, in_queue = not blocked and not duty and (mine or not item.owner_id), item.kind == WorkKind.PERSON
    actions = [
        action
        for action in node_types[options.type].actions(options)
        if able and may_do_any(user, version.package.staff_among(action.roles), case.department_id)
    ]
    may_give_back = mine or may(user, Permission.ASSIGN_CASE, case.department_id)
    return {
        "acts": True,
        "choices": [choice_of(version, action, language) for action in actions],
        "may_claim": bool(actions) and in_queue and not item.owner_id,
        "may_release": bool(item.owner_id) and in_queue and may_give_back,
        "may_delegate": mine and in_queue and not blocked and not duty,
        "returnable": returnable_fields(case, version, language) if actions else [],
        "form_key": str(getattr(options, "form", None) or "") if actions else "",
        "done_by_you": blocked if does_it and not duty else "",
        "duty": duty if does_it else "",
    }


def _has_escalation(version: Version, node_key: str) -> bool:
    """Whether the workflow says what is done when staff ask for help with a step."""
    for options in version.package.nodes.values():
        kind = node_types[options.type]
        if kind.helps_with(options, node_key):
            return True
    return False


def current_item(user: User, items: Sequence[Any]) -> Any:
    """The reader's own item, else one they may take, else any that is open with a person or the applicant."""
    waiting = (WorkKind.PERSON, WorkKind.APPLICANT)
    found = [item for item in items if item.finished is None and (item.kind in waiting or item.roles)]

    def rank(item: Any) -> int:
        if item.kind == WorkKind.PERSON and item.owner_id == user.pk:
            return 0
        mine = may_do_any(user, item.roles, item.department_id)
        return (1 if item.kind == WorkKind.PERSON else 2) if mine else 3

    return min(found, key=rank, default=None)


def choices_of(version: Version, options: NodeOptions, language: str) -> list[Choice]:
    """The outcomes of a step, in the order in which the department wrote them."""
    return [choice_of(version, outcome, language) for outcome in node_types[options.type].outcomes(options)]


def choice_of(version: Version, outcome: Outcome, language: str) -> Choice:
    """One outcome, as it is offered."""
    following = version.node(outcome.next)
    asks = following is not None and following.type == "applicant_task"
    span = getattr(following, "due", None)
    days = span.amount if asks and span is not None and span.unit == "working_days" else None
    reason = "none" if asks else outcome.reason
    return Choice(outcome.key, outcome.label.in_(language), outcome.style, reason, asks, days)


def returnable_fields(case: Case, version: Version, language: str) -> list[tuple[str, str]]:
    """The questions that an applicant can be asked to correct: those that were shown, key and label."""
    form, calendar = version.start_form, calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    view = shown(form, case.answers, Moment(today, calendar))
    return [
        (asked.key, asked.field.label.in_(language)) for asked in form.questions() if asked.key in view.fields
    ]
