"""FEEL, the expression language of DMN: read, and worked out with what is given.

Numbers have 34 digits; a value that cannot be said is None, and the run says why; the time and the room that
an expression may take are limited.
"""

from engine.core.feel.expressions import VOCABULARY, Cell, new_run, outermost, read_cell, read_expression
from engine.core.feel.names import Names
from engine.core.feel.scanning import FeelRefused
from engine.core.feel.scope import FeelStopped, Run, Scope

__all__ = [
    "VOCABULARY",
    "Cell",
    "FeelRefused",
    "FeelStopped",
    "Names",
    "Run",
    "Scope",
    "new_run",
    "outermost",
    "read_cell",
    "read_expression",
]
