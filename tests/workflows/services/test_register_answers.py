"""What a register knows is offered once it can be asked, changes with its key, and keeps its source."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.departments.models import Department, User
from engine.lookups.client import Found, LookupAway
from forms_library.answers import PageResult
from workflows.models import Case, Draft, Service
from workflows.selectors.answers import answers_of
from workflows.selectors.versions import version_of
from workflows.services import (
    ask_registers,
    import_package,
    publish,
    register_answers,
    save_page,
    start_draft,
    submit,
)
from workflows.services.prefilling import locked, offered

pytestmark = pytest.mark.django_db
ADDRESS = "https://register.example.org/{key}"
ASK = {"address": ADDRESS, "key": "answers.number", "name": {"en": "Companies register"}}
REGISTER: dict[str, Any] = {
    "1": {"name": "Olive Ltd", "town": {"name": "Harbour"}, "people": 3, "share": 12.5, "open": True},
    "2": {"name": "Palm Ltd", "town": {"name": "Hill"}, "people": 8},
    "leila.haddad@example.org": {"name": "Leila H."},
}


def known(key: str, kind: str, place: str, **more: Any) -> dict[str, Any]:
    """A question that the register answers."""
    prefill = {"from": f"register.{place}", "ask": more.pop("ask", ASK), "changeable": more.pop("free", True)}
    return {"key": key, "type": kind, "label": key, "prefill": prefill, "required": False, **more}


PAGES = [
    {"key": "first", "title": "First", "fields": [
        {"key": "number", "type": "short_text", "label": "Number", "required": False},
        {"key": "children", "type": "integer", "label": "Children", "required": False},
    ]},
    {"key": "second", "title": "Second", "fields": [
        known("company", "short_text", "name", free=False),
        known("town", "short_text", "town.name"),
        known("people", "integer", "people"),
        known("share", "decimal", "share", options={"places": 1}),
        known("open", "yes_no", "open"),
        known("wrong", "integer", "name"),
        known("person", "short_text", "name", ask={"address": ADDRESS, "key": "profile.email"}),
    ]},
]  # fmt: skip


class Asked(list[str]):
    """By what the register was asked; it may be away."""

    away = False

    def look_up(self, address: str, key: str) -> Found:
        self.append(key)
        if self.away:
            raise LookupAway("down")
        return Found(REGISTER.get(key))


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    asked = Asked()
    monkeypatch.setattr(register_answers, "look_up", asked.look_up)
    return asked


@pytest.fixture
def service(licensing: Department, founder: User, simple_package: dict[str, Any]) -> Service:
    simple_package["forms"]["application"]["pages"] = PAGES
    simple_package["summary_fields"] = []
    for node in simple_package["workflow"]["nodes"]:
        if node["key"] == "big":
            node["branches"] = [{"when": "answers.children > 5", "to": "approve"}]
    report = import_package(source=simple_package, department=licensing, by=founder)
    publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service


def form_of(draft: Draft) -> Any:
    return version_of(draft.service_version_id).start_form


@pytest.fixture
def answer(citizen: User) -> Callable[..., Draft]:
    """Saves a page and asks the registers, as the portal does."""

    def save(draft: Draft, page: str, **answers: Any) -> Draft:
        return ask_registers(save_page(draft, page, PageResult(answers, {}, []), by=citizen), by=citizen)

    return save


def test_nothing_is_asked_before_the_key_is_known_but_by_the_profile(
    service: Service, citizen: User, register: Asked
) -> None:
    draft = ask_registers(start_draft(citizen, service, "en"), by=citizen)
    assert register == [citizen.email]
    assert offered(draft, form_of(draft)) == {"person": "Leila H."}
    assert draft.answers == {}


def test_what_the_register_says_is_offered_as_the_questions_take_it(
    service: Service, citizen: User, register: Asked, answer: Callable[..., Draft]
) -> None:
    draft = answer(start_draft(citizen, service, "en"), "first", number="1")
    assert offered(draft, form_of(draft)) == {
        "company": "Olive Ltd", "town": "Harbour", "people": 3, "share": "12.5", "open": True,
        "person": "Leila H.",
    }  # fmt: skip
    assert locked(draft, form_of(draft)) == {"company": "Olive Ltd"}
    assert draft.answers == {"number": "1"}
    assert register == ["1", citizen.email]
    answer(draft, "first", number="1")
    assert register == ["1", citizen.email]  # known by now: not asked again
    assert (
        "1"
        not in str({key: entry for key, entry in draft.prefilled.items() if key == "company"}).split("'by'")[
            0
        ]
    )


def test_another_number_brings_other_answers_and_asks_again_for_those_that_were_not_changed(
    service: Service, citizen: User, register: Asked, answer: Callable[..., Draft]
) -> None:
    draft = answer(start_draft(citizen, service, "en"), "first", number="1")
    draft = answer(draft, "second", company=None, town="Harbour", people=5)
    assert draft.answers["company"] == "Olive Ltd"  # locked: in the place of what was sent
    draft = answer(draft, "first", number="2")
    assert "company" not in draft.answers
    assert "town" not in draft.answers
    assert draft.answers["people"] == 5  # typed by the person
    assert "second" not in draft.raw["_saved_at"]
    assert offered(draft, form_of(draft))["town"] == "Hill"
    draft = answer(draft, "first", number="")
    assert offered(draft, form_of(draft)) == {"person": "Leila H."}


def test_a_register_that_is_away_offers_nothing_locks_nothing_and_is_asked_again(
    service: Service, citizen: User, register: Asked, answer: Callable[..., Draft]
) -> None:
    register.away = True
    draft = answer(start_draft(citizen, service, "en"), "first", number="1")
    assert draft.prefilled == {}
    draft = answer(draft, "second", company="Mine")
    assert draft.answers["company"] == "Mine"
    register.away = False
    draft = answer(draft, "first", number="1")
    assert locked(draft, form_of(draft)) == {"company": "Olive Ltd"}


def test_a_number_that_the_register_does_not_know_locks_nothing(
    service: Service, citizen: User, register: Asked, answer: Callable[..., Draft]
) -> None:
    draft = answer(start_draft(citizen, service, "en"), "first", number="9")
    assert locked(draft, form_of(draft)) == {}
    count = len(register)
    answer(draft, "second", company="Mine")
    assert len(register) == count


def test_the_clerk_reads_which_register_said_it_and_whether_it_was_changed(
    service: Service, citizen: User, clerk: User, register: Asked, answer: Callable[..., Draft]
) -> None:
    draft = answer(start_draft(citizen, service, "en"), "first", number="1", children=1)
    draft = answer(draft, "second", company=None, town="Elsewhere", people=3)
    case = submit(draft, by=citizen)
    section = answers_of(clerk, Case.objects.get(pk=case.pk), "en").sections[1]
    rows = {row.row.field_key: row for row in section.rows}
    assert (rows["company"].register, rows["company"].source_changed) == ("Companies register", False)
    assert rows["company"].source_at is not None
    assert rows["town"].source_changed
    assert "by" not in case.data["prefilled"]["company"]


def test_somebody_else_cannot_have_it_asked(
    service: Service, citizen: User, other_citizen: User, register: Asked, answer: Callable[..., Draft]
) -> None:
    draft = save_page(
        start_draft(citizen, service, "en"), "first", PageResult({"number": "1"}, {}, []), by=citizen
    )
    with pytest.raises(Draft.DoesNotExist):
        ask_registers(draft, by=other_citizen)
