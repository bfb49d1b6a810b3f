"""Everything in a file that nobody carried, named with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from engine.core.problems import Part
from forms_library.importing.report import Report
from workflows.dmn.names import OURS
from workflows.dmn.opening import local, of_model, space

KNOWN = frozenset({
    "id", "name", "label", "href", "typeRef", "hitPolicy", "aggregation", "namespace", "isCollection",
    "outputLabel", "expressionLanguage", "exporter", "exporterVersion", "importType",
})  # fmt: skip
PICTURE = "DMNDI"


@dataclass
class Told:
    """The elements of which everything was carried, or said."""

    elements: set[int] = field(default_factory=set)

    def tell(self, *elements: Element) -> None:
        """Note elements as carried; what stands inside them counts by itself."""
        self.elements.update(id(element) for element in elements)

    def tell_all(self, element: Element) -> None:
        """Note an element with everything inside."""
        self.tell(*element.iter())

    def text(self, element: Element) -> str:
        """The text of an element, which is carried now."""
        self.tell(element)
        return next(((each.text or "").strip() for each in element if local(each) == "text"), "")


def name_leftovers(root: Element, told: Told, report: Report) -> None:
    """Name what was not carried, the outermost element for all that it holds."""
    for element in root:
        _name(element, (), told, report)
    _name_attributes(root, ("definitions",), report)


def _name(element: Element, path: tuple[Part, ...], told: Told, report: Report) -> None:
    name = local(element)
    here = (*path, name, element.get("name") or element.get("id") or "")
    if id(element) in told.elements:
        _name_attributes(element, here, report)
        for child in element:
            _name(child, here, told, report)
    elif name == PICTURE:
        report.changed(
            here[:-1], "diagram", "Where things stood in the picture is not kept: it is laid out anew."
        )
    elif not of_model(element):
        if space(element) != OURS:
            sentence = f'What "{space(element)}" says here for another tool is not carried.'
            report.lost(here[:-1], "extension", sentence)
    else:
        said = element.get("name") or " ".join((element.text or "").split())[:80]
        about = f' ("{said}")' if said else ""
        report.lost(here, "element", f"{_spoken(name)}{about} is not carried.")


def _name_attributes(element: Element, path: tuple[Part, ...], report: Report) -> None:
    for name, value in element.attrib.items():
        foreign, plain = name.startswith("{"), name.rpartition("}")[2]
        if foreign and not name.startswith(f"{{{OURS}}}"):
            sentence = f'What "{name[1:].partition("}")[0]}" says here for another tool is not carried.'
            report.lost(path, "extension", sentence)
        elif not foreign and name not in KNOWN and not _says_nothing(name, value):
            report.lost(path, "attribute", f'{_spoken(plain)} ("{value[:80]}") is not carried.')


def _says_nothing(name: str, value: str) -> bool:
    """What only says what would be so without it."""
    if name == "typeLanguage":
        return "feel" in value.lower()
    return (name, value) == ("preferredOrientation", "Rule-as-Row")


def _spoken(tag: str) -> str:
    """businessKnowledgeModel as "Business knowledge model"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in tag)
    return words[:1].upper() + words[1:]
