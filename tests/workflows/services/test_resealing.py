"""The key of sensitive answers changes: everything is sealed anew, and nothing else happens."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.core.sealing import NoKeys, new_key
from engine.departments.models import Department, User
from workflows.models import Case, Draft, IncomingMessage, Service, Submission
from workflows.sealed_fields import SealedJSONField
from workflows.services.resealing import STORES, reseal_answers, sealed_by_key

pytestmark = pytest.mark.django_db
OLD, NEW = new_key("old"), new_key("new")
SECRET = "880202114471"


@pytest.fixture
def filled(
    settings: LazySettings, request: pytest.FixtureRequest, fill: Callable[..., Draft]
) -> Callable[[], tuple[Draft, Case]]:
    """A draft and a case that were sealed with the old key."""
    settings.FIELD_KEYS = OLD
    case: Case = request.getfixturevalue("licence_case")
    licence: Service = request.getfixturevalue("licence")
    answers: dict[str, Any] = request.getfixturevalue("licence_answers")
    draft = fill(request.getfixturevalue("citizen"), licence, answers)
    return lambda: (Draft.objects.get(pk=draft.pk), Case.objects.get(pk=case.pk))


def test_after_the_change_the_old_key_can_be_taken_away(filled: Any, settings: LazySettings) -> None:
    proofs = Submission.objects.get().__dict__["answers"]["applicant_national_id"]["~sealed"]["proof"]
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    done = reseal_answers(at_once=1)
    assert done.values == {"workflows_draft": 1, "workflows_case": 1, "workflows_submission": 1}
    assert done.failed == []
    settings.FIELD_KEYS = NEW
    draft, case = filled()
    assert draft.answers["applicant_national_id"] == case.answers["applicant_national_id"] == SECRET
    assert Submission.objects.get().answers["applicant_national_id"] == SECRET
    after = Submission.objects.get().__dict__["answers"]["applicant_national_id"]["~sealed"]
    assert (after["key"], after["proof"]) == ("new", proofs)


def test_every_column_that_is_sealed_is_sealed_anew() -> None:
    columns = {
        (model._meta.db_table, column.column)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, SealedJSONField)
    }
    assert len(columns) >= 5
    assert columns <= {(store.table, store.column) for store in STORES}


def test_messages_that_wait_are_sealed_anew(licensing: Department, settings: LazySettings) -> None:
    settings.FIELD_KEYS = OLD
    said = {"data": {"number": SECRET}}
    message = IncomingMessage.objects.create(
        department=licensing, message_id="[7]", name="paid", said=said, came_at=now()
    )
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert reseal_answers().values["workflows_incomingmessage"] == 1
    settings.FIELD_KEYS = NEW
    assert IncomingMessage.objects.get(pk=message.pk).said == said


def test_a_second_run_finds_nothing_and_each_batch_is_recorded(filled: Any, settings: LazySettings) -> None:
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    reseal_answers()
    assert AuditEntry.objects.filter(verb="answers.resealed").count() == 3
    assert reseal_answers().values.total() == 0
    assert AuditEntry.objects.filter(verb="answers.resealed").count() == 3
    assert set(sealed_by_key()) == {"new"}


def test_what_can_not_be_opened_is_named_and_stays(filled: Any, settings: LazySettings) -> None:
    settings.FIELD_KEYS = NEW
    said = StringIO()
    with pytest.raises(CommandError, match="3 values could not be opened"):
        call_command("reseal_answers", stdout=said, stderr=said)
    assert '"old"' in said.getvalue()
    assert "NOT IN FIELD_KEYS" in said.getvalue()
    assert SECRET not in said.getvalue()
    settings.FIELD_KEYS = OLD
    draft, _case = filled()
    assert draft.answers["applicant_national_id"] == SECRET


def test_a_check_only_counts(filled: Any, settings: LazySettings) -> None:
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    said = StringIO()
    call_command("reseal_answers", "--check", stdout=said)
    assert 'key "old": 1 in workflows_case, 1 in workflows_draft, 1 in' in said.getvalue()
    assert set(sealed_by_key()) == {"old"}


def test_without_keys_there_is_nothing_to_seal_with(settings: LazySettings, db: None, citizen: User) -> None:
    settings.FIELD_KEYS = ""
    with pytest.raises(NoKeys):
        reseal_answers()
    said = StringIO()
    call_command("reseal_answers", "--new-key", "k1", stdout=said)
    assert said.getvalue().startswith("k1:")
