"""The load: people who send applications one after another, and write down each that was acknowledged."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from django.db import connection

from deploy.drills.inside.applicant import Application
from deploy.drills.inside.prepare import email
from engine.departments.models import User
from engine.site import mode

PAUSE_S = 0.2


class Load:
    """Several people with one book."""

    def __init__(self, book: Path, *, with_documents: bool) -> None:
        """Nobody has begun yet."""
        self.with_documents = with_documents
        self.stop = threading.Event()
        self.refusals: set[str] = set()
        self._book, self._lock = book.open("a"), threading.Lock()

    def person(self, number: int) -> None:
        """Until it is enough; what was begun last and not acknowledged counts for nothing."""
        owner, sent = self._known(number), 0
        while owner is not None and not self.stop.is_set():
            mark = f"applicant-{number}-{sent}-{os.getpid()}"
            application = Application(mark, owner, with_document=self.with_documents)
            while not self._acknowledged(application) and not self.stop.wait(PAUSE_S):
                pass
            sent += 1
        connection.close()

    def _known(self, number: int) -> User | None:
        return User.objects.filter(email=email(number)).first()

    def _acknowledged(self, application: Application) -> bool:
        try:
            if mode.is_read_only():  # what the product's pages do before they call a service
                raise SiteReadOnly
            reference = application.try_once()
        except Exception as trouble:  # whatever went wrong, a person tries again
            self.refusals.add(type(trouble).__name__)
            connection.close()
            return False
        with self._lock:
            self._book.write(f"{time.time():.3f} {application.mark} {reference}\n")
            self._book.flush()
        return True


class SiteReadOnly(Exception):
    """The site said that it can only be read."""


def run(book: str, people: str, kind: str) -> list[str]:
    """Until SIGTERM; gives the kinds of trouble that people had."""
    load = Load(Path(book), with_documents=kind == "documents")
    signal.signal(signal.SIGTERM, lambda *_: load.stop.set())
    threads = [threading.Thread(target=load.person, args=(number,)) for number in range(int(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.2)
    return sorted(load.refusals)
