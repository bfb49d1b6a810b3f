"""Opinions that staff ask for beside the workflow."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.messages.delivery import deliver_one
from engine.messages.models import Letter, OutboxMessage
from workflows import services
from workflows.models import Case, Opinion, WorkItem
from workflows.opinions import TOPIC, remind_beside
from workflows.selectors.cases import case_view
from workflows.selectors.opinions import LinkClosed, asked_beside, asked_by_link, showable_fields
from workflows.services.refusals import NotOpen, OpinionIncomplete

pytestmark = pytest.mark.django_db
QUESTION = "Is there room for a stall?"


def ask(case: Case, by: User, **more: Any) -> Opinion:
    """Ask the harbour master."""
    asked = {
        "address": "harbour@example.org",
        "question": QUESTION,
        "fields": ["premises", "plan"],
        "days": 5,
    }
    return services.ask_beside(reference=case.reference, by=by, **{**asked, **more})


def key_of() -> str:
    """The key in the last letter to somebody outside."""
    letter = Letter.objects.filter(recipient=None).latest("created")
    found = re.search(r"key=([A-Za-z0-9_-]+)", letter.text)
    assert found
    return found[1]


def test_the_same_link_and_page_bring_an_answer_and_nothing_of_the_case_waits(
    licence_case: Case, clerk: User, auditor: User
) -> None:
    opinion = ask(licence_case, clerk)
    letter = Letter.objects.get(recipient=None)
    assert (letter.address, QUESTION in letter.text, "Leila" in letter.text) == (
        "harbour@example.org",
        True,
        False,
    )
    key = key_of()
    asked = asked_by_link(key)
    assert asked.until == opinion.due_at
    assert [row.field_key for row in asked.rows("en")] == ["premises", "plan"]
    (shown,) = case_view(clerk, licence_case.reference).opinions
    assert (shown.question, shown.lines[0].state, shown.may_ask) == (QUESTION, "waiting", True)

    with pytest.raises(OpinionIncomplete) as incomplete:
        services.give_opinion(key=key, recommendation="maybe", text=" ")
    assert incomplete.value.missing == ["recommendation", "text"]
    services.note_opinion_read(asked.opinion)
    services.give_opinion(key=key, recommendation="with_conditions", text="Only in summer.")
    line = asked_beside(clerk, licence_case)[0].lines[0]
    assert (line.state, line.recommendation, line.text) == (
        "given",
        "In favour, with conditions",
        "Only in summer.",
    )
    assert asked_beside(auditor, licence_case)[0].lines[0].text == ""
    assert asked_beside(auditor, licence_case)[0].question == ""
    assert Letter.objects.get(kind="opinion.came").recipient == clerk
    open_items = WorkItem.objects.filter(process=licence_case, finished=None)
    assert [item.node_key for item in open_items] == ["check"]
    verbs = list(AuditEntry.objects.filter(chain=licence_case.chain).values_list("verb", flat=True))
    assert verbs.count("opinion.came_beside") == 1
    with pytest.raises(LinkClosed) as closed:
        services.give_opinion(key=key, recommendation="against", text="x")
    assert closed.value.why == "given"


def test_what_is_missing_is_named_and_nothing_sensitive_can_be_shown(
    licence_case: Case, clerk: User, auditor: User
) -> None:
    keys = [key for key, _label in showable_fields(licence_case, "en")]
    assert "plan" in keys
    assert "applicant_national_id" not in keys
    wrong = {"address": "the harbour", "question": " ", "fields": ["applicant_national_id"], "days": None}
    with pytest.raises(OpinionIncomplete) as incomplete:
        ask(licence_case, clerk, **wrong)
    assert incomplete.value.missing == ["address", "question", "fields", "days"]
    with pytest.raises(AccessRefused):
        ask(licence_case, auditor)
    assert not Opinion.objects.exists()


def test_a_link_leads_nowhere_when_it_is_taken_back_too_late_or_the_case_has_ended(
    licence_case: Case, clerk: User, supervisor: User
) -> None:
    def why(key: str) -> str:
        with pytest.raises(LinkClosed) as closed:
            asked_by_link(key)
        return closed.value.why

    first = ask(licence_case, clerk)
    key = key_of()
    services.end_link(reference=licence_case.reference, opinion_id=first.pk, by=clerk)
    assert why(key) == "taken_back"
    with pytest.raises(NotOpen):
        services.end_link(reference=licence_case.reference, opinion_id=first.pk, by=clerk)
    second = ask(licence_case, clerk)
    key = key_of()
    Opinion.objects.filter(pk=second.pk).update(due_at=now() - timedelta(hours=1))
    assert why(key) == "late"
    ask(licence_case, clerk)
    key = key_of()
    services.hold(reference=licence_case.reference, by=clerk, reason="x")
    assert why(key) == "held"
    services.cancel_case(reference=licence_case.reference, reason="x", by=supervisor)
    assert why(key) == "late"
    states = [each.lines[0].state for each in asked_beside(clerk, Case.objects.get(pk=licence_case.pk))]
    assert states == ["late", "late", "taken_back"]
    with pytest.raises(NotOpen):
        ask(licence_case, clerk)


def test_who_has_not_answered_is_reminded_once_two_working_days_before_the_end(
    licence_case: Case, clerk: User
) -> None:
    ask(licence_case, clerk, days=1)
    assert not OutboxMessage.objects.filter(topic=TOPIC).exists()
    opinion = ask(licence_case, clerk, address="other@example.org")
    message = OutboxMessage.objects.get(topic=TOPIC)
    assert opinion.due_at and timedelta(days=2) <= opinion.due_at - message.due_at <= timedelta(days=6)
    assert message.payload == {"opinion": opinion.pk}
    assert deliver_one(message.pk) and not deliver_one(message.pk)
    reminder = Letter.objects.filter(recipient=None).latest("created")
    assert (reminder.address, "still works" in reminder.text) == ("other@example.org", True)
    assert AuditEntry.objects.filter(verb="opinion.reminded_beside").count() == 1

    outside = Letter.objects.filter(kind__contains="opinion")
    letters = outside.count()
    services.hold(reference=licence_case.reference, by=clerk, reason="x")
    assert not remind_beside(opinion.pk)
    services.resume(reference=licence_case.reference, by=clerk)
    services.end_link(reference=licence_case.reference, opinion_id=opinion.pk, by=clerk)
    late = ask(licence_case, clerk)
    Opinion.objects.filter(pk=late.pk).update(due_at=now() - timedelta(hours=1))
    assert not remind_beside(opinion.pk) and not remind_beside(late.pk)
    assert outside.count() == letters + 1  # who was asked last
