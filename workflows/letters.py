"""Letters about a case: the messages of its service package, filled in for one person, sent once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.core.text import UNDETERMINED
from engine.departments.models import Department
from engine.departments.spoken import ours
from engine.messages.letters import send_letter, write
from engine.messages.writing import Written
from forms_library.localising import date_text
from workflows.calendars import calendar_of
from workflows.parts import MessageDefinition

PLACEHOLDERS = {
    "reference": "Reference of the case",
    "service": "Name of the service",
    "department": "Name of the department",
    "applicant": "Name of the applicant",
    "due": "Day by which it is due",
}
"""What is filled in, and what that is called."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def write_letters(
    case: Any,
    people: Iterable[Any],
    message_key: str,
    message: MessageDefinition,
    *,
    cause: str,
    due_at: datetime | None = None,
) -> None:
    """One letter for each person, in this transaction; the same cause writes to nobody twice.

    `due_at` is the day that the letter is about; without it that of the decision.
    """
    for person in people:
        _write(case, person, message_key, message, f"{cause}:{person.pk}", due_at or case.due_at)


def _write(
    case: Any, person: Any, message_key: str, message: MessageDefinition, key: str, due_at: datetime | None
) -> None:
    to_applicant = person.pk == case.applicant_id
    language = _language_of(message, case.language if to_applicant else person.language)
    path = f"/applications/{case.reference}/" if to_applicant else f"/work/cases/{case.reference}/"
    send_letter(
        recipient=person,
        department=case.department,
        kind=f"{case.service.key}:{message_key}",
        case_reference=case.reference,
        language=language,
        key=key,
        **_words(message, language, values_about(case, language, due_at), path),
    )


def _language_of(message: MessageDefinition, wanted: str) -> str:
    """The language wanted; a message that is not in it is wholly in the one that it is shown in."""
    shown = message.body.shown_in(wanted)
    return wanted if wanted in ours() or shown in ("", UNDETERMINED) else shown


def sample_letter(
    message: MessageDefinition, *, department: Department, language: str, values: dict[str, str]
) -> Written:
    """The letter as the applicant would get it, filled in with these values; nothing is sent or stored."""
    reference = values.get("reference", "")
    return write(
        name=values.get("applicant", ""),
        language=language,
        department=department,
        case_reference=reference,
        **_words(message, language, values, f"/applications/{reference}/"),
    )


def _words(message: MessageDefinition, language: str, values: dict[str, str], path: str) -> dict[str, Any]:
    """What a message says, filled in, as the writer of letters takes it."""
    return {
        "subject": filled(message.subject.in_(language), values),
        "body_paragraphs": paragraphs_of(filled(message.body.in_(language), values)),
        "action_label": message.action.in_(language) if message.action else "",
        "action_path": path if message.action else "",
    }


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs, which empty lines set apart."""
    return _PARAGRAPHS.split(text.strip())


def filled(text: str, values: dict[str, str]) -> str:
    """The text with its placeholders filled in; an unknown one stays as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_placeholders(text: str) -> list[str]:
    """The placeholders of a text that nobody fills in."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def values_about(case: Any, language: str, due_at: datetime | None = None) -> dict[str, str]:
    """What stands in the place of each {name}."""
    return {
        "reference": case.reference,
        "service": case.service.name(language),
        "department": case.department.name(language),
        "applicant": case.applicant.get_full_name(),
        "due": _day(case, due_at, language),
    }


def _day(case: Any, due_at: datetime | None, language: str) -> str:
    """The day as people write it, on the clock of the department."""
    if due_at is None:
        return ""
    return date_text(due_at.astimezone(calendar_of(case.department_id).zone).date(), language)
