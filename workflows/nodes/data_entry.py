"""Somebody types in what the applicant handed in on paper or said; the record says that it was for them."""

from typing import Any, Literal

from pydantic import Field

from engine.core.text import Text
from workflows.hints import FormKey, StepKey
from workflows.node_type import Blueprint, node_types
from workflows.person import PersonActivation, PersonStep
from workflows.person_node import OneWayNode, PersonOptions


class EntryActivation(PersonActivation):
    """One visit of a case to who types for the applicant."""

    def in_the_record(self) -> dict[str, Any]:
        """The answers are the applicant's, although somebody else typed them."""
        return {"on_behalf": self.process.applicant_id}


class EntryStep(PersonStep):
    """A step at which staff type for the applicant."""

    activation_class = EntryActivation


class Entry(PersonOptions):
    """Who types, and which form."""

    form: FormKey = Field()
    instructions: Text | None = None
    next: StepKey


@node_types.register
class DataEntry(OneWayNode):
    """Somebody types in what the applicant handed in on paper or said, which the record tells."""

    key = "data_entry"
    label = Text(
        {"en": "Data entry for applicant", "fr": "Saisie pour le demandeur", "ar": "إدخال عن مقدم الطلب"}
    )
    icon = "text-cursor-input"
    accepts = [
        {
            "key": "enter",
            "type": "data_entry",
            "title": "Enter",
            "role": "clerk",
            "form": "paper",
            "next": "done",
        },
    ]
    rejects = [
        {"key": "enter", "type": "data_entry", "role": "clerk", "next": "done"},
        {"key": "enter", "type": "data_entry", "role": "clerk", "form": "paper"},
    ]

    class Options(Entry):
        """Who types, which form, and where it goes on."""

        type: Literal["data_entry"]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> EntryStep:
        return EntryStep(options, cls)
