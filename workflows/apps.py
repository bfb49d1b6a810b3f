"""Registers this room with Django."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Cases on their way."""

    name = "workflows"
    label = "workflows"
