"""What the options of steps stand for, so that the designer draws each by its meaning and not by its letters.

A property whose widget is `step` is an edge of the diagram, one whose widget is `host` is the step that an
event sits on. Words (titles, help, examples) stand beside the option where they are its own.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from engine.core.hints import ui
from workflows.parts import Key


def _drawn(widget: str) -> Any:
    return Field(json_schema_extra=ui(widget))


StepKey = Annotated[Key, _drawn("step")]
"""Where a case goes on: an edge."""
HostKey = Annotated[Key, _drawn("host")]
"""The step that an event or a deadline sits on."""
EarlierStep = Annotated[Key, _drawn("earlier_step")]
"""A step that is spoken of, without a way to it."""
OutcomeKey = Annotated[Key, _drawn("outcome")]
"""One of the outcomes of the step that this one sits on."""
FormKey = Annotated[Key, _drawn("form")]
CertificateKey = Annotated[Key, _drawn("certificate")]
MessageKey = Annotated[Key, _drawn("message")]
EventName = Annotated[Key, _drawn("event_name")]
"""The name of a message or signal that machines and services know each other by."""
