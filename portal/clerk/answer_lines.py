"""The answers of a case as lines of its page: changed ones marked, personal ones hidden until asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forms_library.definition import EARLIER, PROFILE, REGISTER
from forms_library.review import ReviewRow
from portal.shell.dates import long_date
from workflows.selectors.answers import AnswerRow, AnswerSection

Revealed = Mapping[str, ReviewRow]
HIDDEN = SafeString("••••••")


@dataclass(frozen=True)
class Line:
    """One answer."""

    key: str
    label: str
    html: SafeString
    masked: bool
    revealed: bool
    changed: bool
    was: str
    changed_at: datetime | None
    came_from: str = ""
    ruled: bool = False


@dataclass(frozen=True)
class Group:
    """The answers of one page of the form."""

    title: str
    lines: list[Line]


def groups_of(
    sections: Iterable[AnswerSection],
    revealed: Revealed | None = None,
    *,
    only_changed: bool = False,
    may_reveal: bool = True,
    zone: str = "",
) -> list[Group]:
    """Page by page, without pages that have nothing to show."""
    found = [
        Group(
            section.title,
            [
                _line(row, revealed or {}, may_reveal=may_reveal, zone=zone)
                for row in section.rows
                if row.changed or not only_changed
            ],
        )
        for section in sections
    ]
    return [group for group in found if group.lines]


def _line(answer: AnswerRow, revealed: Revealed, *, may_reveal: bool, zone: str) -> Line:
    row = revealed.get(answer.row.field_key, answer.row)
    wholly_hidden = row.masked and not may_reveal  # not even the last signs of a number
    return Line(
        key=row.field_key,
        label=row.label,
        html=HIDDEN if wholly_hidden else _html(row),
        masked=row.masked,
        revealed=row.field_key in revealed,
        changed=answer.changed,
        was="" if wholly_hidden else answer.was,
        changed_at=answer.changed_at,
        came_from=_came_from(answer, zone),
        ruled=answer.ruled,
    )


def _came_from(answer: AnswerRow, zone: str) -> str:
    """Where the answer came from that nobody had to type."""
    if answer.source.startswith(PROFILE):
        if answer.source_changed:
            return _("From the profile, changed by the applicant")
        return _("From the profile")
    if answer.source.startswith(EARLIER):
        if answer.source_changed:
            return _("From an earlier application, changed by the applicant")
        return _("From an earlier application")
    if answer.source.startswith(REGISTER) and answer.source_at is not None:
        said = {"register": answer.register, "day": long_date(answer.source_at, zone)}
        if answer.source_changed:
            return _("From %(register)s, %(day)s, changed by the applicant") % said
        return _("From %(register)s, %(day)s") % said
    return ""


def _html(row: ReviewRow) -> SafeString:
    """A file is a link that opens beside the case."""
    if not row.documents:
        return row.value_html
    links = ((reverse("clerk:document", args=[key]), row.value_text) for key in row.documents)
    return format_html("<bdi>{}</bdi>", format_html_join(", ", '<a href="{}" target="_blank">{}</a>', links))
