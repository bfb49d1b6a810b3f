"""Merging what was sent twice: found, put side by side, one of both ends and can be taken out again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.documents.models import Certificate
from engine.messages.models import Letter
from workflows import services
from workflows.course_refusals import CourseRefused
from workflows.models import Case, CaseLikeness, CaseMerge, CaseState, Payment, Service, WorkItem
from workflows.selectors.cases import case_view
from workflows.selectors.likeness import alike_cases
from workflows.selectors.merges import compared_answers, kept_case, merges_of
from workflows.services.likeness import note_missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(
    apply: Callable[..., Case],
    licence_case: Case,
    licence: Service,
    licence_answers: dict[str, Any],
    other_citizen: User,
) -> Case:
    """The same application, sent by somebody else and written a little differently."""
    own = {"applicant_name": "Leyla Haddad", "business_name": "Green Basket Limited", "people_working": 4}
    without = {key: answer for key, answer in licence_answers.items() if key != "plan"}
    return apply(other_citizen, licence, {**without, **own, "plan": licence_answers["plan"]})


def merge(ends: Case, kept: Case, by: User) -> Case:
    """Merge one case into another."""
    return services.merge_case(reference=ends.reference, into=kept.reference, by=by)


def test_what_may_be_the_same_is_found_and_put_side_by_side(
    licence_case: Case, twice: Case, clerk: User, auditor: User, foreign_clerk: User
) -> None:
    (found,) = alike_cases(clerk, licence_case, "en")
    assert found.reference == twice.reference
    assert len(found.same) == 1  # the number
    assert len(found.near) == 1  # the name
    assert [each.reference for each in alike_cases(clerk, twice, "en")] == [licence_case.reference]
    for stranger in (auditor, foreign_clerk):
        assert alike_cases(stranger, licence_case, "en") == []

    rows = {row.label: row for row in compared_answers(clerk, licence_case, twice, "en")}
    assert rows["Name of the business"].before == "Green Basket Ltd"
    assert rows["Name of the business"].after == "Green Basket Limited"
    differing = {label for label, row in rows.items() if row.differs}
    assert len(differing) == 3
    hidden = [row for row in compared_answers(auditor, licence_case, twice, "en") if "Le" in row.before]
    assert not any("Leila" in row.before for row in hidden)

    CaseLikeness.objects.all().delete()
    assert alike_cases(clerk, licence_case, "en") == []
    assert note_missing() == 2
    assert len(alike_cases(clerk, licence_case, "en")) == 1


def test_one_ends_its_applicant_is_told_and_it_stays_readable_from_the_other(
    licence_case: Case, twice: Case, supervisor: User, clerk: User, other_citizen: User
) -> None:
    services.add_note(
        reference=twice.reference,
        text="Came by post too",
        key="11111111-1111-1111-1111-111111111111",
        by=clerk,
    )
    with pytest.raises(AccessRefused):
        merge(twice, licence_case, clerk)
    merge(twice, licence_case, supervisor)
    ended = Case.objects.get(pk=twice.pk)
    assert (ended.state, ended.outcome) == (CaseState.MERGED, "merged")
    assert not WorkItem.objects.filter(process=ended, finished=None).exists()
    letter = Letter.objects.get(kind="case.merged")
    assert (letter.recipient, licence_case.reference in letter.text) == (other_citizen, True)
    assert "Leila" not in letter.text
    verbs = {
        case.pk: AuditEntry.objects.filter(chain=case.chain).order_by("-position")[0].verb
        for case in (ended, licence_case)
    }
    assert verbs == {ended.pk: "case.merged", licence_case.pk: "case.took_in"}
    seen = case_view(clerk, licence_case.reference).merges
    assert seen is not None
    assert [(each.reference, [note.text for note in each.notes]) for each in seen.taken_in] == [
        (twice.reference, ["Came by post too"])
    ]
    assert len(seen.taken_in[0].documents) == 1
    back = merges_of(clerk, ended, "en")
    assert back is not None
    assert back.into == licence_case.reference
    assert kept_case(ended) is None  # it is somebody else's

    assert alike_cases(clerk, licence_case, "en") == []
    services.reopen_case(reference=twice.reference, node_key="check", reason="Not the same", by=supervisor)
    assert merges_of(clerk, licence_case, "en") is None
    assert CaseMerge.objects.get().undone_at is not None
    merge(twice, licence_case, supervisor)
    services.cancel_case(reference=licence_case.reference, reason="x", by=supervisor)
    with pytest.raises(CourseRefused, match="has ended"):
        services.reopen_case(reference=twice.reference, node_key="check", reason="x", by=supervisor)


def test_what_is_not_the_same_or_has_an_effect_outside_is_not_merged(
    licence_case: Case, twice: Case, extract_case: Case, supervisor: User, foreign_clerk: User
) -> None:
    def refused(ends: Case, kept: Case) -> str:
        with pytest.raises(CourseRefused) as why:
            merge(ends, kept, supervisor)
        return why.value.code

    with pytest.raises(AccessRefused):
        merge(extract_case, licence_case, supervisor)
    with pytest.raises(AccessRefused):
        merge(twice, licence_case, foreign_clerk)
    assert refused(twice, twice) == "other_service"
    paid = Payment.objects.create(
        case=twice,
        work_item=WorkItem.objects.filter(process=twice).first(),
        department=twice.department,
        amount="5.00",
        currency="EUR",
        state="paid",
        begun_at=now(),
    )
    assert refused(twice, licence_case) == "paid"
    paid.delete()
    issued = Certificate.objects.create(
        department=twice.department,
        kind="licence",
        number="TL-1",
        code="AAAA-AAAA",
        idempotency_key="x",
        case_reference=licence_case.reference,
        holder_masked="L",
        state=Certificate.State.PREPARING,
        title={"en": "Licence"},
        issued_at=now(),
        valid_from=now().date(),
    )
    assert refused(twice, licence_case) == "issued"
    issued.delete()
    services.cancel_case(reference=twice.reference, reason="x", by=supervisor)
    assert (refused(twice, licence_case), refused(licence_case, twice)) == ("ended", "kept_ended")
    assert not CaseMerge.objects.exists()
