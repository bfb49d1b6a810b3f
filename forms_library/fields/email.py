"""An e-mail address."""

from random import Random
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw

LONGEST_ADDRESS = 254
is_address = EmailValidator()


class EmailOptions(FieldOptions):
    """Whether the browser may offer the person's own address."""

    autocomplete: bool = Value(
        default=True, title="Offer the person's own address", json_schema_extra=ui("toggle")
    )


@field_types.register
class Email(FieldType):
    """An address that a letter can be sent to; the part after @ is stored in small letters."""

    key: ClassVar[str] = "email"
    label: ClassVar[Text] = Text({"en": "E-mail address", "fr": "Adresse e-mail", "ar": "البريد الإلكتروني"})
    icon: ClassVar[str] = "mail"
    common = 9
    Options = EmailOptions
    options: EmailOptions
    errors = {
        "format": Text({
            "en": "Enter an e-mail address in the right form, like name@example.org",
            "fr": "Saisissez une adresse e-mail valable, par exemple nom@example.org",
            "ar": "أدخل بريدًا إلكترونيًا بالصيغة الصحيحة، مثل name@example.org",
        }),
    }  # fmt: skip
    accepts = (({}, " Leila@Example.ORG ", "Leila@example.org"), ({}, "", None))
    rejects = (
        ({}, "leila", "format"),
        ({}, "a b@example.org", "format"),
        ({}, "a@example.org\nBcc: b@example.org", "format"),
        ({}, "a" * 250 + "@example.org", "format"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The address with its domain in small letters."""
        text = one_line(as_line(raw))
        if not text:
            return None
        name, _, domain = text.rpartition("@")
        address = f"{name}@{domain.lower()}"
        try:
            is_address(address)
        except ValidationError:
            raise refuse("format") from None
        if len(address) > LONGEST_ADDRESS:
            raise refuse("format")
        return address

    def example(self, random: Random) -> Raw:
        """An address that nobody has."""
        return f"person{random.randint(1, 9999)}@example.org"

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """No address, two lines, and an address that is too long."""
        return (
            ("leila", "format"),
            ("a@example.org\nBcc: b@example.org", "format"),
            ("a" * 250 + "@example.org", "format"),
        )

    def markup(self, face: Face) -> str:
        """One input, left to right in every language."""
        autocomplete = "email" if self.options.autocomplete else None
        look = Input(type="email", autocomplete=autocomplete, spellcheck="false", left_to_right=True)
        return one_line_control(face, look)

    def text(self, answer: Any, language: str) -> str:
        """The address."""
        return str(answer)

    def json_schema(self) -> dict[str, Any]:
        """A string in the format of an e-mail address."""
        return {"type": "string", "format": "email", "maxLength": LONGEST_ADDRESS}
