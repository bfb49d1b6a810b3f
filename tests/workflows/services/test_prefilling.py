"""What is known is offered, kept with where it came from, and shown to the clerk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engine.core.sealing import is_sealed
from engine.departments.models import Department, User
from forms_library.answers import PageResult
from workflows.models import Case, Draft, Service, Submission
from workflows.selectors.answers import answers_of
from workflows.selectors.versions import version_of
from workflows.services import import_package, publish, save_page, start_draft, submit
from workflows.services.prefilling import offered

pytestmark = pytest.mark.django_db
FIELDS = [
    {"key": "name", "type": "short_text", "label": "Name", "prefill": {"from": "profile.name"}},
    {
        "key": "mail",
        "type": "email",
        "label": "E-mail",
        "prefill": {"from": "profile.email", "changeable": False},
    },
    {
        "key": "illness",
        "type": "short_text",
        "label": "Illness",
        "data_class": "sensitive",
        "prefill": {"from": "earlier.illness"},
    },
    {
        "key": "children",
        "type": "integer",
        "label": "Children",
        "options": {"max": 9},
        "prefill": {"from": "earlier.children"},
    },
]


@pytest.fixture
def service(licensing: Department, founder: User, simple_package: dict[str, Any]) -> Service:
    simple_package["forms"]["application"]["pages"] = [{"key": "you", "title": "You", "fields": FIELDS}]
    simple_package["summary_fields"] = []
    for node in simple_package["workflow"]["nodes"]:
        if node["key"] == "big":
            node["branches"] = [{"when": "answers.children > 5", "to": "approve"}]
    report = import_package(source=simple_package, department=licensing, by=founder)
    publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service


def known(draft: Draft) -> dict[str, Any]:
    return offered(draft, version_of(draft.service_version_id).start_form)


def go(draft: Draft, by: User, **answers: Any) -> Case:
    given = {"name": by.name, "mail": by.email, "illness": "asthma", "children": 2, **answers}
    return submit(save_page(draft, "you", PageResult(given, {}, []), by=by), by=by)


def test_the_profile_is_offered_and_is_no_answer_yet(service: Service, citizen: User) -> None:
    draft = start_draft(citizen, service, "en")
    assert known(draft) == {"name": "Leila Haddad", "mail": "leila.haddad@example.org"}
    assert draft.answers == {}
    assert start_draft(citizen, service, "en").pk == draft.pk  # still untouched


def test_the_last_application_of_the_same_person_is_offered(
    service: Service, citizen: User, other_citizen: User
) -> None:
    go(start_draft(citizen, service, "en"), citizen)
    draft = Draft.objects.get(pk=start_draft(citizen, service, "en").pk)
    assert known(draft)["illness"] == "asthma"
    assert known(draft)["children"] == 2
    assert is_sealed(Draft.objects.values_list("prefilled", flat=True).get(pk=draft.pk)["illness"])
    assert "illness" not in known(start_draft(other_citizen, service, "en"))


def test_what_the_question_would_refuse_today_is_not_offered(
    service: Service, citizen: User, founder: User, simple_package: dict[str, Any], licensing: Department
) -> None:
    go(start_draft(citizen, service, "en"), citizen, children=8)
    narrower = {**FIELDS[3], "options": {"max": 3}}
    other_shape = {**FIELDS[2], "type": "yes_no"}
    pages = [{"key": "you", "title": "You", "fields": [FIELDS[0], FIELDS[1], other_shape, narrower]}]
    simple_package["forms"]["application"]["pages"] = pages
    report = import_package(source=simple_package, department=licensing, by=founder)
    publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    draft = start_draft(citizen, report.service, "en")
    assert set(known(draft)) == {"name", "mail"}


def test_where_an_answer_came_from_goes_with_the_submission_to_the_clerk(
    service: Service, citizen: User, clerk: User
) -> None:
    case = go(start_draft(citizen, service, "en"), citizen, name="Leila H.")
    expected = {
        "name": {"from": "profile.name", "changed": True},
        "mail": {"from": "profile.email", "changed": False},
    }
    assert Submission.objects.get(case=case).prefilled == expected
    (section,) = answers_of(clerk, Case.objects.get(pk=case.pk), "en").sections
    rows = {row.row.field_key: row for row in section.rows}
    assert (rows["name"].source, rows["name"].source_changed) == ("profile.name", True)
    assert (rows["mail"].source, rows["mail"].source_changed) == ("profile.email", False)
    assert rows["illness"].source == ""
    assert Draft.objects.get(submitted_case=case).prefilled == {}


def test_what_may_not_be_changed_is_kept_whatever_is_posted(service: Service, citizen: User) -> None:
    case = go(start_draft(citizen, service, "en"), citizen, mail="other@example.org")
    assert case.answers["mail"] == citizen.email
    assert Submission.objects.get(case=case).prefilled["mail"]["changed"] is False


def test_the_pages_show_it_and_the_clerk_reads_it(
    service: Service, citizen: User, clerk: User, client: Client, fill: Callable[..., Draft]
) -> None:
    client.force_login(citizen)
    draft = start_draft(citizen, service, "en")
    page = client.get(f"/apply/d/{draft.pk}/you/").content.decode()
    assert 'value="Leila Haddad"' in page
    assert "We filled in what we know already" in page
    assert "It cannot be changed here" in page
    assert 'name="mail"' not in page
    posted = {"name": "Leila H.", "mail": "not an address", "illness": "none", "children": "1"}
    answer = client.post(f"/apply/d/{draft.pk}/you/", {**posted, "page-revision": "0"})
    assert answer.status_code == 302
    case = submit(Draft.objects.get(pk=draft.pk), by=citizen)
    assert case.answers["mail"] == citizen.email
    client.force_login(clerk)
    page = client.get(f"/work/cases/{case.reference}/").content.decode()
    assert "From the profile, changed by the applicant" in page
