"""Registers this room with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Stored files and certificates."""

    name = "engine.documents"
    label = "documents"
