"""The applicant takes an application back."""

from engine.departments.models import User
from workflows.ending import end_case
from workflows.handling import WITHDRAWN, handler_of, may_withdraw
from workflows.models import Case, CaseState
from workflows.recording import recorded_case
from workflows.selectors.case_finding import own_case
from workflows.services.refusals import NotOpen
from workflows.services.refused import refusals_noted
from workflows.unit import lock_case, unit


@refusals_noted
def withdraw(*, reference: str, by: User) -> Case:
    """End an open case of the applicant; what staff had to do on it is cancelled.

    Where the workflow says what is done then, the case does not end but goes on there.
    """
    key = own_case(by, reference).pk
    with unit():
        case: Case = lock_case(key)
        if not may_withdraw(case):
            raise NotOpen
        handler = handler_of(case, WITHDRAWN)
        if handler is None:
            end_case(case, CaseState.WITHDRAWN)
            recorded_case("case.withdrawn", case, by)
        else:
            recorded_case("case.withdrawal_asked", case, by)
            handler.begin(case, {})
    return case
