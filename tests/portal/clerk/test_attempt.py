"""A press of the bar where a case stands in a state, and what is offered there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.workflows.complaints import *  # noqa: F403
from tests.workflows.complaints import stay
from workflows.models import Case
from workflows.services import act, claim

pytestmark = pytest.mark.django_db


def page(client: Client, case: Case, by) -> str:
    client.force_login(by)
    return client.get(reverse("clerk:case", args=[case.reference])).content.decode()


def press(client: Client, case: Case, by, outcome: str, **more):
    client.force_login(by)
    sent = {"_outcome": outcome, "_confirmed": "yes", **more}
    return client.post(reverse("clerk:decide", args=[stay(case).pk]), sent)


def test_what_one_may_do_is_offered_at_once_or_after_taking_it(client, complaint, officer):
    shown = page(client, complaint, officer)
    for outcome in ("assign", "comment", "reject", "charge"):
        assert f'value="{outcome}"' in shown
    assert reverse("clerk:claim", args=[stay(complaint).pk]) in shown


def test_another_role_is_offered_nothing_and_refused(client, complaint, field_worker):
    assert 'name="_outcome"' not in page(client, complaint, field_worker)
    assert press(client, complaint, field_worker, "assign").status_code == 403
    assert stay(complaint).node_key == "filed"


def test_another_department_sees_nothing(client, complaint, foreign_officer):
    client.force_login(foreign_officer)
    address = reverse("clerk:case", args=[complaint.reference])
    assert client.get(address).status_code in (403, 404)
    assert press(client, complaint, foreign_officer, "assign").status_code in (403, 404)
    assert stay(complaint).node_key == "filed"


def test_pressing_brings_the_case_on(client, complaint, officer):
    assert press(client, complaint, officer, "assign").status_code == 302
    assert stay(complaint).node_key == "assigned"


def test_staff_act_while_it_is_the_applicants_turn(client, complaint, officer):
    act(item_id=stay(complaint).pk, action="charge", by=officer)
    shown = page(client, complaint, officer)
    assert ('value="waive"' in shown, 'value="pay"' in shown) == (True, False)
    assert press(client, complaint, officer, "waive").status_code == 302


def test_what_a_colleague_has_is_a_conflict(client, complaint, officer, second_officer):
    claim(item_id=stay(complaint).pk, by=officer)
    answer = press(client, complaint, second_officer, "assign")
    assert (answer.status_code, "A colleague has this work now." in answer.content.decode()) == (409, True)


def test_after_the_end_staff_may_open_it_again(client, complaint, officer):
    act(item_id=stay(complaint).pk, action="reject", by=officer, reason="Not ours")
    assert 'value="reopen"' in page(client, complaint, officer)
    assert press(client, complaint, officer, "reopen").status_code == 302
    complaint.refresh_from_db()
    assert (complaint.finished, complaint.stands_at) == (None, "filed")
    assert "opened the case again" in page(client, complaint, officer)
