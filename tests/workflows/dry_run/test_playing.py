"""A whole case is played, and nothing of it stays."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.core.problems import Problems
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from tests.workflows.dry_run.walks import apply_with, decide, walk
from workflows.definition import ServicePackage
from workflows.dry_run import Report, Script, coverage_of, play, read_script
from workflows.dry_run.playing import sample_certificate
from workflows.models import Case, Service

APPLY = apply_with(trade="Bread", amount="90", owner="Leila Haddad")
DEAR = apply_with(trade="Bread", amount="9000", owner="Leila Haddad")


@pytest.fixture
def played(package: dict[str, Any], licensing: Department, designer: User) -> Callable[..., Report]:
    """Play a walk through the small service."""

    def run(*acts: dict[str, Any]) -> Report:
        return play(ServicePackage.model_validate(package), walk(*acts), department=licensing, by=designer)

    return run


def test_a_walk_says_what_happened_and_what_is_open(played: Callable[..., Report]) -> None:
    report = played(APPLY)
    assert report.stopped is None
    assert [moment.step for moment in report.moments] == ["applied", "tell", "check"]
    (work,) = report.open
    assert (work.step, work.role, [choice.key for choice in work.choices]) == (
        "check",
        "clerk",
        ["accept", "refuse", "return"],
    )
    assert report.reference.startswith("STL-")
    (letter,) = report.letters
    assert letter.to == "applicant"
    assert letter.subject == f"We have {report.reference}"


def test_time_brings_the_case_on_and_the_certificate_is_a_sample(
    played: Callable[..., Report], package: dict[str, Any], licensing: Department, designer: User
) -> None:
    acts = (APPLY, decide("check", "accept"), {"do": "wait"})
    report = played(*acts)
    assert report.stopped is None
    assert (report.state, report.ended) == ("approved", True)
    assert report.certificates == ("Licence",)
    pdf = sample_certificate(
        ServicePackage.model_validate(package), walk(*acts), 0, department=licensing, by=designer
    )
    assert pdf is not None and pdf.startswith(b"%PDF")


def test_deadlines_fire_on_the_way_at_their_own_moment(played: Callable[..., Report]) -> None:
    report = played(APPLY, {"do": "wait", "span": {"days": 30}})
    steps = [moment.step for moment in report.moments]
    assert steps[-3:] == ["late", "remind", "reminded"]
    reminded = next(moment for moment in report.moments if moment.step == "remind")
    assert (report.now - reminded.began_at).days > 10


def test_an_approval_needs_another_person_and_the_cast_has_one(played: Callable[..., Report]) -> None:
    report = played(DEAR, decide("check", "accept"), decide("approve", "approve"))
    assert report.stopped is None
    assert report.state == "approved"


def test_a_correction_goes_to_the_applicant_and_back(played: Callable[..., Report]) -> None:
    back = decide("check", "return", reason="Which trade?", fields=["trade"])
    waiting = played(APPLY, back)
    assert [(work.kind, work.asked) for work in waiting.open] == [
        ("applicant", {"fields": ["trade"], "note": "Which trade?"})
    ]
    report = played(APPLY, back, {"do": "correct", "answers": {"trade": "Cakes"}})
    assert [work.step for work in report.open] == ["check"]


def test_an_act_that_cannot_be_done_ends_the_walk_and_says_why(played: Callable[..., Report]) -> None:
    report = played(APPLY, decide("approve", "approve"), decide("check", "accept"))
    assert report.stopped is not None
    assert (report.stopped.number, report.stopped.code) == (2, "not_open")
    assert [work.step for work in report.open] == ["check"]
    refused = played(APPLY, decide("check", "refuse"))
    assert refused.stopped is not None
    assert refused.stopped.code == "ReasonMissing"


def test_answers_that_the_form_refuses_are_refused_here_too(played: Callable[..., Report]) -> None:
    report = played(apply_with(trade="Bread"))
    assert report.stopped is not None
    assert (report.stopped.code, report.stopped.pages) == ("answers", ("stall",))


def test_answers_are_made_up_where_none_are_given(played: Callable[..., Report]) -> None:
    assert played({"do": "apply"}).stopped is None


def test_the_clock_begins_where_the_walk_says(
    package: dict[str, Any], licensing: Department, designer: User
) -> None:
    script = Script.model_validate({"begins_at": "2027-03-01T09:00:00+00:00", "acts": [APPLY]})
    report = play(ServicePackage.model_validate(package), script, department=licensing, by=designer)
    assert report.now.date() == datetime(2027, 3, 1, tzinfo=UTC).date()
    assert report.reference.startswith("STL-2027-")


def test_who_does_not_design_here_is_refused(
    package: dict[str, Any], licensing: Department, foreign_clerk: User, clerk: User
) -> None:
    for stranger in (foreign_clerk, clerk):
        with pytest.raises(AccessRefused):
            play(ServicePackage.model_validate(package), walk(APPLY), department=licensing, by=stranger)


def test_the_ways_that_walks_have_gone_are_counted(
    played: Callable[..., Report], package: dict[str, Any]
) -> None:
    document = ServicePackage.model_validate(package)
    one = coverage_of(document, [played(APPLY)])
    more = coverage_of(document, [played(APPLY), played(DEAR, decide("check", "accept"))])
    assert ("applied", "tell") in one.gone
    assert one.share < more.share < 1
    assert ("big", "approve") in one.missing and ("big", "approve") in more.gone


def test_a_walk_that_is_written_wrongly_is_refused_with_every_problem() -> None:
    problems = Problems()
    assert read_script({"acts": [{"do": "fly"}, {"do": "decide"}]}, problems) is None
    assert len(problems) >= 2


@pytest.mark.django_db
def test_nothing_of_a_walk_is_kept(played: Callable[..., Report]) -> None:
    played(APPLY, decide("check", "accept"))
    assert not Case.objects.exists()
    assert not Service.objects.exists()
    assert not Department.objects.filter(key__startswith="try-").exists()
    assert not User.objects.filter(email__endswith=".invalid").exists()
