"""The calls of the editor: saving, merging, checking, rules, preview, presence, publishing, restoring."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language

from engine.audit.selectors import history
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.models import ServiceDesign
from tests.conftest import Person
from tests.portal.designer.calling import *  # noqa: F403  fixtures
from tests.portal.designer.calling import CALLS, opened, questions
from workflows.models import Service
from workflows.services.packages import import_package


def test_a_new_service_opens_in_the_editor_with_nothing_to_mend(
    client: Client, designer: User, service: Service
) -> None:
    start = opened(client, designer, service)
    assert [one for one in start["problems"] if one["severity"] == "mend"] == []
    assert start["may"] == {"design": True, "publish": False, "ask": True}
    assert start["service"]["version_being_made"] == 1
    assert len(start["checklist"]) == 9
    assert set(CALLS) < set(start["urls"])


def test_what_is_saved_becomes_the_unpublished_package(
    client: Client, designer: User, service: Service, call: Any
) -> None:
    start = opened(client, designer, service)
    document = start["document"]
    questions(document).append({"key": "dog", "type": "short_text", "label": {"en": "Name of the dog"}})
    status, saved = call("save", {"base": start["revision"], "document": document})
    assert status == 200
    assert saved["merged"] == []
    assert saved["revision"] != start["revision"]
    service.refresh_from_db()
    assert service.working is not None
    assert questions(service.working)[-1]["key"] == "dog"
    assert opened(client, designer, service)["revision"] == saved["revision"]
    assert "service.designed" in {entry.verb for entry in history("department:licensing")}


def test_an_incomplete_draft_is_kept_and_the_last_complete_package_stays(
    client: Client, designer: User, service: Service, call: Any
) -> None:
    start = opened(client, designer, service)
    call("save", {"base": start["revision"], "document": {**start["document"], "summary": "Short"}})
    start = opened(client, designer, service)
    document = start["document"]
    questions(document).clear()
    status, saved = call("save", {"base": start["revision"], "document": document})
    assert status == 200
    assert saved["problems"]
    service.refresh_from_db()
    assert service.working is not None
    assert len(questions(service.working)) == 1
    assert questions(opened(client, designer, service)["document"]) == []


def test_two_designers_who_change_different_parts_both_keep_theirs(
    client: Client, designer: User, service: Service, call: Any, person: Person, licensing: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, licensing)
    start = opened(client, designer, service)
    theirs = json.loads(json.dumps(start["document"]))
    theirs["summary"] = {"en": "For everybody with a dog"}
    assert call("save", {"base": start["revision"], "document": theirs}, by=other)[0] == 200
    mine = json.loads(json.dumps(start["document"]))
    questions(mine)[0]["label"] = {"en": "Your name"}
    status, saved = call("save", {"base": start["revision"], "document": mine})
    assert status == 200
    assert saved["document"]["summary"] == {"en": "For everybody with a dog"}
    assert questions(saved["document"])[0]["label"] == {"en": "Your name"}
    assert saved["merged"] == [["summary"]]


def test_two_designers_who_change_the_same_part_see_both(
    client: Client, designer: User, service: Service, call: Any, person: Person, licensing: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, licensing)
    start = opened(client, designer, service)
    call(
        "save", {"base": start["revision"], "document": {**start["document"], "title": {"en": "A"}}}, by=other
    )
    mine = {**start["document"], "title": {"en": "B"}}
    status, found = call("save", {"base": start["revision"], "document": mine})
    assert status == 409
    (conflict,) = found["conflicts"]
    assert (conflict["path"], conflict["theirs"], conflict["mine"]) == (["title", "en"], "A", "B")
    assert conflict["by"] == "Olga Other"
    assert found["document"]["title"] == {"en": "A"}
    status, _saved = call("save", {"base": found["revision"], "document": mine})
    assert status == 200


def test_what_is_imported_past_the_editor_becomes_the_design(
    client: Client, designer: User, service: Service, licensing: Department, call: Any
) -> None:
    start = opened(client, designer, service)
    call("save", {"base": start["revision"], "document": start["document"] | {"summary": "Old"}})
    service.refresh_from_db()
    assert service.working is not None
    import_package(source={**service.working, "summary": "New"}, department=licensing, by=designer)
    assert opened(client, designer, service)["document"]["summary"] == "New"


def test_the_rule_of_a_condition_comes_as_text_and_as_tree(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"]
    document["forms"]["application"]["pages"][0]["fields"].append(
        {"key": "dog", "type": "short_text", "label": "Dog"}
    )
    place = ["forms", "application", "pages", 0, "fields", len(questions(document)) - 1, "show_when"]
    body = {"document": document, "path": place}
    status, answer = call("rule", {**body, "text": "answers.name=='Rex'"})
    assert status == 200
    assert answer["text"] == 'answers.name == "Rex"'
    assert answer["tree"] == {"path": "answers.name", "operator": "is", "value": "Rex"}
    assert answer["sentence"] == "Full name is Rex"
    assert [one["path"] for one in answer["paths"]] == ["answers.name"]
    _status, again = call("rule", {**body, "tree": answer["tree"]})
    assert again["text"] == answer["text"]
    _status, wrong = call("rule", {**body, "text": "answers.nam == 'x'"})
    assert wrong["problems"][0]["column"] > 0
    assert wrong["tree"] == {"text": "answers.nam == 'x'"}
    _status, wrong = call("rule", {**body, "tree": {"path": "answers.name", "operator": "no"}})
    assert wrong["problems"]


def test_a_rule_of_a_step_reads_the_application_and_what_steps_record(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"]
    _status, answer = call(
        "rule",
        {
            "document": document,
            "path": ["workflow", "nodes", 1, "when"],
            "text": 'work.check.outcome == "accept"',
        },
    )
    assert answer["tree"]["path"] == "work.check.outcome"
    assert {"answers.name", "work.check.outcome"} <= {one["path"] for one in answer["paths"]}


def test_the_preview_is_the_real_page_in_any_language_with_its_errors(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"]
    questions(document)[0]["label"] = {"en": "Full name", "ar": "الاسم الكامل"}
    before = ServiceDesign.objects.get().latest_revision_id
    body = {"document": document, "form": "application", "page": "you", "language": "ar", "errors": True}
    status, answer = call("preview", body)
    assert status == 200
    assert 'dir="rtl"' in answer["html"]
    assert "الاسم الكامل" in answer["html"]
    assert "govuk-error-summary" in answer["html"]
    assert "<h1" in answer["html"]
    assert ServiceDesign.objects.get().latest_revision_id == before
    assert call("preview", {**body, "page": "no such"})[0] == 422
    assert call("preview", {**body, "language": "../x"})[0] == 400
    assert call("preview", {**body, "typed": {"you": {"name": [{"x": 1}]}, "me": 3}})[0] == 200


def test_the_preview_is_in_a_language_that_the_site_has_no_sentences_in(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"] | {"languages": ["fr", "ur"]}
    questions(document)[0]["label"] = {"fr": "Nom complet", "ur": "پورا نام"}
    body = {"document": document, "form": "application", "page": "you", "language": "ur", "errors": True}
    html = call("preview", body)[1]["html"]
    assert '<html lang="ur" dir="rtl"' in html
    assert '<bdi lang="fr" dir="ltr">Continuer</bdi>' in html
    assert 'Saisissez « <bdi lang="ur" dir="rtl">پورا نام</bdi> »' in html
    assert "\U000e0001" not in html
    assert get_language() == "en"


def test_who_works_at_the_same_service_is_seen(
    service: Service, call: Any, person: Person, licensing: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, licensing)
    assert call("presence", {"where": "form"}, by=other)[1] == {"people": []}
    people = call("presence", {"where": "workflow"})[1]["people"]
    assert people == [{"name": "Olga Other", "initials": "OO", "where": "form"}]


def test_a_designer_asks_and_a_publisher_publishes(
    service: Service, call: Any, client: Client, designer: User, publisher: User
) -> None:
    start = opened(client, designer, service)
    call("save", {"base": start["revision"], "document": start["document"] | {"summary": "Dogs"}})
    assert call("publish", {"note": "First"})[0] == 403
    assert call("ask", {"note": "Please"})[0] == 200
    client.force_login(publisher)
    found = client.get(reverse("designer:design-versions", args=("licensing", "dogs"))).json()
    assert found["asked"]["by"] == "Dora Design"
    assert {one["kind"] for one in found["differences"]} == {"added"}
    assert found["effect"]["open_cases"] == 0
    assert call("publish", {"note": "First"}, by=publisher) == (200, {"version": 1})
    service.refresh_from_db()
    assert service.current is not None
    assert service.current.package["summary"] == "Dogs"
    after = client.get(reverse("designer:design-versions", args=("licensing", "dogs"))).json()
    assert after["asked"] is None
    assert after["differences"] == []


def test_nothing_incomplete_can_be_asked_for_or_published(
    service: Service, call: Any, client: Client, designer: User, publisher: User
) -> None:
    start = opened(client, designer, service)
    questions(start["document"]).clear()
    call("save", {"base": start["revision"], "document": start["document"]})
    status, answer = call("ask")
    assert status == 422
    assert answer["problems"]
    assert call("publish", by=publisher)[0] == 422


def test_an_earlier_revision_and_a_version_can_be_brought_back(
    service: Service, call: Any, client: Client, designer: User, publisher: User
) -> None:
    first = opened(client, designer, service)
    saved = call("save", {"base": first["revision"], "document": first["document"] | {"summary": "One"}})[1]
    call("publish", by=publisher)
    call("save", {"base": saved["revision"], "document": saved["document"] | {"summary": "Two"}})
    assert call("restore", {"version": 1})[1]["document"]["summary"] == "One"
    assert call("restore", {"revision": first["revision"]})[1]["document"] == first["document"]
    assert call("restore", {"version": 99})[0] == 409
    assert call("restore", {"version": True})[0] == 400
    assert call("restore", {"version": 10**30})[0] in (400, 409)
    assert call("restore", {"revision": "9" * 40})[0] == 409


def test_saving_asks_the_database_a_fixed_number_of_times(
    service: Service, client: Client, designer: User, django_assert_max_num_queries: Any
) -> None:
    start = opened(client, designer, service)
    fields = [{"key": f"q{n}", "type": "short_text", "label": f"Question {n}"} for n in range(100)]
    questions(start["document"])[1:] = fields
    body = json.dumps({"base": start["revision"], "document": start["document"]})
    address = reverse("designer:design-save", args=("licensing", "dogs"))
    with django_assert_max_num_queries(60):
        assert client.post(address, body, content_type="application/json").status_code == 200
