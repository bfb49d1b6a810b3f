"""Registers this room with Django."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from workflows.checks import field_keys


class WorkflowsConfig(AppConfig):
    """Cases on their way."""

    name = "workflows"
    label = "workflows"

    def ready(self) -> None:
        """Let `manage.py check --deploy` ask for the keys."""
        register(field_keys, Tags.security, deploy=True)
