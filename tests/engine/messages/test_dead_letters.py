"""What was given up: seen and tried again by those who administer the department."""

from io import StringIO

import pytest
from django.core.management import call_command

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.messages.dead_letters import dead, try_again
from engine.messages.delivery import deliver_all
from engine.messages.models import OutboxMessage
from tests.engine.messages.conftest import Handler


@pytest.fixture
def ours(message, licensing: Department) -> OutboxMessage:
    one = message("ours", department_id=licensing.pk)
    OutboxMessage.objects.update(state="dead", attempts=8, last_error="SMTPServerDisconnected")
    return one


def test_an_administrator_tries_again_and_it_is_recorded(
    ours: OutboxMessage, administrator: User, handled: Handler
) -> None:
    assert list(dead(administrator)) == [ours]
    assert try_again([ours.pk], by=administrator) == 1
    assert deliver_all() == 1
    entry = AuditEntry.objects.get()
    assert (entry.chain, entry.verb, entry.actor) == (
        "department:licensing",
        "message.tried_again",
        administrator,
    )
    assert try_again([ours.pk], by=administrator) == 0


def test_others_are_refused(ours: OutboxMessage, foreign_clerk: User, clerk: User, outsider: User) -> None:
    for user in (foreign_clerk, clerk, outsider):
        assert not dead(user).exists()
        with pytest.raises(AccessRefused):
            try_again([ours.pk], by=user)
    assert OutboxMessage.objects.get().state == "dead"


def test_the_command_lists_and_tries_again(ours: OutboxMessage, handled: Handler) -> None:
    out = StringIO()
    call_command("dead_letters", stdout=out)
    assert f"{ours.pk}\tlicensing\ttest\tSMTPServerDisconnected" in out.getvalue()
    call_command("dead_letters", "--again", stdout=out)
    assert "1 messages are in line again." in out.getvalue()
    assert deliver_all() == 1
