"""Everything that was recorded on a case."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Case
from workflows.services import NotOpen, hold, reveal, start_correction

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_record_names_who_read_which_answer(
    corrected: Case, clerk: User, second_clerk: User, sign_in: SignIn
) -> None:
    reveal(reference=corrected.reference, field_keys=["applicant_national_id"], by=second_clerk)
    page = sign_in(clerk).get(f"/work/cases/{corrected.reference}/history/").content.decode()
    assert "<b>Karim Bello</b> read personal data" in page
    assert "National ID number" in page
    assert "<b>Leila Haddad</b> corrected 1 answer" in page


def test_an_auditor_reads_it_without_the_name_of_the_applicant(
    corrected: Case, auditor: User, sign_in: SignIn
) -> None:
    page = sign_in(auditor).get(f"/work/cases/{corrected.reference}/history/").content.decode()
    assert "<b>The applicant</b> corrected 1 answer" in page
    assert "Leila" not in page


def test_it_tells_what_was_refused_and_names_the_applicant_to_nobody_who_may_not_read_it(
    case: Case, citizen: User, clerk: User, foreign_clerk: User, auditor: User, sign_in: SignIn
) -> None:
    for person, refusal in ((foreign_clerk, AccessRefused), (citizen, NotOpen)):
        with pytest.raises(refusal):
            if person == citizen:
                start_correction(case.reference, by=person)
            else:
                hold(reference=case.reference, by=person, reason="x")
    page = sign_in(auditor).get(f"/work/cases/{case.reference}/history/").content.decode()
    assert "<b>The applicant</b> was refused what they wanted to do" in page
    assert "<b>Olga Petrov</b> was refused what they wanted to do" in page
    assert "Leila" not in page
    assert "was refused" not in sign_in(clerk).get(f"/work/cases/{case.reference}/").content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "\x00", "99"])
def test_any_page_number_shows_a_page(number: str, case: Case, clerk: User, sign_in: SignIn) -> None:
    answer = sign_in(clerk).get(f"/work/cases/{case.reference}/history/", {"page": number})
    assert answer.status_code == 200
