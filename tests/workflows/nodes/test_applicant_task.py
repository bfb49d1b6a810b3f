"""The applicant's turn."""

import pytest

from workflows.models import Case, CaseState, Deadline, Submission, WorkItem
from workflows.refusals import AlreadyDecided, NotAsked, NotYours

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(simple_package, publish, begin, clerk, decide):
    case = begin(publish(simple_package))
    decide(case, "check", clerk, "return", return_fields=["trade"], note="Which fruit?")
    return case


def test_the_correction_goes_back_to_the_clerk(returned, citizen, open_work):
    with open_work(returned, "correct").activation() as activation:
        activation.answer(citizen, {"trade": "Flowers", "amount": "12.50", "owner": "Leila Haddad"})
    case = Case.objects.get(pk=returned.pk)
    assert (case.state, case.answers["trade"]) == (CaseState.BEING_CHECKED, "Flowers")
    assert open_work(case, "check").status == "NEW"
    second = Submission.objects.get(case=case, number=2)
    assert (second.changed, second.node_key, second.by) == (["trade"], "correct", citizen)
    assert Submission.objects.get(case=case, number=1).answers["trade"] == "Fruit"


def test_only_what_was_asked_may_change(returned, citizen, open_work):
    with pytest.raises(NotAsked) as refused, open_work(returned, "correct").activation() as activation:
        activation.answer(citizen, {"trade": "Fruit", "amount": "12.50", "owner": "Somebody"})
    assert refused.value.fields == ["owner"]
    assert Case.objects.get(pk=returned.pk).answers["owner"] == "Leila Haddad"


def test_an_answer_that_is_hidden_by_the_correction_may_fall_away(returned, citizen, open_work):
    with open_work(returned, "correct").activation() as activation:
        activation.answer(citizen, {"trade": "Flowers", "owner": "Leila Haddad"})
    assert "amount" not in Case.objects.get(pk=returned.pk).answers


def test_another_person_cannot_answer(returned, other_citizen, open_work):
    with pytest.raises(NotYours), open_work(returned, "correct").activation() as activation:
        activation.answer(other_citizen, {})


def test_answering_twice_is_refused(returned, citizen, open_work):
    item = open_work(returned, "correct")
    with item.activation() as activation:
        activation.answer(citizen, activation.process.answers)
    with pytest.raises(AlreadyDecided), item.activation() as activation:
        activation.answer(citizen, activation.process.answers)
    assert WorkItem.objects.filter(process=returned, node_key="check", finished=None).count() == 1


def test_the_way_back_can_be_taken_again(returned, citizen, clerk, decide, open_work):
    with open_work(returned, "correct").activation() as activation:
        activation.answer(citizen, {**activation.process.answers, "trade": "Flowers"})
    decide(returned, "check", clerk, "return", return_fields=["owner"], note="Full name?")
    assert open_work(returned, "correct").data["fields"] == ["owner"]
    assert Deadline.objects.filter(case=returned, cancelled_at=None).count() == 1
