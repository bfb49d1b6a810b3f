"""Line drawings put ready-made under the pages of a PDF; as SVG they took longer than all the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from engine.documents.guilloche import UNIT, Art

POINTS_PER_MM = 72 / 25.4
PAGE_HEIGHT = 841.89


@dataclass(frozen=True)
class Place:
    """Where an element landed: the page's index, and left, top, right, bottom in points from the top left."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Underlay:
    """A drawing at so many millimetres from the top left of every page, or of the element with an id."""

    art: Art
    left: float
    top: float
    under: str = ""


def add_underlays(pdf: Any, underlays: Sequence[Underlay], places: Mapping[str, Place]) -> None:
    """Each drawing is stored once, however many pages it lies under; readers aloud pass it over."""
    forms = {id(each.art): _form(pdf, each.art) for each in underlays}
    for index, reference in enumerate(pdf.page_references):
        page = pdf.objects[_number(reference)]
        drawn = [(forms[id(each.art)], spot) for each in underlays for spot in _spots(each, index, places)]
        if drawn:
            _put_under(pdf, page, drawn)


def _spots(underlay: Underlay, page: int, places: Mapping[str, Place]) -> list[tuple[float, float]]:
    left, top = underlay.left * POINTS_PER_MM, underlay.top * POINTS_PER_MM
    if not underlay.under:
        return [(left, top)]
    place = places.get(underlay.under)
    return [(left + place.box[0], top + place.box[1])] if place and place.page == page else []


def _put_under(pdf: Any, page: Any, drawn: list[tuple[Any, tuple[float, float]]]) -> None:
    resources = pdf.objects[_number(page["Resources"])]
    k = POINTS_PER_MM / UNIT
    operators = ["/Artifact BMC"]
    for form, (left, top) in drawn:
        name = f"Art{_number(form.reference)}"
        resources["XObject"][name] = form.reference
        operators.append(f"q {k:.6f} 0 0 {-k:.6f} {left:.2f} {PAGE_HEIGHT - top:.2f} cm /{name} Do Q")
    first = pydyf.Stream([*operators, "EMC"], compress=True)
    pdf.add_object(first)
    page["Contents"] = pydyf.Array([first.reference, page["Contents"]])


def _form(pdf: Any, art: Art) -> Any:
    box = pydyf.Array((0, 0, round(art.width * UNIT), round(art.height * UNIT)))
    extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Filter": "/FlateDecode"}
    form = pydyf.Stream([art.data], extra)
    pdf.add_object(form)
    return form


def _number(reference: Any) -> int:
    """The number in "12 0 R"."""
    return int(bytes(reference).split()[0])
