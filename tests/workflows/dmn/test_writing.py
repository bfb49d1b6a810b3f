"""Our tables go out as valid DMN 1.3 and come back as they were."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import SpiffWorkflow.dmn
from hypothesis import given, settings
from lxml import etree

from engine.core.decisions import DecisionTable
from engine.core.feel import new_run
from engine.core.feel.values import number
from tests.workflows.dmn.tables import ASKING, tables
from workflows.dmn.bringing_in import read_dmn
from workflows.dmn.evaluating import Evaluation, types_of
from workflows.dmn.model import read_models
from workflows.dmn.opening import open_definitions
from workflows.dmn.writing import write_dmn

SCHEMA = Path(SpiffWorkflow.dmn.__file__).parent / "parser" / "schema" / "DMN13.xsd"
TABLE = DecisionTable.model_validate({
    "hit_policy": "first",
    "inputs": [
        {"expression": "answers.age", "type": "integer", "label": {"en": "Age", "fr": "Âge"}, "minimum": "0"},
        {"expression": "answers.place.town", "type": "text", "values": ['"Paris"', '"Lyon"']},
    ],
    "outputs": [{"key": "fee", "type": "decimal"}],
    "rows": [
        {"when": ["< 18", "-"], "then": ["0"], "note": "§ 3"},
        {"when": ["[18..65)", 'not("Paris")'], "then": ["answers.fee * 2.0"]},
        {"when": ["it % 2 == 0", '!= "Lyon"'], "then": ["20.5"]},
    ],
    "default": ["1"],
})  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def written(table: DecisionTable) -> bytes:
    return write_dmn(table, name="Fee", asking=ASKING, language="en").content


@settings(max_examples=150, deadline=None)
@given(table=tables())
def test_every_table_comes_back_as_it_was(schema: Any, table: DecisionTable) -> None:
    content = written(table)
    schema.assertValid(etree.parse(BytesIO(content)))
    found = read_dmn(content, ASKING)
    assert [note.sentence for note in found.report.of("lost")] == []
    assert DecisionTable.model_validate(found.tables[0].document) == table


def test_what_feel_can_say_is_feel_and_the_rest_says_that_it_is_cel() -> None:
    out = write_dmn(TABLE, name="Fee", asking=ASKING, language="fr")
    text = out.content.decode()
    assert '<dmn:text>not("Lyon")</dmn:text>' in text
    assert 'label="Âge"' in text
    assert text.count('expressionLanguage="https://cel.dev"') == 1
    (note,) = out.report.notes
    assert note.where == "rule[3].if[1]"
    assert note.sentence == '"it % 2 == 0" is written as CEL: other tools do not work it out.'
    back = read_dmn(out.content, ASKING).tables[0]
    assert DecisionTable.model_validate(back.document) == TABLE


def test_another_engine_decides_the_same_by_what_we_wrote() -> None:
    table = TABLE.model_copy(update={"rows": TABLE.rows[:2]})  # without what only we can work out
    models = read_models([open_definitions(written(table))])
    (model,) = models.values()
    items = {item.name: item for item in model.items.values()}

    def decided(age: int, town: str) -> Any:
        given_ = {"age": number(age), "place": {"town": town}, "fee": number(7)}
        run = new_run(types_of(models, model))
        return Evaluation(models, {items["answers"].address: given_}, run).value(items["Fee"].address)

    assert decided(7, "Paris") == 0
    assert decided(20, "Lyon") == 14
    assert decided(70, "Lyon") == 1


def test_a_cell_that_another_tool_changed_is_taken_as_it_is_now() -> None:
    content = written(TABLE).replace(b'not("Lyon")', b'not("Nice")')
    back = read_dmn(content, ASKING).tables[0].document
    assert back["rows"][2]["when"][1] == 'not("Nice")'
