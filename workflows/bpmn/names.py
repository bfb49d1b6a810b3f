"""The names of BPMN 2.0 in XML."""

from xml.etree.ElementTree import register_namespace

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
SCHEMA_TYPES = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:caseway:bpmn:1"
CEL = "https://cel.dev"  # the language of rules

PREFIXES = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": LINES, "xsi": SCHEMA_TYPES, "caseway": OURS}
for _prefix, _address in PREFIXES.items():
    register_namespace(_prefix, _address)


def model(name: str) -> str:
    """The full name of a part of the model."""
    return f"{{{MODEL}}}{name}"


def diagram(name: str) -> str:
    """The full name of a part of the diagram."""
    return f"{{{DIAGRAM}}}{name}"


def ours(name: str) -> str:
    """The full name of what only Caseway reads."""
    return f"{{{OURS}}}{name}"
