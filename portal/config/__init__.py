"""Settings, addresses and start-up; the one room that knows all others."""

from portal.config.celery import app as celery_app

__all__ = ["celery_app"]
