"""Workflows of eGov DIGIT: what is carried, what is named, and what damaged files lead to."""

import json
from typing import Any

import pytest

from forms_library.importing.port import Refused
from tests.workflows.digit import COMPLAINT, DAY, action, complaint, state
from workflows.importing.port import ImportedWorkflows
from workflows.importing.reading import read_source, read_workflows
from workflows.validator import check_package


def read(document: Any) -> ImportedWorkflows:
    return read_workflows(read_source(json.dumps(document).encode()))


def nodes(document: Any) -> dict[str, Any]:
    (found,) = read(document).workflows
    assert [problem.sentence for problem in check_package(found.package).must_mend] == []
    return {node["key"]: node for node in found.package["workflow"]["nodes"]}


def codes(document: Any, kind: str) -> set[str]:
    return {note.code for note in read(document).report.notes if note.kind == kind}


def test_states_actions_roles_and_times_are_carried():
    steps = nodes(COMPLAINT)
    assert list(steps) == ["begin", "filed", "at_work", "resolved", "rejected"]
    assert steps["begin"]["type"] == "first_state"
    assert steps["filed"]["due"] == {"hours": 36}
    ways = {each["key"]: (each["next"], each["roles"]) for each in steps["filed"]["actions"]}
    assert ways["assign"] == ("at_work", ["gro", "dgro"])
    assert ways["comment"] == ("filed", ["applying_citizen", "gro"])
    assert (steps["resolved"]["final"], steps["rejected"]["final"]) == ("approved", "refused")


def test_citizens_are_the_applicant_and_systems_are_systems():
    (found,) = read(COMPLAINT).workflows
    roles = found.package["roles"]
    who = {role["origin"]: role.get("who", "staff") for role in roles.values()}
    assert who == {
        "CITIZEN": "applicant", "CSR": "staff", "GRO": "staff", "DGRO": "staff", "LME": "staff",
        "SYSTEM_PAYMENT": "system",
    }  # fmt: skip
    assert found.package["workflow"]["decide_within"] == {"days": 5}


@pytest.mark.parametrize("wrap", [
    lambda one: [one, {"other": 1}],
    lambda one: {"BusinessServices": [one]},
    lambda one: {"RequestInfo": {"ver": "1"}, "BusinessServices": [one]},
    lambda one: {"item": [{"request": {"body": {"raw": json.dumps({"BusinessServices": [one]})}}}]},
])  # fmt: skip
def test_it_is_found_wherever_it_lies(wrap):
    assert [found.name for found in read(wrap(COMPLAINT)).workflows] == ["Complaint"]


def test_states_that_are_named_by_their_identifier():
    document = complaint()
    document["states"][1]["uuid"] = "9f0a"
    document["states"][0]["actions"][0]["nextState"] = "9f0a"
    assert nodes(document)["begin"]["actions"][0]["next"] == "filed"


def test_words_that_are_not_carried_are_named():
    document = complaint()
    document["states"][1] |= {"colour": "red", "isStateUpdatable": True, "docUploadRequired": True}
    document["remark"] = "x"
    report = read(document).report
    lost = {note.where for note in report.notes if note.kind == "lost"}
    assert {"states[1].colour", "states[1].isStateUpdatable", "states[1].docUploadRequired", "remark"} <= lost


DAMAGES = {
    "unknown_state": lambda d: d["states"][1]["actions"][0].update(nextState="NOWHERE"),
    "no_role": lambda d: d["states"][1]["actions"][0].update(roles=[]),
    "no_name": lambda d: d["states"][1]["actions"][0].update(action=""),
    "doubled_state": lambda d: d["states"].append(state("FILED")),
    "dead_end": lambda d: d["states"].append(state("LIMBO")),
    "negative": lambda d: d["states"][1].update(sla=-DAY),
    "other_spelling": lambda d: d["states"][0]["actions"][0].update(nextState="filed"),
}


@pytest.mark.parametrize("code", DAMAGES)
def test_a_defect_is_named_and_the_rest_is_carried(code):
    document = complaint()
    DAMAGES[code](document)
    assert nodes(document)
    assert code in codes(document, "defect")


def test_a_circle_without_an_end_gets_one_and_says_so():
    document = complaint()
    document["states"] = [
        state(None, action("APPLY", "A", "CITIZEN")),
        state("A", action("ON", "B", "GRO")),
        state("B", action("BACK", "A", "GRO")),
    ]
    assert "closed" in nodes(document)
    assert "no_end" in codes(document, "changed")


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe\x00", b'{"states": 7}', b"<bpmn/>",
    b'{"states": {"a": 1}}', b"[" * 100_000,
])  # fmt: skip
def test_what_is_no_workflow_is_refused_with_a_sentence(content):
    with pytest.raises(Refused) as refused:
        read_workflows(read_source(content))
    assert refused.value.sentence


@pytest.mark.parametrize(
    "value", [None, 7, True, "x", [], {}, [None], [7], [[]], {"a": "b"}, 1e308, "\0\ud800"]
)
@pytest.mark.parametrize("word", ["state", "actions", "sla", "isStartState", "uuid", "applicationStatus"])
def test_a_wrong_value_never_breaks_the_reading(word, value):
    document = complaint()
    document["states"][1][word] = value
    for found in read(document).workflows:
        check_package(found.package)


@pytest.mark.parametrize("value", [None, 7, True, "x", [], {}, [None], [7], [[]], {"a": "b"}, 1e308])
@pytest.mark.parametrize("word", ["action", "nextState", "roles", "active", "currentState"])
def test_a_wrong_value_of_an_action_never_breaks_the_reading(word, value):
    document = complaint()
    document["states"][1]["actions"][0][word] = value
    for found in read(document).workflows:
        check_package(found.package)


@pytest.mark.parametrize(("states", "word"), [(2_000, "states"), (50_000, "values")])
def test_a_workflow_that_is_too_large_is_refused(states, word):
    document = complaint()
    document["states"] += [state(f"S{n}", action("ON", f"S{n + 1}", f"R{n}")) for n in range(states)]
    with pytest.raises(Refused) as refused:
        read(document)
    assert word in refused.value.sentence
