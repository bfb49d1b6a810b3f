"""Opinions of people outside: given by who has the link, asked again or taken back by staff."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Document
from engine.documents.removing import remove_document
from forms_library.uploads import SentFile, UploadRules
from workflows import opinions
from workflows.file_keeping import keep_file
from workflows.models import Opinion
from workflows.opinion_step import OpinionStep, is_address
from workflows.selectors.opinions import LinkClosed, asked_by_link, refuse_closed
from workflows.services import opinions_beside
from workflows.services.deciding import cleaned
from workflows.services.refusals import NotOpen, OpinionIncomplete
from workflows.services.refused import refusals_noted
from workflows.step import OPEN
from workflows.unit import open_item


def give_opinion(*, key: str, recommendation: str, text: str) -> None:
    """Take the opinion of whoever has the link, once; the case goes on in the same transaction."""
    found, words = asked_by_link(key).opinion, cleaned(text)
    if found.work_item_id is None:
        opinions_beside.give(found, recommendation, words)
        return
    with open_item(found.work_item_id) as activation:
        opinion = _still_open(found.pk, activation)
        known = {each.key for each in activation.flow_task.options.recommendations}
        missing = [] if recommendation in known else ["recommendation"]
        missing += [] if words else ["text"]
        if missing:
            raise OpinionIncomplete(missing)
        opinion.given_at = timezone.now()
        opinion.recommendation, opinion.text = recommendation, words
        activation.give(opinion)


def keep_opinion_file(*, key: str, file: SentFile, rules: UploadRules) -> Document:
    """Keep a file of who was asked, in place of the one before; raises FileRefused or StoreAway."""
    asked = asked_by_link(key)
    kept = keep_file(file, rules, department=asked.opinion.department, owner=None)
    document = Document.objects.get(pk=kept["document"])
    _put(asked.opinion, document)
    return document


def drop_opinion_file(*, key: str) -> None:
    """Take the file away again."""
    _put(asked_by_link(key).opinion, None)


@transaction.atomic
def _put(found: Opinion, document: Document | None) -> None:
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("document").get(pk=found.pk)
    if opinion.given_at is not None or opinion.taken_back_at is not None:
        raise LinkClosed("given" if opinion.given_at is not None else "taken_back")
    before, opinion.document = opinion.document, document
    opinion.save(update_fields=["document"])
    if before is not None:
        remove_document(before, reason="replaced by who sent it")


@transaction.atomic
def open_shown_document(*, key: str, document_id: uuid.UUID, language: str) -> Document:
    """A document of the case that the step shows to who was asked; recorded before it is shown."""
    asked = asked_by_link(key)
    if str(document_id) not in {held for row in asked.rows(language) for held in row.documents}:
        raise Document.DoesNotExist
    _note_reading(asked.opinion, f"document:{document_id}")
    return Document.objects.select_related("department").get(pk=document_id)


def note_opinion_read(opinion: Opinion) -> None:
    """Record that somebody with the link read what the step shows."""
    with transaction.atomic():
        _note_reading(opinion, f"case:{opinion.case_id}")


def _note_reading(opinion: Opinion, subject: str) -> None:
    audit.record(
        "opinion.read",
        chain=opinion.case.chain,
        department_id=opinion.department_id,
        subject=subject,
        details={"opinion": opinion.pk, "node": opinion.work_item.node_key if opinion.work_item else ""},
    )


@refusals_noted
def ask_for_opinion(*, item_id: int, address: str, by: User) -> Opinion:
    """Staff ask another person, or the same one again; the link before leads nowhere from now on."""
    with _asked_for(item_id, by) as activation:
        given = address.strip()
        if not is_address(given):
            raise OpinionIncomplete(["address"])
        return opinions.ask(activation.task, given, by=by)


@refusals_noted
def take_opinion_back(*, item_id: int, by: User) -> None:
    """Staff take the link back; the step waits until somebody else is asked or its time is over."""
    with _asked_for(item_id, by) as activation:
        if not opinions.take_back(activation.task, by=by):
            raise NotOpen


@contextmanager
def _asked_for(item_id: int, by: User) -> Iterator[Any]:
    """The step at which somebody outside is asked, locked, for who works on cases of its department."""
    with open_item(item_id) as activation:
        require(by, Permission.WORK_CASE, activation.task.department_id)
        if not isinstance(activation.flow_task, OpinionStep) or activation.status not in OPEN:
            raise NotOpen
        yield activation


def _still_open(opinion_id: int, activation: Any) -> Opinion:
    """The row, read after the lock; raises LinkClosed."""
    opinion = Opinion.objects.select_related("case").get(pk=opinion_id)
    opinion.case = activation.process
    refuse_closed(opinion, activation.task)
    return opinion
