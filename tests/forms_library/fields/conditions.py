"""Rules that use an answer as what its kind says it is."""

from typing import Any

from engine.core.rules import Group, Rows


def operands(kind: Any, name: str = "answers.q") -> list[str]:
    """A rule for each part of an answer, written for the type that CEL must see."""
    if isinstance(kind, Rows):
        inside = [rule for part, inner in kind.fields.items() for rule in operands(inner, f"r.{part}")]
        return [f"size({name}) >= 0", *[f"{name}.all(r, {rule})" for rule in inside]]
    if isinstance(kind, Group):
        return [rule for part, inner in kind.fields.items() for rule in operands(inner, f"{name}.{part}")]
    return [{
        "text": f'{name} == "x" || size({name}) >= 0',
        "integer": f"{name} * 2 >= {name} - 1 || true",
        "decimal": f"{name} + 0.5 > 1.0 || true",
        "yes_no": f"{name} == true || !{name}",
        "date": f'{name} <= today || {name} > date("2020-01-01")',
        "choices": f'"x" in {name} || size({name}) >= 0',
    }[kind]]  # fmt: skip
