"""The Celery application: worker and scheduler."""

import os

from celery import Celery
from celery.signals import heartbeat_sent

from engine.core.heartbeat import beat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings")
app = Celery("caseway")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["engine.messages", "engine.documents", "workflows"])


def _sign_of_life(**_: object) -> None:
    beat()


heartbeat_sent.connect(_sign_of_life)  # the worker's own, every few seconds while it hears its broker
