"""What kind of value a decision table gives, for the rules that read it."""

from typing import Any

from engine.core.decisions.deciding import stored
from engine.core.decisions.definition import DecisionTable
from engine.core.rules import Group, Kind, Rows


def kind_of(table: DecisionTable) -> Kind:
    """One result, a group of results, or a list of either."""
    if table.aggregation == "count":
        return "integer"
    if _gives_texts(table):
        return "choices"
    if len(table.outputs) == 1 and not table.gives_many:
        return table.outputs[0].type
    fields: dict[str, Kind] = {output.key: output.type for output in table.outputs}
    return Rows(fields) if table.gives_many else Group(fields)


def kept(table: DecisionTable, value: Any) -> Any:
    """A decided value as JSON of that kind: a list of single results becomes rows, unless they are texts."""
    found = stored(value)
    if table.gives_many and len(table.outputs) == 1 and not _gives_texts(table):
        return [{table.outputs[0].key: each} for each in found]
    return found


def _gives_texts(table: DecisionTable) -> bool:
    return table.gives_many and len(table.outputs) == 1 and table.outputs[0].type == "text"
