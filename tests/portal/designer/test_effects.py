"""A second version while drafts and cases are open: what is said before it is published is what happens."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import asdict
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from engine.departments.access import AccessRefused, grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from forms_library.answers import PageResult
from portal.designer.designs import open_design, publish_design, save_design
from portal.designer.effects import to_be_published
from portal.designer.foreseeing import foresee_import
from tests.conftest import Person
from tests.portal.designer.second_version import CASES, DRAFTS, FIRST, Package, second
from tests.workflows.moving.moves import looked_at, moved, planned, said
from workflows.models import Case, Draft, Service, WorkItem
from workflows.moving.answers import WHY
from workflows.moving.batch import go_on
from workflows.services import claim, decide, foreseeing, rebase_draft, rebased, save_page, start_draft
from workflows.services import moving_versions as moving
from workflows.services import publish as publish_package
from workflows.services.drafts import SAVED_AT
from workflows.services.foreseeing import Outlook, foreseen_cases, foreseen_drafts
from workflows.services.packages import import_package
from workflows.starting import start_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(person: Person, licensing: Department) -> User:
    """Who designs, publishes, moves cases and does the work of a clerk."""
    user = person("Hana Head", Role.ADMINISTRATOR, licensing)
    for role in (Role.DESIGNER, Role.PUBLISHER, Role.CLERK):
        grant_role(user, role, licensing)
    return user


@pytest.fixture
def service(head: User, licensing: Department) -> Service:
    """The first version, published."""
    report = import_package(source=yaml.safe_load(FIRST), department=licensing, by=head)
    publish_package(service=report.service, by=head)
    return Service.objects.get(pk=report.service.pk)


def done(case: Case, by: User, outcome: str) -> None:
    """The open step of a case is done."""
    item = WorkItem.objects.get(process=case, finished=None)
    claim(item_id=item.pk, by=by)
    asked = {"return_fields": ["phone"], "note": "Is this right?"} if outcome == "return" else {}
    decide(item_id=item.pk, by=by, outcome=outcome, **asked)


@pytest.fixture
def cases(service: Service, head: User, citizen: User) -> dict[str, Case]:
    """Cases at several steps."""
    found = {}
    for number, (name, (answers, outcomes, _kind, _reasons)) in enumerate(CASES.items()):
        assert service.current is not None
        case = start_case(
            service.current,
            applicant=citizen,
            reference=f"STA-2026-{number:06d}",
            language="en",
            answers={"owner": "Leila", **answers},
        )
        for outcome in outcomes:
            done(case, head, outcome)
        found[name] = case
    return found


@pytest.fixture
def drafts(service: Service, person: Person) -> dict[str, Draft]:
    """Drafts at several pages."""
    found = {}
    for name, (pages, _reasons) in DRAFTS.items():
        draft = start_draft(person(f"Owner of {name}"), service, "en")
        for page, answers in pages.items():
            draft = save_page(draft, page, PageResult(answers, {}, []), revision=draft.revision)
        found[name] = draft
    return found


@pytest.fixture
def designed(service: Service, head: User) -> Service:
    """The second version, made in the editor and not published."""
    design = open_design(service=service, by=head)
    saved = save_design(
        service=service, by=head, base=str(design.latest_revision_id), document=second(design.document)
    )
    assert [one.sentence for one in saved.checked.problems if one.severity == "mend"] == []
    return Service.objects.select_related("current").get(pk=service.pk)


def publish(service: Service, by: User) -> Service:
    publish_design(service=service, by=by, note="")
    return Service.objects.select_related("current").get(pk=service.pk)


def fresh(draft: Draft) -> Draft:
    return Draft.objects.select_related("service_version__service", "owner", "department").get(pk=draft.pk)


def shown(client: Client) -> tuple[int, Any]:
    """What the editor is told about the effect."""
    answer = client.get(reverse("designer:design-effects", args=("licensing", "stall")))
    return answer.status_code, answer.json()


def test_what_becomes_of_cases_and_drafts_is_shown_before_anybody_publishes(
    cases: Any,
    drafts: Any,
    designed: Service,
    head: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(head)
    shown(client)
    with django_assert_max_num_queries(22):
        status, found = shown(client)
    assert (status, found["known"]) == (200, True)
    ((line,), (draft_line,)) = found["cases"], found["drafts"]
    assert line["sentences"] == [
        "6 open cases of version 1.",
        "Can be moved as it is: 1. Needs an answer first: 4. Cannot be moved: 1.",
    ]
    assert {one["sentence"]: one["count"] for one in line["reasons"]} == {
        "“Phone” was answered, and version 2 does not ask it.": 2,
        "“What you sell” would be asked again: version 2 does not take the answer.": 1,
        "“Hygiene card” must be answered in version 2.": 1,
        "It waits at “Inspect”, which version 2 does not have. A plan says where it goes on.": 1,
        "The applicant is asked about “Phone”, which version 2 does not ask.": 1,
    }
    assert draft_line["sentences"] == [
        "6 drafts of version 1.",
        "Goes on with every answer: 3. Is shown what changed, and asked: 3.",
    ]
    assert draft_line["reasons"][0]["sentence"] == "“Phone” was answered, and version 2 does not ask it."
    assert Case.objects.filter(version__number=1).count() == len(CASES)  # nothing was changed

    report = foresee_import(
        source=designed.working or {}, department=designed.department, by=head, language="en"
    )
    assert [asdict(each) for each in report.lines] == [line, draft_line]
    monkeypatch.setattr(foreseeing, "MOST", 2)
    for (partly,) in (shown(client)[1][name] for name in ("cases", "drafts")):
        assert partly["sentences"][1] == "The newest 2 were looked at."


def test_every_draft_and_case_ends_as_it_was_said(
    cases: dict[str, Case], drafts: dict[str, Draft], designed: Service, head: User
) -> None:
    package = to_be_published(designed, designed.working or {})
    assert package is not None
    (of_cases,) = foreseen_cases(designed, package, by=head)
    (of_drafts,) = foreseen_drafts(designed, package, by=head, language="en")
    live = publish(designed, head)
    old, new = live.versions.order_by("number")
    asked = [came_back(name, drafts[name]) for name in DRAFTS]
    assert of_drafts.kinds == Counter("needs" if codes else "safe" for codes in asked)
    assert codes_of(of_drafts) == sum(map(Counter, asked), Counter())

    seen = looked_at(planned(old, new, head), head)
    rows = {name: said(seen, case) for name, case in cases.items()}
    told = {name: (kind, fate, set(codes)) for name, (kind, fate, codes) in rows.items()}
    assert told == {name: (kind, "seen", codes) for name, (_a, _o, kind, codes) in CASES.items()}
    assert of_cases.kinds == Counter(kind for kind, _fate, _codes in told.values())
    assert codes_of(of_cases) == sum((Counter(codes) for _kind, _fate, codes in told.values()), Counter())
    moving.move_cases(move_id=seen.pk, by=head)
    assert go_on(seen.pk)
    assert {name for name, case in cases.items() if number_of(case) == 2} == {"paper at the check"}

    answers = {"steps": {"inspect": "sign"}, "leaves_removed": True, "asks_applicant": True}
    moved(planned(old, new, head, **answers), head)
    assert {name for name, case in cases.items() if number_of(case) == 1} == {"asked for the phone"}
    assert {name: stands_at(case) for name, case in cases.items()} == {
        "paper at the check": "check",
        "food at the check": "correct",  # for the hygiene card
        "paper at the inspection": "sign",
        "a phone at the signature": "sign",
        "goods at the signature": "correct",  # for what is sold
        "asked for the phone": "correct",
    }
    for name, case in cases.items():
        nothing_is_lost(case, CASES[name][0])
    for outcome in ("accept", "sign", "filed"):
        done(cases["paper at the check"], head, outcome)
    for outcome in ("sign", "filed"):
        done(cases["paper at the inspection"], head, outcome)
    finished = Case.objects.exclude(finished=None)
    assert set(finished) == {cases["paper at the check"], cases["paper at the inspection"]}


def came_back(name: str, draft: Draft) -> set[str]:
    """Its person comes back: what they are asked, with every answer kept or shown to them."""
    given = {key: answer for page in DRAFTS[name][0].values() for key, answer in page.items() if answer}
    found = rebased(fresh(draft), "en")
    assert found.is_safe == (not DRAFTS[name][1])
    after = rebase_draft(fresh(draft), by=fresh(draft).owner, revision=fresh(draft).revision, language="en")
    kept = {key: answer for key, answer in after.answers.items() if answer}
    left = {each.key: each for each in found.left}
    assert kept == {key: answer for key, answer in given.items() if key not in left}
    assert given.keys() == kept.keys() | left.keys()
    assert set(after.raw[SAVED_AT]) == found.done
    return {WHY[each.why] for each in found.left} | ({"asked"} if found.missing else set())


def nothing_is_lost(case: Case, given: Package) -> None:
    """What was sent stays as it was sent; what goes on means the same."""
    now_case = Case.objects.get(pk=case.pk)
    sent = {"owner": "Leila", **given}
    assert now_case.submissions.get().answers == sent
    if number_of(case) == 1:
        assert now_case.answers == sent
    else:
        again = {"phone", *(["trade"] if sent["trade"] == "goods" else [])}
        assert {key: answer for key, answer in now_case.answers.items() if answer} == {
            key: answer for key, answer in sent.items() if key not in again
        }


def codes_of(outlook: Outlook) -> Counter[str]:
    """How many are told each reason."""
    found: Counter[str] = Counter()
    for words, number in outlook.told():
        found[words["code"]] += number
    return found


def number_of(case: Case) -> int:
    return Case.objects.values_list("version__number", flat=True).get(pk=case.pk)


def stands_at(case: Case) -> str:
    return str(WorkItem.objects.get(process=case, finished=None).node_key)


def test_a_draft_with_something_to_mend_foretells_nothing(
    cases: Any, service: Service, head: User, client: Client
) -> None:
    design = open_design(service=service, by=head)
    document = copy.deepcopy(design.document)
    document["workflow"]["nodes"].pop()
    save_design(service=service, by=head, base=str(design.latest_revision_id), document=document)
    client.force_login(head)
    assert shown(client) == (200, {"known": False, "cases": [], "drafts": []})


def test_who_belongs_to_another_department_or_does_clerical_work_is_refused(
    designed: Service, person: Person, licensing: Department, works: Department, client: Client
) -> None:
    stranger = person("Stan Stranger", Role.ADMINISTRATOR, works)
    clerk = person("Karl Clerk", Role.CLERK, licensing)
    package = to_be_published(designed, designed.working or {})
    assert package is not None
    for user in (stranger, clerk):
        client.force_login(user)
        assert shown(client)[0] in (403, 404)
        with pytest.raises(AccessRefused):
            foreseen_cases(designed, package, by=user)
        with pytest.raises(AccessRefused):
            foreseen_drafts(designed, package, by=user, language="en")
