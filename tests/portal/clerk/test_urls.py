"""Who is refused where, and that no input of any kind makes a page fail."""

import random
import string
from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from engine.documents.models import Certificate, Document
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NASTY = ["", "\x00", "'\"><script>", "%", "é" * 300, "9" * 40, "-1", "../..", "٣", "view=mine&" * 300, "[]"]
READ = ["view", "after", "before", "department", "service", "step", "due", "assigned", "reference", "changed"]
SENT = ["_list", "_here", "_outcome", "_reason", "_note", "_fields", "_days", "_confirmed", "_kept", "_to"]
KNOWN = ["accept", "return", "refuse", "yes", "view=mine", "1.2", "-.9", "1"]


@pytest.fixture
def reading(case: Case, certificate: Certificate, plan: Document) -> list[str]:
    """Every address that is read and belongs to the case."""
    place = f"/work/cases/{case.reference}/"
    return [
        place,
        f"{place}diagram/",
        f"{place}history/",
        f"{place}why/",
        f"{place}why/cooking_with/",
        f"{place}certificates/{certificate.number}.pdf",
        f"{place}certificates/{certificate.number}/revoke/",
        f"/work/documents/{plan.pk}/",
    ]


@pytest.fixture
def posting(case: Case, certificate: Certificate, item_at: Callable[[Case, str], int]) -> list[str]:
    """Every address that changes something of the case."""
    place, item = f"/work/cases/{case.reference}/", f"/work/items/{item_at(case, 'check')}/"
    of_item = [f"{item}{verb}/" for verb in ("claim", "release", "assign", "decide")]
    return [f"{place}show/", f"{place}export/", f"{place}certificates/{certificate.number}/revoke/", *of_item]


GENERAL_READING = ["/work/", "/work/cases/", "/work/requests/", "/work/open/"]
GENERAL_POSTING = [
    "/work/export/",
    "/work/next/",
    "/work/take/",
    "/work/assign/",
    "/work/open/licensing/trade-licence/opened/",
]


def test_a_clerk_of_another_department_is_refused_everywhere_without_a_word_about_it(
    reading: list[str], posting: list[str], foreign_clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(foreign_clerk)
    answers = [client.get(address) for address in reading]
    answers += [client.post(address, {"_outcome": "accept", "_reason": "x"}) for address in posting]
    for answer in answers:
        page = answer.content.decode()
        assert answer.status_code == 403
        for word in ("Licensing", "Leila", "Green Basket", "Check documents", "Noor"):
            assert word not in page


def test_a_foreign_clerk_takes_nothing_by_key(
    case: Case, foreign_clerk: User, sign_in: SignIn, item_at: Callable[[Case, str], int]
) -> None:
    client, item_id = sign_in(foreign_clerk), item_at(case, "check")
    assert client.post("/work/take/", {"item": item_id}).status_code == 403
    assert client.post("/work/assign/", {"item": item_id, "_to": foreign_clerk.public_id}).status_code == 403
    assert "Nothing waits" in client.post("/work/next/", follow=True).content.decode()


@pytest.mark.parametrize("who", ["citizen", "other_citizen", "outsider", "publisher"])
def test_who_may_see_no_case_is_refused_everywhere(
    who: str, reading: list[str], posting: list[str], sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(request.getfixturevalue(who))
    read = [client.get(address).status_code for address in [*reading, *GENERAL_READING[1:]]]
    sent = [client.post(address).status_code for address in [*posting, *GENERAL_POSTING]]
    assert set(read + sent) == {403}


def test_who_is_not_signed_in_is_asked_to_sign_in(reading: list[str], posting: list[str]) -> None:
    client = Client()
    answers = [client.get(address) for address in [*reading, *GENERAL_READING]]
    answers += [client.post(address) for address in [*posting, *GENERAL_POSTING]]
    for answer in answers:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_what_changes_something_answers_to_posts_with_a_token_only(
    posting: list[str], supervisor: User, sign_in: SignIn
) -> None:
    client = sign_in(supervisor)
    only_posts = [address for address in posting if not address.endswith("revoke/")] + GENERAL_POSTING
    assert {client.get(address).status_code for address in only_posts} == {405}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert {strict.post(address).status_code for address in [*posting, *GENERAL_POSTING]} == {403}


def test_an_auditor_changes_nothing(posting: list[str], auditor: User, sign_in: SignIn) -> None:
    client = sign_in(auditor)
    sent = {"_outcome": "accept", "_reason": "x", "_field": "applicant_name"}
    assert {client.post(address, sent).status_code for address in posting} == {403}


def test_no_input_makes_a_page_fail(
    reading: list[str], posting: list[str], supervisor: User, sign_in: SignIn
) -> None:
    client, dice = sign_in(supervisor), random.Random(7)
    for _ in range(60):
        picked = {name: dice.choice(NASTY + KNOWN) for name in dice.sample([*READ, "state", "page"], 4)}
        sent = {name: dice.choice(NASTY + KNOWN) for name in dice.sample([*SENT, "_field", "item"], 6)}
        answer = client.get(dice.choice([*GENERAL_READING, *reading[:3]]), picked)
        assert answer.status_code < 500, picked
        answer = client.post(dice.choice([*posting, *GENERAL_POSTING]), sent)
        assert answer.status_code < 500, sent


@pytest.mark.parametrize("tail", ["items/0/decide/", "items/999999999999999999/claim/", "items/x/claim/"])
def test_a_work_item_that_does_not_exist_is_not_found(tail: str, clerk: User, sign_in: SignIn) -> None:
    assert sign_in(clerk).post(f"/work/{tail}").status_code == 404


def test_addresses_of_any_shape_are_answered(clerk: User, sign_in: SignIn) -> None:
    client, dice = sign_in(clerk), random.Random(11)
    for _ in range(60):
        tail = "".join(dice.choice(string.printable) for _ in range(dice.randint(1, 40)))
        assert client.get("/work/" + tail).status_code < 500
