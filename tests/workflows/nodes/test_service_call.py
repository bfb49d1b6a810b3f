"""Calling another machine from a case: what is sent and kept, failures, repetitions, call backs."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import let_pass, task, visits
from workflows.ending import withdraw_case
from workflows.job_step import Job
from workflows.jobs import lost_jobs, run_job
from workflows.models import Case, Deadline, WorkItem
from workflows.services import retry_step
from workflows.services.callbacks import call_back
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
AMOUNT = {"amount": {"type": "decimal", "value": "answers.amount"}}


@pytest.fixture
def register(machine, running):
    """A case at a step that asks the register."""

    def begin(*more, **options):
        node = {
            "key": "register",
            "type": "service_call",
            "method": "POST",
            "address": machine.address + "/entries/{reference}",
            "secret": "payments",
            "send": AMOUNT,
            "keep": {"number": {"type": "integer", "at": "/entry/number"}},
            "next": "check",
            **options,
        }
        return running(node, task("check", "done"), *more)

    return begin


def work_of(case):
    return Case.objects.get(pk=case.pk).work.get("register", {})


def test_what_is_asked_for_is_sent_and_what_is_wanted_is_kept(register, machine, work_off):
    machine.answers(200, {"entry": {"number": 42, "owner": "Leila Haddad"}})
    case = register()
    item = work_off(case, "register")
    asked = machine.asked[0]
    assert (asked.method, asked.path) == ("POST", f"/entries/{case.reference}")
    assert asked.data == {"reference": case.reference, "amount": 12.5}
    assert asked.headers["authorization"] == "Bearer the secret of payments"
    assert asked.headers["idempotency-key"] == f"work-item:{item.pk}"
    assert work_of(case) == {"number": 42}
    assert "Leila" not in str(item.data)
    assert visits(case, "check") == ["NEW"]


def test_an_answer_that_is_missing_is_neither_sent_nor_kept(machine, running, work_off):
    machine.answers(200, {})
    node = {
        "key": "register",
        "type": "service_call",
        "method": "POST",
        "address": machine.address,
        "send": AMOUNT,
        "keep": {"number": {"type": "integer", "at": "/entry/number"}},
        "next": "check",
    }
    case = running(node, task("check", "done"), amount=None)
    work_off(case, "register")
    assert machine.asked[0].data == {"reference": case.reference}
    assert work_of(case) == {}


def test_a_failure_that_may_pass_is_tried_again_with_the_same_key(register, machine, work_off):
    case = register()
    machine.answers(503, {})
    first = work_off(case, "register")
    assert (first.status, first.data["error"]) == ("SCHEDULED", "http_503")
    assert first.wake_at > now() + timedelta(seconds=20)
    machine.answers(200, {"entry": {"number": 1}})
    work_off(case, "register")
    assert len({asked.headers["idempotency-key"] for asked in machine.asked}) == 1
    assert work_of(case) == {"number": 1}


def test_it_is_left_alone_as_long_as_it_asks(register, machine, work_off):
    machine.answers(429, {}, Retry_After="1800")
    case = register()
    assert work_off(case, "register").wake_at > now() + timedelta(minutes=29)


def test_a_refusal_is_not_tried_again_and_somebody_has_to_look(register, machine, work_off, administrator):
    machine.answers(404, {})
    case = register()
    item = work_off(case, "register")
    assert (item.status, item.data["error"], len(machine.asked)) == ("ERROR", "http_404", 1)
    machine.answers(200, {"entry": {"number": 7}})
    retry_step(item_id=item.pk, by=administrator)
    work_off(case, "register")
    assert work_of(case) == {"number": 7}


def test_after_the_last_attempt_it_goes_where_failures_go(register, machine, work_off):
    machine.answers(500, {})
    caught = {"key": "away", "type": "error", "on": "register", "next": "check"}
    case = register(caught, attempts=2)
    work_off(case, "register")
    work_off(case, "register")
    assert Case.objects.get(pk=case.pk).work["away"] == {"code": "http_500"}
    assert visits(case, "check") == ["NEW"]


@pytest.mark.parametrize("said", [b"<html>", b"\xff\xfe", b"[" * 5000, b'{"entry": {"number": "many"}}'])
def test_nonsense_stops_nothing_but_this_step(register, machine, work_off, said):
    machine.answers(200, said)
    case = register(attempts=1)
    assert work_off(case, "register").status == "ERROR"
    assert work_of(case) == {}


def test_an_answer_without_end_is_refused(register, machine, work_off):
    machine.says = lambda asked: (200, b"x" * 3_000_000, {})
    case = register()
    assert work_off(case, "register").data["error"] == "too_long"


def test_a_missing_secret_is_named_for_the_operator(register, machine, work_off, settings):
    case = register(attempts=1)
    settings.CALL_SECRETS_FOLDER = ""
    assert work_off(case, "register").data["error"] == "no_secret"
    assert machine.asked == []


def test_a_case_that_ended_meanwhile_is_left_alone(register, machine, work_off):
    machine.answers(200, {"entry": {"number": 7}})
    case = register()
    withdraw_case(case.pk)
    work_off(case, "register")
    assert (machine.asked, work_of(case)) == ([], {})


def test_a_worker_that_dies_in_the_call_is_followed_by_another_with_the_same_key(register, machine):
    case = register()
    item = WorkItem.objects.get(process=case, node_key="register")
    with item.activation() as activation:
        activation.start()
    WorkItem.objects.filter(pk=item.pk).update(lease_until=now() - timedelta(seconds=1))
    assert [lost.pk for lost in lost_jobs()] == [item.pk]
    machine.answers(200, {"entry": {"number": 3}})
    assert run_job(item.pk) == "done"
    assert machine.asked[0].headers["idempotency-key"] == f"work-item:{item.pk}"


class TestCallBacks:
    @pytest.fixture
    def waiting(self, register, machine, work_off):
        machine.answers(202, {})
        keep = {"paid": {"type": "yes_no", "at": "/paid"}}
        case = register(callback={"within": {"days": 3}, "keep": keep}, keep={})
        work_off(case, "register")
        address = urlsplit(machine.asked[0].headers["callback-url"])
        return case, parse_qs(address.query)["for"][0]

    def test_the_case_waits_and_goes_on_when_it_is_called_back(self, waiting):
        case, token = waiting
        assert visits(case, "register") == ["STARTED"]
        assert call_back(token=token, data={"paid": True}) == "taken"
        assert work_of(case) == {"paid": True}
        assert visits(case, "check") == ["NEW"]
        assert AuditEntry.objects.filter(verb="call.answered", chain=case.chain).count() == 1
        assert Deadline.objects.filter(case=case, cancelled_at=None, fired_at=None).count() == 0

    def test_a_second_call_back_changes_nothing(self, waiting):
        case, token = waiting
        call_back(token=token, data={"paid": True})
        assert call_back(token=token, data={"paid": False}) == "twice"
        assert work_of(case) == {"paid": True}
        assert visits(case, "check") == ["NEW"]

    def test_no_sweep_takes_it_for_lost(self, waiting):
        assert list(lost_jobs(now() + timedelta(days=1))) == []

    def test_one_that_comes_while_the_call_is_still_open_counts_once(self, register, machine):
        case = register(
            callback={"within": {"days": 3}, "keep": {"paid": {"type": "yes_no", "at": "/paid"}}}, keep={}
        )
        item = WorkItem.objects.get(process=case, node_key="register")

        def at_once(asked):
            token = parse_qs(urlsplit(asked.headers["callback-url"]).query)["for"][0]
            said.append(token)
            return 202, b"", {}

        said: list[str] = []
        machine.says = at_once
        with item.activation() as activation:
            activation.start()
        item.flow_task.work(Job(case, item.pk, 1, f"work-item:{item.pk}"))
        assert call_back(token=said[0], data={"paid": True}) == "taken"
        assert visits(case, "check") == ["NEW"]

    def test_when_it_never_comes_the_step_fails(self, waiting):
        case, _ = waiting
        assert let_pass(case, "register")
        item = WorkItem.objects.get(process=case, node_key="register")
        assert (item.status, item.data["error"]) == ("ERROR", "no_callback")

    def test_one_that_is_late_changes_nothing(self, waiting):
        case, token = waiting
        withdraw_case(case.pk)
        assert call_back(token=token, data={"paid": True}) == "late"
        assert work_of(case) == {}

    def test_one_that_does_not_fit_leaves_the_case_waiting(self, waiting):
        case, token = waiting
        assert call_back(token=token, data={"paid": "perhaps"}) == "wrong"
        assert call_back(token=token, data=None) == "taken"
        assert work_of(case) == {}

    def test_an_address_that_was_never_given_out_is_unknown(self, waiting):
        _, token = waiting
        item = token.partition(":")[0]
        for wrong in (
            "",
            item,
            f"{item}:x",
            token[:-1],
            token + "x",
            f"{int(item) + 1}:{token.partition(':')[2]}",
        ):
            assert call_back(token=wrong, data={"paid": True}) == "unknown"


def test_addresses_are_checked_before_publishing(simple_package, settings):
    settings.CALL_HOSTS = ["register.example"]
    node = {
        "key": "register",
        "type": "service_call",
        "address": "https://elsewhere.example/{number}/{owner}",
        "send": {"owner": {"type": "text", "value": "answers.owner", "data_class": "sensitive"}},
        "next": "done",
    }
    found = {problem.code: problem for problem in check_package(with_nodes(simple_package, node))}
    assert {"unknown_place", "sensitive", "not_allowed"} <= found.keys()
    assert found["not_allowed"].severity == "look"
