"""Sending an application: once, however often it is asked for."""

from django.utils import timezone

from engine.departments.models import User
from forms_library.answers import Whole, check_whole
from workflows.clock import calendar_of
from workflows.models import Case, Draft
from workflows.recording import recorded_case
from workflows.references import next_reference
from workflows.selectors.versions import Version, version_of
from workflows.services.correcting import answer_correction
from workflows.services.drafts import own_draft
from workflows.services.likeness import note_likeness
from workflows.services.prefilling import provenance
from workflows.services.refusals import AnswersRefused, DraftMoved
from workflows.services.refused import refused_beginnings_recorded
from workflows.services.starts import chosen_action, require_start
from workflows.services.summaries import summaries_of
from workflows.starting import Beginning, start_case
from workflows.unit import unit


def submit(draft: Draft, *, by: User, revision: int | None = None, action: str = "") -> Case:
    """Make the case of a draft. A second press, another window, the back button: all get the same case.

    Where several actions begin a case, `action` says which one was pressed.

    The draft is locked first, so of two requests at the same moment the second finds the case of the first.
    The draft of a correction is answered instead: its case exists already.
    """
    if draft.work_item_id is not None:
        return answer_correction(draft, by=by, revision=revision)
    with refused_beginnings_recorded(draft, by, action), unit():
        mine = own_draft(draft.pk, by, sent=True)
        if mine.submitted_case is not None:
            sent: Case = mine.submitted_case
            return sent
        require_start(by, mine.service_version.service, mine.service_version_id, mine.start)
        if revision is not None and revision != mine.revision:
            raise DraftMoved(mine.revision)
        return _sent(mine, by, chosen_action(by, mine, action))


def _sent(draft: Draft, by: User, action: str) -> Case:
    version = version_of(draft.service_version_id)
    whole = checked_draft(draft, version)
    if whole.errors or whole.faults:
        raise AnswersRefused(whole.errors)
    calendar = calendar_of(draft.department_id)
    summary, summaries = summaries_of(version, whole.answers)
    case = start_case(
        draft.service_version,
        applicant=by,
        reference=next_reference(version.package.reference_prefix, timezone.now(), calendar.time_zone),
        language=draft.language,
        answers=whole.answers,
        summary=summary,
        summaries=summaries,
        prefilled=provenance(draft, whole.answers),
        beginning=Beginning(start=draft.start, action=action, by=by),
    )
    note_likeness(case)
    draft.submitted_case = case
    draft.answers, draft.raw, draft.prefilled = {}, {}, {}  # they live in the case now, and only there
    draft.save(update_fields=["submitted_case", "answers", "raw", "prefilled"])
    verb, chosen = "case.opened" if draft.start else "case.sent", {"outcome": action} if action else {}
    recorded_case(verb, case, by, fields=len(whole.answers), version=version.number, **chosen)
    return case


def checked_draft(draft: Draft, version: Version) -> Whole:
    """The whole form of a draft, judged as of today in its department."""
    calendar = calendar_of(draft.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    return check_whole(version.start_form, draft.answers, today, language=draft.language, calendar=calendar)
