"""A decision table made ready: every cell is a rule, with its place when something is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.core.decisions.cells import Cell, CellRefused, literal_of, read_cell
from engine.core.decisions.coverage import check_coverage
from engine.core.decisions.deciding import Decision, decide, default, then, when
from engine.core.decisions.definition import DecisionTable, InputType, OutputType
from engine.core.problems import Problems
from engine.core.rules import Facts, Rule, RuleRefused, Schema, Want, compile_rule

WANTS: Mapping[InputType, Want] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "yes_no": "bool",
    "choices": "choices",
}
RuleTexts = dict[str, tuple[str, Want]]


@dataclass(frozen=True, eq=False)
class CompiledTable:
    """A table ready to decide; shared freely between threads."""

    table: DecisionTable
    rules: Mapping[str, Rule]

    @property
    def reads(self) -> frozenset[str]:
        """All that the table reads."""
        return frozenset(read for rule in self.rules.values() for read in rule.reads)

    def run(self, facts: Facts) -> Decision:
        """What the table decides about these facts."""
        return decide(self.table, lambda name: self.rules[name].run(facts))


def compile_table(table: DecisionTable, schema: Schema) -> CompiledTable:
    """The table made ready; raises DefinitionRefused when something must be mended."""
    problems = Problems()
    compiled = build_table(table, schema, problems)
    problems.refuse_if_any()
    return compiled


def build_table(table: DecisionTable, schema: Schema, problems: Problems) -> CompiledTable:
    """Compile what can be compiled, note all that cannot, and look for gaps and overlaps."""
    check_table(table, problems)
    rules: dict[str, Rule] = {}
    made: dict[tuple[str, Want], Rule | RuleRefused] = {}
    for name, (text, want) in rule_texts(table).items():
        if (text, want) not in made:
            made[text, want] = _compiled(text, want, schema)
        match made[text, want]:
            case RuleRefused() as refused:
                problems.at(*_path(name)).mend("rule", refused.sentence)
            case Rule() as rule:
                rules[name] = rule
    return CompiledTable(table, rules)


def _compiled(text: str, want: Want, schema: Schema) -> Rule | RuleRefused:
    try:
        return compile_rule(text, schema, want)
    except RuleRefused as refused:
        return refused


def _path(name: str) -> list[str | int]:
    """rows[2].when[0] as steps."""
    parts = name.replace("]", "").replace("[", ".").split(".")
    return [int(part) if part.isdecimal() else part for part in parts]


def check_table(table: DecisionTable, problems: Problems) -> None:
    """Note cells that cannot be read, values that the column does not know, gaps and overlaps."""
    cells = [
        [
            _cell(text, table.inputs[column].type, problems.at("rows", number, "when", column))
            for column, text in enumerate(row.when)
        ]
        for number, row in enumerate(table.rows)
    ]
    _strange_values(table, cells, problems)
    check_coverage(table, cells, problems)


def _cell(text: str, kind: InputType, problems: Problems) -> Cell:
    try:
        return read_cell(text, kind)
    except CellRefused as refused:
        problems.mend("cell", str(refused))
        return Cell(rule="it")


def _strange_values(table: DecisionTable, cells: Sequence[Sequence[Cell]], problems: Problems) -> None:
    for column, asked in enumerate(table.inputs):
        if not asked.values:
            continue
        known = {literal_of(text, "text") for text in asked.values}
        for number, row in enumerate(cells):
            for part in (part for test in row[column].tests for part in test):
                if part.literal is not None and part.literal not in known:
                    problems.at("rows", number, "when", column).mend(
                        "strange_value", f"{part.text} is none of the values of this column."
                    )


def rule_texts(table: DecisionTable) -> RuleTexts:
    """Every rule of the table by its place; cells that cannot be read are left out."""
    texts: RuleTexts = {
        f"inputs[{number}].expression": (asked.expression, WANTS[asked.type])
        for number, asked in enumerate(table.inputs)
    }
    for number, row in enumerate(table.rows):
        for column, (asked, text) in enumerate(zip(table.inputs, row.when, strict=True)):
            if cell := _rule(text, asked.expression, asked.type):
                texts[when(number, column)] = (cell, "bool")
        for column, (given, text) in enumerate(zip(table.outputs, row.then, strict=True)):
            texts[then(number, column)] = (_result(text, given.type), WANTS[given.type])
    for column, (given, text) in enumerate(zip(table.outputs, table.default or [], strict=False)):
        texts[default(column)] = (_result(text, given.type), WANTS[given.type])
    return texts


def _rule(text: str, expression: str, kind: InputType) -> str:
    try:
        cell = read_cell(text, kind)
    except CellRefused:
        return ""
    return "" if cell.takes_all else cell.cel(expression, kind)


def _result(text: str, kind: OutputType) -> str:
    whole = kind == "decimal" and literal_of(text, "integer") is not None and "." not in text
    return f"{text}.0" if whole else text
