"""What a preview leaves out, and why: for made-up answers and for what is typed in it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.left_out import left_out
from portal.designer.posted_json import BadPost
from portal.designer.preview_answers import Filling
from tests.conftest import Person
from tests.portal.designer.calling import *  # noqa: F403  fixtures
from workflows.models import Service

Part = dict[str, Any]


def asked(key: str, kind: str, label: str, **more: Any) -> Part:
    """One question."""
    return {"key": key, "type": kind, "label": {"en": label}, **more}


PAGES = [
    {
        "key": "dog",
        "title": {"en": "Your dog"},
        "fields": [
            asked("dangerous", "yes_no", "Is it dangerous?"),
            asked("trainer", "short_text", "Who trains it?", show_when="answers.dangerous"),
        ],
    },
    {
        "key": "licence",
        "title": {"en": "Licence"},
        "show_when": "answers.dangerous",
        "fields": [asked("number", "short_text", "Number of the licence")],
    },
]
DOCUMENT: Part = {
    "format": 1,
    "key": "dogs",
    "languages": ["en"],
    "forms": {"application": {"title": {"en": "Dogs"}, "pages": PAGES}},
}
YES, NO = ({"dog": {"dangerous": [said], "trainer": ["Zoë"]}} for said in ("yes", "no"))


def reasons(page: str, typed: Part | None = None, sample: int = 0) -> dict[str, list[str]]:
    """The sentences for each thing that is left out."""
    found = left_out(
        DOCUMENT,
        form_key="application",
        page_key=page,
        language="en",
        filling=Filling(sample, typed or {}),
        said_in="en",
    )
    return {one["name"]: [line["text"] for line in one["lines"]] for one in found}


def test_what_is_hidden_is_told_with_the_answer_that_hides_it() -> None:
    assert list(reasons("dog")) == ["Who trains it?"]
    (lines,) = reasons("dog", NO).values()
    assert lines[0] == "“Who trains it?” is hidden"
    assert any("Is it dangerous?" in line for line in lines[1:])
    assert reasons("dog", YES) == {}


def test_a_page_that_is_not_on_the_way_says_so_and_the_check_names_all_that_is_left_out() -> None:
    (lines,) = reasons("licence", NO).values()
    assert lines[0] == "The page “Licence” is not on the way"
    assert list(reasons("check", NO)) == ["Who trains it?", "Licence"]
    with pytest.raises(BadPost):
        reasons("nowhere")


@pytest.mark.django_db
def test_the_preview_shows_what_the_answers_ask_for(service: Service, call: Any) -> None:
    body = {"document": DOCUMENT, "form": "application", "page": "dog", "language": "en"}
    empty, typed = call("preview", body)[1], call("preview", {**body, "typed": YES})[1]
    assert "Who trains it?" not in empty["html"]
    assert "Who trains it?" in typed["html"]
    assert "Zoë" in typed["html"]
    assert (empty["way"], typed["way"]) == (["dog"], ["dog", "licence"])
    assert call("why", {**body, "typed": YES})[1] == {"left_out": []}
    assert [one["name"] for one in call("why", body)[1]["left_out"]] == ["Who trains it?"]
    assert call("why", {**body, "page": "nowhere"})[0] == 422


@pytest.mark.django_db
def test_made_up_answers_are_stepped_through_by_number(service: Service, call: Any) -> None:
    body = {"document": DOCUMENT, "form": "application", "page": "check", "language": "en"}
    pages = [call("preview", {**body, "sample": number})[1]["html"] for number in (1, 1, 2, 3, 4, 5, 6)]
    rows = [page.split("<main", 1)[1].split("<form", 1)[0] for page in pages]
    assert rows[0] == rows[1]
    assert len(set(rows)) > 1
    assert any("Number of the licence" in row for row in rows)
    assert "Check your answers before you send them" in pages[0]
    status, answer = call("preview", {**body, "sample": "x", "typed": [1]})
    assert status == 200
    assert "Is it dangerous?" in answer["html"]


@pytest.mark.django_db
def test_a_designer_of_another_department_sees_no_preview(
    service: Service, call: Any, person: Person, works: Department, designer: User
) -> None:
    other = person("Olga Other", Role.DESIGNER, works)
    body = {"document": DOCUMENT, "form": "application", "page": "dog", "language": "en"}
    for name in ("preview", "why"):
        assert call(name, body, by=other)[0] in (403, 404)
        assert call(name, body, by=designer)[0] == 200
