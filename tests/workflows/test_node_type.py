"""What holds for every node type, also for one that is added later."""

from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

import workflows.nodes
from workflows.definition import ServicePackage
from workflows.node_type import Family, node_types

ALL = list(node_types)
COVERED_ELSEWHERE = {"approval", "deadline", "decision", "issue_certificate", "start", "user_task", "wait"}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)
class TestEveryNodeType:
    def test_its_file_has_its_name(self, kind):
        assert kind.__module__ == f"workflows.nodes.{kind.key}"

    def test_its_examples_hold(self, kind):
        assert kind.accepts
        assert kind.rejects
        for example in kind.accepts:
            options = kind.Options.model_validate(example)
            assert options.model_dump(mode="json", by_alias=True, exclude_unset=True).keys() == example.keys()
        for example in kind.rejects:
            with pytest.raises(ValidationError):
                kind.Options.model_validate(example)

    def test_every_way_out_is_written_where_it_says(self, kind):
        for example in kind.accepts:
            for edge in kind.targets(kind.Options.model_validate(example)):
                value = example
                for part in edge.place:
                    value = value[part]
                assert value == edge.to

    def test_it_can_be_drawn(self, kind):
        assert kind.family in get_args(Family)
        assert {"en", "fr", "ar"} <= kind.label.languages()
        assert kind.icon
        assert kind.bpmn_element

    def test_people_choose_only_where_a_link_leads(self, kind):
        for example in kind.accepts:
            options = kind.Options.model_validate(example)
            names = {edge.name for edge in kind.targets(options)}
            assert {outcome.key for outcome in kind.outcomes(options)} <= names

    def test_its_moves_lead_where_its_links_lead(self, kind):
        for example in kind.accepts:
            options = kind.Options.model_validate(example)
            moves = kind.moves(options)
            assert moves
            assert {key for move in moves for key in move.to} == {e.to for e in kind.targets(options)}


def test_every_file_is_a_node_type():
    files = {path.stem for path in Path(workflows.nodes.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == {kind.key for kind in ALL}


def test_every_node_type_has_tests_of_what_it_does():
    tested = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "nodes").glob("test_*.py")}
    tested |= COVERED_ELSEWHERE
    assert {kind.key for kind in ALL} - tested == set()


def test_the_small_service_can_be_read(package):
    ServicePackage.model_validate(package)
