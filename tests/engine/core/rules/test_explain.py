"""Why a rule says what it says."""

from datetime import date
from decimal import Decimal

from engine.core.rules import Facts, Outcome, Schema, compile_rule

Lines = list[tuple[int, str, Outcome]]


def _explained(text: str, schema: Schema, **answers: object) -> Lines:
    facts = Facts(schema, {"answers": answers}, date(2026, 3, 5))
    return [(s.depth, s.text, s.outcome) for s in compile_rule(text, schema).explain(facts)]


def test_every_comparison_shows_its_values(schema: Schema) -> None:
    assert _explained("answers.n > 2 && !(answers.fee + 0.1 == 0.3)", schema, n=3, fee="0.2") == [
        (0, "answers.n > 2 && !(answers.fee + 0.1 == 0.3)", Outcome(False)),
        (1, "answers.n > 2", Outcome(True)),
        (2, "answers.n", Outcome(3)),
        (1, "!(answers.fee + 0.1 == 0.3)", Outcome(False)),
        (2, "answers.fee + 0.1 == 0.3", Outcome(True)),
        (3, "answers.fee + 0.1", Outcome(Decimal("0.3"))),
        (4, "answers.fee", Outcome(Decimal("0.2"))),
    ]


def test_a_part_without_an_answer_says_which(schema: Schema) -> None:
    lines = _explained("answers.n > 2 || answers.b", schema, b=True)
    assert lines[0][2] == Outcome(True)
    assert lines[1] == (1, "answers.n > 2", Outcome(missing=("answers.n",)))


def test_loops_are_shown_row_by_row(schema: Schema) -> None:
    lines = _explained("answers.g.exists(i, i.age < answers.n)", schema, n=18, g=[{"age": 40}, {}])
    texts = {text: outcome for _, text, outcome in lines}
    assert texts["answers.g[0].age < answers.n"] == Outcome(False)
    assert texts["answers.g[0].age"] == Outcome(40)
    assert texts["answers.g[1].age"] == Outcome(missing=("answers.g[].age",))


def test_a_loop_name_that_is_used_twice_is_replaced_once(schema: Schema) -> None:
    rule = 'answers.g.exists(i, i.age > 3 && i.pets.exists(i, i.kind == "cat"))'
    lines = _explained(rule, schema, g=[{"age": 4, "pets": [{"kind": "cat"}]}])
    texts = {text: outcome for _, text, outcome in lines}
    assert texts['answers.g[0].pets.exists(i, i.kind == "cat")'] == Outcome(True)
    assert texts['answers.g[0].pets[0].kind == "cat"'] == Outcome(True)


def test_many_rows_are_cut(schema: Schema) -> None:
    lines = _explained("answers.g.all(i, i.age < 18)", schema, g=[{"age": 1}] * 100)
    assert sum(depth == 1 for depth, _, _ in lines) == 20
