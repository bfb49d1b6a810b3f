"""Problems of a definition, with their paths."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from engine.core.problems import DefinitionRefused, Problem, Problems, from_pydantic, known_pattern


class Note(BaseModel):
    """One kind of node."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["note"]
    text: Annotated[str, Field(max_length=5)]


class Count(BaseModel):
    """Another kind of node."""

    type: Literal["count"]
    number: Annotated[int, Field(ge=1)]


class Package(BaseModel):
    """A list of nodes."""

    title: str
    nodes: list[Annotated[Note | Count, Field(discriminator="type")]]


def _found(document: object) -> dict[str, str]:
    problems = Problems()
    with pytest.raises(ValidationError) as error:
        Package.model_validate(document)
    from_pydantic(error.value, problems.at("workflow"), document)
    return {problem.where: problem.sentence for problem in problems}


def test_a_path_is_written_as_people_write_it() -> None:
    path = ("forms", "application", "pages", 0, "fields", 2)
    assert Problem(path, "x", "Y.").where == "forms.application.pages[0].fields[2]"
    assert Problem((), "x", "Y.").where == ""


def test_children_write_into_one_list() -> None:
    problems = Problems()
    problems.at("forms").at("a", "pages", 0).mend("empty", "This page has no fields.")
    problems.look("long", "This is long.")
    assert [(p.where, p.severity) for p in problems] == [("forms.a.pages[0]", "mend"), ("", "look")]
    assert [p.code for p in problems.must_mend] == ["empty"]


def test_only_what_must_be_mended_refuses() -> None:
    problems = Problems()
    assert not problems
    problems.look("long", "This is long.")
    problems.refuse_if_any()
    assert problems
    problems.at("title").mend("missing", "This is missing.")
    with pytest.raises(DefinitionRefused, match=r"title: This is missing\.") as refused:
        problems.refuse_if_any()
    assert refused.value.problems is problems


def test_every_problem_that_pydantic_finds_gets_a_plain_sentence() -> None:
    document = {
        "nodes": [
            {"type": "note", "text": "too long"},
            {"type": "note", "text": "x", "colour": "red"},
            {"type": "count", "number": 0},
            {"type": "count"},
            {"type": "what"},
            {},
        ]
    }
    assert _found(document) == {
        "workflow.title": "This is missing.",
        "workflow.nodes[0].text": "This text is too long: at most 5 characters.",
        "workflow.nodes[1].colour": "This word is not known here.",
        "workflow.nodes[2].number": "This must be at least 1.",
        "workflow.nodes[3].number": "This is missing.",
        "workflow.nodes[4]": "The type \"what\" is not known. Known are 'note', 'count'.",
        "workflow.nodes[5]": "The 'type' is missing.",
    }


@pytest.mark.parametrize(
    ("document", "where", "sentence"),
    [
        ({"title": 3, "nodes": []}, "workflow.title", "This must be a text."),
        ({"title": "x", "nodes": {}}, "workflow.nodes", "This must be a list."),
        ([], "workflow", "This must be a group of named values."),
        ({"title": "x", "nodes": [3]}, "workflow.nodes[0]", "This must be a group of named values."),
    ],
)
def test_wrong_types(document: object, where: str, sentence: str) -> None:
    assert _found(document) == {where: sentence}


def test_without_the_document_the_path_is_that_of_pydantic() -> None:
    problems = Problems()
    with pytest.raises(ValidationError) as error:
        Package.model_validate({"title": "x", "nodes": [{"type": "count"}]})
    from_pydantic(error.value, problems)
    assert [p.where for p in problems] == ["nodes[0].count.number"]


def test_a_pattern_is_said_in_words_where_somebody_wrote_them() -> None:
    class Shape(BaseModel):
        """One with a pattern that is explained, and one without."""

        code: Annotated[str, StringConstraints(pattern=known_pattern("^[A-Z]$", "This must be one letter."))]
        other: Annotated[str, StringConstraints(pattern="^x$")]

    found = Problems()
    for given in ({"code": "12", "other": "y"}, {"code": "", "other": ""}):
        try:
            Shape.model_validate(given)
        except ValidationError as error:
            from_pydantic(error, found)
    assert [problem.sentence for problem in found] == [
        "This must be one letter.",
        "This must look like ^x$.",
        "This must not be empty.",
        "This must not be empty.",
    ]
