"""Registers this room with Django."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The frame of every page."""

    name = "portal.shell"
    label = "shell"
