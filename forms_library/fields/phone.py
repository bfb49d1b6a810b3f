"""A telephone number."""

import re
from random import Random
from typing import Any, ClassVar

import phonenumbers
from pydantic import Field as Value
from pydantic import field_validator

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw

TYPED = re.compile(r"\+?[0-9 ()./-]{3,30}")
FEWEST_DIGITS, MOST_DIGITS = 5, 15


class PhoneOptions(FieldOptions):
    """In which country a number without + is read."""

    region: str | None = Value(
        default=None, title="Country of numbers without +", json_schema_extra=ui("country"), max_length=2
    )
    example: str = Value(default="555 0100", title="Example", json_schema_extra=ui("text"), max_length=30)

    @field_validator("region")
    @classmethod
    def _known_region(cls, value: str | None) -> str | None:
        if value is not None and value not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError('This must be the two-letter code of a country, like "GB"')
        return value


@field_types.register
class Phone(FieldType):
    """A number to call; stored as +441632960001 where its country is known, else as digits."""

    key: ClassVar[str] = "phone"
    label: ClassVar[Text] = Text({"en": "Phone number", "fr": "Numéro de téléphone", "ar": "رقم الهاتف"})
    icon: ClassVar[str] = "phone"
    common = 10
    Options = PhoneOptions
    options: PhoneOptions
    errors = {
        "format": Text({
            "en": "Enter a phone number, like {example}",
            "fr": "Saisissez un numéro de téléphone, par exemple {example}",
            "ar": "أدخل رقم هاتف، مثل {example}",
        }),
    }  # fmt: skip
    accepts = (
        ({"region": "GB"}, "01632 960001", "+441632960001"),
        ({"region": "GB"}, "+33 1 99 00 00 00", "+33199000000"),
        ({}, "(555) 0100", "5550100"),
        ({}, "٥٥٥ ٠١٠٠", "5550100"),
        ({}, " ", None),
    )
    rejects = (
        ({}, "call me", "format"),
        ({}, "12", "format"),
        ({"region": "GB"}, "123", "format"),
        ({}, "+0", "format"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The number in its international form where that can be known."""
        text = latin_digits(one_line(as_line(raw)))
        if not text:
            return None
        if not TYPED.fullmatch(text):
            raise refuse("format", example=self.options.example)
        return (
            self._international(text) if self.options.region or text.startswith("+") else self._digits(text)
        )

    def _international(self, text: str) -> str:
        try:
            number = phonenumbers.parse(text, self.options.region)
        except phonenumbers.NumberParseException:
            raise refuse("format", example=self.options.example) from None
        if not phonenumbers.is_possible_number(number):
            raise refuse("format", example=self.options.example)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def _digits(self, text: str) -> str:
        digits = "".join(character for character in text if character.isdigit())
        if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
            raise refuse("format", example=self.options.example)
        return digits

    def example(self, random: Random) -> Raw:
        """A number of the country, or one that could be anywhere."""
        region = self.options.region
        number = phonenumbers.example_number(region) if region else None
        if number is None:
            return f"555 0{random.randint(100, 999)}"
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Words, too few digits, and no country."""
        return (("call me", "format"), ("12", "format"), ("+0", "format"))

    def markup(self, face: Face) -> str:
        """One input with the keyboard of a telephone."""
        return one_line_control(face, Input(type="tel", autocomplete="tel", width=20, left_to_right=True))

    def text(self, answer: Any, language: str) -> str:
        """The number with spaces, as it is written internationally."""
        try:
            number = phonenumbers.parse(str(answer), None)
        except phonenumbers.NumberParseException:
            return str(answer)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

    def html(self, answer: Any, language: str) -> str:
        """The number, left to right in every language."""
        return super().html(answer, language).replace("<bdi>", '<bdi dir="ltr">')

    def json_schema(self) -> dict[str, Any]:
        """Digits, with a + before an international number."""
        return {"type": "string", "pattern": r"^\+?[0-9]{5,15}$"}
