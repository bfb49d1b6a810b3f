"""The name of a person."""

from random import Random
from typing import Any, ClassVar, Literal

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library import samples
from forms_library.cleaning import one_line
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face, Input, fieldset, part_input
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.markup import Raw, escape
from forms_library.words import WORDS, word

MOST_CHARACTERS = 120
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
class PersonName(FieldType):
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
        "part_too_long": Text({
            "en": "{part} must be {max} characters or fewer",
            "fr": "{part} : {max} caractères au plus",
            "ar": "يجب ألا يزيد {part} عن {max} حرفًا",
        }),
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
    def kind(self) -> Kind:
        """A group of texts."""
        return Group(dict.fromkeys(self.parts, "text"))

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """Each part as it was typed."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in self.parts}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, str] | None:
        """The parts that were given; all that is wrong with them at once."""
        given = raw if isinstance(raw, dict) else {}
        name = {part: one_line(str(given.get(part, "")), part) for part in self.parts}
        if not any(name.values()):
            return None
        wrong = [complaint for part, text in name.items() if (complaint := self._complaint(part, text))]
        if wrong:
            raise AnswerRefused(*wrong)
        return {part: text for part, text in name.items() if text}

    def _complaint(self, part: str, text: str) -> Complaint | None:
        if not text:
            return None if part in MAY_BE_EMPTY else Complaint("part_required", part, {"part": WORDS[part]})
        if len(text) > MOST_CHARACTERS:
            return Complaint("part_too_long", part, {"part": WORDS[part], "max": MOST_CHARACTERS})
        return None

    def typed(self, answer: Any, language: str) -> Raw:
        """The parts of a stored name."""
        return dict(answer or {})

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

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or self.parts[0])

    def markup(self, face: Face) -> str:
        """An input for each part, with its own label and error."""
        return fieldset(face, "".join(self._part(face, part) for part in self.parts), parts_show_errors=True)

    def _part(self, face: Face, part: str) -> str:
        mark = f" {word('optional', face.language)}" if part in MAY_BE_EMPTY else ""
        look = Input(
            width=5 if part == "title" else 20,
            autocomplete=AUTOCOMPLETE[part] if self.options.own else None,
            spellcheck="false",
        )
        return part_input(face, part, escape(word(part, face.language)) + mark, look)

    def text(self, answer: Any, language: str) -> str:
        """The parts in the order in which they are asked."""
        return " ".join(answer[part] for part in self.parts if part in answer)

    def export(self, answer: Any) -> dict[str, Any]:
        """A column for each part."""
        return {f"{self.field.key}_{part}": (answer or {}).get(part) for part in self.parts}

    def json_schema(self) -> dict[str, Any]:
        """An object of texts."""
        text = {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}
        return {
            "type": "object",
            "properties": dict.fromkeys(self.parts, text),
            "required": [part for part in self.parts if part not in MAY_BE_EMPTY],
            "additionalProperties": False,
        }
