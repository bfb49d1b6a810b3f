"""Signing in and creating an account, as a person meets them."""

import pytest
from django.test import Client

from engine.departments.models import User
from engine.messages.models import Letter, OutboxMessage

pytestmark = pytest.mark.django_db
PASSWORD = "three small herons"


@pytest.fixture
def person(db: None) -> User:
    from allauth.account.models import EmailAddress

    person = User.objects.create_user("mei.tan@example.org", PASSWORD, name="Mei Tan")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, email: str, password: str) -> object:
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_a_citizen_who_signs_in_comes_to_their_applications(client: Client, person: User) -> None:
    answer = sign_in(client, "Mei.Tan@example.org", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/applications/")


def test_an_empty_form_says_what_to_enter(client: Client) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page
    assert 'href="#id_login"' in page


def test_the_answer_does_not_tell_whether_an_account_exists(client: Client, person: User) -> None:
    known = sign_in(client, person.email, "a wrong one").content.decode()
    unknown = sign_in(client, "nobody@example.org", "a wrong one").content.decode()
    strip = lambda page: page.replace(person.email, "").replace("nobody@example.org", "")  # noqa: E731
    assert [line for line in strip(known).splitlines() if "error" in line] == [
        line for line in strip(unknown).splitlines() if "error" in line
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "do not belong together"), ("fr", "ne vont pas ensemble"), ("ar", "لا يتوافقان")],
)
def test_the_refusal_is_in_the_language_of_the_page_and_before_its_heading(
    client: Client, person: User, language: str, sentence: str
) -> None:
    client.get(f"/accounts/login/?lang={language}")
    page = sign_in(client, person.email, "a wrong one").content.decode()
    assert page.index("govuk-error-summary") < page.index("<h1")
    assert sentence in page


def test_a_new_account_is_confirmed_by_a_code_that_leaves_through_the_outbox(client: Client) -> None:
    answer = client.post(
        "/accounts/signup/", {"name": "Jonas Weber", "email": "jonas@example.org", "password1": PASSWORD}
    )
    assert answer.status_code == 302
    letter = Letter.objects.get()
    code = letter.text.split("Your code is ")[1].split()[0]
    assert OutboxMessage.objects.filter(topic="letter").count() == 1
    assert client.post(answer["Location"], {"code": code}).status_code == 302
    person = User.objects.get(email="jonas@example.org")
    assert (person.name, person.is_staff) == ("Jonas Weber", False)
    assert person.emailaddress_set.get().verified


def test_a_taken_address_is_told_by_letter_only(client: Client, person: User) -> None:
    answer = client.post("/accounts/signup/", {"name": "X", "email": person.email, "password1": PASSWORD})
    assert answer.status_code == 302
    assert "already" in Letter.objects.get(recipient=person).subject


def test_a_forgotten_password_is_replaced_with_a_code(client: Client, person: User) -> None:
    asked = client.post("/accounts/password/reset/", {"email": person.email})
    code = Letter.objects.get().text.split("Your code is ")[1].split()[0]
    confirmed = client.post(asked["Location"], {"code": code})
    fresh = "four quiet lanterns"
    client.post(confirmed["Location"], {"password1": fresh, "password2": fresh})
    person.refresh_from_db()
    assert person.check_password(fresh)


@pytest.mark.parametrize("value", ["\x00", "a" * 5000, "\ud800", "' or 1=1 --", "<script>"])
def test_no_input_breaks_the_sign_in_page(client: Client, value: str) -> None:
    for path, data in {
        "/accounts/login/": {"login": value, "password": value},
        "/accounts/signup/": {"name": value, "email": value, "password1": value},
        "/accounts/password/reset/": {"email": value},
    }.items():
        data = {name: text.encode("utf-8", "surrogatepass") for name, text in data.items()}
        assert client.post(path, data).status_code in (200, 302, 400)
