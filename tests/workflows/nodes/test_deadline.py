"""Warnings before a deadline, what is done then, and deadlines of whole cases."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.messages.models import Letter
from tests.workflows.steps import open_steps
from workflows.clock import calendar_of
from workflows.deadlines import fire_deadline
from workflows.models import Case, CaseState, ClockEntry, Deadline, WorkItem
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
LATE = {
    "key": "late",
    "type": "deadline",
    "on": "check",
    "after": {"working_days": 5},
    "warnings": [
        {"before": {"working_days": 2}, "to": ["owner"], "message": "late"},
        {"before": {"working_hours": 2}, "to": ["owner", "supervisor"], "message": "late"},
    ],
    "escalate": {
        "tell": [{"to": ["supervisor", "applicant"], "message": "late"}],
        "reassign": "supervisor",
        "priority": "high",
    },
}
WHOLE = {
    "key": "whole",
    "type": "deadline",
    "warnings": [{"before": {"working_days": 3}, "to": ["owner"], "message": "late"}],
    "escalate": {"priority": "urgent"},
}


def with_deadline(package: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The small service with a deadline of its own in place of the one it has."""
    nodes = package["workflow"]["nodes"]
    package["workflow"]["nodes"] = [
        node for node in nodes if node["key"] not in ("late", "remind", "reminded")
    ]
    package["workflow"]["nodes"].append({**LATE, **changes})
    return package


def fire(case: Case, kind: str, number: int = 0, node_key: str = "late") -> bool:
    """Let a deadline of the case come."""
    found = Deadline.objects.filter(case=case, node_key=node_key, kind=kind, number=number)
    found.update(due_at=now() - timedelta(seconds=1))
    return fire_deadline(found.get().pk)


def told(case: Case) -> list[str]:
    """Who was told, in the order of the letters."""
    letters = Letter.objects.filter(case_reference=case.reference, kind="stall-licence:late").order_by(
        "created"
    )
    return [letter.recipient.name for letter in letters]


@pytest.fixture
def case(package, publish, begin):
    return begin(publish(with_deadline(package)))


def test_warnings_come_before_the_deadline_by_their_own_spans(case):
    deadline = Deadline.objects.get(case=case, kind="deadline", node_key="late")
    first, second = Deadline.objects.filter(case=case, kind="warning").order_by("number")
    calendar = calendar_of(case.department_id)
    assert calendar.working_days_between(first.due_at, deadline.due_at) == 2
    assert calendar.between(second.due_at, deadline.due_at) == timedelta(hours=2)
    assert ClockEntry.objects.filter(case=case, node_key="late").count() == 1


def test_each_warning_is_given_once_to_who_can_do_the_step(case, clerk, second_clerk, supervisor):
    assert fire(case, "warning", 0)
    assert sorted(told(case)) == [second_clerk.name, clerk.name]
    first = Deadline.objects.get(case=case, kind="warning", number=0)
    assert not fire_deadline(first.pk)
    assert len(told(case)) == 2
    lines = ClockEntry.objects.filter(case=case, verb="warned")
    assert [(line.node_key, line.number) for line in lines] == [("late", 0)]


def test_who_has_taken_the_work_is_warned_alone_and_each_person_once(
    case, clerk, second_clerk, supervisor, open_work
):
    with open_work(case, "check").activation() as activation:
        activation.claim(clerk)
    assert fire(case, "warning", 1)
    assert sorted(told(case)) == [supervisor.name, clerk.name]


def test_late_work_is_told_of_given_to_another_role_and_raised(case, clerk, citizen, supervisor, open_work):
    with open_work(case, "check").activation() as activation:
        activation.claim(clerk)
    assert fire(case, "deadline")
    item = open_work(case, "check")
    assert (item.role, item.owner, item.status, item.priority) == ("supervisor", None, "NEW", 1)
    assert sorted(told(case)) == [supervisor.name, citizen.name]
    entry = AuditEntry.objects.get(verb="work.escalated")
    assert entry.subject == f"workitem:{item.pk}"
    assert ClockEntry.objects.filter(case=case, verb="fired", node_key="late").count() == 1
    assert open_steps(case) == ["check"]


def test_a_step_that_is_done_drops_its_warnings(case, clerk, decide):
    decide(case, "check", clerk, "accept")
    assert not Deadline.objects.filter(case=case, work_item__node_key="check", cancelled_at=None).exists()
    assert not fire(case, "warning")
    assert told(case) == []


def test_an_escalation_can_take_an_edge_as_well(package, publish, begin, open_work):
    document = with_deadline(package, next="refused", interrupting=True, escalate={"priority": "high"})
    case = begin(publish(document))
    assert fire(case, "deadline")
    case.refresh_from_db()
    assert (case.state, case.finished is None) == (CaseState.REFUSED, False)


@pytest.fixture
def whole(package, publish, begin):
    return begin(publish(with_deadline(package, **{"on": None, "after": None, **WHOLE})))


def test_the_deadline_of_a_case_is_its_time_to_decide(whole, clerk, second_clerk):
    deadline = Deadline.objects.get(case=whole, kind="deadline", node_key="whole")
    assert (deadline.work_item, deadline.due_at) == (None, whole.due_at)
    assert fire(whole, "warning", node_key="whole")
    assert sorted(told(whole)) == [second_clerk.name, clerk.name]
    assert fire(whole, "deadline", node_key="whole")
    assert WorkItem.objects.get(process=whole, node_key="check").priority == 2


def test_the_deadline_of_a_case_stands_still_and_moves_with_it(whole, clerk, citizen, decide, open_work):
    decide(whole, "check", clerk, "return")
    mine = Deadline.objects.filter(case=whole, node_key="whole")
    assert mine.filter(paused_at__isnull=False).count() == 2
    with open_work(whole, "correct").activation() as activation:
        activation.answer(citizen, activation.process.answers)
    whole.refresh_from_db()
    assert mine.filter(paused_at=None).count() == 2
    assert mine.get(kind="deadline").due_at == whole.due_at


def test_a_path_beside_the_case_or_in_its_place(package, publish, begin):
    for interrupting, state in ((False, CaseState.SENT), (True, CaseState.REFUSED)):
        nodes = [*package["workflow"]["nodes"]]
        document = with_deadline(
            {**package, "workflow": {**package["workflow"], "nodes": nodes}},
            on=None,
            key="whole",
            next="refused" if interrupting else "note",
            interrupting=interrupting,
        )
        if not interrupting:
            document["workflow"]["nodes"] += [
                {
                    "key": "note",
                    "type": "send_message",
                    "message": "late",
                    "to": "supervisor",
                    "next": "noted",
                },
                {"key": "noted", "type": "end"},
            ]
        case = begin(publish({**document, "key": f"stall-licence-{str(interrupting).lower()}"}))
        assert fire(case, "deadline", node_key="whole")
        case.refresh_from_db()
        assert (case.state, case.finished is not None) == (state, interrupting)


def test_the_end_of_a_case_drops_its_own_deadlines(whole, clerk, decide):
    decide(whole, "check", clerk, "refuse", reason="No")
    assert not Deadline.objects.filter(case=whole, fired_at=None, cancelled_at=None).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": "nowhere"}, "unknown_step"),
        ({"on": "big"}, "no_waiting"),
        ({"after": None}, "missing"),
        ({"interrupting": True}, "missing"),
        ({"warnings": [], "escalate": None}, "nothing"),
        ({"warnings": [{"before": {"days": 1}, "to": ["owner"], "message": "none"}]}, "unknown_message"),
        ({"warnings": [{"before": {"working_days": 5}, "to": ["owner"], "message": "late"}]}, "too_early"),
        ({"escalate": {"tell": [{"to": ["owner"], "message": "none"}]}}, "unknown_message"),
        ({"warnings": [{"before": {"days": 1}, "to": ["king"], "message": "late"}]}, "unknown_role"),
        ({"escalate": {"tell": [{"to": ["king"], "message": "late"}]}}, "unknown_role"),
        ({"escalate": {"reassign": "king"}}, "unknown_role"),
    ],
)
def test_what_does_not_fit_is_refused(package, changes, code):
    problems = check_package(with_deadline(package, **changes))
    assert code in [problem.code for problem in problems.must_mend]


def test_a_deadline_that_only_tells_is_accepted_and_its_messages_are_used(package):
    problems = check_package(with_deadline(package))
    assert [problem.code for problem in problems.must_mend] == []
    assert not [problem for problem in problems if problem.path[:2] == ("messages", "late")]
