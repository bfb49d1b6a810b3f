"""Messages from other systems that open cases."""

from __future__ import annotations

import logging

from engine.calls.failures import CallFailed
from workflows.flow_names import flow_named
from workflows.models import IncomingMessage, Opening, OpeningKind
from workflows.opening import open_by_event, openings

logger = logging.getLogger(__name__)


def open_by_message(message: IncomingMessage) -> int:
    """Open a case at every start that listens for a message, once for each; gives how many.

    A message that does not fit a start opens nothing there.
    """
    listening = openings(OpeningKind.MESSAGE, message.name, message.department_id)
    found = listening.filter(service__current__isnull=False).select_related("service__current")
    return sum(_open(opening, message) for opening in found.defer("service__current__package"))


def _open(opening: Opening, message: IncomingMessage) -> bool:
    service = opening.service
    start = flow_named(service.pk, service.current.number if service.current else 0).step(opening.node_key)
    try:
        answers = start.answers_in(message.said.get("data"))
    except CallFailed as failed:
        logger.warning("message %s opens no case of service %s: %s", message.pk, service.pk, failed.code)
        return False
    return open_by_event(opening.pk, str(message.pk), answers=answers) is not None
