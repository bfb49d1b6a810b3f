"""First answers that nobody has to type: from the profile, an earlier application, or a register.

What is known is offered on the page of its question and becomes an answer when the person goes on from there.
So nothing is decided from an answer that nobody has seen, and where an answer came from is kept with it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from engine.departments.models import User
from forms_library.compiled import CompiledField, CompiledForm
from forms_library.complaints import AnswerRefused
from forms_library.definition import EARLIER, KNOWN_OF_PEOPLE
from forms_library.field_type import Reading
from forms_library.shapes import has_shape
from workflows.clock import calendar_of
from workflows.models import Case, Draft, Service
from workflows.selectors.versions import version_of

SOURCE, ANSWER, AT = "from", "answer", "at"
PROFILE = {f"profile.{name}": name for name in KNOWN_OF_PEOPLE}


def first_answers(user: User, service: Service, version_id: int, language: str) -> dict[str, Any]:
    """What can be offered for an application that begins: by question, the source and the answer."""
    form = version_of(version_id).start_form
    wanted = {asked.key: asked for asked in form.questions() if asked.field.prefill}
    if not wanted:
        return {}
    calendar = calendar_of(service.department_id)
    reading = Reading(timezone.now().astimezone(calendar.zone).date(), language, calendar)
    from_earlier = any(_source(asked).startswith(EARLIER) for asked in wanted.values())
    earlier = _earlier(user, service) if from_earlier else {}
    found = {key: _answer(asked, user, earlier, reading) for key, asked in wanted.items()}
    return {
        key: {SOURCE: _source(wanted[key]), ANSWER: answer}
        for key, answer in found.items()
        if answer is not None
    }


def offered(draft: Draft, form: CompiledForm) -> dict[str, Any]:
    """The answers that the pages show before the person has answered."""
    return {
        key: entry[ANSWER]
        for key, entry in draft.prefilled.items()
        if ANSWER in entry and key not in draft.answers and _is_wanted(form, key)
    }


def locked(draft: Draft, form: CompiledForm) -> dict[str, Any]:
    """The answers that the department does not let the person change."""
    return {
        key: entry[ANSWER]
        for key, entry in draft.prefilled.items()
        if ANSWER in entry and _is_wanted(form, key, changeable=False)
    }


def provenance(draft: Draft, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of the answers that were offered: where each came from, and whether the person changed it."""
    return {
        key: {
            SOURCE: entry[SOURCE],
            "changed": answers[key] != entry[ANSWER],
            **({AT: entry[AT]} if AT in entry else {}),
        }
        for key, entry in draft.prefilled.items()
        if key in answers and ANSWER in entry
    }


def _is_wanted(form: CompiledForm, key: str, *, changeable: bool | None = None) -> bool:
    """Whether the form, which may be a newer one than the draft began with, still asks for it."""
    prefill = form.fields[key].field.prefill if key in form.fields else None
    return prefill is not None and changeable in (None, prefill.changeable)


def _source(asked: CompiledField) -> str:
    return asked.field.prefill.source if asked.field.prefill else ""


def _earlier(user: User, service: Service) -> Mapping[str, Any]:
    last = Case.objects.filter(applicant=user, service=service).order_by("-submitted_at").first()
    return last.answers if last is not None else {}


def _answer(asked: CompiledField, user: User, earlier: Mapping[str, Any], reading: Reading) -> Any:
    """The answer as the question takes it today; None for what it would refuse."""
    question, source = asked.question, _source(asked)
    if question.computed or question.upload_rules is not None:
        return None
    if source in PROFILE:
        return _parsed(asked, getattr(user, PROFILE[source]), reading)
    if source.startswith(EARLIER):
        return parsed(asked, earlier.get(source.removeprefix(EARLIER)), reading)
    return None


def parsed(asked: CompiledField, known: Any, reading: Reading) -> Any:
    """A stored value as the question takes it today; None for what it would refuse."""
    if known is None or not has_shape(asked.question.kind, known):
        return None
    return _parsed(asked, asked.question.typed(known, reading.language), reading)


def _parsed(asked: CompiledField, raw: Any, reading: Reading) -> Any:
    try:
        answer = asked.question.parse(raw, reading)
    except AnswerRefused:
        return None
    return None if asked.question.is_empty(answer) else answer
