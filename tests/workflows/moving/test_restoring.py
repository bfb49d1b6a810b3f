"""Bringing cases back: for a time, and never with an answer that lies open where it was sealed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from engine.core.sealing import is_sealed
from tests.workflows.moving.moves import brought_back, moved, planned, row_of, said
from workflows.models import Case, CaseMove, VersionMove
from workflows.moving.restoring import KEPT_FOR, forget_old
from workflows.services.resealing import sealed_by_key

pytestmark = pytest.mark.django_db
SECRET = "Leila Haddad"


def owner_of(package: Any) -> dict[str, Any]:
    """The question of the application that asks for the owner."""
    found: dict[str, Any] = package["forms"]["application"]["pages"][0]["fields"][2]
    return found


def kept(move: VersionMove, case: Case) -> str:
    return json.dumps(row_of(move, case).before)


def test_what_is_sensitive_in_the_new_version_is_sealed_and_comes_back(
    simple_package, pair, begin, administrator
):
    old, new = pair(simple_package, lambda package: owner_of(package).update(data_class="sensitive"))
    case = begin(old)
    move = moved(planned(old, new, administrator), administrator)
    case = Case.objects.get(pk=case.pk)
    assert is_sealed(case.data["answers"]["owner"])
    assert case.answers["owner"] == SECRET
    assert case.submissions.get().answers["owner"] == SECRET
    brought_back(move, administrator)
    assert Case.objects.get(pk=case.pk).answers["owner"] == SECRET


def test_what_was_sealed_stays_sealed_also_in_what_is_kept_to_bring_it_back(
    simple_package, pair, begin, administrator
):
    owner_of(simple_package)["data_class"] = "sensitive"

    def change(package: Any) -> None:
        package["forms"]["application"]["pages"][0]["fields"].reverse()

    old, new = pair(simple_package, change)
    case = begin(old)
    move = moved(planned(old, new, administrator), administrator)
    assert SECRET not in kept(move, case)
    tables = [name for counts in sealed_by_key().values() for name in counts]
    assert CaseMove._meta.db_table in tables  # so a change of the key reaches it
    brought_back(move, administrator)
    assert Case.objects.get(pk=case.pk).answers["owner"] == SECRET


def test_after_a_month_what_was_kept_is_forgotten_and_the_case_stays(
    simple_package, pair, begin, administrator
):
    old, new = pair(simple_package, lambda package: owner_of(package).update(label="Your name"))
    case = begin(old)
    move = moved(planned(old, new, administrator), administrator)
    assert (forget_old(), kept(move, case) != "{}") == (0, True)
    long_ago = now() - KEPT_FOR - timedelta(hours=1)
    VersionMove.objects.update(at=long_ago)
    CaseMove.objects.update(at=long_ago)
    assert (forget_old(), kept(move, case)) == (1, "{}")
    brought_back(move, administrator)
    assert said(move, case) == ("safe", "kept", ["too_late"])
