"""Registers this room with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did or read what."""

    name = "engine.audit"
    label = "audit"
