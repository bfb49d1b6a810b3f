"""The page of a case."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engine.departments.models import User
from workflows import services
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ItemAt = Callable[[Case, str], int]
MOST_QUERIES = 26


def page_of(client: Client, case: Case, query: str = "") -> str:
    """What the page says."""
    return client.get(f"/work/cases/{case.reference}/{query}").content.decode()


def test_a_clerk_reads_the_answers_and_the_way_of_a_case(case: Case, clerk: User, sign_in: SignIn) -> None:
    page = page_of(sign_in(clerk), case, "?view=team")
    assert "Leila Haddad" in page
    assert "Green Basket Ltd" in page
    assert "1 of 1" in page
    assert "Nobody has taken “Check documents” yet." in page
    assert "880202114471" not in page
    assert "Showing it is recorded" in page


def test_an_auditor_reads_no_personal_data_and_finds_no_button(
    case: Case, auditor: User, sign_in: SignIn
) -> None:
    page = page_of(sign_in(auditor), case)
    assert "Green Basket Ltd" in page
    for secret in ("Leila", "Haddad", "4471", "1988", "hygiene.png"):
        assert secret not in page
    assert "You may not see personal data here" in page
    assert "Your decision" not in page
    assert "Show<" not in page


def test_what_the_applicant_changed_stands_beside_what_was_there(
    corrected: Case, clerk: User, second_clerk: User, sign_in: SignIn
) -> None:
    page = page_of(sign_in(clerk), corrected)
    assert "Changed since you last looked (1)" in page
    assert "Green Basket Limited" in page
    assert "<del><bdi>Green Basket Ltd</bdi></del>" in page
    assert "Changed by the applicant (1)" in page_of(sign_in(second_clerk), corrected)
    only = page_of(sign_in(clerk), corrected, "?view=team&changed=1")
    assert "Green Basket Limited" in only
    assert "NH-204817" not in only
    assert f'href="/work/cases/{corrected.reference}/?view=team"' in only


def test_the_timeline_tells_of_people_letters_and_the_clock(
    corrected: Case, clerk: User, sign_in: SignIn
) -> None:
    page = page_of(sign_in(clerk), corrected)
    assert "<b>Noor Amari</b> asked for a correction of 1 answer" in page
    assert "The clock stopped" in page
    assert "<b>Leila Haddad</b> corrected 1 answer" in page
    assert "The clock ran again" in page
    assert "The name stands differently in the register." in page
    assert "Letter to the applicant:" in page


def test_the_bar_says_why_a_supervisor_may_not_approve_what_they_checked(
    case: Case, supervisor: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    services.decide(item_id=item_at(case, "check"), by=supervisor, outcome="accept")
    services.decide(
        item_id=item_at(case, "inspect"),
        by=supervisor,
        outcome="done",
        answers={"visited_on": "2026-11-20", "result": "suitable"},
    )
    page = page_of(sign_in(supervisor), case)
    assert "You did “Check documents” in this case, so somebody else must do “Approve”." in page
    assert 'type="button" disabled' in page
    assert "Recorded by staff" in page
    assert "Suitable" in page


def test_work_of_a_colleague_is_named_and_a_supervisor_may_release_it(
    case: Case, clerk: User, second_clerk: User, supervisor: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    services.claim(item_id=item_at(case, "check"), by=second_clerk)
    assert "Your decision" not in page_of(sign_in(clerk), case)
    assert "Karim Bello has it" in page_of(sign_in(clerk), case)
    page = page_of(sign_in(supervisor), case)
    assert "Karim Bello has taken “Check documents”." in page
    assert "Assign to" in page


def test_a_page_costs_no_more_with_a_longer_story(
    apply: Callable[..., Case], corrected: Case, clerk: User, sign_in: SignIn
) -> None:
    apply()
    client = sign_in(clerk)
    page_of(client, corrected)
    with CaptureQueriesContext(connection) as queries:
        page_of(client, corrected, "?view=team")
    assert len(queries) <= MOST_QUERIES, [query["sql"][:120] for query in queries]


def test_a_case_that_does_not_exist_is_not_found(clerk: User, sign_in: SignIn) -> None:
    assert sign_in(clerk).get("/work/cases/TRL-2026-999999/").status_code == 404
