"""What happened in a case, for its picture."""

import pytest

from workflows.diagram import live_state

pytestmark = pytest.mark.django_db


def test_the_steps_and_links_of_a_case(
    simple_package, publish, begin, clerk, citizen, decide, open_work, django_assert_num_queries
):
    case = begin(publish(simple_package), amount="9000.00")
    decide(case, "check", clerk, "return")
    with open_work(case, "correct").activation() as activation:
        activation.answer(citizen, activation.process.answers)
    decide(case, "check", clerk, "accept")
    with django_assert_num_queries(2):
        live = live_state(case)
    assert live.states == {
        "applied": "done",
        "check": "done",
        "correct": "done",
        "big": "done",
        "approve": "open",
    }
    assert live.visits["check"] == 2
    assert ("correct", "check") in live.taken
    assert ("check", "approve") not in live.taken
