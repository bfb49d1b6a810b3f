"""Which answers a rule reads."""

import pytest

from engine.core.rules import Schema, compile_rule

PETS = {"answers.g", "answers.g[].pets", "answers.g[].pets[].kind"}
FILTERED = {"answers.g", "answers.g[].age", "answers.g[].k"}


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("answers.n > 1", {"answers.n"}),
        ("has(answers.t)", {"answers.t"}),
        ("today > answers.born", {"today", "answers.born"}),
        ('answers.address.town == "x"', {"answers.address.town"}),
        ('work.check.outcome == "x"', {"work.check.outcome"}),
        ("answers.g.exists(i, i.age > answers.n)", {"answers.g", "answers.g[].age", "answers.n"}),
        ("answers.g.exists(i, i.pets.exists(p, p.kind == i.k))", {*PETS, "answers.g[].k"}),
        ("answers.g.exists(i, i.pets.exists(i, size(i.kind) > 1))", PETS),
        ("answers.g.exists(i, i.row_number == 1)", {"answers.g"}),
        ("answers.g[0].age > 1", {"answers.g[].age"}),
        ("answers.g[answers.n].age > 1", {"answers.g[].age", "answers.n"}),
        ("answers.g.filter(i, i.age > 1).exists(x, x.k == answers.t)", {*FILTERED, "answers.t"}),
        ('answers.g.filter(i, i.age > 1)[0].k == "x"', FILTERED),
        ('answers.tags.exists(x, x == "a")', {"answers.tags"}),
        ("[answers.n, answers.m].exists(n, n > 3)", {"answers.n", "answers.m"}),
        ("answers.g.exists(answers, answers.age > 3)", {"answers.g", "answers.g[].age"}),
    ],
)
def test_reads_are_paths_with_row_scope(text: str, reads: set[str], schema: Schema) -> None:
    assert compile_rule(text, schema).reads == reads
