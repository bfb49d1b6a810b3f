"""A step that failed for good is left instead of standing still."""

import pytest

from tests.workflows.steps import end, open_steps, start, task, visits
from tests.workflows.validator.test_package import found
from workflows.ending import withdraw_case
from workflows.job_step import MOST_ATTEMPTS, JobStep
from workflows.jobs import run_job
from workflows.models import Case, WorkItem
from workflows.nodes.issue_certificate import CertificateStep
from workflows.unit import unit

pytestmark = pytest.mark.django_db


class NotFound(Exception):
    """A failure with a code of its own."""

    code = "not_found"


@pytest.fixture
def failing(monkeypatch):
    """Lets the certificate step fail with an error."""

    def fail(error: Exception) -> None:
        def work(self, job):
            raise error

        monkeypatch.setattr(CertificateStep, "work", work)

    return fail


@pytest.fixture
def case(package, publish, begin) -> Case:
    """A certificate that can fail: unknown people are asked for, all else is done by hand."""
    package["messages"] = {}
    package["workflow"]["nodes"] = [
        start("licence"),
        {"key": "licence", "type": "issue_certificate", "certificate": "licence", "next": "done"},
        {"key": "broken", "type": "error", "on": "licence", "next": "by_hand"},
        {"key": "unknown", "type": "error", "on": "licence", "codes": ["not_found"], "next": "why"},
        {
            "key": "why",
            "type": "decision",
            "branches": [{"when": 'work.unknown.code == "not_found"', "to": "ask"}],
            "otherwise": "by_hand",
        },
        task("ask", "done"),
        task("by_hand", "done"),
        end("done", "approved"),
    ]
    assert found(package) == set()
    return begin(publish(package))


def attempts(case: Case, times: int = MOST_ATTEMPTS) -> list[str]:
    results = []
    for _ in range(times):
        items = WorkItem.objects.filter(process=case, node_key="licence")
        items.filter(status="SCHEDULED").update(wake_at=None)
        results.append(run_job(items.get().pk))
    return results


def test_it_is_tried_as_often_as_any_other_and_then_left(case, failing):
    failing(ConnectionError("Leila Haddad"))
    assert attempts(case, MOST_ATTEMPTS - 1) == ["again"] * (MOST_ATTEMPTS - 1)
    assert open_steps(case) == ["licence"]
    assert attempts(case, 1) == ["failed"]
    assert open_steps(case) == ["by_hand"]
    assert visits(case, "licence") == ["CANCELED"]


def test_the_code_decides_who_catches_it(case, failing):
    failing(NotFound())
    attempts(case)
    assert open_steps(case) == ["ask"]


def test_only_the_kind_of_the_failure_is_kept(case, failing):
    failing(ConnectionError("Leila Haddad"))
    attempts(case)
    item = WorkItem.objects.get(process=case, node_key="licence")
    assert item.data["error"] == "ConnectionError"
    assert "Leila" not in str([item.data, Case.objects.get(pk=case.pk).data["work"]])


def test_a_code_that_is_no_code_is_not_kept(case, failing):
    error = ConnectionError()
    error.code = "Leila Haddad, 12 Olive Lane"
    failing(error)
    attempts(case)
    assert WorkItem.objects.get(process=case, node_key="licence").data["error"] == "ConnectionError"


def test_a_failure_that_nobody_catches_waits_for_somebody_who_looks(package, publish, begin, failing):
    package["messages"] = {}
    package["workflow"]["nodes"] = [
        start("licence"),
        {"key": "licence", "type": "issue_certificate", "certificate": "licence", "next": "done"},
        {"key": "unknown", "type": "error", "on": "licence", "codes": ["not_found"], "next": "done"},
        end("done", "approved"),
    ]
    case = begin(publish(package))
    failing(ConnectionError())
    assert attempts(case)[-1] == "failed"
    assert visits(case, "licence") == ["ERROR"]


def test_a_late_delivery_does_not_leave_the_step_twice(case, failing):
    failing(ConnectionError())
    assert [*attempts(case), *attempts(case, 2)][-3:] == ["failed", "stale", "stale"]
    assert visits(case, "by_hand") == ["NEW"]


def test_a_case_that_ended_meanwhile_goes_nowhere(case, failing):
    failing(ConnectionError())
    attempts(case, MOST_ATTEMPTS - 1)
    withdraw_case(case.pk)
    assert attempts(case, 1) == ["stale"]
    assert visits(case, "by_hand") == []


def test_a_crash_while_it_is_left_is_made_up_for_by_the_next_attempt(case, failing):
    failing(ConnectionError())
    attempts(case, MOST_ATTEMPTS - 1)
    with pytest.raises(KeyboardInterrupt), unit():
        attempts(case, 1)
        raise KeyboardInterrupt
    assert open_steps(case) == ["licence"]
    assert attempts(case, 1) == ["failed"]
    assert open_steps(case) == ["by_hand"]


def test_every_step_of_a_worker_says_that_it_can_fail(package, publish, begin):
    flow = begin(publish(package)).flow_class
    jobs = [step for step in flow.instance.nodes() if isinstance(step, JobStep)]
    assert jobs
    assert all(step.node_type.fails for step in jobs)


def test_a_step_that_cannot_fail_is_refused(package):
    package["workflow"]["nodes"] += [
        {"key": "broken", "type": "error", "on": "check", "next": "done"},
        {"key": "lost", "type": "error", "on": "nowhere", "next": "done"},
    ]
    last = len(package["workflow"]["nodes"]) - 1
    wrong = {
        (f"workflow.nodes[{last - 1}].on", "cannot_fail"),
        (f"workflow.nodes[{last}].on", "unknown_step"),
    }
    assert wrong <= found(package)
