"""The picture: complete, safe, readable without eyes, and allowed by a strict content policy."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest

from workflows.definition import ServicePackage
from workflows.diagram import Live, draw, outline
from workflows.diagram.layout import place

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
