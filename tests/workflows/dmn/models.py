"""Small DMN models to work with."""

from collections.abc import Mapping
from typing import Any

from engine.core.feel import new_run
from workflows.dmn.cases import as_type
from workflows.dmn.evaluating import Evaluation, types_of
from workflows.dmn.model import read_models
from workflows.dmn.opening import open_definitions

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def model(inside: str, *, namespace: str = "urn:one", xmlns: str = DMN) -> bytes:
    """A file with these elements."""
    return f'<definitions xmlns="{xmlns}" name="m" namespace="{namespace}">{inside}</definitions>'.encode()


def decision(name: str, logic: str, *needs: str, kind: str = "", functions: tuple[str, ...] = ()) -> str:
    """A decision that requires inputs or decisions by id."""
    required = ""
    for need in needs:
        kind_of_need = "Input" if need.startswith("i_") else "Decision"
        inside = f'<required{kind_of_need} href="#{need}"/>'
        required += f"<informationRequirement>{inside}</informationRequirement>"
    required += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{need}"/></knowledgeRequirement>'
        for need in functions
    )
    typed = f' typeRef="{kind}"' if kind else ""
    variable = f'<variable name="{name}"{typed}/>'
    return f'<decision id="d_{name}" name="{name}">{variable}{required}{logic}</decision>'


def given(name: str, kind: str = "") -> str:
    """An input."""
    typed = f' typeRef="{kind}"' if kind else ""
    return f'<inputData id="i_{name}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def text(content: str, **attributes: str) -> str:
    """A literal expression."""
    content = content.replace("&", "&amp;").replace("<", "&lt;")
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<literalExpression{said}><text>{content}</text></literalExpression>"


def table(
    inputs: Mapping[str, str], rows: list[list[str]], *, policy: str = "UNIQUE", outputs: str = "<output/>",
    aggregation: str = "",
) -> str:  # fmt: skip
    """A decision table: the expressions of its inputs with their types, and its rows."""
    asked = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{expression}</text></inputExpression></input>'
        for expression, kind in inputs.items()
    )
    rules = ""
    for row in rows:
        cells = [cell.replace("&", "&amp;").replace("<", "&lt;") for cell in row]
        tests = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[: len(inputs)])
        found = "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in cells[len(inputs) :])
        rules += f"<rule>{tests}{found}</rule>"
    collected = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable hitPolicy="{policy}"{collected}>{asked}{outputs}{rules}</decisionTable>'


def decided(name: str, data: bytes, *others: bytes, **answers: Any) -> Any:
    """What a decision of the first file comes to; the others lie beside it."""
    models = read_models([open_definitions(each) for each in (data, *others)])
    main = next(iter(models.values()))
    run = new_run(types_of(models, main))
    known = {item.name: item for item in main.items.values()}
    values = {
        known[key].address: as_type(value, known[key].type, run.types) for key, value in answers.items()
    }
    return Evaluation(models, values, run).value(known[name].address)
