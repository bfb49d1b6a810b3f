"""The Celery application: worker and scheduler."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings")
app = Celery("caseway")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["engine.messages", "engine.documents", "workflows"])
