"""The answers of a sent application, as its applicant reads them."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from forms_library.review import ReviewSection, review
from workflows.clock import calendar_of
from workflows.models import Case
from workflows.selectors.versions import version_of


def sections_of_case(case: Case, language: str) -> list[ReviewSection]:
    """Page by page; kinds that are always masked stay masked."""
    today = timezone.localdate(case.submitted_at, ZoneInfo(case.department.time_zone))
    form = version_of(case.version_id).start_form
    return review(form, case.answers, language, today, calendar=calendar_of(case.department_id))
