"""What a package says of other services is checked when it is published."""

from __future__ import annotations

from typing import Any

import pytest

from engine.core.problems import DefinitionRefused
from tests.workflows.called import background, call, question
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.validator.test_package import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(published) -> Any:
    """The service that is called, published."""
    return published(background())


@pytest.fixture
def refused(published, simple_package):
    def codes(**options: Any) -> set[tuple[str, str]]:
        nodes = simple_package["workflow"]["nodes"]
        nodes[0]["next"] = "police"
        number = len(nodes)
        nodes.append(call(**options))
        with pytest.raises(DefinitionRefused) as refusal:
            published(simple_package)
        first = f"workflow.nodes[{number}]"
        return {(each.where.removeprefix(first), each.code) for each in refusal.value.problems.must_mend}

    return codes


def test_a_good_one_is_published(published, checks, simple_package):
    simple_package["workflow"]["nodes"][0]["next"] = "police"
    simple_package["workflow"]["nodes"].append(call())
    assert published(simple_package).current.number == 1


def test_a_service_that_is_not_there(refused):
    assert refused() == {(".service", "unknown_service")}


def test_a_service_of_another_department_is_not_there(refused, published, registry):
    published(background(), registry)
    assert refused() == {(".service", "unknown_service")}


def test_a_service_that_calls_itself(refused):
    assert refused(service="stall-licence", inputs={}, outputs={}) == {(".service", "calls_itself")}


def test_questions_that_are_not_asked_or_take_another_kind(refused, checks):
    inputs = {"colour": {"copy": "answers.owner"}, "fee": {"copy": "answers.owner"}}
    assert refused(inputs=inputs) == {
        (".inputs.colour", "unknown_field"),
        (".inputs.fee", "other_kind"),
    }


def test_an_answer_that_is_not_there_is_named_without_the_other_service(simple_package):
    nodes = simple_package["workflow"]["nodes"]
    nodes[0]["next"] = "police"
    nodes.append(call(inputs={"name": {"copy": "answers.nobody"}}, outputs={}))
    place = f"workflow.nodes[{len(nodes) - 1}].inputs.name.copy"
    assert (place, "unknown_field") in found(simple_package)


def test_what_is_taken_must_be_there(refused, checks):
    outputs = {"clean": {"type": "yes_no", "value": "work.nowhere.outcome == 'x'"}}
    assert refused(outputs=outputs) == {(".outputs.clean.value", "rule")}


def test_sensitive_answers_stay_sensitive(refused, checks, simple_package):
    fields = simple_package["forms"]["application"]["pages"][0]["fields"]
    fields.append(question("secret", data_class="sensitive"))
    inputs = {"name": {"copy": "answers.secret"}}
    outputs = {"number": {"type": "text", "value": "answers.number"}}
    assert refused(inputs=inputs, outputs=outputs) == {
        (".inputs.name", "sensitive"),
        (".outputs.number.value", "sensitive"),
    }
