"""The decision tables of the DMN conformance suite, translated here and run on its own cases."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from engine.core.decisions import DecisionTable, compile_table
from engine.core.rules import Facts, Group, Schema

CASES = Path(__file__).parents[4].parent / "shared" / "cases" / "dmn-tck" / "compliance-level-2"
MODEL = "{https://www.omg.org/spec/DMN/20230324/MODEL/}"
TEST = "{http://www.omg.org/spec/DMN/20160719/testcase}"
TYPES = {"number": "decimal", "string": "text", "boolean": "yes_no", "date": "date"}
# what is no table is not ours: a formula with a power, which CEL has not, and a call of a function model
NO_TABLE = {"0008-LX-arithmetic": "literalExpression", "0009-invocation-arithmetic": "literalExpression"}
TABLES = [
    "0004-simpletable-U",
    "0005-simpletable-A",
    "0006-simpletable-P1",
    "0007-simpletable-P2",
    "0010-multi-output-U",
]

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the DMN cases are not on this machine")


def key(name: str) -> str:
    return re.sub(r"\W", "_", name)


def texts(parent: Any, path: str) -> list[str]:
    return [node.text.strip() for node in parent.findall(f"{path}/{MODEL}text")]


def values(parent: Any, path: str) -> list[str]:
    return [part.strip() for text in texts(parent, path) for part in text.split(",")]


def table_of(node: Any) -> DecisionTable:
    """A decision table of the suite in our words."""
    inputs = []
    for column in node.iter(f"{MODEL}input"):
        asked = column.find(f"{MODEL}inputExpression")
        inputs.append({
            "expression": f"answers.{key(asked.findtext(f'{MODEL}text').strip())}",
            "type": TYPES[asked.get("typeRef")],
            "values": values(column, f"{MODEL}inputValues"),
        })  # fmt: skip
    outputs = [
        {
            "key": key(column.get("name") or "result"),
            "type": TYPES[column.get("typeRef") or "string"],
            "values": values(column, f"{MODEL}outputValues"),
        }
        for column in node.iter(f"{MODEL}output")
    ]
    rows = [
        {"when": texts(rule, f"{MODEL}inputEntry"), "then": texts(rule, f"{MODEL}outputEntry")}
        for rule in node.iter(f"{MODEL}rule")
    ]
    default = [
        text for column in node.iter(f"{MODEL}output") for text in texts(column, f"{MODEL}defaultOutputEntry")
    ]
    return DecisionTable.model_validate({
        "hit_policy": node.get("hitPolicy", "UNIQUE").lower(),
        "inputs": inputs,
        "outputs": outputs,
        "rows": rows,
        "default": default or None,
    })  # fmt: skip


def plain(node: Any) -> Any:
    """A value of a test case."""
    parts = node.findall(f"{TEST}component")
    if parts:
        return {key(part.get("name")): plain(part) for part in parts}
    value = node.find(f"{TEST}value")
    kind = next(text for name, text in value.attrib.items() if name.endswith("type"))
    match kind.partition(":")[2]:
        case "decimal":
            return Decimal(value.text)
        case "boolean":
            return value.text == "true"
    return value.text


def cases(name: str) -> Iterator[tuple[dict[str, Any], Any]]:
    for path in sorted((CASES / name).glob("*.xml")):
        for case in ElementTree.parse(path).getroot().iter(f"{TEST}testCase"):
            given = {key(node.get("name")): plain(node) for node in case.iter(f"{TEST}inputNode")}
            for result in case.iter(f"{TEST}resultNode"):
                yield given, plain(result.find(f"{TEST}expected"))


def model(name: str) -> Any:
    return ElementTree.parse(CASES / name / f"{name}.dmn").getroot()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_suite_decides_as_expected(name: str) -> None:
    table = table_of(next(model(name).iter(f"{MODEL}decisionTable")))
    kinds = {column.expression.partition(".")[2]: column.type for column in table.inputs}
    schema = Schema({"answers": Group(kinds)})  # type: ignore[arg-type]
    compiled = compile_table(table, schema)
    expected = list(cases(name))
    given = [compiled.run(Facts(schema, {"answers": facts}, date(2026, 3, 5))) for facts, _ in expected]
    assert len(expected) >= 1
    assert [decision.value for decision in given] == [value for _, value in expected]
    print(f"{name}: {len(expected)} of {len(expected)}")  # noqa: T201


def test_what_is_no_table_is_named() -> None:
    folders = {path.name for path in CASES.iterdir() if "0004" <= path.name[:4] <= "0010"}
    assert folders == {*TABLES, *NO_TABLE}
    for name, instead in NO_TABLE.items():
        assert next(model(name).iter(f"{MODEL}decisionTable"), None) is None
        assert next(model(name).iter(f"{MODEL}{instead}"), None) is not None
