"""What citizens and clerks do; read by `locust -f`, which knows nothing of the product but its pages.

Each thinks before each press. Who they are, and what they type, stands in the plan (see plan.py).
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, task
from locust.exception import StopUser

TOKEN = "a" * 32  # of the protection against forged requests: cookie and field say the same
PLAN: dict[str, Any] = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
THINK_S = float(os.environ.get("LOAD_THINK_S", "5"))
TYPED = {"Content-Type": "application/x-www-form-urlencoded"}
_citizens, _clerks = count(), count()
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"')
DECIDE = re.compile(r'action="(/work/items/\d+/decide/)"')
APPROVE = re.compile(r'class="btn [^"]*btn--primary[^"]*"[^>]*name="_outcome" value="([a-z]\w*)"')
CERTIFICATE = re.compile(r'href="(/applications/[^"]+/certificates/[^"]+\.pdf)"')


class Person(FastHttpUser):
    """Somebody at a browser: signed in, pausing before each press."""

    abstract = True
    network_timeout = connection_timeout = 60.0
    session = ""

    def wait_time(self) -> float:
        """As long as people take to read and type: half to one and a half times the mean."""
        return THINK_S * random.uniform(0.5, 1.5)

    def show(self, path: str, name: str) -> str:
        """Open a page."""
        gevent.sleep(self.wait_time())
        return self._ask("GET", path, name)

    def press(
        self, path: str, name: str, fields: Mapping[str, Any], files: Mapping[str, list[str]] | None = None
    ) -> str:
        """Send a form; gives the page behind it."""
        gevent.sleep(self.wait_time())
        said = {**fields, "csrfmiddlewaretoken": TOKEN}
        if not files:
            return self._ask("POST", path, name, data=urlencode(_pairs(said)), headers=TYPED)
        body, kind = _multipart(said, files)
        return self._ask("POST", path, name, data=body, headers={"Content-Type": kind})

    def _ask(self, method: str, path: str, name: str, **more: Any) -> str:
        # nobody presses before the server has closed an idle connection, so none is kept
        own = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "Connection": "close"}
        headers = {**own, **more.pop("headers", {})}
        with self.client.request(
            method, path, name=name, headers=headers, catch_response=True, allow_redirects=False, **more
        ) as answer:
            if answer.status_code in (302, 303):
                answer.success()
                self.went_to = str(answer.headers["Location"])
                return ""
            if answer.status_code == 422 and name == "decide":
                answer.success()  # this step asks for a form to be filled in
                return ""
            if answer.status_code != 200:
                answer.failure(f"answered {answer.status_code}")
                return ""
            self.went_to = path
            return str(answer.text or "")

    went_to = ""


class Citizen(Person):
    """Looks for a service, applies page by page, and follows the application."""

    weight = PLAN["weights"]["citizen"]

    def on_start(self) -> None:
        """One of the citizens of the plan, each once."""
        number = next(_citizens)
        if number >= len(PLAN["citizens"]):
            raise StopUser
        self.session = PLAN["citizens"][number]
        self.chance = random.Random(number)
        gevent.sleep(self.chance.uniform(0, THINK_S))

    @task
    def apply(self) -> None:
        """One whole application."""
        service = self.chance.choice(PLAN["services"])
        walk = self.chance.choice(service["walks"])
        self.show("/", "home")
        self.show(f"/{service['address']}/", "service")
        self.press(f"/apply/{service['address']}/", "start", {"new": "yes"})
        draft = re.match(r"/apply/d/[0-9a-f-]+/", self.went_to)
        if draft is None:
            return
        for step in walk:
            path = f"{draft[0]}{step['page']}/"
            page = self.show(path, "question page")
            if not page:
                return
            if not self._answer(path, page, step):
                self._kept_back(f"{service['address']} {step['page']}")
                return
        self._send(draft[0])

    def _answer(self, path: str, page: str, step: dict[str, Any]) -> bool:
        """Send a page; one that comes back to show what the answers brought up is sent once more."""
        for _time in range(2):
            page = self.press(path, "answer page", {**_hidden(page), **step["posted"]}, step["files"])
            if self.went_to != path:
                return True
        return False

    def _kept_back(self, page: str) -> None:
        """The page came back with an error although the answers are right."""
        wrong = AssertionError(f"the answers of {page} were not taken")
        self.environment.events.request.fire(
            request_type="POST",
            name="answer page",
            response_time=0,
            response_length=0,
            exception=wrong,
            context={},
        )

    def _send(self, draft: str) -> None:
        page = self.show(f"{draft}check/", "check answers")
        self.press(f"{draft}check/", "send application", _hidden(page))
        self.show(f"{draft}sent/", "sent")
        mine = self.show("/applications/", "my applications")
        found = re.search(r'href="(/applications/[A-Z][^"/]+/)"', mine)
        if found is None:
            return
        application = self.show(found[1], "application")
        if certificate := CERTIFICATE.search(application):
            self.show(certificate[1], "certificate (PDF)")


class Clerk(Person):
    """Takes what is due first, looks at it, and decides it."""

    weight = PLAN["weights"]["clerk"]

    def on_start(self) -> None:
        """One of the clerks of the plan, each once."""
        number = next(_clerks)
        if number >= len(PLAN["clerks"]):
            raise StopUser
        self.session = PLAN["clerks"][number]
        gevent.sleep(random.uniform(0, THINK_S))

    @task
    def work(self) -> None:
        """One item of the queue."""
        self.show("/work/", "queue")
        self.press("/work/next/", "take next", {})
        if "/cases/" not in self.went_to:
            return
        page = self.show(self.went_to, "case")
        address, outcome = DECIDE.search(page), APPROVE.search(page)
        if address and outcome:
            said = {"_outcome": outcome[1], "_confirmed": "yes", "_reason": "It is so."}
            self.went_to = ""
            self.press(address[1], "decide", {**_hidden(page), **said})
            if not self.went_to:
                self.press(address[1].replace("decide", "release"), "release", {})


def _hidden(page: str) -> dict[str, str]:
    """What a page sends along: its revision and such."""
    return {name: value for name, value in HIDDEN.findall(page) if name.startswith(("page-", "revision"))}


def _pairs(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (name, each)
        for name, value in fields.items()
        for each in (value if isinstance(value, list) else [value])
    ]


def _multipart(fields: Mapping[str, Any], files: Mapping[str, list[str]]) -> tuple[bytes, str]:
    edge = "caseway-load-edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in _pairs(fields)
    ]
    for name, path in ((name, path) for name, paths in files.items() for path in paths):
        file = Path(path)
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file.name}"'
        parts.append(f"--{edge}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode())
        parts += [file.read_bytes(), b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
