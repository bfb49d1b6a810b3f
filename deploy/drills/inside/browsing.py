"""People before browsers: signed in, each from an address of its own, through the edge and its TLS."""

from __future__ import annotations

import itertools
import re
import signal
import ssl
import threading
import time
from collections import Counter
from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.db import connection
from django.test import Client

from engine.departments.models import User
from workflows.models import Draft, Service

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOKEN = "a" * 32  # of the protection against forged requests: cookie and field say the same
PAUSE_S = 0.1
DRAFTS = 15  # the product keeps the newest twenty of a person
DRAFT = re.compile(r"/apply/d/[0-9a-f-]+/")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"')
BORN = {
    f"applicant_birth_date-{part}": value for part, value in (("day", "2"), ("month", "2"), ("year", "1988"))
}


class Crowd:
    """Several people with one book; an answer is what a browser could show."""

    def __init__(self, book: Path, address: str, certificate: str) -> None:
        """Nobody has begun yet."""
        self.stop, self.failed = threading.Event(), list[str]()
        self._address, self._book, self._lock = urlsplit(address), book.open("a"), threading.Lock()
        self._trust = ssl.create_default_context(cafile=certificate)
        self._start = f"/apply/{Service.objects.get(key='residence-extract').address}/"

    def person(self, number: int) -> None:
        """Look around and begin applications with their first page, until it is enough."""
        for count in itertools.count():
            if self.stop.is_set():
                break
            if count % DRAFTS == 0:
                session = _signed_in(f"visitor-{number}-{count}@example.org")
            self._apply(number, session, f"visitor-{number}-{count}")
        connection.close()

    def _apply(self, number: int, session: str, mark: str) -> None:
        self._one(number, session, "GET", "/applications/")
        begun = DRAFT.match(self._one(number, session, "POST", self._start, {"new": "yes"})[1])
        if begun is None:
            return
        path = f"{begun[0]}about_you/"
        page, _ = self._one(number, session, "GET", path)
        told = {"applicant_name": mark, "applicant_national_id": "880202114471", **BORN}
        self._one(number, session, "POST", path, {**dict(HIDDEN.findall(page)), **told}, mark)

    def _one(
        self,
        number: int,
        session: str,
        method: str,
        path: str,
        fields: dict[str, str] | None = None,
        mark: str = "-",
    ) -> tuple[str, str]:
        """One request; gives the page and where it led, both empty when it failed."""
        self.stop.wait(PAUSE_S)
        try:
            status, page, went_to = self._ask(method, path, number, session, fields)
        except (OSError, HTTPException) as trouble:
            self.failed.append(f"{method} {path}: {type(trouble).__name__} {trouble}")
            return "", ""
        if not (status == HTTPStatus.OK if method == "GET" else went_to not in ("", path)):
            self.failed.append(f"{method} {path}: {status}")
            return "", ""
        with self._lock:
            self._book.write(f"{time.time():.3f} {method} {mark}\n")
            self._book.flush()
        return page, went_to

    def _ask(
        self, method: str, path: str, number: int, session: str, fields: dict[str, str] | None
    ) -> tuple[int, str, str]:
        host, port = str(self._address.hostname), self._address.port
        own = (f"127.0.1.{number + 1}", 0)
        line = HTTPSConnection(host, port, timeout=60, context=self._trust, source_address=own)
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}) if fields else None
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Referer": f"{self._address.geturl()}{path}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode(errors="replace")
            return answer.status, page, answer.getheader("Location", "")
        finally:
            line.close()


def run(what: str, book: str, *words: str) -> dict[str, object]:
    """Browse until SIGTERM, or compare what was told with what there is."""
    return _browse(Path(book), *words) if what == "browse" else _count(Path(book))


def _browse(book: Path, address: str, certificate: str, people: str) -> dict[str, object]:
    crowd = Crowd(book, address, certificate)
    signal.signal(signal.SIGTERM, lambda *_: crowd.stop.set())
    threads = [threading.Thread(target=crowd.person, args=(number,)) for number in range(int(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.2)
    return {"failed": crowd.failed}


def _signed_in(email: str) -> str:
    user = User.objects.create_user(email=email, name="Visitor", password=None)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies["sessionid"].value


def _count(book: Path) -> dict[str, object]:
    """Each first page that was acknowledged must be there, in one draft."""
    lines = [line.split() for line in book.read_text().splitlines() if line.count(" ") == 2]
    told = {mark for _, _, mark in lines if mark != "-"}
    drafts = Draft.objects.filter(owner__email__startswith="visitor-", revision__gt=0)
    there = Counter(draft.answers["applicant_name"] for draft in drafts)
    return {
        "acknowledged": len(told),
        "lost": len(told - set(there)),
        "doubled": sum(times - 1 for times in there.values()),
    }
