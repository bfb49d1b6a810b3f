"""A rule as it is being written: its text, what it gives, and how numbers of two kinds come together."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.rules import Kind

# what binds tighter has the higher figure
CHOICE, OR, AND, RELATION, SUM, PRODUCT, UNARY, ATOM = range(8)
RELATIONS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
WHOLE = "whole"  # a whole number that is written out: it becomes what stands beside it
NUMBERS = (WHOLE, "integer", "decimal")
COMPARED = (*NUMBERS, "text", "date", "yes_no")


class NotCarried(Exception):
    """An expression that rules cannot say, with the reason as a sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class Said:
    """A rule as text, what it gives, and how tight it holds together."""

    text: str
    kind: Kind | str
    tight: int = ATOM

    def within(self, least: int) -> str:
        """The text, in brackets where it would fall apart."""
        return self.text if self.tight >= least else f"({self.text})"

    @property
    def spoken(self) -> str:
        """Its kind as a word."""
        return self.kind if isinstance(self.kind, str) else "a group or a list"


def fit(said: Said, wanted: str) -> Said:
    """The same as another kind of number where that is possible; raises NotCarried."""
    if wanted == "decimal" and said.kind == WHOLE:
        return Said(f"{said.text}.0", "decimal", said.tight)
    if wanted == "decimal" and said.kind == "integer":
        return Said(f"double({said.text})", "decimal")
    if wanted in ("integer", "decimal") and said.kind == WHOLE:
        return Said(said.text, "integer", said.tight)
    if said.kind != wanted:
        raise NotCarried(f"It must give {wanted}, and gives {said.spoken}.")
    return said


def numbers(left: Said, right: Said, *, decimal: bool = False) -> tuple[Said, Said]:
    """Two numbers of one kind; raises NotCarried for anything else."""
    for each in (left, right):
        if each.kind not in NUMBERS:
            raise NotCarried("Only numbers can be calculated with.")
    kinds = {left.kind, right.kind}
    if decimal or "decimal" in kinds:
        return fit(left, "decimal"), fit(right, "decimal")
    if kinds == {WHOLE}:
        return left, right
    return fit(left, "integer"), fit(right, "integer")


def compared(sign: str, left: Said, right: Said) -> Said:
    """Two values compared."""
    if {left.kind, right.kind} & {*NUMBERS}:
        left, right = numbers(left, right)
    if left.kind != right.kind or left.kind not in COMPARED:
        raise NotCarried(f"{left.spoken} and {right.spoken} are not compared.")
    if left.kind == "yes_no" and sign not in ("=", "!="):
        raise NotCarried("Yes and no have no order.")
    text = f"{left.within(SUM)} {RELATIONS[sign]} {right.within(SUM)}"
    return Said(text, "yes_no", RELATION)
