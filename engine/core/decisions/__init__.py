"""Decision tables with the hit policies of DMN; every cell is a rule."""

from engine.core.decisions.compiling import (
    CompiledTable,
    build_table,
    check_table,
    compile_table,
    rule_texts,
)
from engine.core.decisions.deciding import Decision, decide, stored
from engine.core.decisions.definition import DecisionTable, Input, Output, Row
from engine.core.decisions.kinds import kept, kind_of

__all__ = [
    "CompiledTable",
    "Decision",
    "DecisionTable",
    "Input",
    "Output",
    "Row",
    "build_table",
    "check_table",
    "compile_table",
    "decide",
    "kept",
    "kind_of",
    "rule_texts",
    "stored",
]
