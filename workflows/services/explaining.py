"""Why a question of a case was asked or not, or has its value; recorded where personal answers are told."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.models import User
from forms_library.asked import AskedPage, AskedQuestion, asked_pages, cells_of
from forms_library.bound import CompiledForm
from forms_library.definition import Field
from forms_library.moment import Moment
from forms_library.why import Reasons, why
from workflows.clock import calendar_of
from workflows.models import Case
from workflows.selectors.answers import HIDDEN
from workflows.selectors.case_finding import find_case
from workflows.selectors.rights import may_read_answers
from workflows.selectors.versions import version_of


@dataclass(frozen=True)
class Explained:
    """One question or page of a case: what it is called, the reasons, and those of its choices and cells."""

    case: Case
    label: str
    reasons: Reasons
    choices: list[Reasons]
    cells: list[AskedQuestion]


class NothingToExplain(LookupError):
    """The form of the case has no question of this name."""


def questions_of(*, reference: str, by: User, language: str = "en") -> tuple[Case, list[AskedPage]]:
    """All questions of the form of a case, asked or not; no answer is told."""
    case = find_case(by, reference)
    form = version_of(case.version_id).start_form
    return case, asked_pages(form, case.answers, _moment(case), language)


@transaction.atomic
def explain(*, reference: str, name: str, by: User, language: str = "en") -> Explained:
    """The reasons for a question or page of a case; telling personal answers is recorded before it is done.

    The name is the key of a page or question, or the name of an input in rows: children-0-age. Raises
    NothingToExplain where there is none.
    """
    case = find_case(by, reference)
    form, moment = version_of(case.version_id).start_form, _moment(case)
    reads_all = may_read_answers(by, case)

    def may_see(field: Field) -> bool:
        return reads_all or field.data_class not in HIDDEN

    def reasons(choice: str = "") -> Reasons:
        return why(form, name, case.answers, moment, language, choice=choice, may_see=may_see)

    found = reasons()
    if not found.lines:
        raise NothingToExplain(name)
    asked = form.fields.get(name)
    choices = [reasons(key) for key in asked.choices] if asked is not None else []
    cells = cells_of(form, name, case.answers, moment, language)
    _record(case, by, form, found.told.union(*(each.told for each in choices)))
    return Explained(case, found.lines[0].text, found, choices, cells)


def _record(case: Case, by: User, form: CompiledForm, told: frozenset[str]) -> None:
    """Note whose answers were read; public ones are no secret."""
    personal = [
        key for key in told if any(part.field.data_class in HIDDEN for part in form.fields[key].everything())
    ]
    if personal:
        audit.record_read(
            by,
            chain=case.chain,
            department_id=case.department_id,
            subject=f"case:{case.pk}",
            fields=personal,
        )


def _moment(case: Case) -> Moment:
    """The day on which the page of the case judges its answers."""
    calendar = calendar_of(case.department_id)
    return Moment(timezone.now().astimezone(calendar.zone).date(), calendar)
