"""A member of staff opens a case, with a form or at once."""

import uuid
from typing import Any

import pytest

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from engine.departments.models import User
from forms_library.answers import PageResult
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.inspections import FORM, by_staff, inspection
from tests.workflows.steps import end, open_steps, start, task
from tests.workflows.validator.test_package import found
from workflows.ending import withdraw_case
from workflows.models import Case, Draft, Service, WorkItem
from workflows.selectors.staff_starts import staff_starts
from workflows.services import AnswersRefused, ServiceClosed, open_case, save_page, start_draft, submit
from workflows.unit import unit

pytestmark = pytest.mark.django_db


def press(service: Service, by: User, start: str = "opened", mark: uuid.UUID | None = None) -> Case:
    return open_case(service=service, start=start, by=by, language="en", press=mark or uuid.uuid4())


@pytest.fixture
def service(published) -> Service:
    return published(inspection(by_staff()))


def test_a_clerk_opens_a_case_at_once(service, clerk):
    case = press(service, clerk)
    assert open_steps(case) == ["inspect"]
    assert (case.reference[:4], case.applicant, case.data["done_by"]) == (
        "INS-",
        clerk,
        {"opened": [clerk.pk]},
    )
    assert [(row.verb, row.actor) for row in history(case.chain)] == [("case.opened", clerk)]


def test_the_same_press_opens_one_case(service, clerk):
    mark = uuid.uuid4()
    assert press(service, clerk, mark=mark) == press(service, clerk, mark=mark)
    assert Case.objects.count() == 1


def test_two_presses_open_two_cases(service, clerk):
    assert press(service, clerk).reference != press(service, clerk).reference


@pytest.mark.parametrize("who", ["foreign_clerk", "citizen", "designer", "auditor"])
def test_who_may_not_do_the_role_is_refused(service, who, request):
    with pytest.raises(AccessRefused):
        press(service, request.getfixturevalue(who))
    assert not Case.objects.exists()


def test_the_role_of_the_start_counts(published, clerk, supervisor):
    service = published(inspection(by_staff(role="supervisor")))
    with pytest.raises(AccessRefused):
        press(service, clerk)
    assert open_steps(press(service, supervisor)) == ["inspect"]


def test_a_start_that_is_not_for_staff_is_refused(service, clerk):
    for key in ("inspect", "done", "nowhere"):
        with pytest.raises(AccessRefused):
            press(service, clerk, start=key)


def test_a_service_that_was_archived_opens_nothing(service, clerk):
    Service.objects.filter(pk=service.pk).update(archived_at=service.current.published_at)
    with pytest.raises(ServiceClosed):
        press(service, clerk)


def test_a_crash_in_the_middle_opens_nothing_and_uses_no_number(service, clerk):
    with pytest.raises(ConnectionError), unit():
        press(service, clerk)
        raise ConnectionError
    assert not Case.objects.exists()
    assert press(service, clerk).reference.endswith("000001")


def test_a_case_that_staff_opened_can_be_cancelled(service, clerk):
    case = press(service, clerk)
    withdraw_case(case.pk)
    assert open_steps(case) == []


class TestWithAForm:
    """The form of the service is filled in first."""

    @pytest.fixture
    def asking(self, published) -> Service:
        return published(inspection(by_staff(form="inspection"), forms={"inspection": FORM}))

    def fill(self, draft: Draft, by: User, **answers: Any) -> Draft:
        return save_page(draft, "where", PageResult(answers, {}, []), revision=draft.revision, by=by)

    def test_the_case_has_the_answers(self, asking, clerk):
        draft = start_draft(clerk, asking, "en", start="opened")
        case = submit(self.fill(draft, clerk, place="Old Harbour"), by=clerk)
        assert (case.answers, open_steps(case)) == ({"place": "Old Harbour"}, ["inspect"])
        assert WorkItem.objects.get(process=case, node_key="opened").owner == clerk
        assert submit(draft, by=clerk) == case

    def test_answers_are_checked(self, asking, clerk):
        with pytest.raises(AnswersRefused):
            submit(start_draft(clerk, asking, "en", start="opened"), by=clerk)

    def test_who_lost_the_right_cannot_send_it_any_more(self, asking, clerk, citizen):
        draft = self.fill(start_draft(clerk, asking, "en", start="opened"), clerk, place="Old Harbour")
        Draft.objects.filter(pk=draft.pk).update(owner=citizen)
        with pytest.raises(AccessRefused):
            submit(draft, by=citizen)

    def test_nobody_can_apply(self, asking, citizen):
        with pytest.raises(ServiceClosed):
            start_draft(citizen, asking, "en")

    def test_a_citizen_cannot_use_the_start_of_staff(self, asking, citizen):
        with pytest.raises(AccessRefused):
            start_draft(citizen, asking, "en", start="opened")


def test_people_see_the_starts_of_their_roles_and_departments(
    published, service, registry, clerk, foreign_clerk
):
    published(inspection(by_staff(title="Elsewhere"), key="elsewhere"), registry)
    published(inspection(by_staff("first"), by_staff("second", role="administrator"), key="market"))
    mine = [(each.service.key, each.key, each.asks) for each in staff_starts(clerk, language="en")]
    assert mine == [("inspection", "opened", False), ("market", "first", False)]
    assert [each.title for each in staff_starts(foreign_clerk, language="en")] == ["Elsewhere"]


class TestChecks:
    """What is wrong with several starts."""

    def test_an_application_and_other_starts_go_together(self, simple_package):
        nodes = simple_package["workflow"]["nodes"]
        nodes.append({**by_staff(form="application"), "next": "check"})
        assert found(simple_package) == set()

    def test_all_starts_fill_in_the_same_form(self, simple_package):
        simple_package["forms"]["inspection"] = FORM
        nodes = simple_package["workflow"]["nodes"]
        nodes.append({**by_staff(form="inspection"), "next": "check"})
        assert (f"workflow.nodes[{len(nodes) - 1}].form", "other_form") in found(simple_package)

    def test_an_application_is_the_first_start(self, simple_package):
        nodes = simple_package["workflow"]["nodes"]
        nodes.append({**by_staff(), "next": "check"})
        simple_package["workflow"]["start"] = "opened"
        assert ("workflow.nodes[0]", "second_start") in found(simple_package)

    def test_a_start_without_a_title_or_with_a_form_that_is_not_there(self):
        package = inspection(by_staff(title="", form="nowhere"))
        assert found(package) == {
            ("workflow.nodes[0].title", "missing"),
            ("workflow.nodes[0].form", "unknown_form"),
        }

    def test_steps_behind_a_second_start_are_reached(self, simple_package):
        nodes = simple_package["workflow"]["nodes"]
        nodes += [{**by_staff(), "next": "look"}, task("look", "over"), end("over", "approved")]
        assert found(simple_package) == set()
        assert start("check") == nodes[0]
