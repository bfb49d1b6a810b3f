"""What the version of a moved case does not ask any more, and what was recorded at steps that are gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from engine.audit.selectors import history
from forms_library.review import ReviewRow, review
from workflows.clock import calendar_of
from workflows.models import Submission
from workflows.selectors.past_versions import MOVES, PastVersions
from workflows.selectors.versions import Version, version_of


def version_with_step(case: Any, key: str) -> Version | None:
    """The last version of a case that had this step; None where none had."""
    current = version_of(case.version_id)
    if current.node(key) is not None:
        return current
    return next((version for version in _past(case) if version.node(key) is not None), None)


def left_in_record(
    case: Any,
    sent: Submission | None,
    language: str,
    today: date,
    *,
    hide: Collection[str] = (),
    reveal: Collection[str] = (),
) -> list[ReviewRow]:
    """What was sent and is not asked any more, as the version of then shows it."""
    asked = version_of(case.version_id).start_form.fields
    left = {key for key in (sent.answers if sent else ()) if key not in asked}
    if sent is None or not left:
        return []
    rows = []
    for version in _past(case):
        sections = review(
            version.start_form,
            sent.answers,
            language,
            today,
            hide=hide,
            reveal=reveal,
            calendar=calendar_of(case.department_id),
        )
        rows += [row for section in sections for row in section.rows if row.field_key in left]
        left -= {row.field_key for row in rows}
    return rows


def _past(case: Any) -> list[Version]:
    """The versions that the case belonged to before, the last first."""
    past = PastVersions(case, history(case.chain).filter(verb__in=MOVES))
    found = {past.at(at).id: past.at(at) for at, _number in reversed(past.moves)}
    return [version for key, version in found.items() if key != case.version_id]
