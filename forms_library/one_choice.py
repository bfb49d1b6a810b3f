"""What all questions with one answer out of a list have in common."""

from random import Random
from typing import Any

from engine.core.rules import Kind
from forms_library.choices import Choices, keys_of, label_of
from forms_library.complaints import refuse
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line
from forms_library.markup import Raw
from forms_library.sentences import SELECT


class OneChoiceOptions(FieldOptions):
    """The answers that can be chosen."""

    choices: Choices


class OneChoice(FieldType):
    """One answer out of a list; the key of the choice is stored."""

    Options = OneChoiceOptions
    options: OneChoiceOptions
    errors = {"required": SELECT, "not_a_choice": SELECT}

    @property
    def kind(self) -> Kind:
        """Text: the key of the choice."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The key of the choice."""
        choice = as_line(raw)
        if choice and choice not in keys_of(self.options.choices):
            raise refuse("not_a_choice")
        return choice or None

    def example(self, random: Random) -> Raw:
        """One of the choices."""
        return random.choice(keys_of(self.options.choices))

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What no choice is."""
        return (("<none of them>", "not_a_choice"),)

    def text(self, answer: Any, language: str) -> str:
        """The label of the choice."""
        return label_of(self.options.choices, answer, language)

    def called(self, text: str, language: str) -> str:
        """The label of the choice."""
        return label_of(self.options.choices, text, language)

    def json_schema(self) -> dict[str, Any]:
        """One of the keys."""
        return {"type": "string", "enum": keys_of(self.options.choices)}
