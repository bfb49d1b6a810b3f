"""The name of a person."""

from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field as Value

from engine.core.text import Text
from forms_library import samples
from forms_library.complaints import Complaint
from forms_library.controls import Face, Input, part_input
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.markup import Raw
from forms_library.text_parts import MOST_CHARACTERS, PART_TOO_LONG, TextPartsType
from forms_library.words import WORDS

AUTOCOMPLETE = {
    "title": "honorific-prefix",
    "full": "name",
    "given": "given-name",
    "middle": "additional-name",
    "family": "family-name",
}
ASKED: dict[str, tuple[str, ...]] = {
    "full": ("full",),
    "two": ("given", "family"),
    "three": ("given", "middle", "family"),
}
MAY_BE_EMPTY = ("title", "middle")
LEILA = {"given": " Leila ", "family": "Haddad"}


class PersonNameOptions(FieldOptions):
    """In how many parts the name is asked."""

    ask: Literal["full", "two", "three"] = Value(
        default="two",
        title="Parts",
        description="The full name in one input, first and last name, or with middle names.",
        json_schema_extra=ui("select"),
    )
    title: bool = Value(default=False, title="Ask the title", json_schema_extra=ui("toggle"))
    own: bool = Value(default=True, title="The person's own name", json_schema_extra=ui("toggle"))


@field_types.register
class PersonName(TextPartsType):
    """A name as its bearer writes it: any script, any length that fits, no rule about letters."""

    key: ClassVar[str] = "person_name"
    label: ClassVar[Text] = Text({"en": "Name", "fr": "Nom", "ar": "الاسم"})
    icon: ClassVar[str] = "user"
    Options = PersonNameOptions
    options: PersonNameOptions
    errors = {
        "part_required": Text({
            "en": "Enter {part}", "fr": "Saisissez : {part}", "ar": "أدخل {part}",
        }),
        "part_too_long": PART_TOO_LONG,
    }  # fmt: skip
    accepts = (
        ({}, LEILA, {"given": "Leila", "family": "Haddad"}),
        ({"ask": "full"}, {"full": "مريم  الحداد"}, {"full": "مريم الحداد"}),
        ({"ask": "three"}, {**LEILA, "middle": ""}, {"given": "Leila", "family": "Haddad"}),
        ({}, {"given": " ", "family": ""}, None),
    )
    rejects = (
        ({}, {"given": "Leila", "family": ""}, "part_required"),
        ({}, {"given": "x" * 121, "family": "Haddad"}, "part_too_long"),
        ({}, {"given": "a\x00", "family": "Haddad"}, "characters"),
    )

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are asked, in order."""
        return (*(("title",) if self.options.title else ()), *ASKED[self.options.ask])

    @property
    def needed(self) -> tuple[str, ...]:
        """The parts without which a name is not one."""
        return tuple(part for part in self.parts if part not in MAY_BE_EMPTY)

    def missing(self, part: str) -> Complaint:
        """The part is named."""
        return Complaint("part_required", part, {"part": WORDS[part]})

    def example(self, random: Random) -> Raw:
        """The name of somebody who is not."""
        given, family = random.choice(samples.GIVEN), random.choice(samples.FAMILY)
        whole = {"title": "Dr", "given": given, "middle": "", "family": family, "full": f"{given} {family}"}
        return {part: whole[part] for part in self.parts}

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """A part that is missing where there are several, and one that is too long."""
        whole = dict.fromkeys(self.parts, "Leila")
        last = self.parts[-1]
        missing = (({**whole, last: ""}, "part_required"),) if len(self.parts) > 1 else ()
        return (({**whole, last: "x" * (MOST_CHARACTERS + 1)}, "part_too_long"), *missing)

    def part_markup(self, face: Face, part: str, label: str) -> str:
        """An input; titles are short."""
        look = Input(
            width=5 if part == "title" else 20,
            autocomplete=AUTOCOMPLETE[part] if self.options.own else None,
            spellcheck="false",
        )
        return part_input(face, part, label, look)

    def text(self, answer: Any, language: str) -> str:
        """The parts in the order in which they are asked."""
        return " ".join(answer[part] for part in self.parts if part in answer)
