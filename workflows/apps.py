"""Registers this room with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register

from workflows.checks import field_keys


class WorkflowsConfig(AppConfig):
    """Cases on their way."""

    name = "workflows"
    label = "workflows"

    def ready(self) -> None:
        """Let `manage.py check --deploy` ask for the keys, and publishing play what was saved as a walk."""
        register(field_keys, Tags.security, deploy=True)
        import_module("workflows.dry_run.saving")
