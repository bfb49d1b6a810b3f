"""The applicant's answer to what a clerk asked: a draft of the named answers, then one answer."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.departments.models import User
from forms_library.answers import check_whole
from workflows.clock import calendar_of
from workflows.models import Case, Draft, WorkItem, WorkKind
from workflows.payment_step import PAYMENT
from workflows.recording import recorded
from workflows.selectors.case_finding import own_case
from workflows.selectors.versions import version_of
from workflows.services.drafts import KEPT_FOR, own_draft
from workflows.services.likeness import note_likeness
from workflows.services.refusals import AnswersRefused, DraftMoved, NotOpen
from workflows.services.refused import refusals_noted
from workflows.services.summaries import summaries_of
from workflows.unit import open_item, unit


@refusals_noted
def start_correction(reference: str, *, by: User) -> Draft:
    """The draft of the correction that is asked for now; it begins with the answers as they stand."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=own_case(by, reference).pk)
        items = WorkItem.objects.filter(process=case, kind=WorkKind.APPLICANT, finished=None)
        item = items.exclude(flow_task_type=PAYMENT).first()
        if item is None or item.flow_task.node_type.actions(item.flow_task.options):
            raise NotOpen
        draft, _ = Draft.objects.get_or_create(
            work_item=item,
            defaults={
                "owner": by,
                "service_version_id": case.version_id,
                "department_id": case.department_id,
                "language": case.language,
                "answers": case.answers,
                "expires_at": (item.due_at or timezone.now()) + KEPT_FOR,
            },
        )
    return draft


def answer_correction(draft: Draft, *, by: User, revision: int | None = None) -> Case:
    """Send the corrected answers, once; only the named answers can have changed."""
    item_id = Draft.objects.filter(pk=draft.pk, owner=by).values_list("work_item_id", flat=True).get()
    if item_id is None:
        raise NotOpen
    with unit(), open_item(item_id) as activation:  # the case is locked before the draft, as everywhere
        item, case = activation.task, activation.process
        mine = own_draft(draft.pk, by)
        if item.finished is not None:
            if item.outcome == "answered":
                answered: Case = case
                return answered
            raise NotOpen
        if revision is not None and revision != mine.revision:
            raise DraftMoved(mine.revision)
        _answer(activation, mine, by)
    corrected: Case = activation.process
    return corrected


def _answer(activation: Any, draft: Draft, by: User) -> None:
    item, case = activation.task, activation.process
    version, asked = version_of(case.version_id), list(item.data.get("fields", []))
    calendar = calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    answers = {**case.answers, **{key: draft.answers.get(key) for key in asked}} if asked else draft.answers
    answers = {key: answer for key, answer in answers.items() if answer is not None}
    whole = check_whole(
        version.start_form, answers, today, asked or None, language=draft.language, calendar=calendar
    )
    if whole.errors or whole.faults:
        raise AnswersRefused(whole.errors)
    case.summary, case.summaries = summaries_of(version, whole.answers)
    case.save(update_fields=["summary", "summaries"])
    activation.answer(by, whole.answers)
    note_likeness(case)
    draft.answers, draft.raw = {}, {}
    draft.save(update_fields=["answers", "raw"])
    recorded("case.corrected", item, by, fields=asked)
