"""One trace leads from the press of a button through the outbox and a worker to the store of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.embedded.redis import free_port
from engine.departments.models import Department, User
from tests.journeys.cases import applied_for_extracts
from tests.journeys.crowd import Browser
from tests.journeys.programs import (  # noqa: F401  fixtures
    RELAY,
    Start,
    broker,
    processes,
    start,
    until,
    worker,
)
from tests.otlp import Receiver, Seen, receiver
from workflows.models import WorkItem

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver that the programs of this test send to; asked for before they are started."""
    with receiver() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.address)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "200")
        yield found


def test_a_decision_leads_to_a_certificate_in_the_store_within_one_trace(
    received: Receiver,
    town: dict[str, User],
    start: Start,  # noqa: F811
) -> None:
    Department.objects.filter(key="registry").update(document_store="nas")
    reference = applied_for_extracts(town, 1)[0]
    item = WorkItem.objects.get(process__reference=reference, node_key="compare")
    port = free_port()
    start("-m", "gunicorn", "portal.config.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket")
    start(*worker(1))
    start(*RELAY)
    clerk = Browser(port, town["clara.nunes@registry.example"])
    clerk.post(f"/work/items/{item.pk}/claim/", {})
    assert clerk.post(f"/work/items/{item.pk}/decide/", {"_outcome": "approve", "_confirmed": "yes"}) == 302
    until(lambda: bool(way(received)), "the trace from the button to the store")
    names = [span.name for span in way(received)]
    assert names[0] == "store nas put"
    assert names[-1] == "POST work/items/<item:item_id>/decide/"
    assert any(name.startswith("outbox ") for name in names)
    personal = (reference, "Leila", "clara")
    assert not any(word.encode() in body for body in received.raw for word in personal)


def way(received: Receiver) -> list[Seen]:
    """From the store back to the request, each span with the one that began it."""
    by_number = {span.number: span for span in received.spans}
    for stored in received.named("store nas put"):
        found: list[Seen] = []
        here: Any = stored
        while here is not None:
            found.append(here)
            here = by_number.get(here.parent)
        if found[-1].name.startswith("POST work/items/"):
            return found
    return []
