"""Translations as XLIFF 1.2 and 2.0, for the programs of translators."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms_library.translations.rows import NotReadable, Row

Version = Literal["1.2", "2.0"]
SPACES = {"1.2": "urn:oasis:names:tc:xliff:document:1.2", "2.0": "urn:oasis:names:tc:xliff:document:2.0"}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES_1 = {"missing": "needs-translation", "stale": "needs-review-translation"}
NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xliff(
    rows: Iterable[Row], *, version: Version, name: str, source_language: str, language: str
) -> bytes:
    """The rows of one language as XLIFF."""
    root = Element("xliff", {"version": version, "xmlns": SPACES[version]})
    if version == "1.2":
        _write_1(root, rows, name, source_language, language)
    else:
        _write_2(root, rows, name, source_language, language)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _write_1(root: Element, rows: Iterable[Row], name: str, source_language: str, language: str) -> None:
    about = {"original": name, "source-language": source_language, "target-language": language}
    body = SubElement(SubElement(root, "file", {**about, "datatype": "plaintext"}), "body")
    for row in rows:
        unit = SubElement(body, "trans-unit", {"id": row.path, "resname": row.path, XML_SPACE: "preserve"})
        _text(unit, "source", row.source)
        if row.target:
            _text(unit, "target", row.target).set("state", STATES_1.get(row.state, "translated"))


def _write_2(root: Element, rows: Iterable[Row], name: str, source_language: str, language: str) -> None:
    root.set("srcLang", source_language)
    root.set("trgLang", language)
    file = SubElement(root, "file", {"id": "f1", "original": name})
    for number, row in enumerate(rows, 1):  # an id may hold no "/", so the path is the name
        unit = SubElement(file, "unit", {"id": f"u{number}", "name": row.path, XML_SPACE: "preserve"})
        state = "translated" if row.state in ("translated", "shared") and row.target else "initial"
        segment = SubElement(unit, "segment", {"state": state})
        _text(segment, "source", row.source)
        if row.target:
            _text(segment, "target", row.target)


def _text(parent: Element, tag: str, text: str) -> Element:
    made = SubElement(parent, tag)
    made.text = NOT_IN_XML.sub("", text)
    return made


def read_xliff(data: bytes) -> list[Row]:
    """The rows of an XLIFF file of either version; entities and outside references are refused."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise NotReadable("This file declares entities or a document type, which is refused.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise NotReadable(f"This is not XML: {error}.") from None
    version = next((v for v, space in SPACES.items() if root.tag == f"{{{space}}}xliff"), "")
    if not version:
        raise NotReadable("This is not XLIFF 1.2 or 2.0.")
    return list(_rows_1(root) if version == "1.2" else _rows_2(root))


def _rows_1(root: Element) -> Iterator[Row]:
    space = f"{{{SPACES['1.2']}}}"
    for file in root.iter(f"{space}file"):
        language = file.get("target-language", "")
        for unit in file.iter(f"{space}trans-unit"):
            path = unit.get("resname") or unit.get("id") or ""
            yield Row(path, _said(unit, f"{space}source"), language, _said(unit, f"{space}target"))


def _rows_2(root: Element) -> Iterator[Row]:
    space = f"{{{SPACES['2.0']}}}"
    for unit in root.iter(f"{space}unit"):
        path = unit.get("name") or unit.get("id") or ""
        parts = [part for part in unit if part.tag in (f"{space}segment", f"{space}ignorable")]
        source = "".join(_said(part, f"{space}source") for part in parts)
        target = "".join(_said(part, f"{space}target") for part in parts)
        yield Row(path, source, root.get("trgLang", ""), target)


def _said(parent: Element, tag: str) -> str:
    found = parent.find(tag)
    return "" if found is None else "".join(found.itertext())
