"""What a moved case said before it was moved stays to be read, in the words of then."""

from typing import Any

import pytest

from tests.workflows.conftest import PACKAGE, begin, publish, simple_package  # noqa: F401
from tests.workflows.moving.conftest import nodes_of, pair  # noqa: F401
from tests.workflows.moving.moves import moved, planned
from workflows.models import Case, WorkItem
from workflows.selectors.answers import answers_of
from workflows.services import reveal

pytestmark = pytest.mark.django_db
PAPER = {
    "title": "Paper",
    "pages": [{"key": "p", "title": "P", "fields": [{"key": "size", "type": "integer", "label": "Size"}]}],
}


@pytest.fixture
def case(pair: Any, begin: Any, simple_package: Any, nodes_of: Any, administrator: Any) -> Case:  # noqa: F811
    """A case that was checked with a form, moved to a version without the check and without a question."""
    simple_package["forms"]["paper"] = PAPER
    nodes_of(simple_package)["check"]["form"] = "paper"
    simple_package["forms"]["application"]["pages"][0]["fields"][2]["data_class"] = "sensitive"

    def without(package: Any) -> None:
        del package["forms"]["paper"]
        package["forms"]["application"]["pages"][0]["fields"].pop()
        nodes = nodes_of(package)
        nodes["applied"]["next"] = nodes["correct"]["next"] = "look"
        nodes["approve"]["not_by"] = []
        look = {**nodes.pop("check"), "key": "look"}
        del look["form"]
        package["workflow"]["nodes"] = [*nodes.values(), look]

    old, new = pair(simple_package, without)
    found: Case = begin(old, amount="9000.00")
    with WorkItem.objects.get(process=found, node_key="check").activation() as activation:
        activation.decide(administrator, "accept", answers={"size": 12})
    moved(planned(old, new, administrator, leaves_removed=True, steps={"approve": "approve"}), administrator)
    found.refresh_from_db()
    assert found.version_id == new.pk
    return found


def test_what_staff_recorded_at_a_step_that_is_gone_is_read(case: Case, supervisor: Any) -> None:
    (section,) = answers_of(supervisor, case, "en").work
    assert (section.title, [row.row.value_text for row in section.rows]) == ("Check", ["12"])


def test_what_is_not_asked_any_more_is_read_by_who_may(case: Case, auditor: Any, clerk: Any) -> None:
    for reader, masked in ((auditor, True), (clerk, False)):
        section = answers_of(reader, case, "en").sections[-1]
        assert section.title == "Not asked any more in this version"
        assert [(row.row.field_key, row.row.masked) for row in section.rows] == [("owner", masked)]
    rows = reveal(reference=case.reference, field_keys=["owner"], by=clerk)
    assert [row.value_text for row in rows] == ["Leila Haddad"]


def test_a_case_that_was_never_moved_asks_for_nothing_more(
    publish: Any,  # noqa: F811
    begin: Any,  # noqa: F811
    simple_package: Any,  # noqa: F811
    clerk: Any,
    django_assert_num_queries: Any,
) -> None:
    case = begin(publish(simple_package))
    case = Case.objects.get(pk=case.pk)
    answers_of(clerk, case, "en")
    with django_assert_num_queries(1):  # what was sent
        answers_of(clerk, case, "en")
