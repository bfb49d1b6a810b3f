"""What the check accepts, and the sentences for what it refuses."""

import pytest

from engine.core.rules import Rule, RuleRefused, Schema, compile_rule


def _refused(text: str, schema: Schema, want: str | None = "bool") -> RuleRefused:
    with pytest.raises(RuleRefused) as refused:
        compile_rule(text, schema, want)  # type: ignore[arg-type]
    return refused.value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("answers.fee < 20", "write 20.0 instead of 20."),
        ("20 < answers.fee", "write 20.0 instead of 20."),
        ("answers.fee == -3", "write -3.0 instead of -3."),
        ("answers.fee < answers.n", "double(...)"),
        ("answers.feee < 1.0", 'There is no "feee" in answers. Did you mean "fee"?'),
        ("answers.address.twon == 'x'", 'There is no "twon" in answers.address. Did you mean "town"?'),
        ("answers.g.exists(i, i.aeg > 1)", 'There is no "aeg" in answers.g. Did you mean "age"?'),
        ("anwers.n > 1", 'There is nothing named "anwers". Did you mean "answers"?'),
        ("n > 1", 'Write answers.n: "n" is one of the answers.'),
        ("qqq", "Rules can read answers, work, today."),
        (
            "yearBefore(today, 3) > today",
            "There is no function yearBefore(). Did you mean yearsBefore(today, 18)?",
        ),
        ("blorb(1)", "There is no function blorb()."),
        ("answers.t == null", "write has(answers.name), not null"),
        ("null == null", "write has(answers.name), not null"),
        ("answers.born < '2020-01-01'", 'Write a day as date("2026-03-01").'),
        ("answers.t < 3", "A text and a whole number cannot be compared with <."),
        ("answers.t + 3 == 'x'", "A text and a whole number cannot be calculated with +."),
        ("answers.n && true", "&& works on statements that are yes or no; here it meets a whole number."),
        ("!answers.n", "! works on statements that are yes or no"),
        ("answers.n in 3", "What stands after in must be a list"),
        ("answers.b ? 1 : 'x'", "Both results of ? : must be of one kind"),
        ("age(answers.born) > 3", "age() is written as age(answers.born, today)."),
        ("age(answers.n, today) > 3", "age() cannot be used on a whole number and a date."),
        ("answers.g.exist(i, i.age > 3)", "Write rows.exists(row, ...)"),
        ("answers.t.contains(u)", 'Write answers.u: "u" is one of the answers.'),
        ("answers.t.contains(blorb)", 'There is nothing named "blorb".'),
        ("answers.g.all(i)", "Write rows.all(row, ...)"),
        ("answers.g.age > 3", "These are several rows"),
        ("answers.n.x > 3", "This is a whole number and has no parts."),
        ("has(answers)", "has() takes the name of an answer"),
        ("answers.n > 1 and true", 'Write && instead of "and".'),
        ("answers.n > 1 or true", 'Write || instead of "or".'),
        ("answers.n = 1", "Write == to compare."),
        ("answers.t == 'x", "must end with the same quotation mark"),
        ("answers.n >", "The rule ends too early."),
        ("", "The rule ends too early."),
        ("answers.n > 1 }", "The rule cannot be read from here on."),
        ("answers.n", "The rule must give yes or no, and gives a whole number."),
        ("answers.t.matches(answers.u)", "A pattern must be written out"),
        ('answers.t.matches("(")', "The pattern cannot be used: missing )"),
        ('answers.t.matches("(?=x)")', "The pattern cannot be used"),
        ('answers.t.matches("x{1001}")', "The pattern cannot be used"),
        ('date("2026-02-30") < today', '"2026-02-30" is no date.'),
        ('date("1.3.2026") < today', '"1.3.2026" is no date.'),
        (
            "answers.g.map(i, i.age) == [1]",
            "map() can only stand directly inside sum()",
        ),
        ("size({1: 2}) > 0", "A rule cannot build groups of its own"),
        ("type(answers.n) == int", "The function type() cannot be used in rules."),
        ("dyn(answers.n) == 1", "The function dyn() cannot be used in rules."),
        ("1u == 1u", "Write numbers as 20 or 20.0"),
        ("b'x' == b'x'", "Write numbers as 20 or 20.0"),
        (" + ".join(["answers.n"] * 40) + " > 1", "Put brackets around groups of parts."),
        ("(" * 40 + "true" + ")" * 40, "The rule is nested too deeply"),
        ("answers.fee < 1234567890123456.5", "A number has at most 15 digits."),
    ],
)
def test_a_refused_rule_is_explained(text: str, sentence: str, schema: Schema) -> None:
    assert sentence in _refused(text, schema).sentence


def test_a_refusal_knows_its_place(schema: Schema) -> None:
    refused = _refused("answers.n > 1 &&\n  answers.feee < 1.0", schema)
    assert (refused.line, refused.column) == (2, 10)
    refused = _refused('answers.n > 1 &&\n  answers.t.matches("(")', schema)
    assert refused.line == 2


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("answers.n > 1", "bool"),
        ("answers.t", "text"),
        ("answers.n + 1", "integer"),
        ("answers.fee * 2.0", "decimal"),
        ("answers.born", "date"),
        ("yearsBefore(today, 1)", "date"),
        ("answers.tags", "choices"),
    ],
)
def test_a_rule_knows_its_type(text: str, want: str, schema: Schema) -> None:
    assert compile_rule(text, schema, want).type == want  # type: ignore[arg-type]
    assert compile_rule(text, schema, None).type == want


def test_a_whole_number_for_a_decimal_field_gets_a_hint(schema: Schema) -> None:
    assert "Write 20.0 instead of 20" in _refused("20", schema, "decimal").sentence


@pytest.mark.parametrize("text", ["answers.address", "answers.g", "[1, 2]", "today - answers.born"])
def test_a_group_is_no_value(text: str, schema: Schema) -> None:
    assert "no single value" in _refused(text, schema, None).sentence


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("answers.n / 2 > 1", "7 / 2 gives 3"),
        ("answers.g.all(i, i.age > 1)", "Add size(answers.g) > 0 && in front"),
    ],
)
def test_what_is_probably_not_meant_gets_a_note(text: str, note: str, schema: Schema) -> None:
    notes = compile_rule(text, schema).notes
    assert len(notes) == 1
    assert note in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "size(answers.g) > 0 && answers.g.all(i, i.age > 1)",
        '["a", "b"].all(v, v in answers.tags)',
        "answers.fee / 2.0 > 1.0",
    ],
)
def test_what_is_meant_gets_no_note(text: str, schema: Schema) -> None:
    assert compile_rule(text, schema).notes == ()


def test_what_the_check_accepts_is_shared_by_its_text(schema: Schema) -> None:
    rule = compile_rule(" answers.n>1 ", schema)
    assert isinstance(rule, Rule)
    assert rule.source == " answers.n>1 "
    assert rule.canonical == "answers.n > 1"
