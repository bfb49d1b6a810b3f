"""What is wrong with states is said at its place."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflows.complaints import COMPLAINT, action, state
from tests.workflows.validator.test_package import found
from workflows.validator import check_package


def test_the_example_has_no_problem():
    assert [problem.sentence for problem in check_package(COMPLAINT).must_mend] == []


@pytest.fixture
def nodes() -> Callable[..., dict[str, Any]]:
    def with_states(*states: dict[str, Any], **more: Any) -> dict[str, Any]:
        first = {**COMPLAINT["workflow"]["nodes"][0], "actions": [action("apply", "filed", "applicant")]}
        workflow = {**COMPLAINT["workflow"], "nodes": [first, *states]}
        return {**COMPLAINT, "workflow": workflow, **more}

    return with_states


def test_a_role_that_nobody_made_and_an_action_that_is_there_twice(nodes):
    go = action("go", "end", "officer")
    package = nodes(state("filed", go, go, action("fly", "end", "pilot")), state("end", final="approved"))
    assert found(package) == {
        ("workflow.nodes[1].actions[1].key", "doubled"),
        ("workflow.nodes[1].actions[2].roles[0]", "unknown_role"),
    }


def test_a_state_from_which_no_end_is_reached(nodes):
    package = nodes(state("filed", action("wait", "filed", "officer")), state("end", final="approved"))
    assert ("workflow.nodes[1]", "no_end") in found(package)


def test_a_state_that_no_case_comes_to_is_only_pointed_out(nodes):
    package = nodes(
        state("filed", action("go", "end", "officer")),
        state("old", action("go", "end", "officer")),
        state("end", final="approved"),
    )
    assert found(package) == set()
    assert ("workflow.nodes[2]", "unreachable") in found(package, "look")


def test_nobody_whose_turn_it_is_can_bring_it_on(nodes):
    package = nodes(
        state("filed", action("pay", "end", "payments"), turn="applicant"), state("end", final="approved")
    )
    assert ("workflow.nodes[1].turn", "nobody") in found(package, "look")
