"""A DMN file opened, in any version of the standard from 1.1 on; hostile files are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms_library.importing.port import Refused

LARGEST = 5_000_000  # bytes
MOST_ELEMENTS = 100_000
DEEPEST = 80
MODEL = re.compile(r"https?://www\.omg\.org/spec/DMN/\d{8}/(?:MODEL/|dmn\.xsd)")


def open_definitions(data: bytes) -> Element:
    """The root of a DMN file, its names without their namespace; raises Refused."""
    root = open_xml(data)
    if local(root) != "definitions" or not MODEL.fullmatch(space(root)):
        raise Refused("This file is not DMN: it does not begin with its definitions.")
    return root


def open_xml(data: bytes) -> Element:
    """The root of an XML file that is not too large; raises Refused."""
    if len(data) > LARGEST:
        raise Refused(f"This file is larger than {LARGEST // 1_000_000} MB.")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Refused(
            "This file is not XML that may be read: it is damaged, or it names other files."
        ) from None
    for number, _ in enumerate(root.iter()):
        if number > MOST_ELEMENTS:
            raise Refused(f"This file has more than {MOST_ELEMENTS:,} elements.")
    if _depth(root) > DEEPEST:
        raise Refused(f"Elements stand inside each other more than {DEEPEST} deep.")
    return root


def _depth(root: Element) -> int:
    depth, level = 0, [root]
    while level and depth <= DEEPEST:
        depth, level = depth + 1, [child for each in level for child in each]
    return depth


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"


def space(element: Element) -> str:
    """The namespace of an element."""
    return element.tag.rpartition("}")[0].lstrip("{") if isinstance(element.tag, str) else ""


def of_model(element: Element) -> bool:
    """Whether an element belongs to DMN itself."""
    return bool(MODEL.fullmatch(space(element)))


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements of DMN directly inside; with names only those."""
    return (each for each in element if of_model(each) and (not names or local(each) in names))


def child(element: Element, *names: str) -> Element | None:
    """The first element of DMN with one of these names."""
    return next(children(element, *names), None)


def text_of(element: Element | None, name: str = "text") -> str:
    """The text of an element inside."""
    found = child(element, name) if element is not None else None
    return (found.text or "").strip() if found is not None else ""
