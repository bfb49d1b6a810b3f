"""Applications as their applicant sees them: what state, whose turn, until when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case as When
from django.db.models import Q, Value
from django.db.models import When as Branch

from engine.departments.models import User
from engine.messages.models import Letter
from workflows.handling import may_withdraw
from workflows.models import Case, CaseState, WorkItem, WorkKind
from workflows.payment_step import PAYMENT
from workflows.selectors.applicant_actions import MyActions, my_actions, stands_in_state
from workflows.selectors.approvals import votes_of
from workflows.selectors.case_finding import own_case
from workflows.selectors.certificates import IssuedCertificate, certificates_of
from workflows.selectors.drafts import unsent_drafts
from workflows.selectors.made_documents import MadeDocument, made_for_applicant
from workflows.selectors.payments import MyPayment, my_payment
from workflows.selectors.stages import Stage, citizen_stages, items_of
from workflows.selectors.versions import version_of
from workflows.voting.counting import REJECT
from workflows.words import word

MOST = 200
# part of another application, unless the applicant is asked for something
CALLED = Q(origin__startswith="called:")
MY_TURN = (CaseState.WAITING_FOR_YOU, CaseState.WAITING_FOR_PAYMENT)
FINAL = {
    CaseState.APPROVED,
    CaseState.REFUSED,
    CaseState.WITHDRAWN,
    CaseState.CANCELLED,
    CaseState.MERGED,
    CaseState.EXPIRED,
    CaseState.FAILED,
}


@dataclass(frozen=True)
class ApplicationLine:
    """One card of the list."""

    reference: str
    title: str
    department_name: str
    state: str
    state_text: str
    sent_at: datetime
    your_turn: bool
    until: datetime | None


@dataclass(frozen=True)
class DraftLine:
    """An application that is not sent yet."""

    id: str
    title: str
    department_name: str
    updated_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Asked:
    """What the applicant is asked to correct: which answers, why, by whom, until when, and what if not."""

    fields: list[str]
    labels: list[str]
    note: str
    by: str
    asked_at: datetime
    until: datetime | None
    ends_without_answer: bool


@dataclass(frozen=True)
class Application:
    """All that the page of an application shows."""

    case: Case
    title: str
    state: str
    state_text: str
    your_turn: bool
    asked: Asked | None
    payment: MyPayment | None
    actions: MyActions
    stages: list[Stage]
    certificates: list[IssuedCertificate]
    made: list[MadeDocument]
    letters: list[Letter]
    may_withdraw: bool
    reason: str
    documents: list[tuple[str, str, int]] = field(default_factory=list)  # id, name, size


def my_applications(user: User, language: str) -> list[ApplicationLine]:
    """The applications of a person: their turn first, then the newest."""
    turn = When(Branch(Q(state__in=MY_TURN), then=Value(0)), default=Value(1))
    cases = (
        Case.objects.filter(applicant=user)
        .exclude(CALLED & ~Q(state__in=MY_TURN))
        .select_related("service", "department")
        .order_by(turn, "-submitted_at")
    )
    chosen = list(cases.defer("service__working")[:MOST])
    waiting = WorkItem.objects.filter(process__in=chosen, kind=WorkKind.APPLICANT, finished=None)
    until = dict(waiting.values_list("process_id", "due_at"))
    return [
        ApplicationLine(
            case.reference,
            case.service.name(language),
            case.department.name(language),
            case.state,
            word(case.state, language),
            case.submitted_at,
            case.pk in until,
            until.get(case.pk) or (case.due_at if case.state not in FINAL else None),
        )
        for case in chosen
    ]


def my_drafts(user: User, language: str) -> list[DraftLine]:
    """What the person has begun and not sent."""
    return [
        DraftLine(
            str(draft.pk),
            draft.service_version.service.name(language),
            draft.department.name(language),
            draft.updated_at,
            draft.expires_at,
        )
        for draft in unsent_drafts(user)
    ]


def application(user: User, reference: str, language: str) -> Application:
    """The page of the person's own application; another person's does not exist."""
    return application_of(user, own_case(user, reference), language)


def application_of(user: User, case: Case, language: str) -> Application:
    """The same, for the case of this person."""
    items = items_of(case)
    asked, actions = _asked(case, items, language), my_actions(case, items, language)
    payment = my_payment(case, items, language)
    return Application(
        case=case,
        title=case.service.name(language),
        state=case.state,
        state_text=word(case.state, language),
        your_turn=asked is not None or payment is not None or actions.is_my_turn,
        asked=asked,
        payment=payment,
        actions=actions,
        stages=citizen_stages(case, items, language),
        certificates=certificates_of(case, language),
        made=made_for_applicant(case, items),
        letters=list(
            Letter.objects.filter(recipient=user, case_reference=case.reference).order_by("-created")
        ),
        may_withdraw=may_withdraw(case),
        reason=_reason(case, items),
        documents=_documents(case),
    )


def _asked(case: Case, items: list[Any], language: str) -> Asked | None:
    mine = (item for item in items if item.kind == WorkKind.APPLICANT and item.finished is None)
    item = next((item for item in mine if item.flow_task_type != PAYMENT), None)
    if item is None or stands_in_state(case, item):
        return None
    version = version_of(case.version_id)
    form, options = version.start_form, version.node(item.node_key)
    keys = [key for key in item.data.get("fields", ()) if key in form.fields]
    asker = next((done for done in reversed(items) if done.node_key == item.data.get("asked_by")), None)
    by = asker.owner.get_full_name() if asker is not None and asker.owner_id else ""
    return Asked(
        keys,
        [form.fields[key].field.label.in_(language) for key in keys],
        str(item.data.get("note", "")),
        short_name(by),
        item.created,
        item.due_at,
        bool(getattr(options, "on_timeout", None)),
    )


def short_name(name: str) -> str:
    """A clerk's name as applicants read it: "Noor A."."""
    first, _, last = name.strip().partition(" ")
    return f"{first} {last.rsplit(' ', 1)[-1][:1]}." if last else first


def _reason(case: Case, items: list[Any]) -> str:
    """Why it was refused, in the words of who refused it."""
    if case.state != CaseState.REFUSED:
        return ""
    decided = [item for item in items if item.kind == WorkKind.PERSON and item.finished and item.outcome]
    last = max(decided, key=lambda item: item.finished, default=None)
    votes = [vote for vote in votes_of(items, last) if vote.outcome == REJECT] if last else []
    reasons = [str(item.data.get("reason", "")) for item in votes or ([last] if last else [])]
    return "\n\n".join(dict.fromkeys(filter(None, reasons)))


def _documents(case: Case) -> list[tuple[str, str, int]]:
    held = [answer for answer in case.answers.values() if isinstance(answer, dict) and "document" in answer]
    return [(answer["document"], answer.get("name", ""), int(answer.get("size", 0))) for answer in held]
