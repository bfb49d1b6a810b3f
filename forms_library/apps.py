"""Registers this room with Django."""

from django.apps import AppConfig


class FormsLibraryConfig(AppConfig):
    """What is asked."""

    name = "forms_library"
    label = "forms_library"
