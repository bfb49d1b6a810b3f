"""What this room does for the outbox: sending letters."""

from engine.messages.handlers import handler
from engine.messages.letters import TOPIC, send_written

handler(TOPIC)(send_written)
