"""The one way to write a rule."""

import pytest

from engine.core.rules import Schema, compile_rule


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("answers.t=='x'", 'answers.t == "x"'),
        ("answers.b&&(answers.c&&answers.smoker)", "answers.b && answers.c && answers.smoker"),
        ("answers.b||answers.c&&answers.smoker", "answers.b || (answers.c && answers.smoker)"),
        ("(answers.b||answers.c)&&answers.smoker", "(answers.b || answers.c) && answers.smoker"),
        ("!(answers.n in [1,2])", "!(answers.n in [1, 2])"),
        ("!answers.b", "!answers.b"),
        ("!!answers.b", "answers.b"),
        ("answers.n-(answers.m-1)==3", "answers.n - (answers.m - 1) == 3"),
        ("(answers.n-answers.m)-1==3", "answers.n - answers.m - 1 == 3"),
        ("(answers.n+1)*2==3", "(answers.n + 1) * 2 == 3"),
        ("answers.n+(1*2)==3", "answers.n + 1 * 2 == 3"),
        ("answers.n - -1 == 3", "answers.n - -1 == 3"),
        ("(answers.n<3)==answers.b", "(answers.n < 3) == answers.b"),
        ("answers.b?answers.c:(answers.b?true:false)", "answers.b ? answers.c : (answers.b ? true : false)"),
        ("(answers.b?answers.c:true)&&answers.b", "(answers.b ? answers.c : true) && answers.b"),
        ("answers.g.exists(i,i.age<3&&has(i.k))", "answers.g.exists(i, i.age < 3 && has(i.k))"),
        ("answers.g.filter(i,i.age<3).size()==1", "answers.g.filter(i, i.age < 3).size() == 1"),
        ("sum(answers.g.map(i,i.age>1,i.age))>0", "sum(answers.g.map(i, i.age > 1, i.age)) > 0"),
        ("answers.t.matches(r'^\\d+$')", 'answers.t.matches("^\\\\d+$")'),
        ("answers.t=='a\\nb\\u00e9'", 'answers.t == "a\\nbé"'),
        ("answers.t=='\"'", 'answers.t == "\\""'),
        ("answers.fee<1e22", "answers.fee < 1e+22"),
        ("answers.fee<20.00", "answers.fee < 20.0"),
        ("math.greatest(answers.n,3)>1", "math.greatest(answers.n, 3) > 1"),
        ("answers.g[0].age>1", "answers.g[0].age > 1"),
        ("today<date('2026-03-01')", 'today < date("2026-03-01")'),
        ("(answers.t+'x').size()>1", '(answers.t + "x").size() > 1'),
        ("-answers.n<3", "-answers.n < 3"),
        ("-(answers.n+1)<3", "-(answers.n + 1) < 3"),
    ],
)
def test_a_rule_has_one_text_and_it_is_stable(written: str, canonical: str, schema: Schema) -> None:
    rule = compile_rule(written, schema)
    assert rule.canonical == canonical
    again = compile_rule(canonical, schema)
    assert again.canonical == canonical
    assert again.reads == rule.reads
