"""An empty signature field in a tagged PDF, reachable for those who hear the page instead of seeing it."""

from __future__ import annotations

from typing import Any

import pydyf

from engine.documents.underlay import PAGE_HEIGHT, Place

FIELD_NAME = "Signature"
_PRINTED_AND_LOCKED = 4 + 128


def add_signature_field(pdf: Any, place: Place, label: str) -> None:
    """Lay the field over a box of a page; the page's own ink shows through, a click opens the signature."""
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    parents = pdf.objects[_number(root["ParentTree"])]
    page_reference = pdf.page_references[place.page]
    widget = _widget(pdf, page_reference, place.box, label)
    element = _form_element(pdf, root, page_reference, widget, label)
    key = len(parents["Nums"]) // 2
    widget["StructParent"] = key
    parents["Nums"].extend([key, element.reference])
    page_object = pdf.objects[_number(page_reference)]
    page_object.setdefault("Annots", pydyf.Array()).append(widget.reference)
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([widget.reference]), "SigFlags": 3})


def _widget(pdf: Any, page_reference: Any, box: tuple[float, float, float, float], label: str) -> Any:
    left, top, right, bottom = (round(each, 2) for each in box)
    clear = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array((0, 0, 1, 1))})
    pdf.add_object(clear)
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(FIELD_NAME),
            "TU": pydyf.String(label),
            "Contents": pydyf.String(label),
            "Rect": pydyf.Array([left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top]),
            "P": page_reference,
            "F": _PRINTED_AND_LOCKED,
            "AP": pydyf.Dictionary({"N": clear.reference}),
        }
    )
    pdf.add_object(widget)
    return widget


def _form_element(pdf: Any, root: Any, page_reference: Any, widget: Any, label: str) -> Any:
    """A Form element at the end of the document's structure that holds the widget."""
    document = pdf.objects[_number(root["K"][0])]
    reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": page_reference})
    pdf.add_object(reference)
    element = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "K": pydyf.Array([reference.reference]),
            "Pg": page_reference,
            "P": document.reference,
            "Alt": pydyf.String(label),
        }
    )
    pdf.add_object(element)
    document["K"].append(element.reference)
    return element


def _number(reference: Any) -> int:
    """The number in "12 0 R"."""
    return int(bytes(reference).split()[0])
