"""A decision table as a department writes it: questions on top, one rule a row."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Value

from engine.core.hints import ui
from engine.core.text import Text

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]
CellText = Annotated[str, StringConstraints(min_length=1, max_length=1_000, strip_whitespace=True)]
HitPolicy = Literal["unique", "any", "priority", "first", "rule_order", "output_order", "collect"]
Aggregation = Literal["sum", "min", "max", "count"]
InputType = Literal["text", "integer", "decimal", "date", "yes_no", "choices"]
OutputType = Literal["text", "integer", "decimal", "date", "yes_no"]
MANY: frozenset[HitPolicy] = frozenset({"rule_order", "output_order", "collect"})
ORDERED: frozenset[HitPolicy] = frozenset({"priority", "output_order"})


class Part(BaseModel):
    """What all parts of a table have in common: unknown words are refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(Part):
    """One column that is asked: a CEL expression, and what it can be."""

    expression: CellText = Value(
        title="What is asked",
        description="For example answers.age",
        json_schema_extra=ui("rule", gives="text", gives_from="type", any_kind=True),
    )
    type: InputType = Value(title="Kind of value")
    label: Text | None = Value(default=None, title="Heading")
    values: list[CellText] = Value(
        default_factory=list, max_length=200, title="All values", description="The texts that can come."
    )
    minimum: CellText | None = Value(default=None, title="Lowest value")
    maximum: CellText | None = Value(default=None, title="Highest value")


class Output(Part):
    """One column that is answered; with a priority of values where the hit policy needs one."""

    key: Key
    type: OutputType = Value(title="Kind of value")
    label: Text | None = Value(default=None, title="Heading")
    values: list[CellText] = Value(
        default_factory=list, max_length=200, title="Values", description="The most important one first."
    )


class Row(Part):
    """One rule: a cell for each input and each output."""

    when: list[CellText] = Value(max_length=20, title="If")
    then: list[CellText] = Value(min_length=1, max_length=20, title="Then")
    note: str = Value(default="", max_length=500, title="Note")


class DecisionTable(Part):
    """Rules as rows; the hit policy says what happens when several of them hold."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=ui("decision_table"))

    hit_policy: HitPolicy = Value(default="unique", title="When several rules hold")
    aggregation: Aggregation | None = Value(default=None, title="Collected as")
    inputs: list[Input] = Value(min_length=1, max_length=20, title="Questions")
    outputs: list[Output] = Value(min_length=1, max_length=20, title="Results")
    rows: list[Row] = Value(min_length=1, max_length=500, title="Rules")
    default: list[CellText] | None = Value(default=None, max_length=20, title="When no rule holds")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for sentence in self._misfits():
            raise ValueError(sentence)
        return self

    def _misfits(self) -> list[str]:
        found = [
            f"Row {number} needs {len(self.inputs)} conditions and {len(self.outputs)} results"
            for number, row in enumerate(self.rows, 1)
            if len(row.when) != len(self.inputs) or len(row.then) != len(self.outputs)
        ]
        if self.default is not None and len(self.default) != len(self.outputs):
            found.append(f"The default needs {len(self.outputs)} results")
        if len({output.key for output in self.outputs}) < len(self.outputs):
            found.append("Two results have the same key")
        return found + self._misfit_policy()

    def _misfit_policy(self) -> list[str]:
        found = []
        if self.aggregation and self.hit_policy != "collect":
            found.append("Only a collecting table can add up its results")
        if self.aggregation and len(self.outputs) > 1:
            found.append("A table that adds up its results has one result")
        if self.aggregation == "sum" and self.outputs[0].type not in ("integer", "decimal"):
            found.append("Only numbers can be added up")
        if self.hit_policy in ORDERED and not any(output.values for output in self.outputs):
            found.append("This hit policy needs the values of a result, the most important one first")
        return found

    @property
    def gives_many(self) -> bool:
        """Whether the result is a list."""
        return self.hit_policy in MANY and self.aggregation is None
