"""The picture: complete, safe, readable without eyes, and allowed by a strict content policy."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from workflows.definition import ServicePackage
from workflows.diagram import Live, draw, outline
from workflows.diagram.layout import place
from workflows.diagram.shapes import DEADLINE, half

PACKAGES = Path(__file__).resolve().parents[3] / "fixtures" / "packages"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def workflow(package):
    return ServicePackage.model_validate(package).workflow


def test_every_step_is_drawn(workflow):
    picture = ElementTree.fromstring(draw(workflow, "Stall licence"))
    steps = [g for g in picture.iter(f"{SVG}g") if g.get("class", "").startswith("cwd-step ")]
    assert len(steps) == len(workflow.nodes)


def test_no_two_steps_stand_in_one_place(workflow):
    layout = place(workflow.nodes, workflow.start)
    assert len(set(layout.places.values())) == len(layout.places)
    assert set(layout.places) | set(layout.hosts) == {options.key for options in workflow.nodes}


def test_only_the_way_back_leads_up(workflow):
    layout = place(workflow.nodes, workflow.start)
    assert [(link.source, link.target) for link in layout.links if link.back] == [("correct", "check")]
    for link in layout.links:
        if not link.back and link.source not in layout.hosts:
            assert layout.places[link.target][1] > layout.places[link.source][1]


def test_nothing_in_it_needs_a_loose_content_policy(workflow):
    picture = draw(workflow, "Stall licence")
    assert not re.search(r"\bstyle=|<script|<style|\bon\w+=|href", picture)


def test_words_of_a_package_cannot_break_out(package):
    package["workflow"]["nodes"][2]["title"] = '"><script>alert(1)</script>'
    workflow = ServicePackage.model_validate(package).workflow
    picture = draw(workflow, "<b>Title</b>")
    assert "<script" not in picture
    assert "<b>" not in picture
    ElementTree.fromstring(picture)


def test_the_state_of_a_case_is_drawn_and_said(workflow):
    live = Live({"check": "done", "approve": "open"}, Counter(check=2), frozenset({("check", "big")}))
    picture = draw(workflow, "Stall licence", live=live)
    root = ElementTree.fromstring(picture)
    assert root.find(f"{SVG}title").text == "Workflow of Stall licence"
    assert root.find(f"{SVG}desc").text == "15 steps. Done: Check. Now: Approve."
    assert picture.count("is-taken") == 1
    assert picture.count("is-open") == 1


def test_the_list_says_what_the_picture_shows(workflow):
    live = Live({"check": "open"}, Counter(check=2))
    steps = {step.key: step for step in outline(workflow, live)}
    check = steps["check"]
    assert (check.title, check.detail, check.state, check.visits) == (
        "Check",
        "Clerk. 3 working days",
        "open",
        2,
    )
    assert check.ways[2] == ("Return", "Correct")


@pytest.mark.parametrize("language", ["en", "fr", "ar", "de"])
def test_it_speaks_the_language_or_english(workflow, language):
    assert "<title" in draw(workflow, "Stall", language=language)


def test_a_circle_without_an_exit_is_drawn_too(package):
    """The designer draws what is not finished."""
    package["workflow"]["nodes"] = [
        {"key": "applied", "type": "start", "form": "application", "next": "a"},
        {"key": "a", "type": "send_message", "message": "late", "next": "b"},
        {"key": "b", "type": "send_message", "message": "late", "next": "a"},
        {"key": "lost", "type": "deadline", "on": "nowhere", "after": {"days": 1}, "next": "nowhere"},
    ]
    workflow = ServicePackage.model_validate(package).workflow
    ElementTree.fromstring(draw(workflow, "Unfinished"))


@pytest.fixture(params=sorted(PACKAGES.rglob("*.yaml")), ids=lambda path: path.stem)
def of_the_demonstration(request):
    return ServicePackage.model_validate(yaml.safe_load(request.param.read_text())).workflow


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_label_hides_a_step_or_another_label(of_the_demonstration, language):
    picture = ElementTree.fromstring(draw(of_the_demonstration, "Service", language=language))
    boxes = [*labels(picture), *cards(picture)]
    assert len(boxes) > len(of_the_demonstration.nodes)
    hidden = [(one, other) for one, other in combinations(boxes, 2) if overlap(one, other)]
    assert hidden == []


def labels(picture):
    """Left, top, right and bottom of the grounds of all labels."""
    for box in picture.findall(f"{SVG}rect"):
        x, y, width, height = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        yield x, y, x + width, y + height


def cards(picture):
    """The same of all steps; of signs without the words beside them."""
    for step in picture.findall(f"{SVG}g"):
        x, y = (float(number) for number in re.findall(r"-?[\d.]+", step.get("transform")))
        family = step.get("class").split()[1].removeprefix("cwd-step--")
        wide, high = half(family) if step.find(f"{SVG}circle") is None else (DEADLINE, DEADLINE)
        yield x - wide, y - high, x + wide, y + high


def overlap(one, other):
    """Whether two boxes share room; a deadline belongs on the edge of its step."""
    is_deadline = any(box[2] - box[0] == 2 * DEADLINE for box in (one, other))
    return (
        not is_deadline
        and one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )
