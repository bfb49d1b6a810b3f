"""Finding cases and looking through them."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from workflows import services
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.mark.parametrize("wanted", ["{}", " {} ", "lower", "1"])
def test_an_exact_reference_or_its_number_goes_straight_to_the_case(
    wanted: str, case: Case, clerk: User, sign_in: SignIn
) -> None:
    typed = case.reference.lower() if wanted == "lower" else wanted.format(case.reference)
    answer = sign_in(clerk).get("/work/cases/", {"reference": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/work/cases/{case.reference}/")


@pytest.mark.parametrize("wanted", ["TRL-2026-999999", "999999", "<b>", "%", "\x00", "a" * 5000, "-1"])
def test_what_is_not_found_is_said_in_the_same_words(
    wanted: str, case: Case, clerk: User, sign_in: SignIn
) -> None:
    answer = sign_in(clerk).get("/work/cases/", {"reference": wanted})
    assert answer.status_code == 200
    assert "<b></bdi>" not in answer.content.decode()


def test_a_case_of_another_department_is_not_found(case: Case, foreign_clerk: User, sign_in: SignIn) -> None:
    page = sign_in(foreign_clerk).get("/work/cases/", {"reference": case.reference}).content.decode()
    assert "We found no case" in page
    assert "Leila Haddad" not in page


def test_cases_are_looked_through_by_state(
    case: Case, apply: Callable[..., Case], citizen: User, clerk: User, sign_in: SignIn
) -> None:
    services.withdraw(reference=case.reference, by=citizen)
    other, client = apply(), sign_in(clerk)
    every = client.get("/work/cases/").context["page"].lines
    assert [line.reference for line in every] == [other.reference, case.reference]
    withdrawn = client.get("/work/cases/?state=withdrawn").context["page"].lines
    assert [line.reference for line in withdrawn] == [case.reference]
    assert client.get("/work/cases/?state=nonsense").status_code == 200


def test_an_auditor_finds_cases_without_names(case: Case, auditor: User, sign_in: SignIn) -> None:
    page = sign_in(auditor).get("/work/cases/").content.decode()
    assert case.reference in page
    assert "Leila Haddad" not in page
