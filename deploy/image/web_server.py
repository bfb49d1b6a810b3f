"""The web server in a container: threads, an orderly end, and metrics on a port of their own."""

from __future__ import annotations

import os
from typing import Any

from prometheus_client import CollectorRegistry, multiprocess, start_http_server

bind = "0.0.0.0:" + os.environ.get("WEB_PORT", "8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True  # loaded once; each process is a copy that begins at once and shares what does not change
max_requests = 5000
max_requests_jitter = 500
timeout = 60
# SIGTERM: no new connection is taken, requests under way have this long; the pod's own patience is longer
graceful_timeout = int(os.environ.get("WEB_DRAIN_S", "30"))
keepalive = 75  # longer than the balancer's, so that it is never surprised by a closed connection
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
accesslog = None  # the product writes one line for each request itself, without personal data


def when_ready(server: Any) -> None:
    """Metrics of all processes together, where no citizen's request ever arrives."""
    port = int(os.environ.get("METRICS_PORT", "0"))
    if port and os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        start_http_server(port, addr=os.environ.get("METRICS_ADDRESS", "0.0.0.0"), registry=registry)


def child_exit(server: Any, worker: Any) -> None:
    """What a process that ended had counted stays; its gauges go."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
