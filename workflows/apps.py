"""Registers this room with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register

from workflows.checks import field_keys, real_payments


class WorkflowsConfig(AppConfig):
    """Cases on their way."""

    name = "workflows"
    label = "workflows"

    def ready(self) -> None:
        """Let `check --deploy` ask for keys and real payments; let publishing walk workflows."""
        register(field_keys, Tags.security, deploy=True)
        register(real_payments, Tags.security, deploy=True)
        import_module("workflows.dry_run.saving")
        import_module("workflows.walking.proving")
