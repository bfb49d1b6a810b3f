"""A postal address."""

from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library import samples
from forms_library.choice_controls import Choice, drop_down
from forms_library.complaints import Complaint
from forms_library.controls import Face, Input, Width, part_frame, part_input
from forms_library.countries import countries
from forms_library.field_type import FieldOptions, Masking, field_types, ui
from forms_library.markup import Raw
from forms_library.text_parts import MOST_CHARACTERS, PART_TOO_LONG, TextPartsType

AUTOCOMPLETE = {
    "line_1": "address-line1",
    "line_2": "address-line2",
    "town": "address-level2",
    "region": "address-level1",
    "postcode": "postal-code",
    "country": "country",
}
WIDTHS: dict[str, Width] = {"town": 20, "region": 20, "postcode": 10}
ABROAD = {"line_1": "1 rue Haute", "town": "Lyon", "country": "FR"}
SELECT_COUNTRY = Text({"en": "Select a country", "fr": "Sélectionnez un pays", "ar": "اختر البلد"})
LEILA = {"line_1": "12 Olive Lane", "line_2": "", "town": "Old Harbour", "postcode": "40213"}


class AddressOptions(FieldOptions):
    """Which parts are asked, and which of them must be given."""

    line_2: bool = Value(default=True, title="Ask a second line", json_schema_extra=ui("toggle"))
    region: bool = Value(default=False, title="Ask the region", json_schema_extra=ui("toggle"))
    postcode: bool = Value(default=True, title="Ask the postcode", json_schema_extra=ui("toggle"))
    postcode_required: bool = Value(
        default=True, title="The postcode is required", json_schema_extra=ui("toggle")
    )
    country: bool = Value(default=False, title="Ask the country", json_schema_extra=ui("toggle"))
    own: bool = Value(default=True, title="The person's own address", json_schema_extra=ui("toggle"))


@field_types.register
class Address(TextPartsType):
    """Where somebody lives or something stands: lines, town, postcode."""

    key: ClassVar[str] = "address"
    label: ClassVar[Text] = Text({"en": "Address", "fr": "Adresse", "ar": "العنوان"})
    icon: ClassVar[str] = "map-pin-house"
    masking: ClassVar[Masking] = "none"
    Options = AddressOptions
    options: AddressOptions
    errors = {
        "line_1_required": Text({
            "en": "Enter address line 1, typically the building and street",
            "fr": "Saisissez la première ligne de l’adresse, en général le numéro et la rue",
            "ar": "أدخل السطر الأول من العنوان، وهو عادةً المبنى والشارع",
        }),
        "town_required": Text({
            "en": "Enter a town or city",
            "fr": "Saisissez une ville",
            "ar": "أدخل المدينة",
        }),
        "postcode_required": Text({
            "en": "Enter a postcode",
            "fr": "Saisissez un code postal",
            "ar": "أدخل الرمز البريدي",
        }),
        "country_required": SELECT_COUNTRY,
        "not_a_choice": SELECT_COUNTRY,
        "part_too_long": PART_TOO_LONG,
    }  # fmt: skip
    accepts = (
        ({}, LEILA, {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213"}),
        ({}, {"line_1": " ", "town": ""}, None),
        ({"postcode": False, "country": True}, ABROAD, ABROAD),
    )  # fmt: skip
    rejects = (
        ({}, {**LEILA, "line_1": ""}, "line_1_required"),
        ({}, {**LEILA, "town": " "}, "town_required"),
        ({}, {**LEILA, "postcode": ""}, "postcode_required"),
        ({}, {**LEILA, "town": "x" * 121}, "part_too_long"),
        ({"country": True}, {**LEILA, "country": "XX"}, "not_a_choice"),
    )

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are asked, in order."""
        asked = {"line_1": True, "town": True, **self.options.model_dump()}
        return tuple(part for part in AUTOCOMPLETE if asked[part])

    @property
    def needed(self) -> tuple[str, ...]:
        """The parts without which an address is not one."""
        asked = {"line_1", "town", "country"} | ({"postcode"} if self.options.postcode_required else set())
        return tuple(part for part in self.parts if part in asked)

    def missing(self, part: str) -> Complaint:
        """Each part has a sentence of its own."""
        return Complaint(f"{part}_required", part)

    def complaint(self, part: str, text: str) -> Complaint | None:
        """Countries are chosen, the other parts are typed."""
        if part == "country" and text and text not in countries("en"):
            return Complaint("not_a_choice", part)
        return super().complaint(part, text)

    def example(self, random: Random) -> Raw:
        """An address with all that is asked."""
        given = {
            "line_1": f"{random.randint(1, 99)} {samples.words(random, 1)} lane",
            "line_2": "",
            "town": random.choice(samples.TOWNS),
            "region": "",
            "postcode": str(random.randint(10_000, 99_999)),
            "country": random.choice(("FR", "MA", "GB")),
        }
        return {part: given[part] for part in self.parts}

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Each needed part left out, a part that is too long, and no country."""
        whole = {part: ABROAD.get(part, "12345") for part in self.parts}
        missing = [({**whole, part: ""}, f"{part}_required") for part in self.needed]
        nowhere = [({**whole, "country": "XX"}, "not_a_choice")] if self.options.country else []
        too_long = ({**whole, "town": "x" * (MOST_CHARACTERS + 1)}, "part_too_long")
        return (*missing, *nowhere, too_long)

    def part_markup(self, face: Face, part: str, label: str) -> str:
        """An input; for the country a list."""
        autocomplete = AUTOCOMPLETE[part] if self.options.own else None
        if part == "country":
            choices = [Choice(code, name) for code, name in countries(face.language).items()]
            return part_frame(
                face, part, label, drop_down(face, choices, part=part, autocomplete=autocomplete)
            )
        look = Input(width=WIDTHS.get(part), autocomplete=autocomplete, left_to_right=part == "postcode")
        return part_input(face, part, label, look)

    def text(self, answer: Any, language: str) -> str:
        """One part on each line, as on an envelope."""
        lines = [answer[part] for part in AUTOCOMPLETE if part != "country" and answer.get(part)]
        country = answer.get("country")
        return "\n".join(lines + ([countries(language).get(country, country)] if country else []))
