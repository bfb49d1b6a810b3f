"""Sensitive answers lie sealed in the database and are plain in Python."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction

from engine.core.problems import DefinitionRefused
from engine.core.sealing import Broken, UnknownKey, is_sealed, new_key
from engine.departments.models import Department, User
from engine.documents.models import Document
from forms_library.answers import PageResult
from forms_library.judging import FieldError
from tests.workflows.published import *  # noqa: F403  fixtures of the published services
from tests.workflows.published import text_of
from workflows.checks import field_keys
from workflows.models import Case, Draft, Service, ServiceVersion, Submission, WorkItem
from workflows.sealed_fields import keys_in
from workflows.selectors.documents import document_for
from workflows.services import import_package, publish, save_page, start_correction, start_draft
from workflows.services.package_text import read_package
from workflows.services.resealing import reseal_answers

pytestmark = pytest.mark.django_db
SECRET = "880202114471"


def dump() -> str:
    """Every row of every table as text."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_table_holds_a_sensitive_answer_after_a_walk(
    fill: Callable[..., Draft], apply: Callable[..., Case], licence: Service, citizen: User,
    licence_answers: dict[str, Any], extract_case: Case
) -> None:  # fmt: skip
    draft = fill(citizen, licence, {**licence_answers, "applicant_national_id": SECRET})
    typed = {"applicant_national_id": "8802 0211 4479 typed"}
    wrong = FieldError("applicant_national_id", "format", "x", "applicant_national_id")
    draft = save_page(draft, "about_you", PageResult({}, typed, [wrong]), by=citizen)
    assert SECRET not in dump()
    assert "4479 typed" not in dump()
    draft = Draft.objects.get(pk=draft.pk)
    assert draft.answers["applicant_national_id"] == SECRET
    assert draft.raw["about_you"] == typed
    assert extract_case.answers["applicant_national_id"] == SECRET
    assert "Leila Haddad" in dump()  # what is not sensitive is not sealed: the dump does hold answers


def test_case_and_submission_give_the_answers_back(licence_case: Case) -> None:
    case = Case.objects.get(pk=licence_case.pk)
    assert is_sealed(case.data["answers"]["applicant_national_id"])
    assert case.answers["applicant_national_id"] == SECRET
    assert Submission.objects.get(case=case).answers == case.answers


def test_a_correction_begins_with_the_answers(
    licence_case: Case, clerk: User, citizen: User, item_at: Callable[[Case, str], int]
) -> None:
    with WorkItem.objects.get(pk=item_at(licence_case, "check")).activation() as activation:
        activation.decide(clerk, "return", reason="x", return_fields=["applicant_national_id"], note="Look")
    draft = start_correction(licence_case.reference, by=citizen)
    assert Draft.objects.get(pk=draft.pk).answers["applicant_national_id"] == SECRET
    assert SECRET not in dump()


def test_an_answer_that_was_moved_to_another_case_does_not_open(
    licence_case: Case, apply: Callable[..., Case], other_citizen: User, licence: Service,
    licence_answers: dict[str, Any]
) -> None:  # fmt: skip
    other = apply(other_citizen, licence, licence_answers)
    moved = Case.objects.get(pk=licence_case.pk).data["answers"]["applicant_national_id"]
    other.data["answers"]["applicant_national_id"] = moved
    other.save(update_fields=["data"])
    with pytest.raises(Broken):
        _ = Case.objects.get(pk=other.pk).answers


def test_without_the_key_nothing_opens(licence_case: Case, settings: LazySettings) -> None:
    settings.FIELD_KEYS = new_key("other")
    with pytest.raises(UnknownKey):
        _ = Case.objects.get(pk=licence_case.pk).answers


def test_a_bulk_update_can_not_go_round_the_seam(licence_case: Case) -> None:
    with pytest.raises(TypeError, match="saving the row"):
        Draft.objects.update(answers={"applicant_national_id": SECRET})


@pytest.mark.parametrize(
    "change",
    [
        "answers = jsonb_set(answers, '{business_name}', '\"Other\"')",
        "answers = answers #- '{applicant_national_id}'",
        "answers = jsonb_set(answers, '{applicant_national_id,~sealed,proof}', '\"AAAA\"')",
        "answers = jsonb_set(answers, '{applicant_national_id,~sealed,text}', 'null')",
        "number = 9",
    ],
)
def test_what_was_sent_in_still_can_not_be_changed(licence_case: Case, change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE workflows_submission SET {change}")


def test_staff_find_the_document_of_a_sealed_answer(
    licensing: Department, founder: User, citizen: User, clerk: User, apply: Callable[..., Case],
    licence_answers: dict[str, Any], plan: Document
) -> None:  # fmt: skip
    package = read_package(text_of("licensing/trade-licence.yaml"))
    fields = [field for page in package["forms"]["application"]["pages"] for field in page["fields"]]
    next(field for field in fields if field.get("key") == "plan")["data_class"] = "sensitive"
    service = import_package(source=package, department=licensing, by=founder).service
    publish(service=service, by=founder)
    service.refresh_from_db()
    case = apply(citizen, service, licence_answers)
    assert plan.name not in Case.objects.get(pk=case.pk).data["answers"]["plan"]
    held = document_for(clerk, plan.pk)
    assert held.case == case
    assert held.field_key == "plan"


def test_what_stands_inside_a_group_makes_the_whole_group_sensitive() -> None:
    inner = {"key": "illness", "type": "short_text", "data_class": "sensitive"}
    rows = {"key": "people", "type": "repeating_group", "options": {"fields": [{"key": "a"}, inner]}}
    block = {"key": "owner", "type": "group", "options": {"fields": [{"block": "person", "key": "who"}]}}
    package = {
        "workflow": {"start": "s", "nodes": [{"key": "s", "form": "f"}, {"key": "w", "form": "g"}]},
        "forms": {
            "f": {"pages": [{"key": "p", "fields": [rows, block]}, {"key": "q", "fields": [{"key": "b"}]}]},
            "g": {"pages": [{"key": "p", "fields": [inner]}]},
        },
    }
    found = keys_in(package)
    assert found.answers == {"people", "owner"}
    assert found.pages == {"p"}
    assert found.work["w"] == {"illness"}


def test_without_a_key_a_service_with_sensitive_answers_is_not_published(
    licensing: Department, founder: User, settings: LazySettings
) -> None:
    settings.FIELD_KEYS = ""
    report = import_package(source=text_of("licensing/trade-licence.yaml"), department=licensing, by=founder)
    with pytest.raises(DefinitionRefused, match="no key"):
        publish(service=report.service, by=founder)
    assert not ServiceVersion.objects.exists()


def test_the_check_before_a_deployment_asks_for_a_key(settings: LazySettings) -> None:
    settings.FIELD_KEYS = ""
    assert [problem.id for problem in field_keys(None)] == ["workflows.E001"]
    settings.FIELD_KEYS = new_key(settings.DEBUG_FIELD_KEY)
    assert [problem.id for problem in field_keys(None)] == ["workflows.W002"]
    settings.FIELD_KEYS = new_key("k1")
    assert field_keys(None) == []


def test_a_draft_that_was_only_listed_opens_nothing(
    fill: Callable[..., Draft], licence: Service, citizen: User, licence_answers: dict[str, Any],
    settings: LazySettings
) -> None:  # fmt: skip
    fill(citizen, licence, licence_answers)
    settings.FIELD_KEYS = new_key("other")
    (draft,) = Draft.objects.all()
    assert draft.revision == 1
    with pytest.raises(UnknownKey):
        _ = draft.answers


def test_an_untouched_draft_has_nothing_sealed(citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "en")
    assert Draft.objects.get(pk=draft.pk).answers == {}


def test_what_staff_record_is_sealed_too(
    simple_package: dict[str, Any], request: pytest.FixtureRequest,
    begin: Callable[..., Case], decide: Callable[..., None], clerk: User, settings: LazySettings
) -> None:  # fmt: skip
    field = {"key": "illness", "type": "short_text", "label": "Illness", "data_class": "sensitive"}
    report = {"title": "Report", "pages": [{"key": "p", "title": "P", "fields": [field]}]}
    simple_package["forms"]["report"] = report
    check = next(node for node in simple_package["workflow"]["nodes"] if node["key"] == "check")
    check["form"] = "report"
    case = begin(request.getfixturevalue("publish")(simple_package))
    decide(case, "check", clerk, "accept", answers={"illness": "asthma of Leila"})
    assert "asthma of Leila" not in dump()
    settings.FIELD_KEYS = f"{new_key('new')},{settings.FIELD_KEYS}"
    assert reseal_answers().values == {"workflows_case": 1, "workflows_workitem": 1}
    assert Case.objects.get(pk=case.pk).work["check"] == {"illness": "asthma of Leila", "outcome": "accept"}
