"""What a clerk does with a step."""

import pytest

from workflows.models import Case, CaseState, WorkItem
from workflows.refusals import (
    AlreadyDecided,
    NotYours,
    OwnApplication,
    ReasonMissing,
    SamePerson,
    UnknownOutcome,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(simple_package, publish, begin):
    return begin(publish(simple_package))


def test_a_decision_brings_the_case_to_the_step_of_its_outcome(case, clerk, decide, open_work):
    decide(case, "check", clerk, "return", return_fields=["trade"], note="Which fruit?")
    item = open_work(case, "correct")
    assert item.data == {"fields": ["trade"], "note": "Which fruit?", "asked_by": "check"}
    assert Case.objects.get(pk=case.pk).state == CaseState.WAITING_FOR_YOU


def test_a_decision_takes_two_statements(case, begin, clerk, open_work, django_assert_max_num_queries):
    assert case.flow_class.step("big") is not None  # the flow is compiled
    item = open_work(begin(case.version, "STL-2026-000050", amount="9000.00"), "check")
    with django_assert_max_num_queries(4) as seen, item.activation() as activation:
        activation.decide(clerk, "accept")
    sent = [q["sql"] for q in seen.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sent) == 2, sent
    assert sent[0].startswith("SELECT") and "FOR UPDATE OF c, i" in sent[0]
    assert sent[1].startswith("WITH")


def test_the_condition_sends_a_large_amount_to_the_supervisor(publish, simple_package, begin, clerk, decide):
    version = publish(simple_package)
    large, small = begin(version, amount="5000.01"), begin(version, amount="5000.00")
    for case in (large, small):
        decide(case, "check", clerk, "accept")
    assert WorkItem.objects.get(process=large, finished=None).node_key == "approve"
    small.refresh_from_db()
    assert (small.status, small.outcome, small.state) == ("DONE", "approved", CaseState.APPROVED)


def test_an_unanswered_question_takes_the_way_otherwise_and_says_so(
    publish, simple_package, begin, clerk, decide
):
    case = begin(publish(simple_package), amount="")
    decide(case, "check", clerk, "accept")
    item = WorkItem.objects.get(process=case, node_key="big")
    assert item.outcome == "otherwise"
    assert item.data["unanswered"] == {"branch_0": ["answers.amount"]}


def test_claiming_releasing_and_handing_over(case, clerk, second_clerk, open_work):
    item = open_work(case, "check")
    with item.activation() as activation:
        activation.claim(clerk)
    item.refresh_from_db()
    assert (item.status, item.owner) == ("ASSIGNED", clerk)
    assert item.assigned is not None
    assert Case.objects.get(pk=case.pk).state == CaseState.BEING_CHECKED
    with item.activation() as activation:
        activation.hand_over(second_clerk)
    with item.activation() as activation:
        activation.release()
    item.refresh_from_db()
    assert (item.status, item.owner, item.assigned) == ("NEW", None, None)


def test_work_of_another_person_is_refused(case, clerk, second_clerk, open_work, decide):
    with open_work(case, "check").activation() as activation:
        activation.claim(clerk)
    with pytest.raises(NotYours):
        decide(case, "check", second_clerk, "accept")
    assert open_work(case, "check").owner == clerk


def test_an_outcome_that_is_not_offered_is_refused(case, clerk, decide, open_work):
    with pytest.raises(UnknownOutcome):
        decide(case, "check", clerk, "approve")
    assert open_work(case, "check").status == "NEW"


def test_a_refusal_needs_a_reason(case, clerk, decide):
    with pytest.raises(ReasonMissing):
        decide(case, "check", clerk, "refuse", reason="  ")
    decide(case, "check", clerk, "refuse", reason="Not allowed here")
    case.refresh_from_db()
    assert (case.state, case.outcome) == (CaseState.REFUSED, "refused")
    assert WorkItem.objects.get(process=case, node_key="check").data["reason"] == "Not allowed here"


def test_deciding_twice_names_who_was_first(case, clerk, second_clerk, open_work):
    item = open_work(case, "check")
    with item.activation() as activation:
        activation.decide(clerk, "accept")
    with pytest.raises(AlreadyDecided) as refused, item.activation() as activation:
        activation.decide(second_clerk, "accept")
    assert refused.value.by_name == clerk.name
    assert refused.value.at is not None


def test_who_checked_may_not_approve(publish, simple_package, begin, clerk, supervisor, decide, open_work):
    case = begin(publish(simple_package), amount="9000.00")
    decide(case, "check", clerk, "accept")
    with pytest.raises(SamePerson) as refused:
        decide(case, "approve", clerk, "approve")
    assert refused.value.step == "Check"
    with pytest.raises(SamePerson), open_work(case, "approve").activation() as activation:
        activation.claim(clerk)
    decide(case, "approve", supervisor, "approve")
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED


def test_who_checked_in_an_earlier_round_may_not_approve_either(
    publish, simple_package, begin, citizen, clerk, second_clerk, decide, open_work
):
    case = begin(publish(simple_package), amount="9000.00")
    decide(case, "check", clerk, "return")
    with open_work(case, "correct").activation() as activation:
        activation.answer(citizen, {**activation.process.answers, "trade": "Flowers"})
    decide(case, "check", second_clerk, "accept")
    with pytest.raises(SamePerson):
        decide(case, "approve", clerk, "approve")


def test_an_applicant_may_not_approve_the_own_case(publish, simple_package, begin, citizen, clerk, decide):
    case = begin(publish(simple_package), amount="9000.00")
    decide(case, "check", clerk, "accept")
    with pytest.raises(OwnApplication) as refused:
        decide(case, "approve", citizen, "approve")
    assert "your own application" in refused.value.sentence


def test_what_staff_recorded_can_be_read_by_rules(publish, simple_package, begin, clerk, decide):
    case = begin(publish(simple_package))
    decide(case, "check", clerk, "accept", answers={"shelves": 3})
    case.refresh_from_db()
    assert case.work["check"] == {"shelves": 3, "outcome": "accept"}
