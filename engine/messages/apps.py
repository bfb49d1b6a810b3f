"""Registers this room with Django."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The outbox and the messages that leave through it."""

    name = "engine.messages"
    label = "outbox"
