"""Decisions with what they require: other decisions, functions, services, other files."""

from decimal import Decimal

import pytest

from engine.core.feel import FeelStopped
from tests.workflows.dmn.models import decided, decision, given, model, table, text

FUNCTION = (
    '<businessKnowledgeModel id="b_pmt" name="pay"><variable name="pay"/><encapsulatedLogic>'
    '<formalParameter name="p" typeRef="number"/><formalParameter name="n" typeRef="number"/>'
    f"{text('if n = 0 then 0 else p + pay(p, n - 1)')}</encapsulatedLogic>"
    '<knowledgeRequirement><requiredKnowledge href="#b_pmt"/></knowledgeRequirement></businessKnowledgeModel>'
)
SERVICE = (
    '<decisionService id="s" name="grading"><variable name="grading"/><outputDecision href="#d_grade"/>'
    '<encapsulatedDecision href="#d_points"/><inputData href="#i_marks"/></decisionService>'
)


def test_a_decision_sees_what_it_requires_and_nothing_else() -> None:
    data = model(
        given("a", "number")
        + decision("twice", text("a * 2"), "i_a")
        + decision("sum", text("twice + 1"), "d_twice")
        + decision("blind", text("a + 1"))
    )
    assert decided("sum", data, a=Decimal(4)) == 9
    assert decided("blind", data, a=Decimal(4)) is None


def test_a_function_may_call_itself() -> None:
    data = model(FUNCTION + decision("total", text("pay(10, 3)"), functions=("b_pmt",)))
    assert decided("total", data) == 30


def test_a_function_is_called_in_boxes() -> None:
    values = {"n": "2", "p": "5"}
    binding = "".join(
        f'<binding><parameter name="{name}"/>{text(value)}</binding>' for name, value in values.items()
    )
    data = model(
        FUNCTION + decision("total", f"<invocation>{text('pay')}{binding}</invocation>", functions=("b_pmt",))
    )
    assert decided("total", data) == 10


def test_a_service_is_called_like_a_function() -> None:
    data = model(
        given("marks", "number")
        + decision("points", text("marks + 1"), "i_marks")
        + decision("grade", text('if points > 5 then "good" else "bad"'), "d_points")
        + SERVICE
        + decision("asked", text("grading(7)"), functions=("s",))
    )
    assert decided("asked", data, marks=Decimal(1)) == "good"
    assert decided("grade", data, marks=Decimal(1)) == "bad"


def test_what_another_file_holds_is_known_under_the_name_of_the_import() -> None:
    other = model(
        '<itemDefinition name="tAge"><typeRef>number</typeRef>'
        "<allowedValues><text>[0..150]</text></allowedValues></itemDefinition>"
        + decision("limit", text("18")),
        namespace="urn:two",
    )
    imported = '<import namespace="urn:two" name="law" importType="x"/>'
    needs = '<informationRequirement><requiredDecision href="urn:two#d_limit"/></informationRequirement>'
    own = (
        '<decision id="d_old" name="old"><variable name="old"/><informationRequirement>'
        f'<requiredInput href="#i_age"/></informationRequirement>{needs}{text("age >= law.limit")}</decision>'
    )
    data = model(imported + given("age", "law.tAge") + own)
    assert decided("old", data, other, age=Decimal(20)) is True
    assert decided("old", data, other, age=Decimal(200)) is None, "no age of the type"
    assert decided("old", data, age=Decimal(20)) is None, "the other file is missing"


def test_a_decision_that_requires_itself_has_no_value() -> None:
    data = model(decision("a", text("b + 1"), "d_b") + decision("b", text("a + 1"), "d_a"))
    assert decided("a", data) is None


def test_a_result_must_be_of_its_type() -> None:
    data = model(decision("n", text('"x"'), kind="number") + decision("l", text("[7]"), kind="number"))
    assert decided("n", data) is None
    assert decided("l", data) == 7, "a list of one stands for its item"


def test_what_never_ends_is_stopped() -> None:
    data = model(
        '<businessKnowledgeModel id="b" name="f"><variable name="f"/><encapsulatedLogic>'
        f'<formalParameter name="n"/>{text("f(n + 1)")}</encapsulatedLogic></businessKnowledgeModel>'
        + decision("d", text("f(1)"), functions=("b",))
    )
    with pytest.raises(FeelStopped):
        decided("d", data)


def test_boxes_of_every_kind() -> None:
    def variable(name: str, logic: str) -> str:
        return f'<contextEntry><variable name="{name}"/>{logic}</contextEntry>'

    def part(name: str, content: str) -> str:
        return f"<{name}>{text(content)}</{name}>"

    relation = (
        '<relation><column name="k"/><column name="v"/>'
        f"<row>{text('1')}{text('10')}</row><row>{text('2')}{text('20')}</row></relation>"
    )
    last = f"<contextEntry>{text('a + 1')}</contextEntry>"
    boxes = {
        "context": f"<context>{variable('a b', text('1'))}{variable('c', text('a b + 1'))}</context>",
        "result": f"<context>{variable('a', text('1'))}{last}</context>",
        "listed": f"<list>{text('1')}{text('2')}</list>",
        "related": f"<filter><in>{relation}</in>{part('match', 'k = 2')}</filter>",
        "function": f'<functionDefinition><formalParameter name="x"/>{text("x")}</functionDefinition>',
        "chosen": f"<conditional>{part('if', 'true')}{part('then', '1')}{part('else', '2')}</conditional>",
        "looped": f'<for iteratorVariable="i">{part("in", "[1, 2]")}{part("return", "i * 2")}</for>',
        "some": f'<some iteratorVariable="i">{part("in", "[1, 2]")}{part("satisfies", "i = 2")}</some>',
        "every": f'<every iteratorVariable="i">{part("in", "[1, 2]")}{part("satisfies", "i = 2")}</every>',
    }
    data = model("".join(decision(name, logic) for name, logic in boxes.items()))
    found = {name: decided(name, data) for name in boxes if name != "function"}
    assert found == {
        "context": {"a b": 1, "c": 2},
        "result": 2,
        "listed": [1, 2],
        "related": [{"k": 2, "v": 20}],
        "chosen": 1,
        "looped": [2, 4],
        "some": True,
        "every": False,
    }


def test_what_cannot_be_read_has_no_value_and_hurts_nothing_else() -> None:
    data = model(
        decision("broken", text("1 +"))
        + decision("foreign", text("x", expressionLanguage="http://www.ecma.org/js"))
        + decision("odd", table({"1": "number"}, [["(((", "1"]]))
        + decision("good", text("1"))
    )
    assert [decided(name, data) for name in ("broken", "foreign", "odd", "good")] == [None, None, None, 1]
