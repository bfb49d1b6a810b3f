"""A message from another system opens a case, once."""

import pytest

from engine.messages.delivery import deliver_all
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.inspections import FORM, by_staff, inspection
from tests.workflows.steps import open_steps, visits
from tests.workflows.validator.test_package import found
from workflows.ending import withdraw_case
from workflows.incoming import deliver, take_in
from workflows.models import Case, IncomingMessage, Opening, Service
from workflows.unit import unit

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = {"place": {"type": "text", "at": "/where"}}


def by_message(**more):
    return {"key": "reported", "type": "message_start", "message": "accident", "answers": PLACE, **more}


def with_form(*starts, **more):
    return inspection(by_staff(form="inspection"), *starts, forms={"inspection": FORM}, **more)


@pytest.fixture
def service(published) -> Service:
    return published(with_form(by_message()))


def tell(department, data=None, message_id="m-1", name="accident", key="", *, delivered=True):
    came = take_in(department=department, message_id=message_id, name=name, key=key, data=data)
    if delivered:
        deliver_all()
    return came


def test_the_message_opens_a_case_with_what_it_says(service, licensing):
    tell(licensing, {"where": "Old Harbour", "driver": "Leila Haddad"})
    case = Case.objects.get()
    assert (case.answers, open_steps(case)) == ({"place": "Old Harbour"}, ["inspect"])
    assert case.applicant.is_department
    assert IncomingMessage.objects.get().said == {}


def test_the_same_message_twice_opens_one(service, licensing):
    assert tell(licensing, {"where": "Old Harbour"})
    assert not tell(licensing, {"where": "New Harbour"})
    assert Case.objects.count() == 1


def test_a_delivery_that_dies_after_opening_opens_no_second(service, licensing):
    tell(licensing, {"where": "Old Harbour"}, delivered=False)
    message = IncomingMessage.objects.get()
    assert deliver(message.pk) == 1
    IncomingMessage.objects.update(taken_at=None)
    assert deliver(message.pk) == 0
    assert Case.objects.count() == 1


def test_a_crash_in_the_middle_opens_nothing_and_the_next_delivery_does(service, licensing):
    tell(licensing, {"where": "Old Harbour"}, delivered=False)
    message = IncomingMessage.objects.get()
    with pytest.raises(ConnectionError), unit():
        deliver(message.pk)
        raise ConnectionError
    assert not Case.objects.exists()
    assert deliver(message.pk) == 1


def test_another_department_and_another_message_open_nothing(service, licensing, registry):
    tell(registry, {"where": "Old Harbour"})
    tell(licensing, {"where": "Old Harbour"}, "m-2", "something_else")
    assert not Case.objects.exists()


def test_a_message_that_does_not_fit_opens_nothing(published, licensing):
    form = {
        **FORM,
        "pages": [{**FORM["pages"][0], "fields": [{"key": "hurt", "type": "integer", "label": "Hurt"}]}],
    }
    start = by_message(answers={"hurt": {"type": "integer", "at": "/hurt"}})
    published(inspection(by_staff(form="inspection"), start, forms={"inspection": form}))
    tell(licensing, {"hurt": "many"})
    assert not Case.objects.exists()
    tell(licensing, {"hurt": 2}, "m-2")
    assert Case.objects.get().answers == {"hurt": 2}


def test_a_case_that_waits_for_the_message_has_it_first(published, licensing):
    package = with_form(by_message())
    catch = {"key": "again", "type": "message_catch", "message": "accident", "next": "inspect"}
    package["workflow"]["nodes"][1]["next"] = "again"
    package["workflow"]["nodes"].insert(2, catch)
    published(package)
    tell(licensing, {"where": "Old Harbour"})
    case = Case.objects.get()
    assert visits(case, "again") == ["NEW"]
    tell(licensing, {"where": "New Harbour"}, "m-2", key=case.reference)
    assert Case.objects.count() == 1
    assert open_steps(case) == ["inspect"]


def test_what_a_message_opened_can_be_cancelled(service, licensing):
    tell(licensing, {"where": "Old Harbour"})
    withdraw_case(Case.objects.get().pk)
    assert open_steps(Case.objects.get()) == []


def test_publishing_says_what_is_listened_for(service):
    assert list(Opening.objects.values_list("kind", "name")) == [("message", "accident")]


def test_a_question_that_is_not_asked_or_takes_another_kind_is_named():
    answers = {"colour": {"type": "text", "at": "/colour"}, "place": {"type": "integer", "at": "/where"}}
    assert found(with_form(by_message(answers=answers))) == {
        ("workflow.nodes[1].answers.colour", "unknown_field"),
        ("workflow.nodes[1].answers.place.type", "other_kind"),
    }
