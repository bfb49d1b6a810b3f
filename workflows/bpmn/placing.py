"""The diagram interchange part: a shape for each step, and the corners of each flow."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from workflows.bpmn.flows import SequenceFlow, choice_after
from workflows.bpmn.names import BOUNDS, LINES, diagram
from workflows.definition import Workflow
from workflows.diagram.layout import Layout, place
from workflows.node_type import node_types

COLUMN, ROW, MARGIN = 260, 160, 60
EVENT, GATEWAY, SMALL, TASK = (36, 36), (50, 50), (30, 30), (180, 72)
Box = tuple[int, int, int, int]  # left, top, width, height
Point = tuple[int, int]


def draw_plane(parent: Element, workflow: Workflow, process: str, flows: Iterable[SequenceFlow]) -> None:
    """Append the picture of a process."""
    layout = place(workflow.nodes, workflow.start)
    boxes = _boxes(workflow, layout)
    picture = SubElement(parent, diagram("BPMNDiagram"), id=f"{process}_diagram")
    plane = SubElement(picture, diagram("BPMNPlane"), id=f"{process}_plane", bpmnElement=process)
    for key, box in boxes.items():
        shape = SubElement(plane, diagram("BPMNShape"), id=f"{key}_shape", bpmnElement=key)
        left, top, width, height = (str(figure) for figure in box)
        SubElement(shape, f"{{{BOUNDS}}}Bounds", x=left, y=top, width=width, height=height)
    for flow in flows:
        line = SubElement(plane, diagram("BPMNEdge"), id=f"{flow.identity}_edge", bpmnElement=flow.identity)
        for x, y in _corners(boxes[flow.source], boxes[flow.target]):
            SubElement(line, f"{{{LINES}}}waypoint", x=str(x), y=str(y))


def _boxes(workflow: Workflow, layout: Layout) -> dict[str, Box]:
    elements = {options.key: node_types[options.type].bpmn_element for options in workflow.nodes}
    boxes: dict[str, Box] = {}
    spare = layout.rows
    for key, element in elements.items():
        if key in layout.hosts:
            continue
        column, row = layout.places.get(key, (0, spare))
        width, height = _size(element)
        x, y = MARGIN + column * COLUMN + TASK[0] // 2, MARGIN + row * ROW + TASK[1] // 2
        boxes[key] = (x - width // 2, y - height // 2, width, height)
    for number, (key, host) in enumerate(layout.hosts.items()):
        left, top, width, height = boxes[host]
        at = left + width - EVENT[0] - 44 * (number % 3)
        boxes[key] = (at, top + height - EVENT[1] // 2, *EVENT)
    for options in workflow.nodes:
        if choice := choice_after(options):
            left, top, width, height = boxes[options.key]
            boxes[choice] = (left + (width - SMALL[0]) // 2, top + height + 12, *SMALL)
    return boxes


def _size(element: str) -> tuple[int, int]:
    if element.endswith("Gateway"):
        return GATEWAY
    return EVENT if element.endswith("Event") else TASK


def _corners(source: Box, target: Box) -> list[Point]:
    """Down from the middle below to the middle above; back up around the right side."""
    begin = (source[0] + source[2] // 2, source[1] + source[3])
    end = (target[0] + target[2] // 2, target[1])
    if begin[1] < end[1]:
        middle = (begin[1] + end[1]) // 2
        return [begin, end] if begin[0] == end[0] else [begin, (begin[0], middle), (end[0], middle), end]
    beside = max(source[0] + source[2], target[0] + target[2]) + 30
    out = (source[0] + source[2], source[1] + source[3] // 2)
    back = (target[0] + target[2], target[1] + target[3] // 2)
    return [out, (beside, out[1]), (beside, back[1]), back]
