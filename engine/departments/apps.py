"""Registers this room with Django."""

from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    """Departments, the people in them and what they may do."""

    name = "engine.departments"
    label = "departments"
