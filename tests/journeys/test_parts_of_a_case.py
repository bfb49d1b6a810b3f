"""What staff see of steps around others: help that is asked for, items of a list, other cases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import User
from tests.portal.clerk.conftest import *  # noqa: F403
from tests.workflows.called import background, call
from tests.workflows.conftest import *  # noqa: F403
from tests.workflows.conftest import _fresh_calendars  # noqa: F401
from tests.workflows.nodes.test_multi_instance import FIELD, STALLS, each, inspect
from tests.workflows.steps import open_steps, task
from workflows.models import Case, WorkItem
from workflows.services import NotOpen, escalate

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Running = Callable[..., Case]
HELP = {"key": "help", "type": "escalation", "on": "check", "next": "head"}


def page_of(client: Client, case: Case) -> str:
    return client.get(f"/work/cases/{case.reference}/?view=team").content.decode()


@pytest.fixture
def helped(running: Running) -> Case:
    """A case with a step at which help can be asked for."""
    return running(task("check", "done"), HELP, {**task("head", "over"), "role": "supervisor"})


class TestHelpIsAskedFor:
    """A clerk raises the escalation that the workflow has for a step."""

    def test_once_and_it_is_told(self, helped: Case, clerk: User, sign_in: SignIn) -> None:
        client, item = sign_in(clerk), WorkItem.objects.get(process=helped, node_key="check")
        address = f"/work/items/{item.pk}/escalate/"
        assert address in page_of(client, helped)
        answer = client.post(address, {"_list": "view=team"}, follow=True)
        page = answer.content.decode()
        assert f"Help was asked for {helped.reference}." in page
        assert "asked for help with “Check”" in page
        assert address not in page
        assert open_steps(helped) == ["check", "head"]
        client.post(address)
        assert WorkItem.objects.filter(process=helped, node_key="head").count() == 1
        assert AuditEntry.objects.filter(verb="work.help_asked").count() == 1

    def test_where_nobody_waits_for_it_there_is_no_button_and_it_is_refused(
        self,
        running: Running,
        clerk: User,
        sign_in: SignIn,
    ) -> None:
        case = running(task("check", "done"))
        item = WorkItem.objects.get(process=case, node_key="check")
        assert "/escalate/" not in page_of(sign_in(clerk), case)
        with pytest.raises(NotOpen):
            escalate(item_id=item.pk, by=clerk)
        assert not AuditEntry.objects.filter(verb="work.help_asked").exists()


class TestItemsOfAList:
    """A work item that is about one item of a list shows it."""

    @pytest.fixture
    def stalls(self, simple_package: dict[str, Any], running: Running) -> Case:
        """A case of three stalls, of which two are large."""
        simple_package["forms"]["application"]["pages"][0]["fields"].append(FIELD)
        nodes = (each(where="each.stall.size > 2"), inspect(), task("sign", "done"))
        return running(*nodes, stalls=STALLS)

    def test_the_case_shows_the_item_and_the_queue_its_number(
        self, stalls: Case, clerk: User, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        page = page_of(client, stalls)
        assert 'id="case-about-1"' in page
        assert "1 of 2" in page
        assert "Bread" in page.split('id="case-about-1"')[1].split("</section>")[0]
        queue = client.get("/work/?view=team").content.decode()
        assert '<bdi class="num">1/2</bdi>' in queue
        assert '<bdi class="num">2/2</bdi>' in queue

    def test_who_may_not_see_personal_data_sees_no_item(
        self, stalls: Case, auditor: User, sign_in: SignIn
    ) -> None:
        assert "Bread" not in page_of(sign_in(auditor), stalls)

    def test_a_clerk_of_another_department_is_refused(
        self, stalls: Case, foreign_clerk: User, sign_in: SignIn
    ) -> None:
        answer = sign_in(foreign_clerk).get(f"/work/cases/{stalls.reference}/")
        assert answer.status_code == 403
        assert "Bread" not in answer.content.decode()


def test_cases_that_belong_together_lead_to_each_other(
    publish: Callable[..., Any],
    running: Running,
    clerk: User,
    sign_in: SignIn,
) -> None:
    version = publish(background())
    version.service.current = version
    version.service.save()
    case = running(call(), task("check", "done"))
    called = Case.objects.get(parent=case)
    client = sign_in(clerk)
    above, below = page_of(client, case), page_of(client, called)
    assert f"/work/cases/{called.reference}/" in above
    assert "This case waits for it" in above
    assert f"/work/cases/{case.reference}/" in below
    assert "It waits for this case" in below
