"""Staff need a second factor before a staff room opens."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.test import Client

from engine.departments.models import User
from portal.accounts.adapter import SecondFactorAdapter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_factor_asked_for(settings: LazySettings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize(
    "path", ["/work/", "/manage/", "/accounts/people/", "/accounts/calendar/", "/cms/", "/admin/"]
)
def test_staff_without_one_are_sent_to_set_it_up(client: Client, clerk: User, path: str) -> None:
    client.force_login(clerk)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")


def test_staff_with_one_come_in(client: Client, clerk: User) -> None:
    TOTP.activate(clerk, generate_totp_secret())
    client.force_login(clerk)
    assert client.get("/work/").status_code == 200


def test_an_installation_may_do_without(client: Client, clerk: User, settings: LazySettings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(clerk)
    assert client.get("/work/").status_code == 200


def test_the_secret_is_not_stored_as_it_is(clerk: User) -> None:
    secret = generate_totp_secret()
    stored = TOTP.activate(clerk, secret).instance.data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret


def test_staff_can_not_remove_their_only_one(clerk: User, citizen: User) -> None:
    theirs = TOTP.activate(clerk, generate_totp_secret()).instance
    own = TOTP.activate(citizen, generate_totp_secret()).instance
    assert not SecondFactorAdapter().can_delete_authenticator(theirs)
    assert SecondFactorAdapter().can_delete_authenticator(own)


@pytest.mark.parametrize("path", ["/admin/login/", "/cms/login/"])
def test_every_other_door_leads_to_the_one_sign_in(client: Client, path: str) -> None:
    answer = client.get(path, {"next": "/cms/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fcms%2F")
