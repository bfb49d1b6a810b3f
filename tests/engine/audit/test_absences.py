"""Absences are announced by the person or an administrator, and both names stand in the record."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from engine.audit.absences import announce_absence, end_absence
from engine.audit.models import AuditEntry
from engine.audit.people import NotAMember
from engine.departments.absences import stands_in_for
from engine.departments.access import AccessRefused
from engine.departments.models import Absence, Department, User

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def announce(department: Department, person: User, deputy: User, by: User, begin: int = 0) -> Absence:
    """Away for three days."""
    starts_at = timezone.now() + begin * DAY
    return announce_absence(
        person=person,
        deputy=deputy,
        department=department,
        starts_at=starts_at,
        ends_at=starts_at + 3 * DAY,
        by=by,
    )


def test_the_record_names_who_is_away_and_who_stands_in(
    licensing: Department, clerk: User, second_clerk: User, administrator: User
) -> None:
    absence = announce(licensing, clerk, second_clerk, by=clerk)
    end_absence(absence, by=administrator)
    end_absence(absence, by=administrator)
    assert not stands_in_for(second_clerk, clerk.pk, licensing.pk)
    later = announce(licensing, clerk, second_clerk, by=administrator, begin=5)
    end_absence(later, by=clerk)
    entries = AuditEntry.objects.filter(subject=f"user:{clerk.pk}").order_by("position")
    said = [(entry.verb, entry.actor, json.loads(entry.details)["deputy"]) for entry in entries]
    assert said == [
        ("absence.announced", clerk, second_clerk.pk),
        ("absence.ended", administrator, second_clerk.pk),
        ("absence.announced", administrator, second_clerk.pk),
        ("absence.withdrawn", clerk, second_clerk.pk),
    ]
    assert Absence.objects.count() == 1


def test_nobody_else_says_that_somebody_is_away(
    licensing: Department, clerk: User, second_clerk: User, supervisor: User, foreign_clerk: User
) -> None:
    strangers = (second_clerk, supervisor, foreign_clerk)
    for stranger in strangers:
        with pytest.raises(AccessRefused):
            announce(licensing, clerk, second_clerk, by=stranger)
    absence = announce(licensing, clerk, second_clerk, by=clerk)
    for stranger in strangers:
        with pytest.raises(AccessRefused):
            end_absence(absence, by=stranger)


def test_a_deputy_belongs_to_the_department(
    licensing: Department, clerk: User, foreign_clerk: User, citizen: User
) -> None:
    for stranger in (foreign_clerk, citizen):
        with pytest.raises(NotAMember):
            announce(licensing, clerk, stranger, by=clerk)
        with pytest.raises(NotAMember):
            announce(licensing, stranger, clerk, by=stranger)
    assert not Absence.objects.exists()
