"""Given-up messages in the admin, as a browser sees them."""

import pytest
from django.conf import LazySettings
from django.test import Client

from engine.departments.models import Department, User
from engine.messages.models import OutboxMessage

LIST = "/admin/outbox/outboxmessage/"


@pytest.fixture(autouse=True)
def _one_factor(settings: LazySettings) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def dead(message, licensing: Department, registry: Department) -> tuple[OutboxMessage, OutboxMessage]:
    both = message("ours", department_id=licensing.pk), message("theirs", department_id=registry.pk)
    OutboxMessage.objects.update(state="dead")
    return both


def again(client: Client, message: OutboxMessage) -> None:
    client.post(LIST, {"action": "again", "_selected_action": [message.pk]})
    message.refresh_from_db()


def test_an_administrator_tries_again_in_the_own_department_only(
    client: Client, dead: tuple[OutboxMessage, OutboxMessage], administrator: User
) -> None:
    ours, theirs = dead
    client.force_login(administrator)
    page = client.get(LIST).content.decode()
    assert f"{LIST}{ours.pk}/" in page and f"{LIST}{theirs.pk}/" not in page
    again(client, ours)
    again(client, theirs)
    assert (ours.state, theirs.state) == ("pending", "dead")
    assert client.get(f"{LIST}{theirs.pk}/change/").status_code == 302
    assert client.get(f"{LIST}{ours.pk}/change/").status_code == 200


def test_a_clerk_is_refused(client: Client, dead: tuple[OutboxMessage, OutboxMessage], clerk: User) -> None:
    client.force_login(clerk)
    assert client.get(LIST).status_code == 403
    again(client, dead[0])
    assert dead[0].state == "dead"
