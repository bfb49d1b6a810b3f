"""Answers Prometheus."""

import signal
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from workflows.metrics import Business


class _OneScrape(Collector):
    """Each scrape has a thread of its own, and gives its connection back."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from Business().collect()
        finally:
            connections.close_all()


class Command(BaseCommand):
    """`manage.py serve_metrics`: one is enough; it only reads."""

    help = "Answer Prometheus about applications, queues, deadlines, outbox and documents, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it listens."""
        parser.add_argument("--port", type=int, default=9464, help="the port; never a public one")
        parser.add_argument("--address", default="0.0.0.0", help="the address of this machine to listen on")  # noqa: S104

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until a signal to stop."""
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_OneScrape())
        server, thread = start_http_server(options["port"], addr=options["address"], registry=registry)
        self.stdout.write("The metrics are served.")
        stop.wait()
        server.shutdown()
        thread.join(timeout=5)
