"""Where the decision and what it asks stand in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from workflows.dmn.names import BOUNDS, LINES, picture

WIDTH, HEIGHT, GAP = 180, 60, 40


def draw(root: Element, decision: str, inputs: Sequence[str]) -> None:
    """The decision above, the inputs side by side below it, and an arrow from each."""
    plane = SubElement(SubElement(root, picture("DMNDI")), picture("DMNDiagram"), id="diagram")
    middle = max(len(inputs), 1) * (WIDTH + GAP) // 2 - GAP // 2
    _shape(plane, decision, middle - WIDTH // 2, 0)
    for number, name in enumerate(inputs):
        left = number * (WIDTH + GAP)
        _shape(plane, f"input_{name}", left, 2 * HEIGHT)
        edge = SubElement(plane, picture("DMNEdge"), dmnElementRef=f"needs_{name}", id=f"edge_{name}")
        for x, y in ((left + WIDTH // 2, 2 * HEIGHT), (middle, HEIGHT)):
            SubElement(edge, f"{{{LINES}}}waypoint", x=str(x), y=str(y))


def _shape(plane: Element, about: str, left: int, top: int) -> None:
    shape = SubElement(plane, picture("DMNShape"), dmnElementRef=about, id=f"shape_{about}")
    bounds = {"x": left, "y": top, "width": WIDTH, "height": HEIGHT}
    SubElement(shape, f"{{{BOUNDS}}}Bounds", {name: str(value) for name, value in bounds.items()})
