"""What this room does for the outbox: the messages of the pretended payment provider."""

from engine.messages.handlers import handler
from portal.citizen.pretended_payment import TOPIC, tell_caseway

handler(TOPIC)(tell_caseway)
