"""What other systems reach."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The room of other systems."""

    name = "portal.api"
    label = "api"
