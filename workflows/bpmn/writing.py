"""A service package as BPMN 2.0: what other tools draw, and in an extension what only Caseway reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from workflows.bpmn.events import Events, expression
from workflows.bpmn.flows import SequenceFlow, choice_after, flows_of
from workflows.bpmn.names import CEL, OURS, model, ours
from workflows.bpmn.placing import draw_plane
from workflows.definition import ServicePackage
from workflows.diagram.outline import title_of
from workflows.node_type import NodeOptions, node_types

HUMAN = "userTask"


def write_bpmn(package: ServicePackage, language: str = "") -> bytes:
    """The XML text in UTF-8, titles in this language or in the first of the package."""
    spoken = language or package.languages[0]
    root = Element(
        model("definitions"),
        id=f"definitions_{_name(package)}",
        targetNamespace=OURS,
        exporter="Caseway",
        expressionLanguage=CEL,
    )
    process = SubElement(root, model("process"), id=f"process_{_name(package)}", isExecutable="true")
    process.set("name", package.title.in_(spoken))
    around = {"decide_within": package.workflow.decide_within.model_dump(exclude_none=True)}
    _extension(process, "package", {**package.written(), "workflow": around})
    flows, events = flows_of(package.workflow, spoken), Events(root)
    for options in package.workflow.nodes:
        _step(process, options, flows, events, package, spoken)
    for flow in flows:
        _flow(process, flow)
    draw_plane(root, package.workflow, f"process_{_name(package)}", flows)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _name(package: ServicePackage) -> str:
    return package.key.replace("-", "_")


def _step(
    process: Element,
    options: NodeOptions,
    flows: Iterable[SequenceFlow],
    events: Events,
    package: ServicePackage,
    language: str,
) -> None:
    kind = node_types[options.type]
    host, element = kind.watches(options), _element(options)
    step = SubElement(process, model(element), id=options.key, name=title_of(options, language))
    if element == "boundaryEvent" and host is not None:
        step.set("attachedToRef", host)
        step.set("cancelActivity", str(bool(getattr(options, "interrupting", True))).lower())
    written = options.model_dump(mode="json", by_alias=True, exclude_unset=True)
    _extension(step, "step", written, starts=options.key == package.workflow.start)
    _arrows(step, options.key, flows)
    if kind.bpmn_element == HUMAN:
        _who(step, package, options)
    events.define(step, options)
    if choice := choice_after(options):
        gateway = SubElement(process, model("exclusiveGateway"), id=choice)
        _extension(gateway, "ways", options.key)
        _arrows(gateway, choice, flows)


def _element(options: NodeOptions) -> str:
    """What a step is in BPMN; what watches the whole case has no step that it could be attached to."""
    kind = node_types[options.type]
    on_nothing = kind.bpmn_element == "boundaryEvent" and kind.watches(options) is None
    return "intermediateCatchEvent" if on_nothing else kind.bpmn_element


def _arrows(step: Element, identity: str, flows: Iterable[SequenceFlow]) -> None:
    """Name the flows that come in and go out, in the order that the schema asks for."""
    for flow in flows:
        if flow.target == identity:
            SubElement(step, model("incoming")).text = flow.identity
    for flow in flows:
        if flow.source == identity:
            SubElement(step, model("outgoing")).text = flow.identity
            if flow.is_default:
                step.set("default", flow.identity)


def _who(step: Element, package: ServicePackage, options: NodeOptions) -> None:
    """The roles of a step, as the potential owners of its task."""
    for role in package.staff_roles(options):
        owner = SubElement(step, model("potentialOwner"))
        expression(SubElement(owner, model("resourceAssignmentExpression")), "formalExpression", role)


def _flow(process: Element, flow: SequenceFlow) -> None:
    made = SubElement(
        process, model("sequenceFlow"), id=flow.identity, sourceRef=flow.source, targetRef=flow.target
    )
    if flow.name:
        made.set("name", flow.name)
    if flow.condition:
        expression(made, "conditionExpression", flow.condition, language=CEL)


def _extension(parent: Element, name: str, value: object, *, starts: bool = False) -> None:
    """What only Caseway reads, as JSON, so that nothing is lost on the way back."""
    inside = SubElement(SubElement(parent, model("extensionElements")), ours(name))
    if starts:
        inside.set("starts", "true")
    inside.text = json.dumps(value, ensure_ascii=False, sort_keys=True)
