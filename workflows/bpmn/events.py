"""What the events of a workflow are about: messages, signals, errors, escalations and times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from engine.core.worktime import Span
from workflows.bpmn.names import CEL, SCHEMA_TYPES, model
from workflows.node_type import NodeOptions, node_types

# the definition of an event: the element that names what it is about, and our option for its name
ABOUT = {
    "messageEventDefinition": ("message", "messageRef", ("message",)),
    "signalEventDefinition": ("signal", "signalRef", ("signal",)),
    "errorEventDefinition": ("error", "errorRef", ("code", "codes")),
    "escalationEventDefinition": ("escalation", "escalationRef", ("code",)),
}
BY_EVENT = "triggeredByEvent"  # of a sub-process it is an attribute, and no element inside it
MANY = "multiInstanceLoopCharacteristics"
CODES = {"error": "errorCode", "escalation": "escalationCode"}
# working time is no time of ISO 8601: it is written as the nearest, and kept exactly in our extension
ISO = {
    "working_days": "P{n}D", "working_hours": "PT{n}H", "minutes": "PT{n}M", "hours": "PT{n}H",
    "days": "P{n}D", "months": "P{n}M", "years": "P{n}Y",
}  # fmt: skip


@dataclass
class Events:
    """The elements beside the process that events refer to; each is written once."""

    root: Element
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def define(self, parent: Element, options: NodeOptions) -> None:
        """Append the definition of the event that this step is."""
        kind = node_types[options.type]
        if not kind.bpmn_definition:
            return
        if kind.bpmn_definition == BY_EVENT:
            parent.set(BY_EVENT, "true")
            return
        definition = SubElement(parent, model(kind.bpmn_definition), id=f"{options.key}_event")
        if kind.bpmn_definition in ABOUT:
            self._refer(definition, kind.bpmn_definition, options)
        elif kind.bpmn_definition == "timerEventDefinition":
            _time(definition, kind.span(options))
        elif kind.bpmn_definition == "conditionalEventDefinition":
            _rule(definition, "condition", str(getattr(options, "when", "")))
        elif kind.bpmn_definition == MANY:
            _for_each(definition, options)

    def _refer(self, definition: Element, name: str, options: NodeOptions) -> None:
        element, attribute, words = ABOUT[name]
        given = next((value for word in words if (value := getattr(options, word, None))), "")
        about = str(given if isinstance(given, str) else next(iter(given), ""))
        if about:
            definition.set(attribute, self._identity(element, about))

    def _identity(self, element: str, about: str) -> str:
        identity = self.known.get((element, about))
        if identity is None:
            identity = self.known[element, about] = f"{element}_{re.sub(r'[^A-Za-z0-9_]', '_', about)}"
            made = Element(model(element), id=identity, name=about)
            if element in CODES:
                made.set(CODES[element], about)
            self.root.insert(len(self.known) - 1, made)
        return identity


def _time(definition: Element, span: Span | None) -> None:
    if span is not None:
        expression(definition, "timeDuration", ISO[span.unit].format(n=span.amount))


def _rule(definition: Element, name: str, rule: str) -> None:
    expression(definition, name, rule, language=CEL)


def _for_each(definition: Element, options: NodeOptions) -> None:
    """One after the other or all at once, and when it is enough."""
    one_by_one = getattr(options, "mode", "") == "sequential"
    definition.set("isSequential", str(one_by_one).lower())
    if until := getattr(options, "until", None):
        _rule(definition, "completionCondition", str(until))


def expression(parent: Element, name: str, text: str, *, language: str = "") -> None:
    """Append a formal expression."""
    made = SubElement(parent, model(name), {f"{{{SCHEMA_TYPES}}}type": "bpmn:tFormalExpression"})
    if language:
        made.set("language", language)
    made.text = text
