"""The answers of a case to be read: page by page, with what was changed and what stood there before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from engine.core.text import Text
from engine.departments.models import User
from forms_library.asked import is_ruled
from forms_library.bound import CompiledForm
from forms_library.definition import Field
from forms_library.registers import host_of
from forms_library.review import ReviewRow, ReviewSection, review
from workflows.clock import calendar_of
from workflows.models import Case, Submission
from workflows.selectors.past_answers import left_in_record, version_with_step
from workflows.selectors.rights import may_read_answers
from workflows.selectors.versions import Version, version_of

HIDDEN = ("personal", "sensitive")
NOT_ASKED = Text({
    "en": "Not asked any more in this version",
    "fr": "N’est plus demandé dans cette version",
    "ar": "لم يعد مطلوبًا في هذا الإصدار",
})  # fmt: skip


@dataclass(frozen=True)
class AnswerRow:
    """One answer; `was` is what stood there before the applicant changed it."""

    row: ReviewRow
    changed: bool = False
    was: str = ""
    changed_at: datetime | None = None
    source: str = ""  # where the answer came from that the applicant was offered: profile.name, earlier.town
    register: str = ""  # the register that was asked, in words
    source_at: datetime | None = None  # when it was asked
    source_changed: bool = False
    ruled: bool = False  # whether a rule decides about the question


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one page."""

    key: str
    title: str
    rows: list[AnswerRow]


@dataclass(frozen=True)
class Answers:
    """All answers of a case, with the documents that they hold."""

    sections: list[AnswerSection]
    work: list[AnswerSection]
    changed: int
    documents: dict[str, str] = field(default_factory=dict)  # field label by document id


def answers_of(user: User, case: Case, language: str) -> Answers:
    """The answers as this reader may see them: what is sensitive comes masked."""
    version = version_of(case.version_id)
    hide = () if may_read_answers(user, case) else HIDDEN
    now = _reviewed(version, case, case.answers, language, hide)
    sent = list(Submission.objects.filter(case=case).order_by("-number")[:2])
    for submission in sent:
        submission.case = case  # what is sealed in it is bound to the case, which is here already
    before, offered = _before(version, case, sent, language, hide), case.data.get("prefilled", {})
    form = version.start_form
    sections = [_section(section, sent, before, offered, form, language) for section in now]
    sections += _left(case, sent, language, hide)
    documents = {key: row.label for section in now for row in section.rows for key in row.documents}
    changed = sum(row.changed for section in sections for row in section.rows)
    return Answers(sections, _work(version, case, language, hide), changed, documents)


def _left(case: Case, sent: list[Submission], language: str, hide: Sequence[str]) -> list[AnswerSection]:
    """What the version to which the case was moved does not ask any more."""
    today = timezone.now().astimezone(calendar_of(case.department_id).zone).date()
    rows = left_in_record(case, next(iter(sent), None), language, today, hide=hide)
    title = NOT_ASKED.in_(language)
    return [AnswerSection("", title, [AnswerRow(row) for row in rows])] if rows else []


def _reviewed(
    version: Version, case: Case, answers: dict[str, object], language: str, hide: Sequence[str]
) -> list[ReviewSection]:
    calendar = calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    return review(version.start_form, answers, language, today, hide=hide, calendar=calendar)


def _before(
    version: Version, case: Case, sent: list[Submission], language: str, hide: Sequence[str]
) -> dict[str, str]:
    """What the changed answers said in the submission before, by field."""
    if len(sent) < 2 or not sent[0].changed:
        return {}
    sections = _reviewed(version, case, sent[1].answers, language, hide)
    return {row.field_key: row.value_text for section in sections for row in section.rows if row.answered}


def _section(
    section: ReviewSection,
    sent: list[Submission],
    before: dict[str, str],
    offered: Mapping[str, Any],
    form: CompiledForm,
    language: str,
) -> AnswerSection:
    corrected = sent[0] if len(sent) > 1 else None
    rows = []
    for row in section.rows:
        changed = corrected is not None and row.field_key in corrected.changed
        origin = offered.get(row.field_key, {})
        rows.append(
            AnswerRow(
                row,
                changed,
                before.get(row.field_key, "") if changed else "",
                corrected.at if corrected is not None and changed else None,
                source=origin.get("from", ""),
                register=_register(form.fields[row.field_key].field, language),
                source_at=datetime.fromisoformat(origin["at"]) if "at" in origin else None,
                source_changed=bool(origin.get("changed")) or changed,
                ruled=is_ruled(form, form.fields[row.field_key]),
            )
        )
    return AnswerSection(section.page_key, section.title, rows)


def _register(field: Field, language: str) -> str:
    """What people call the register that knows a first answer; empty where none is asked."""
    ask = field.prefill.ask if field.prefill else None
    if ask is None:
        return ""
    return (ask.name.in_(language) if ask.name else "") or host_of(ask.address)


def _work(version: Version, case: Case, language: str, hide: Sequence[str]) -> list[AnswerSection]:
    """What staff recorded in the forms of their steps."""
    calendar = calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    found = []
    for key, recorded in case.work.items():
        told = version_with_step(case, key) or version
        options = told.node(key)
        form_key = getattr(options, "form", None)
        answers = {name: value for name, value in recorded.items() if name != "outcome"}
        if options is None or not form_key or not answers:
            continue
        sections = review(told.staff_form(form_key), answers, language, today, hide=hide, calendar=calendar)
        rows = [AnswerRow(row) for section in sections for row in section.rows]
        found.append(AnswerSection(key, options.title.in_(language), rows))
    return found
