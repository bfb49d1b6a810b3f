"""BPMN files become packages, and everything that is not as it was is named."""

from pathlib import Path

import pytest
import yaml
from defusedxml.ElementTree import fromstring
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnValidator

from engine.core.problems import Problems
from engine.departments.models import Department, User
from forms_library.importing.port import Refused
from tests.workflows.published import text_of
from workflows.bpmn import read_bpmn, write_bpmn
from workflows.definition import ServicePackage, parse_package
from workflows.dry_run import Script, play

MIWG = Path(__file__).resolve().parents[4] / "shared" / "cases" / "bpmn-miwg"
REFERENCES = sorted((MIWG / "Reference").glob("*.bpmn")) if MIWG.exists() else []
EXPORTS = sorted(MIWG.rglob("*-export.bpmn")) if MIWG.exists() else []
PATHS = [
    "licensing/trade-licence.yaml",
    "registry/residence-extract.yaml",
    "works/purchase-approval.yaml",
    "works/street-event.yaml",
    "works/neighbourhood-grant.yaml",
]
# what is carried with the element that it belongs to
SPOKEN_FOR = {
    "definitions", "process", "sequenceFlow", "conditionExpression", "incoming", "outgoing", "laneSet",
    "lane", "childLaneSet", "flowNodeRef", "extensionElements", "timeDuration", "timeDate", "timeCycle",
    "message", "signal", "error", "escalation", "itemDefinition",
}  # fmt: skip
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="Permit">'
TAIL = "</process></definitions>"


def _package(path: str) -> ServicePackage:
    package = parse_package(yaml.safe_load(text_of(path)), Problems())
    assert package is not None
    return package


@pytest.mark.parametrize("path", PATHS)
def test_what_was_written_comes_back_as_it_was(path: str) -> None:
    package = _package(path)
    found = read_bpmn(write_bpmn(package))
    assert found.document == package.written()
    assert found.report.of("lost") == []


def test_a_deadline_of_the_whole_case_comes_back_and_stands_on_no_step() -> None:
    document = _package("licensing/trade-licence.yaml").written()
    document["workflow"]["nodes"].append(
        {"key": "whole", "type": "deadline", "title": {"en": "Slow"}, "escalate": {"priority": "high"}}
    )
    package = parse_package(document, Problems())
    assert package is not None
    drawn = write_bpmn(package)
    step = next(each for each in fromstring(drawn).iter() if each.get("id") == "whole")
    assert step.tag.endswith("}intermediateCatchEvent")
    BpmnValidator().validate(etree.fromstring(drawn), "service.bpmn")
    found = read_bpmn(drawn)
    assert found.document == package.written()
    assert found.report.of("lost") == []


def test_an_arrow_that_was_drawn_elsewhere_leads_there_now() -> None:
    package = _package("registry/residence-extract.yaml")
    drawn = write_bpmn(package).decode()
    first = package.workflow.nodes[0]
    other = package.workflow.nodes[-1].key
    target = first.next  # type: ignore[attr-defined]
    arrow = f'sourceRef="{first.key}" targetRef="{target}"'
    assert arrow in drawn
    moved = drawn.replace(arrow, f'sourceRef="{first.key}" targetRef="{other}"')
    nodes = {node["key"]: node for node in read_bpmn(moved.encode()).document["workflow"]["nodes"]}
    assert nodes[first.key]["next"] == other


@pytest.mark.skipif(not REFERENCES, reason="the models of the BPMN MIWG are not beside this checkout")
@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_every_reference_model_is_brought_in_and_can_be_published(path: Path) -> None:
    found = read_bpmn(path.read_bytes())
    assert found.package is not None
    assert found.problems.must_mend == []


@pytest.mark.skipif(not EXPORTS, reason="the models of the BPMN MIWG are not beside this checkout")
@pytest.mark.parametrize("path", [*REFERENCES, *EXPORTS], ids=lambda path: path.stem)
def test_every_element_is_carried_or_named(path: Path) -> None:
    data = path.read_bytes()
    found = read_bpmn(data)
    titles = {
        text
        for node in found.document["workflow"]["nodes"]
        for text in (node.get("title", {}).get("en"), node["key"])
    }
    named = {part for note in found.report for part in note.path}
    silent = []
    parents = {child: parent for parent in fromstring(data).iter() for child in parent}
    for element in parents:
        tag = element.tag.rpartition("}")[2]
        if "BPMN/20100524/MODEL" not in element.tag or tag in SPOKEN_FOR or tag.endswith("Ref"):
            continue
        name = " ".join(element.get("name", "").split())
        identity = element.get("id", "")
        around, above = [], element
        while above in parents:
            above = parents[above]
            around.append(above.get("id"))
        if identity in named or tag in named or set(around) & (named - {"", None}):
            continue
        if tag.endswith(("Event", "Gateway", "EventDefinition")) or name in titles:
            continue  # events and gateways without a step of their own bring ways together
        silent.append(f"{tag} {identity} {name!r}")
    assert silent == []


@pytest.mark.django_db
@pytest.mark.skipif(not REFERENCES, reason="the models of the BPMN MIWG are not beside this checkout")
@pytest.mark.parametrize("name", ["A.1.0", "A.2.0", "A.2.1", "A.3.0", "C.1.1", "C.3.0"])
def test_a_model_of_the_supported_subset_runs_from_start_to_end(
    name: str, licensing: Department, designer: User
) -> None:
    package = read_bpmn((MIWG / "Reference" / f"{name}.bpmn").read_bytes()).package
    assert package is not None
    acts: list[dict[str, object]] = [{"do": "apply"}] if package.takes_applications else []
    if not acts:
        message = getattr(package.nodes[package.workflow.start], "message", "")
        acts = [{"do": "message", "name": message}]
    for _ in range(25):
        script = Script.model_validate({"acts": acts})
        report = play(package, script, department=licensing, by=designer)
        assert report.stopped is None
        if report.ended:
            break
        person = next((work for work in report.open if work.kind == "person"), None)
        message = next((work for work in report.open if work.kind == "message"), None)
        if person is not None:
            choice = person.choices[-1]
            acts.append({"do": "decide", "step": person.step, "outcome": choice.key, "reason": "So it is."})
        elif message is not None:
            acts.append({"do": "message", "name": message.name})
        else:
            acts.append({"do": "wait"})
    assert report.ended


def test_names_of_lanes_become_roles_and_conditions_become_choices() -> None:
    found = read_bpmn(
        (
            HEAD
            + '<laneSet><lane name="Field inspector"><flowNodeRef>look</flowNodeRef></lane></laneSet>'
            + '<startEvent id="s"/><sequenceFlow id="f0" sourceRef="s" targetRef="look"/>'
            + '<userTask id="look" name="Inspect"/><sequenceFlow id="f1" sourceRef="look" targetRef="g"/>'
            + '<exclusiveGateway id="g" name="Safe?"/>'
            + '<sequenceFlow id="f2" name="Yes" sourceRef="g" targetRef="e">'
            + "<conditionExpression>${safe}</conditionExpression></sequenceFlow>"
            + '<sequenceFlow id="f3" name="No" sourceRef="g" targetRef="r"/>'
            + '<endEvent id="e" name="Granted"/><endEvent id="r" name="Refused"/>'
            + TAIL
        ).encode()
    )
    assert found.problems.must_mend == []
    nodes = {node["key"]: node for node in found.document["workflow"]["nodes"]}
    assert nodes["inspect"]["role"] == "field_inspector"
    assert [way["label"]["en"] for way in nodes["inspect"]["outcomes"]] == ["Yes", "No"]
    assert nodes["refused"]["outcome"] == "refused"
    assert any('"${safe}"' in note.sentence for note in found.report)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"<a/>",
        b"<definitions/>",
        HEAD.encode(),
        (HEAD + TAIL).encode(),
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>',
        b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>',
        (HEAD + '<task id="t"/>' * 2_001 + TAIL).encode(),
        (HEAD + "".join(f'<task id="t{number}"/>' for number in range(2_001)) + TAIL).encode(),
        (HEAD + '<subProcess id="s">' * 60 + "</subProcess>" * 60 + TAIL).encode(),
        b"<" * 6_000_000,
    ],
    ids=lambda data: str(data[:30]),
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes) -> None:
    try:
        found = read_bpmn(data)
    except Refused as refused:
        assert refused.sentence.endswith(".")
    else:
        assert found.report.of("changed")


@pytest.mark.parametrize(
    "inside",
    [
        '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="a"/>',
        '<exclusiveGateway id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
        '<exclusiveGateway id="b"/><sequenceFlow id="g" sourceRef="b" targetRef="a"/>',
        '<boundaryEvent id="a" attachedToRef="nobody"><timerEventDefinition/></boundaryEvent>',
        '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="nowhere"/>',
        '<startEvent id="a"/><endEvent id="a"/>',
        '<subProcess id="a"/>',
        "<endEvent/><startEvent/>",
        '<intermediateThrowEvent id="a"><linkEventDefinition name="x"/></intermediateThrowEvent>',
        '<eventBasedGateway id="a"/>',
        '<parallelGateway id="a"/>',
    ],
)
def test_odd_processes_are_brought_in_or_refused_and_never_crash(inside: str) -> None:
    try:
        read_bpmn((HEAD + inside + TAIL).encode())
    except Refused as refused:
        assert refused.sentence
