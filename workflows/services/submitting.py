"""Sending an application: once, however often it is asked for."""

from django.utils import timezone

from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.answers import Whole, check_whole
from workflows.clock import calendar_of
from workflows.models import Audience, Case, Draft
from workflows.selectors.versions import Version, version_of
from workflows.services.correcting import answer_correction
from workflows.services.drafts import own_draft
from workflows.services.prefilling import provenance
from workflows.services.recording import recorded_case
from workflows.services.references import next_reference
from workflows.services.refusals import AnswersRefused, DraftMoved
from workflows.services.summaries import summary_of
from workflows.starting import start_case
from workflows.unit import unit


def submit(draft: Draft, *, by: User, revision: int | None = None) -> Case:
    """Make the case of a draft. A second press, another window, the back button: all get the same case.

    The draft is locked first, so of two requests at the same moment the second finds the case of the first.
    The draft of a correction is answered instead: its case exists already.
    """
    if draft.work_item_id is not None:
        return answer_correction(draft, by=by, revision=revision)
    with unit():
        mine = own_draft(draft.pk, by, sent=True)
        if mine.submitted_case is not None:
            sent: Case = mine.submitted_case
            return sent
        if mine.service_version.service.audience == Audience.STAFF:
            require(by, Permission.APPLY_INTERNAL, mine.department_id)
        if revision is not None and revision != mine.revision:
            raise DraftMoved(mine.revision)
        return _sent(mine, by)


def _sent(draft: Draft, by: User) -> Case:
    version = version_of(draft.service_version_id)
    whole = checked_draft(draft, version)
    if whole.errors or whole.faults:
        raise AnswersRefused(whole.errors)
    calendar = calendar_of(draft.department_id)
    case = start_case(
        draft.service_version,
        applicant=by,
        reference=next_reference(version.package.reference_prefix, timezone.now(), calendar.time_zone),
        language=draft.language,
        answers=whole.answers,
        summary=summary_of(version, whole.answers),
        prefilled=provenance(draft, whole.answers),
    )
    draft.submitted_case = case
    draft.answers, draft.raw, draft.prefilled = {}, {}, {}  # they live in the case now, and only there
    draft.save(update_fields=["submitted_case", "answers", "raw", "prefilled"])
    recorded_case("case.sent", case, by, fields=len(whole.answers), version=version.number)
    return case


def checked_draft(draft: Draft, version: Version) -> Whole:
    """The whole form of a draft, judged as of today in its department."""
    calendar = calendar_of(draft.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    return check_whole(version.start_form, draft.answers, today, language=draft.language, calendar=calendar)
