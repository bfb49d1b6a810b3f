"""A crowd at its work by chance, through the web as browsers are: it presses again when nobody answers."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from engine.departments.models import User
from forms_library.answers import PageResult
from forms_library.walking import random_walk
from tests.journeys.programs import PATIENCE_S
from workflows.clock import calendar_of
from workflows.demonstration.world import World
from workflows.models import Case, Draft, WorkItem, WorkKind
from workflows.roles import people_who_may_do
from workflows.selectors.actions import Choice, choices_of, returnable_fields
from workflows.selectors.versions import Version, version_of
from workflows.services import NotOpen, save_page, start_correction

TOKEN = "a" * 32
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AGAIN_S = 0.2
Fields = Mapping[str, str | Sequence[str]]


class Browser:
    """One person who has signed in; gives the status of each answer."""

    def __init__(self, port: int, user: User) -> None:
        client = Client()
        client.force_login(user, backend=BACKEND)
        session = client.cookies["sessionid"].value
        self.port, self.cookies = port, f"sessionid={session}; csrftoken={TOKEN}"

    def post(self, path: str, fields: Fields) -> int:
        """Press a button, and press it again for as long as nobody answers."""
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._once(path, body)
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < end, f"nobody answered at {path}"
                time.sleep(AGAIN_S)

    def _once(self, path: str, body: str) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            head = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST", path, body, head)
            answer = line.getresponse()
            assert "/accounts/" not in answer.headers.get("Location", ""), f"{path} asks to sign in"
            return answer.status
        finally:
            line.close()


@dataclass
class Crowd:
    """Applicants and staff of all departments; `told` counts what the web answered, by what was done."""

    world: World
    port: int
    most: int
    chance: random.Random
    sent: int = 0
    told: Counter[str] = field(default_factory=Counter)
    home: threading.Event = field(default_factory=threading.Event)
    _browsers: dict[int, Browser] = field(default_factory=dict)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def work(self, seed: int) -> None:
        """Do one thing after another until everybody goes home."""
        chance = random.Random(f"{seed}")
        while not self.home.is_set():
            close_old_connections()
            if self.sent < self.most and chance.random() < 0.3:
                self._apply(chance)
            else:
                self._go_on(chance)

    def _apply(self, chance: random.Random) -> None:
        """A draft belongs to one person and one service, so two of the crowd never fill in the same."""
        with self._one_at_a_time:
            if self.sent >= self.most:
                return
            service = chance.choice(list(self.world.services.values()))
            draft = self.world.begin(service, chance, timezone.now())
            status = self._press(
                draft.owner, f"/apply/d/{draft.pk}/check/", {"revision": str(draft.revision)}
            )
            assert status == 302, f"{service.key} was not taken: {status}"
            self.sent += 1
        self.told["apply 302"] += 1

    def _go_on(self, chance: random.Random) -> None:
        asked = (WorkKind.PERSON, WorkKind.APPLICANT)
        items = WorkItem.objects.filter(kind__in=asked, finished=None, process__finished=None)
        keys = list(items.values_list("pk", flat=True)[:500])
        if not keys:
            self.home.wait(AGAIN_S)
            return
        item = WorkItem.objects.select_related("process__department", "process__applicant").get(
            pk=chance.choice(keys)
        )
        if chance.random() < 0.03:
            case = item.process
            self._count(
                "withdraw", self._press(case.applicant, f"/applications/{case.reference}/withdraw/", {})
            )
        elif item.kind == WorkKind.APPLICANT:
            self._correct(item.process)
        else:
            self._decide(item, item.process, chance)

    def _correct(self, case: Case) -> None:
        with self._one_at_a_time:
            if not WorkItem.objects.filter(process=case, kind=WorkKind.APPLICANT, finished=None).exists():
                return
            try:
                draft = _looked_at_again(case)
            except NotOpen:  # the applicant is asked for something else, or not any more
                return
            path, fields = f"/apply/d/{draft.pk}/check/", {"revision": str(draft.revision)}
            self._count("correct", self._press(case.applicant, path, fields))

    def _decide(self, item: WorkItem, case: Case, chance: random.Random) -> None:
        version = version_of(case.version_id)
        options = version.node(item.node_key)
        assert options is not None
        able = people_who_may_do(item.roles, case.department)
        user = item.owner or chance.choice(able)
        choice = chance.choice(choices_of(version, options, "en"))
        form = str(getattr(options, "form", None) or "")
        fields = {**_filled(version, form, case, chance), **_pressed(choice, case, version, chance)}
        if item.owner_id is None:
            self._count("claim", self._press(user, f"/work/items/{item.pk}/claim/", {}))
        self._count("decide", self._press(user, f"/work/items/{item.pk}/decide/", fields))

    def _press(self, user: User, path: str, fields: Fields) -> int:
        browser = self._browsers.get(user.pk) or Browser(self.port, user)
        self._browsers[user.pk] = browser
        return browser.post(path, fields)

    def _count(self, what: str, status: int) -> None:
        self.told[f"{what} {status}"] += 1


def _looked_at_again(case: Case) -> Draft:
    """A correction whose pages were all opened and sent, with the answers that they had."""
    draft = start_correction(case.reference, by=case.applicant)
    for page in version_of(case.version_id).package.start_form.pages:
        answers = {asked.key: draft.answers[asked.key] for asked in page.fields if asked.key in draft.answers}
        draft = save_page(
            draft, page.key, PageResult(answers, {}, []), revision=draft.revision, by=case.applicant
        )
    return draft


def _pressed(choice: Choice, case: Case, version: Version, chance: random.Random) -> dict[str, Any]:
    said: dict[str, Any] = {"_outcome": choice.key, "_confirmed": "yes", "_reason": "It is so."}
    if choice.asks_applicant:
        key, _label = chance.choice(returnable_fields(case, version, "en"))
        said |= {"_fields": [key], "_note": "Please look at this once more.", "_days": "5"}
    return said


def _filled(version: Version, form: str, case: Case, chance: random.Random) -> dict[str, Any]:
    """The form of a step, filled in by chance."""
    if not form:
        return {}
    calendar = calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    walk = random_walk(version.staff_form(form), chance.randint(1, 10**6), today, calendar=calendar)
    return {name: list(values) for step in walk.steps for name, values in step.posted.items()}


def failed_answers(told: Counter[str]) -> list[str]:
    """What the web answered and never should."""
    return [what for what in told if re.search(r" 5\d\d$", what) and not what.endswith(" 503")]
