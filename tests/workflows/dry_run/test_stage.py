"""Nothing escapes a trial: no row, message, file, call or entry in the cache."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from engine.calls import client
from engine.core.rehearsal import LeavesRehearsal, rehearsing
from engine.departments.models import Department, User
from engine.documents.storage import store_named
from engine.lookups.client import LookupAway
from engine.lookups.registers import look_up
from tests.workflows.dry_run.walks import apply_with, decide, walk
from workflows.definition import ServicePackage
from workflows.dry_run import play

APPLY = apply_with(trade="Bread", amount="90", owner="Leila Haddad")
CALL = {
    "key": "ask",
    "type": "service_call",
    "method": "POST",
    "address": "https://register.example/companies/{number}",
    "secret": "register",
    "send": {"number": {"type": "text", "value": "answers.owner"}},
    "keep": {"name": {"type": "text", "at": "/name"}},
    "next": "tell_them",
}
TELL = {
    "key": "tell_them",
    "type": "webhook_out",
    "address": "https://archive.example/events",
    "event": "licence.asked",
    "secret": "archive",
    "next": "check",
}


def _counts() -> dict[str, int]:
    """The rows of every table, and what every counter has given out but keys."""
    names = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    found = {}
    with connection.cursor() as cursor:
        for name in dict.fromkeys(names):
            cursor.execute(f'SELECT count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM "{name}" t')
            found[name] = cursor.fetchone()
    return found


@pytest.fixture
def tripwires(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whoever comes to the outside is noted."""
    tripped: list[str] = []

    def trip(name: str) -> Any:
        def wire(*args: Any, **kwargs: Any) -> Any:
            tripped.append(name)
            raise AssertionError(name)

        return wire

    monkeypatch.setattr("socket.create_connection", trip("socket"))
    monkeypatch.setattr(client, "_sent", trip("call"))
    monkeypatch.setattr(cache, "set", trip("cache"))
    monkeypatch.setattr("engine.documents.storage.nas.NasStore.put", trip("file"))
    return tripped


@pytest.fixture
def calling(package: dict[str, Any]) -> ServicePackage:
    """The small service, asking a register and telling an archive before the first step of staff."""
    nodes = package["workflow"]["nodes"]
    next(node for node in nodes if node["key"] == "tell")["next"] = "ask"
    nodes += [CALL, TELL]
    return ServicePackage.model_validate(package)


@pytest.fixture
def folder(settings: LazySettings) -> Iterator[Path]:
    """Where documents lie."""
    path = Path(settings.DOCUMENT_STORES["nas"]["folder"])
    yield path


@pytest.mark.django_db(transaction=True)
def test_nothing_escapes_a_trial_that_does_everything(
    calling: ServicePackage,
    licensing: Department,
    designer: User,
    tripwires: list[str],
    folder: Path,
) -> None:
    before, files = _counts(), sorted(folder.rglob("*")) if folder.exists() else []
    report = play(
        calling,
        walk(
            APPLY,
            {"do": "reply", "step": "ask", "body": {"name": "Haddad Bakers"}},
            decide("check", "return", reason="Which?", fields=["trade"]),
            {"do": "correct", "answers": {"trade": "Cakes"}},
            decide("check", "accept"),
            {"do": "wait"},
        ),
        department=licensing,
        by=designer,
    )
    assert report.stopped is None
    assert (report.state, report.ended, report.certificates) == ("approved", True, ("Licence",))
    assert [call["address"] for call in report.calls] == [
        "https://register.example/companies/Leila%20Haddad",
        "https://archive.example/events",
    ]
    assert report.letters
    assert _counts() == before
    assert (sorted(folder.rglob("*")) if folder.exists() else []) == files
    assert tripwires == []
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_call_waits_for_the_reply_that_the_designer_gives_it(
    calling: ServicePackage, licensing: Department, designer: User
) -> None:
    waiting = play(calling, walk(APPLY), department=licensing, by=designer)
    assert [(work.step, work.kind) for work in waiting.open] == [("ask", "call")]
    failed = play(
        calling,
        walk(APPLY, {"do": "reply", "step": "ask", "failure": "timeout"}),
        department=licensing,
        by=designer,
    )
    assert [(work.step, work.kind, work.name) for work in failed.open] == [("ask", "failed", "timeout")]


@pytest.mark.django_db
def test_the_doors_are_shut_while_something_is_tried_out() -> None:
    with rehearsing():
        with pytest.raises(LeavesRehearsal):
            client.send(client.Call("GET", "https://register.example/"))
        with pytest.raises(LeavesRehearsal):
            store_named("nas")
        with pytest.raises(LookupAway):
            look_up("https://register.example/{key}", "1")
    assert store_named("nas")


@pytest.mark.django_db
def test_the_clock_of_others_is_not_touched(
    package: dict[str, Any], licensing: Department, designer: User
) -> None:
    before = timezone.now()
    play(
        ServicePackage.model_validate(package),
        walk(APPLY, {"do": "wait", "span": {"years": 1}}),
        department=licensing,
        by=designer,
    )
    assert (timezone.now() - before).days == 0


@pytest.mark.django_db
def test_two_trials_of_one_service_do_not_meet(
    package: dict[str, Any], licensing: Department, designer: User
) -> None:
    document = ServicePackage.model_validate(package)
    reports = [play(document, walk(APPLY), department=licensing, by=designer) for _ in range(2)]
    assert all(before.reference == after.reference for before, after in itertools.pairwise(reports))
