"""The Celery application: worker and scheduler."""

import logging
import os
from typing import Any

from celery import Celery, Task
from celery.signals import heartbeat_sent, task_prerun

from engine.core.heartbeat import beat
from engine.site.mode import is_read_only
from portal.config import broker, rotation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings")
logger = logging.getLogger(__name__)


class PausingTask(Task):  # type: ignore[misc]  # celery has no types
    """A task that does nothing while the site can only be read.

    Nothing gets lost: each task is asked for by a row or a clock, which ask again.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run, or rest."""
        if is_read_only():
            logger.info("%s rests: the site is read-only", self.name)
            return None
        return super().__call__(*args, **kwargs)


broker.use()
app = Celery("caseway", task_cls=PausingTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["engine.messages", "engine.documents", "workflows"])


def _sign_of_life(**_: object) -> None:
    beat()


heartbeat_sent.connect(_sign_of_life)  # the worker's own, every few seconds while it hears its broker
task_prerun.connect(rotation.look)
