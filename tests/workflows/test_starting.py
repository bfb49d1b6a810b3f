"""How a case begins."""

import pytest

from workflows.models import Case, CaseState, Submission, WorkItem
from workflows.starting import start_case
from workflows.unit import Unresolvable

pytestmark = pytest.mark.django_db


def test_a_case_comes_to_its_first_step(simple_package, publish, begin, open_work):
    case = begin(publish(simple_package))
    item = open_work(case, "check")
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.status, stored.outcome) == (CaseState.SENT, "NEW", "")
    assert (item.role, item.kind, item.status, item.department_id) == (
        "clerk",
        "person",
        "NEW",
        case.department_id,
    )
    assert item.due_at is not None
    assert stored.due_at > item.due_at


def test_what_was_sent_is_kept(simple_package, publish, begin, citizen):
    case = begin(publish(simple_package))
    sent = Submission.objects.get(case=case)
    assert (sent.number, sent.form_key, sent.node_key, sent.by) == (1, "application", "applied", citizen)
    assert sent.answers == case.answers


def test_the_items_know_what_came_before_them(simple_package, publish, begin):
    case = begin(publish(simple_package))
    first, second = WorkItem.objects.filter(process=case).order_by("created")
    assert (first.node_key, first.status) == ("applied", "DONE")
    assert list(second.previous.all()) == [first]


def test_starting_takes_few_statements(simple_package, publish, begin, django_assert_max_num_queries):
    version = publish(simple_package)
    begin(version)
    with django_assert_max_num_queries(4):
        begin(version, "STL-2026-000099")


def test_a_version_that_is_not_there_is_refused(simple_package, publish, citizen):
    version = publish(simple_package)
    version.number = 77
    with pytest.raises(Unresolvable):
        start_case(version, applicant=citizen, reference="X-1", language="en", answers={})
    assert not Case.objects.exists()
