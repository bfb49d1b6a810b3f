"""The people of the demonstration at their work: each act goes through the verbs, as a screen would do it."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from engine.departments.models import Department, User
from engine.documents.models import Certificate
from forms_library.answers import PageResult
from workflows import services
from workflows.demonstration import answers, events, files, grants
from workflows.demonstration.files import Person
from workflows.demonstration.scenarios import Act
from workflows.models import Case, Draft, Service, WorkItem, WorkKind


@dataclass
class World:
    """Who and what there is."""

    departments: dict[str, Department]
    people: dict[str, User]
    services: dict[str, Service]
    last_morning: date | None = None
    keys: dict[str, str] = field(default_factory=dict)  # of letters to people outside, by reference

    def staff(self, department_id: int, role: str) -> list[User]:
        """The people of a department who have this role."""
        keys = {department.pk: key for key, department in self.departments.items()}
        found = [
            person
            for person in files.staff()
            if person.department == keys[department_id] and role in person.roles
        ]
        return [self.people[person.email] for person in found]

    def apply(self, service: Service, chance: random.Random, at: datetime) -> Case:
        """Somebody fills in the form page by page and sends it."""
        draft = self.begin(service, chance, at)
        return services.submit(draft, by=draft.owner, revision=draft.revision)

    def begin(self, service: Service, chance: random.Random, at: datetime, pages: int = 99) -> Draft:
        """Somebody fills in some pages."""
        user, found = self._applicant(service, chance, at.date())
        draft = services.start_draft(user, service, user.language)
        form = answers_by_page(service, found)
        for key, page in list(form.items())[:pages]:
            draft = services.save_page(draft, key, PageResult(page, {}, []), revision=draft.revision, by=user)
        return draft

    def _applicant(self, service: Service, chance: random.Random, day: date) -> tuple[User, dict[str, Any]]:
        department = self._department(service.department_id)
        if service.audience == "staff":
            user = chance.choice(self.staff(service.department_id, "clerk"))
            return user, answers.purchase_answers(user, department, chance)
        person: Person = chance.choice(files.citizens())
        user = self.people[person.email]
        if service.key == "trade-licence":
            return user, answers.licence_answers(person, user, department, day, chance)
        if service.key == "neighbourhood-grant":
            return user, grants.grant_answers(person, user, department, chance)
        if service.key == "street-event":
            return user, events.event_answers(person, user, department, day, chance)
        return user, answers.extract_answers(person, chance)

    def _department(self, department_id: int) -> Department:
        return next(found for found in self.departments.values() if found.pk == department_id)

    def act(self, case: Case, act: Act, chance: random.Random) -> None:
        """Do one act; a step that this case did not come to is passed over."""
        match act.verb:
            case "correct":
                self._correct(case, chance)
            case "withdraw":
                services.withdraw(reference=case.reference, by=case.applicant)
            case "revoke":
                self._revoke(case, act)
            case "advise":
                self._advise(case, act)
            case "pay":
                if waits_at(case, act.node) is not None:
                    grants.pay(case)
            case _:
                self._work(case, act, chance)

    def _work(self, case: Case, act: Act, chance: random.Random) -> None:
        item = waits_at(case, act.node)
        if item is None:
            return
        case.refresh_from_db(fields=["data"])
        done_by = {key for keys in case.data.get("done_by", {}).values() for key in keys}
        able = self.staff(case.department_id, item.role)
        free = [user for user in able if user.pk not in done_by and user.pk != case.applicant_id]
        user = chance.choice(free or able)
        if item.owner_id is None:
            services.claim(item_id=item.pk, by=user)
        if act.verb == "decide":
            services.decide(item_id=item.pk, by=user, outcome=act.outcome, **_details(act))
        self.keys[case.reference] = grants.key_in_letter(case) or self.keys.get(case.reference, "")

    def _advise(self, case: Case, act: Act) -> None:
        """Who was asked by letter answers by its link."""
        key = self.keys.pop(case.reference, "")
        if key and waits_at(case, act.node) is not None:
            services.give_opinion(key=key, recommendation=act.outcome, **act.more)

    def _correct(self, case: Case, chance: random.Random) -> None:
        draft = services.start_correction(case.reference, by=case.applicant)
        field = "premises" if "premises" in draft.answers else "residence"
        better = {**draft.answers[field], "line_1": f"{chance.randint(1, 80)} {answers.STREETS[0]}"}
        page = "premises" if field == "premises" else "residence"
        draft = services.save_page(
            draft, page, PageResult({field: better}, {}, []), revision=draft.revision, by=case.applicant
        )
        services.answer_correction(draft, by=case.applicant, revision=draft.revision)

    def _revoke(self, case: Case, act: Act) -> None:
        certificate = Certificate.objects.filter(case_reference=case.reference, state="valid").first()
        if certificate is not None:
            supervisor = self.staff(case.department_id, "supervisor")[0]
            services.revoke_certificate(
                reference=case.reference, number=certificate.number, by=supervisor, **act.more
            )


def waits_at(case: Case, node: str) -> Any:
    """The work item at which the case waits for people at a step; of several votes the first."""
    waiting = WorkItem.objects.filter(process=case, node_key=node, finished=None)
    return waiting.exclude(kind=WorkKind.SYSTEM).order_by("pk").first()


def answers_by_page(service: Service, found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers as they come in, page by page."""
    from_package = service.current.package if service.current else {}
    form = from_package["forms"]["application"]
    return {
        page["key"]: {field["key"]: found[field["key"]] for field in page["fields"] if field["key"] in found}
        for page in form["pages"]
    }


def _details(act: Act) -> dict[str, Any]:
    """What the act says; the day of a visit is the day on which it is recorded."""
    if act.node == "inspect":
        visit = {**act.more["answers"], "visited_on": timezone.now().date().isoformat()}
        return {**act.more, "answers": visit}
    return act.more
