"""What is written is valid BPMN 2.0, and another tool reads the same steps and ways."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator

from engine.core.problems import Problems
from tests.workflows.conftest import with_nodes
from tests.workflows.moving.worlds import KINDS, package_around
from tests.workflows.nodes.test_multi_instance import FIELD
from tests.workflows.published import text_of
from tests.workflows.steps import task
from workflows.bpmn import read_bpmn, write_bpmn
from workflows.bpmn.flows import choice_after, flows_of
from workflows.definition import ServicePackage, node_types, parse_package
from workflows.node_type import NodeType

PATHS = [
    "licensing/trade-licence.yaml",
    "registry/residence-extract.yaml",
    "works/purchase-approval.yaml",
    "works/street-event.yaml",
    "works/neighbourhood-grant.yaml",
]
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def _package(path: str) -> ServicePackage:
    package = parse_package(yaml.safe_load(text_of(path)), Problems())
    assert package is not None
    return package


@pytest.mark.parametrize("path", PATHS)
def test_the_file_follows_the_schema_of_bpmn(path: str, tmp_path: Path) -> None:
    file = tmp_path / "service.bpmn"
    file.write_bytes(write_bpmn(_package(path)))
    BpmnValidator().validate(etree.parse(file), str(file))


@pytest.mark.parametrize("path", PATHS)
def test_another_parser_reads_the_same_steps_and_ways(path: str, tmp_path: Path) -> None:
    package, file = _package(path), tmp_path / "service.bpmn"
    file.write_bytes(write_bpmn(package))
    parser = BpmnParser()
    parser.add_bpmn_file(str(file))
    (process,) = parser.get_process_ids()
    specs = parser.get_spec(process).task_specs
    expected = {options.key for options in package.workflow.nodes}
    expected |= {choice for options in package.workflow.nodes if (choice := choice_after(options))}
    read = {name: spec for name, spec in specs.items() if name in expected}
    assert set(read) == expected
    boundary = {
        options.key
        for options in package.workflow.nodes
        if node_types[options.type].bpmn_element == "boundaryEvent"
    }
    ways = {
        (
            source,
            target.name.removesuffix(".BoundaryEventSplit"),
        )  # what it puts around a step with events on it
        for source, spec in read.items()
        for target in spec.outputs
        if target.name.removesuffix(".BoundaryEventSplit") in expected - boundary
    }
    assert ways == {(flow.source, flow.target) for flow in flows_of(package.workflow, "en")}


@pytest.mark.parametrize("path", PATHS)
def test_every_step_and_way_is_drawn_once(path: str) -> None:
    root = etree.fromstring(write_bpmn(_package(path)))
    drawn = [shape.get("bpmnElement") for shape in root.iter("{*}BPMNShape")]
    lines = [edge.get("bpmnElement") for edge in root.iter("{*}BPMNEdge")]
    steps = [
        element.get("id")
        for element in root.find(f"{MODEL}process")
        if not element.tag.endswith(("sequenceFlow", "extensionElements"))
    ]
    assert sorted(drawn) == sorted(steps)
    assert sorted(lines) == sorted(element.get("id") for element in root.iter(f"{MODEL}sequenceFlow"))
    assert all(len(edge.findall("{*}waypoint")) >= 2 for edge in root.iter("{*}BPMNEdge"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_step_of_every_kind_follows_the_schema_and_is_read_back_as_it_was(
    kind: type[NodeType], tmp_path: Path
) -> None:
    package = parse_package(package_around(kind)[0], Problems())
    assert package is not None
    file = tmp_path / "service.bpmn"
    file.write_bytes(write_bpmn(package))
    root = etree.parse(file)
    BpmnValidator().validate(root, str(file))
    drawn = {(each.get("sourceRef"), each.get("targetRef")) for each in root.iter(f"{MODEL}sequenceFlow")}
    assert drawn == {(flow.source, flow.target) for flow in flows_of(package.workflow, "en")}
    again = read_bpmn(file.read_bytes())
    assert [found for found in again.report.notes if found.code != "diagram"] == []
    assert again.package == package


def test_what_is_done_for_each_item_and_at_any_time_is_written_as_bpmn_says_it(
    package: dict[str, Any],
) -> None:
    each = {"key": "each", "type": "multi_instance", "over": "answers.stalls", "mode": "sequential"}
    each |= {"until": "work.each.results.size() > 1", "body": "inspect", "next": "done"}
    recall = {"key": "recall", "type": "event_sub_process", "event": "withdrawn", "next": "inspect"}
    package["forms"]["application"]["pages"][0]["fields"].append(FIELD)
    made = parse_package(with_nodes(package, each, task("inspect", "over"), recall), Problems())
    assert made is not None
    root = etree.fromstring(write_bpmn(made))
    (many,) = root.iter(f"{MODEL}multiInstanceLoopCharacteristics")
    assert many.get("isSequential") == "true"
    assert many.findtext(f"{MODEL}completionCondition") == "work.each.results.size() > 1"
    by_event = [each.get("id") for each in root.iter(f"{MODEL}subProcess") if each.get("triggeredByEvent")]
    assert by_event == ["recall"]
