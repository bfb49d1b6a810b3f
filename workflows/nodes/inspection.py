"""Somebody goes to a place, looks, and writes down what was found."""

from typing import Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import FormKey
from workflows.node_type import Edge, Outcome, Surroundings, node_types
from workflows.parts import FieldPath
from workflows.person_node import PersonNode, PersonOptions, check_outcomes, outcome_edges

_FOUND = [
    {"key": "fit", "label": "Fit", "next": "done"},
    {"key": "unfit", "label": "Unfit", "next": "refused"},
]


class Findings(PersonOptions):
    """Who goes, where, by when, and what can come out."""

    form: FormKey = Field()
    place: FieldPath | None = None
    instructions: Text | None = None
    outcomes: list[Outcome] = Field(min_length=1, max_length=8)


@node_types.register
class Inspection(PersonNode):
    """Somebody goes to a place, looks, and writes down what was found."""

    key = "inspection"
    label = Text({"en": "Inspection", "fr": "Inspection", "ar": "تفتيش"})
    icon = "map-pin"
    accepts = [
        {
            "key": "visit",
            "type": "inspection",
            "title": "Visit",
            "role": "clerk",
            "form": "sheet",
            "place": "premises",
            "instructions": "Look at the water.",
            "outcomes": _FOUND,
        },
        {"key": "visit", "type": "inspection", "role": "clerk", "form": "sheet", "outcomes": _FOUND},
    ]
    rejects = [
        {"key": "visit", "type": "inspection", "role": "clerk", "outcomes": _FOUND},
        {"key": "visit", "type": "inspection", "role": "clerk", "form": "sheet", "outcomes": []},
    ]

    class Options(Findings):
        """Who goes, where, by when, and what can come out."""

        type: Literal["inspection"]

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        return options.outcomes

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return outcome_edges(options.outcomes)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        super().check(options, around, problems)
        check_outcomes(options.outcomes, problems)
        if options.place is None:
            return
        answers = around.schema.roots.get("answers")
        if answers is None or options.place.split(".")[0] not in answers.fields:
            problems.at("place").mend("unknown_field", f'The application has no question "{options.place}".')
