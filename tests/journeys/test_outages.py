"""Database, Redis or a store goes away and comes back: a clear page, and nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from deploy.embedded.redis import free_port, program_path
from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from engine.messages.models import OutboxMessage
from tests.chromium import PHONE
from tests.databases import forget_broken_connections
from tests.engine.documents.conftest import bucket, s3_endpoint, s3_settings  # noqa: F401  fixtures
from tests.journeys import licence
from tests.journeys.cases import applied_for_extracts, filled_extract, filled_licence
from tests.journeys.conftest import Visitor
from workflows import services
from workflows.demonstration import files
from workflows.models import Case, Draft, WorkItem

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
LEILA, CLARA = "leila.haddad@example.org", "clara.nunes@registry.example"
AWAY = "The service is not available at the moment"


@contextmanager
def database_away() -> Iterator[None]:
    """Every connection to the database breaks, and no new one is made."""
    known, name = connections.settings["default"], connection.settings_dict["NAME"]
    before = {key: known[key] for key in ("HOST", "PORT")}
    with connection.cursor() as cursor:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
        cursor.execute("SELECT pg_backend_pid()")
        cursor.execute(others, [name, cursor.fetchone()[0]])
    connection.close()
    known.update(HOST="127.0.0.1", PORT=str(free_port()))
    try:
        yield
    finally:
        known.update(before)
        forget_broken_connections()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser without JavaScript in which a person has signed in."""

    def make(user: User) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


def says_that_it_is_away(answer: HttpResponse) -> None:
    """The page in the product's look, with what to do, and no word of what broke."""
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert AWAY in page
    assert "nothing is lost" in page.lower()
    assert 'lang="en"' in page
    for word in ("Traceback", "psycopg", "redis", "127.0.0.1", "botocore"):
        assert word not in page


@pytest.mark.browser
def test_the_database_goes_away_while_a_page_is_sent_and_what_was_typed_is_kept(
    visit: Callable[..., Visitor], town: dict[str, User]
) -> None:
    citizen = visit(PHONE)
    citizen.sign_in(LEILA)
    citizen.go("/licensing/trade-licence/?lang=en")
    citizen.press("Start now")
    licence.about_you(citizen)
    citizen.page.locator("#business_name").fill("Harbour Kitchen")
    citizen.page.get_by_label("I trade on my own").check()
    citizen.page.locator("#people_working").fill("3")
    with database_away():
        with citizen.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            citizen.press("Continue")
        citizen.look("away")
        assert answered.value.status == 503
        assert citizen.page.get_by_role("heading", name=AWAY).count()
    citizen.page.go_back()
    assert citizen.page.locator("#business_name").input_value() == "Harbour Kitchen"
    assert citizen.page.locator("#people_working").input_value() == "3"
    citizen.press("Continue")
    assert citizen.page.locator("#premises-line_1").count() == 1
    assert Draft.objects.get().answers["business_name"] == "Harbour Kitchen"


def test_no_page_fails_otherwise_while_the_database_is_away(
    town: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reference = applied_for_extracts(town, 1)[0]
    item = WorkItem.objects.get(process__reference=reference, node_key="compare")
    client, decided = signed_in(town[CLARA]), {"_outcome": "approve", "_confirmed": "yes"}
    addresses = ["/", "/services/", "/applications/", "/work/", f"/work/cases/{reference}/", "/manage/"]
    others = ["/verify/7Q4K-M2XD/", "/accounts/login/", "/theme/works-bf78c8d66836.css"]
    with database_away():
        for address in others:
            assert client.get(address).status_code in (200, 503), address
        for address in addresses:
            says_that_it_is_away(client.get(address))
        says_that_it_is_away(client.post(f"/work/items/{item.pk}/decide/", decided))
        for probe in (Client(), client):  # a cluster has no session; who has one is answered alike
            assert probe.get("/livez").status_code == 200
            assert probe.get("/readyz").json() == {"database": "away", "redis": "ready"}
    item.refresh_from_db()
    assert item.finished is None
    assert client.post(f"/work/items/{item.pk}/claim/").status_code == 302
    assert client.post(f"/work/items/{item.pk}/decide/", decided).status_code == 302
    item.refresh_from_db()
    assert item.outcome == "approve"


@contextmanager
def redis_at(port: int, folder: Path) -> Iterator[None]:
    """A Redis of this test alone."""
    argv = [str(program_path(ROOT)), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def test_without_redis_applications_are_sent_and_signing_in_says_to_wait(
    town: dict[str, User], signed_in: Callable[[User], Client], settings: LazySettings, tmp_path: Path
) -> None:
    port, typed = free_port(), {"login": LEILA, "password": files.password()}
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{port}/0"}}
    draft = filled_extract(town[LEILA])
    client = signed_in(town[LEILA])
    says_that_it_is_away(Client(raise_request_exception=False).post("/accounts/login/", typed))
    ready = Client().get("/readyz")
    assert ready.status_code == 200  # or a cluster would take away what goes on
    assert ready.json() == {"database": "ready", "redis": "away", "nas": "ready"}
    sent = client.post(f"/apply/d/{draft.pk}/check/", {"revision": draft.revision})
    assert sent.status_code == 302
    assert client.get(sent["Location"]).status_code == 200
    assert Case.objects.count() == 1
    assert OutboxMessage.objects.filter(state="pending").exists()  # it leaves when Redis is back
    with redis_at(port, tmp_path):
        assert Client().post("/accounts/login/", typed).status_code == 302
        assert client.get("/readyz").status_code == 200


def test_an_upload_while_the_store_is_away_is_asked_for_again_and_nothing_else(
    town: dict[str, User], signed_in: Callable[[User], Client], settings: LazySettings, plan: Path
) -> None:
    draft, there = filled_licence(town[LEILA]), settings.DOCUMENT_STORES
    before, client = draft.answers, signed_in(town[LEILA])
    address = f"/apply/d/{draft.pk}/documents/"
    settings.DOCUMENT_STORES = {**there, "nas": {**there["nas"], "must_be_mounted": True}}
    with plan.open("rb") as file:
        says_that_it_is_away(client.post(address, {"plan": file, "page-revision": draft.revision}))
    draft.refresh_from_db()
    assert draft.answers == before
    assert not Document.objects.exists()
    settings.DOCUMENT_STORES = there
    with plan.open("rb") as file:
        assert client.post(address, {"plan": file, "page-revision": draft.revision}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["plan"]["name"] == plan.name


def test_a_certificate_waits_for_its_store_and_keeps_its_number(
    town: dict[str, User],
    signed_in: Callable[[User], Client],
    settings: LazySettings,
    settle: Callable[[], None],
    request: pytest.FixtureRequest,
) -> None:
    reference = applied_for_extracts(town, 1)[0]
    Department.objects.filter(key="registry").update(document_store="s3")
    there = request.getfixturevalue("s3_settings")
    request.getfixturevalue("bucket")
    s3_is_at(settings, there, f"http://127.0.0.1:{free_port()}")
    item = WorkItem.objects.get(process__reference=reference, node_key="compare")
    services.decide(item_id=item.pk, by=town[CLARA], outcome="approve")
    settle()
    number = Certificate.objects.get(state=Certificate.State.PREPARING).number
    job = WorkItem.objects.get(process__reference=reference, node_key="extract")
    assert (job.status, job.attempts, job.data["error"]) == ("SCHEDULED", 1, "StoreAway")
    s3_is_at(settings, there, there["endpoint"])
    earlier = timezone.now() - timedelta(seconds=1)  # half a minute has passed
    WorkItem.objects.filter(pk=job.pk).update(wake_at=earlier)
    OutboxMessage.objects.filter(state="pending").update(due_at=earlier)
    settle()
    issued = Certificate.objects.get()
    assert (issued.number, issued.state) == (number, Certificate.State.VALID)
    address = f"/applications/{reference}/certificates/{number}.pdf"
    s3_is_at(settings, there, f"http://127.0.0.1:{free_port()}")
    says_that_it_is_away(signed_in(town[LEILA]).get(address))
    assert Document.objects.get().state == Document.State.STORED  # away is not damaged
    s3_is_at(settings, there, there["endpoint"])
    assert signed_in(town[LEILA]).get(address).status_code == 200


def s3_is_at(settings: LazySettings, there: dict[str, Any], endpoint: str) -> None:
    """S3 answers here, or nobody does."""
    settings.DOCUMENT_STORES = {**settings.DOCUMENT_STORES, "s3": {**there, "endpoint": endpoint}}
