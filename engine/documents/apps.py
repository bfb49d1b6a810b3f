"""Registers this room with Django."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Stored files and certificates."""

    name = "engine.documents"
    label = "documents"

    def ready(self) -> None:
        """Let `check --database` tell of documents that lie outside their regions."""
        import_module("engine.documents.checks")
