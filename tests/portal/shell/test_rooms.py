"""The head leads everybody to what they have to do with, and nobody to a door that stays shut."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from portal.shell.rooms import Rooms, rooms_of

pytestmark = pytest.mark.django_db
HEAD = {"/work/": "cases", "/work/cases/": "cases", "/work/requests/": "requests"}
HEAD |= {"/manage/": "services", "/accounts/people/": "people"}


@pytest.mark.parametrize(
    ("who", "rooms"),
    [
        ("citizen", Rooms()),
        ("clerk", Rooms(cases=True, requests=True)),
        ("designer", Rooms(services=True)),
        ("publisher", Rooms(services=True)),
        ("administrator", Rooms(cases=True, services=True, people=True)),
        ("auditor", Rooms(cases=True)),
    ],
)
def test_the_rooms_of_each_role(request: pytest.FixtureRequest, who: str, rooms: Rooms) -> None:
    assert rooms_of(request.getfixturevalue(who)) == rooms


def test_somebody_who_has_not_signed_in_has_none() -> None:
    assert rooms_of(AnonymousUser()) == Rooms()


@pytest.mark.parametrize("who", ["clerk", "designer", "administrator", "auditor"])
def test_every_link_of_the_head_opens(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    user = request.getfixturevalue(who)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    rooms = rooms_of(user)
    page = client.get("/work/" if rooms.cases else "/manage/").text.split("</header>")[0]
    for address, room in HEAD.items():
        assert (f'<li><a href="{address}"' in page) == getattr(rooms, room), address
        if getattr(rooms, room):
            assert client.get(address).status_code == 200
