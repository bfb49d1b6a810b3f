"""A small form that the tables of these tests read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engine.core.decisions import CompiledTable, Decision, DecisionTable, compile_table
from engine.core.rules import Facts, Group, Schema

TODAY = date(2026, 3, 5)
KINDS = {
    "n": "integer",
    "m": "integer",
    "fee": "decimal",
    "risk": "text",
    "b": "yes_no",
    "born": "date",
    "tags": "choices",
}


@pytest.fixture(scope="session")
def schema() -> Schema:
    """Two numbers, an amount, a text, a yes or no, a day and choices."""
    return Schema({"answers": Group(KINDS)})  # type: ignore[arg-type]


def table(asked: list[str], rows: list[str], **more: Any) -> DecisionTable:
    """table(["n", "risk"], ['< 18 | "High" : "no"']): a table from short lines."""
    read = [row.partition(" : ") for row in rows]
    outputs = more.pop("outputs", [{"key": "result", "type": "text"}])
    return DecisionTable.model_validate({
        "inputs": [
            entry if isinstance(entry, dict) else {"expression": f"answers.{entry}", "type": KINDS[entry]}
            for entry in asked
        ],
        "outputs": outputs,
        "rows": [{"when": when.split(" | "), "then": then.split(" | ")} for when, _, then in read],
        **more,
    })  # fmt: skip


Decide = Callable[..., Decision]


@pytest.fixture
def decide(schema: Schema) -> Decide:
    """decide(table, n=3): what a table says about these answers."""

    def decided(asked: DecisionTable | CompiledTable, **answers: Any) -> Decision:
        ready = asked if isinstance(asked, CompiledTable) else compile_table(asked, schema)
        return ready.run(Facts(schema, {"answers": answers}, TODAY))

    return decided
