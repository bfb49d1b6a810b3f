"""The names of DMN 1.3 in XML."""

from xml.etree.ElementTree import register_namespace

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
PICTURE = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
BOUNDS = "http://www.omg.org/spec/DMN/20180521/DC/"
LINES = "http://www.omg.org/spec/DMN/20180521/DI/"
OURS = "urn:caseway:dmn:1"
CEL = "https://cel.dev"  # the language of rules

# other prefixes than those of BPMN: a prefix stands for one address only
PREFIXES = {"dmn": DMN, "dmndi": PICTURE, "dmndc": BOUNDS, "dmnline": LINES, "cw": OURS}
for _prefix, _address in PREFIXES.items():
    register_namespace(_prefix, _address)


def dmn(name: str) -> str:
    """The full name of a part of the model."""
    return f"{{{DMN}}}{name}"


def picture(name: str) -> str:
    """The full name of a part of the diagram."""
    return f"{{{PICTURE}}}{name}"


def ours(name: str) -> str:
    """The full name of what only Caseway reads."""
    return f"{{{OURS}}}{name}"
