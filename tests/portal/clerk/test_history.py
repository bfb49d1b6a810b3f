"""Everything that was recorded on a case."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from workflows.models import Case
from workflows.services import reveal

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


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "\x00", "99"])
def test_any_page_number_shows_a_page(number: str, case: Case, clerk: User, sign_in: SignIn) -> None:
    answer = sign_in(clerk).get(f"/work/cases/{case.reference}/history/", {"page": number})
    assert answer.status_code == 200
