"""Foreign tables in our words; everything that is not carried is named with its place."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.core.decisions import DecisionTable, compile_table
from engine.core.rules import Facts, Group, Schema
from forms_library.importing.port import Refused
from tests.workflows.dmn.models import decision, given, model, table, text
from tests.workflows.dmn.tables import ASKING
from workflows.dmn.asking import Asked, Asking, spoken
from workflows.dmn.bringing_in import FromDmn, read_dmn
from workflows.dmn.cases import read_cases
from workflows.dmn.opening import local, of_model, open_definitions

KIT = Path(__file__).parents[3].parent / "shared" / "cases" / "dmn-tck"


def brought(logic: str, *around: str) -> FromDmn:
    data = model(
        given("Age", "number")
        + given("Town", "string")
        + decision("Fee", logic, "i_Age", "i_Town")
        + "".join(around)
    )
    return read_dmn(data, ASKING)


def written(found: FromDmn) -> dict[str, Any]:
    return DecisionTable.model_validate(found.tables[0].document).model_dump(mode="json", exclude_unset=True)


def said(found: FromDmn) -> dict[str, str]:
    return {note.where: note.sentence for note in found.report.notes}


def test_names_become_the_questions_that_are_called_the_same() -> None:
    rows = [["< 18", '"Paris", "Lyon"', "1"], ["[18..65)", 'not("Nice")', "2.5"], ["-", "-", "Age * 2"]]
    found = brought(table({"Age": "number", "Town": "string"}, rows, policy="FIRST"))
    assert said(found) == {}
    document = written(found)
    assert [(column["expression"], column["type"]) for column in document["inputs"]] == [
        ("answers.age", "integer"),
        ("answers.place.town", "text"),
    ]
    assert document["outputs"][0]["type"] == "decimal"
    assert document["rows"] == [
        {"when": ["< 18", '"Paris", "Lyon"'], "then": ["1"]},
        {"when": ["[18..65)", 'not("Nice")'], "then": ["2.5"]},
        {"when": ["-", "-"], "then": ["double(answers.age * 2)"]},
    ]


@pytest.mark.parametrize(
    ("cell", "ours"),
    [
        ("? > 3 and ? < 6", "it > 3 && it < 6"),
        ("not(? > 3)", "not(> 3)"),
        ("null", "!has(it)"),
        ("not(null)", "!(!has(it))"),
        ("> Age - 1", "> (answers.age - 1)"),
        ("(< 5)", "it < 5"),
        ("]1..5[", "(1..5)"),
        ("[1, 2], 3", "1, 2, 3"),
    ],
)
def test_cells_mean_the_same(cell: str, ours: str) -> None:
    found = brought(table({"Age": "number"}, [[cell, "1"]]))
    assert said(found) == {}
    assert written(found)["rows"][0]["when"] == [ours]


@pytest.mark.parametrize(
    ("cell", "because"),
    [
        ("even(?)", "Rules have no even()."),
        (
            "some x in [1] satisfies x = ?",
            "Rules have no loops, filters, contexts and functions of their own.",
        ),
        ('"a"', "text and integer are not compared."),
        ("Height", '"Height" is no question of this service.'),
        ("1 +", "A value is expected here."),
    ],
)
def test_a_cell_that_cannot_be_carried_stays_and_is_named(cell: str, because: str) -> None:
    found = brought(table({"Age": "number"}, [[cell, "1"]]))
    (note,) = found.report.notes
    assert note.kind == "lost"
    assert note.where == "decision.Fee.rule[1].inputEntry[1]"
    assert note.sentence.startswith(f'The condition "{cell}" is not carried. ')
    assert found.tables[0].document["rows"][0]["when"] == [cell]
    if "compared" not in because:
        assert note.sentence.endswith(because)


def test_a_question_that_is_not_there_is_named() -> None:
    found = brought(table({"Shoe size": "number"}, [["> 3", "1"]]))
    (sentence,) = said(found).values()
    assert sentence.startswith('The question "Shoe size" is not carried. ')
    assert found.tables[0].document["inputs"][0]["type"] == "decimal"


def test_everything_beside_the_table_is_named() -> None:
    found = brought(
        table({"Age": "number"}, [["> 3", "1"]]),
        decision("Formula", text("1 + 1")),
        '<businessKnowledgeModel id="b" name="pay"/>',
        '<knowledgeSource id="k" name="The law"/>',
        '<textAnnotation id="t"><text>Look here</text></textAnnotation>',
        '<extensionElements><x xmlns="urn:other"/></extensionElements>',
        '<itemDefinition name="tSize"><typeRef>number</typeRef>'
        "<allowedValues><text>&lt; 5</text></allowedValues></itemDefinition>",
        '<DMNDI xmlns="https://www.omg.org/spec/DMN/20191111/DMNDI/"/>',
    )
    assert sorted(said(found).values()) == [
        'Business knowledge model ("pay") is not carried.',
        'Decision ("Formula") is not carried.',
        "Extension elements is not carried.",
        'Item definition ("tSize") is not carried.',
        'Knowledge source ("The law") is not carried.',
        "Text annotation is not carried.",
        "Where things stood in the picture is not kept: it is laid out anew.",
    ]


def test_a_required_decision_is_named() -> None:
    data = model(
        given("Age")
        + decision("Risk", text("1"))
        + decision("Fee", table({"Age": "number"}, [["-", "1"]]), "d_Risk")
    )
    assert (
        'It needs "Risk": see that its columns ask what was meant.' in said(read_dmn(data, ASKING)).values()
    )


def test_what_a_type_allows_becomes_the_values_of_the_column() -> None:
    kind = (
        '<itemDefinition name="tTown"><typeRef>string</typeRef>'
        '<allowedValues><text>"Paris", "Lyon"</text></allowedValues></itemDefinition>'
    )
    found = brought(table({"Town": "tTown"}, [['"Paris"', "1"]]), kind)
    assert said(found) == {}
    assert written(found)["inputs"][0]["values"] == ['"Paris"', '"Lyon"']


def test_a_table_that_is_none_of_ours_is_told_with_all_its_problems() -> None:
    found = brought(table({}, [["1"]]))
    assert [problem.where for problem in found.tables[0].problems] == ["inputs"]


def test_a_file_without_a_table_is_refused() -> None:
    with pytest.raises(Refused, match="holds no decision table"):
        read_dmn(model(decision("a", text("1"))), ASKING)


@pytest.mark.skipif(not KIT.exists(), reason="the DMN cases are not on this machine")
def test_nothing_of_the_kit_is_dropped_in_silence() -> None:
    seen = 0
    for path in sorted(KIT.rglob("*.dmn")):
        root = open_definitions(path.read_bytes())
        try:
            found = read_dmn(path.read_bytes(), ASKING)
        except Refused:
            assert not [
                each for each in root if of_model(each) and any(local(e) == "decisionTable" for e in each)
            ]
            continue
        seen += 1
        names = {table.name for table in found.tables}
        places = " ".join(note.where for note in found.report.notes)
        for element in (each for each in root if local(each) in ("decision", "businessKnowledgeModel")):
            assert element.get("name") in names or f"{local(element)}.{element.get('name')}" in places, (
                path.name
            )
    assert seen >= 5


TABLES = ["0004-simpletable-U", "0005-simpletable-A", "0006-simpletable-P1", "0007-simpletable-P2"]


@pytest.mark.skipif(not KIT.exists(), reason="the DMN cases are not on this machine")
@pytest.mark.parametrize("name", [*TABLES, "0010-multi-output-U"])
def test_a_table_of_the_kit_decides_here_as_its_cases_say(name: str) -> None:
    folder = KIT / "compliance-level-2" / name
    kinds: dict[str, Any] = {"age": "decimal", "risk_category": "text", "is_affordable": "yes_no"}
    by_path = {f"answers.{key}": Asked(f"answers.{key}", kind) for key, kind in kinds.items()}
    names = {spoken(key): by_path[f"answers.{key}"] for key in kinds}
    found = read_dmn((folder / f"{name}.dmn").read_bytes(), Asking(by_path, names))
    assert {note.code for note in found.report.of("lost")} <= {"extension"}
    compiled = compile_table(
        DecisionTable.model_validate(found.tables[0].document), schema := Schema({"answers": Group(kinds)})
    )
    cases = read_cases((folder / f"{name}-test-01.xml").read_bytes()).cases
    for case in cases:
        answers = {"_".join(spoken(each.name).split()): each.value for each in case.given}
        decision = compiled.run(Facts(schema, {"answers": answers}, date(2026, 3, 5)))
        assert decision.value == case.expected[0].value
    assert cases


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.dmn.column_words.LONGEST_SECONDS", -1)
    with pytest.raises(Refused, match="takes too long"):
        brought(table({"Age": "number"}, [["-", "1"]]))


def test_a_file_of_too_many_cells_or_names_is_refused() -> None:
    with pytest.raises(Refused, match="more than 20,000 cells"):
        brought(table({"Age": "number"}, [["-", "1"]] * 10_001))
    with pytest.raises(Refused, match="more than 5,000 names"):
        brought(table({"Age": "number"}, [["-", "1"]]), *(given(f"n{number}") for number in range(5_000)))
