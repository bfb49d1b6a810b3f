"""Another machine for the steps that call one, and its secret."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from tests.engine.calls.machine import Machine, running_machine
from workflows.jobs import run_job
from workflows.models import Case, WorkItem


@pytest.fixture
def machine(settings: LazySettings, tmp_path: Path) -> Iterator[Machine]:
    """A machine that may be called, and the secrets of the licensing department."""
    settings.CALL_HOSTS, settings.CALL_PRIVATE_ADDRESSES = ["127.0.0.1"], True
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for name in ("payments", "messages"):
        (tmp_path / f"licensing.{name}").write_text(f"the secret of {name}")
    cache.clear()
    with running_machine() as running:
        yield running


@pytest.fixture
def work_off() -> Callable[[Case, str], WorkItem]:
    """Let a worker do the background step of a case once, whenever it is due."""

    def run(case: Case, node_key: str) -> Any:
        item = WorkItem.objects.filter(process=case, node_key=node_key).latest("pk")
        WorkItem.objects.filter(pk=item.pk, status="SCHEDULED").update(wake_at=None)
        run_job(item.pk)
        return WorkItem.objects.get(pk=item.pk)

    return run
