"""A national identity number."""

from random import Random
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Value
from pydantic import StringConstraints

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldOptions, FieldType, Masking, Reading, as_line, field_types, ui
from forms_library.identifiers import ALLOWED, CHECKSUMS, checksum_holds, compact, fits, made_by, spaced
from forms_library.markup import Raw

SHORTEST, LONGEST = 4, 30
MOST_TRIES = 5_000
Pattern = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z* ./-]{1,40}$")]


class NationalIdOptions(FieldOptions):
    """The shape of the number, its checksum and an example."""

    pattern: Pattern | None = Value(
        default=None,
        title="Shape",
        description="9 stands for a digit, A for a letter, * for either: 9999 9999 9999",
        json_schema_extra=ui("text"),
    )
    checksum: Literal[tuple(CHECKSUMS)] | None = Value(  # type: ignore[valid-type]
        default=None, title="Check digits", json_schema_extra=ui("select")
    )
    example: str = Value(default="", title="Example", max_length=40, json_schema_extra=ui("text"))


@field_types.register
class NationalId(FieldType):
    """A number that names one person. Stored without spaces; shown by its last four characters only."""

    key: ClassVar[str] = "national_id"
    label: ClassVar[Text] = Text(
        {"en": "National ID number", "fr": "Numéro d’identité", "ar": "رقم الهوية الوطنية"}
    )
    icon: ClassVar[str] = "id-card"
    masking: ClassVar[Masking] = "last_four"
    Options = NationalIdOptions
    options: NationalIdOptions
    errors = {
        "format": Text({
            "en": "{subject} must be in the right form{example}",
            "fr": "{subject} doit avoir la forme attendue{example}",
            "ar": "يجب أن يكون {subject} بالصيغة الصحيحة{example}",
        }),
        "checksum": Text({
            "en": "Check {phrase}: one of its characters is not right",
            "fr": "Vérifiez {phrase} : un des caractères est inexact",
            "ar": "تحقق من {phrase}: أحد الأحرف غير صحيح",
        }),
    }  # fmt: skip
    accepts = (
        ({"pattern": "9999 9999 9999"}, "1234 5678-4471", "123456784471"),
        ({"pattern": "AA 999"}, "ab ١٢٣", "AB123"),
        ({"checksum": "gb.nhs"}, "943 476 5870", "9434765870"),
        ({}, "x-123.4", "X1234"),
        ({}, " ", None),
    )
    rejects = (
        ({"pattern": "9999 9999 9999"}, "1234", "format"),
        ({"pattern": "AA 999"}, "1b 123", "format"),
        ({"checksum": "gb.nhs"}, "943 476 5871", "checksum"),
        ({"checksum": "luhn"}, "7894A", "checksum"),
        ({}, "<script>", "format"),
        ({}, "12", "format"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The number without spaces, in capitals."""
        number = compact(latin_digits(one_line(as_line(raw))))
        if not number:
            return None
        if not self._right_form(number):
            raise refuse("format", example=self._example())
        if self.options.checksum and not checksum_holds(number, self.options.checksum):
            raise refuse("checksum")
        return number

    def _right_form(self, number: str) -> bool:
        if self.options.pattern:
            return fits(number, self.options.pattern)
        return SHORTEST <= len(number) <= LONGEST and bool(ALLOWED.fullmatch(number))

    def _example(self) -> Text | str:
        example = self.options.example
        like = {"en": f", like {example}", "fr": f", par exemple {example}", "ar": f"، مثل {example}"}
        return Text(like) if example else ""

    def typed(self, answer: Any, language: str) -> Raw:
        """The number with the spaces of its shape."""
        return self._spaced(str(answer)) if answer is not None else ""

    def _spaced(self, number: str) -> str:
        return spaced(number, self.options.pattern) if self.options.pattern else number

    def example(self, random: Random) -> Raw:
        """A number that has the shape and the check digits."""
        pattern, checksum = self.options.pattern, self.options.checksum
        if pattern is None:
            return CHECKSUMS[checksum] if checksum else str(random.randint(10**7, 10**8))
        for _ in range(MOST_TRIES):
            number = made_by(pattern, random)
            if not checksum or checksum_holds(number, checksum):
                return spaced(number, pattern)
        return CHECKSUMS[checksum] if checksum else ""

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What has another shape, and what is no number at all."""
        return (("<script>", "format"), ("12" if self.options.pattern != "99" else "1", "format"))

    def markup(self, face: Face) -> str:
        """One input, left to right in every language; browsers do not keep it."""
        digits_only = self.options.pattern is not None and not set(self.options.pattern) & {"A", "*"}
        look = Input(
            width=20,
            inputmode="numeric" if digits_only else None,
            autocomplete="off",
            spellcheck="false",
            left_to_right=True,
        )
        return one_line_control(face, look)

    def text(self, answer: Any, language: str) -> str:
        """The number with the spaces of its shape."""
        return self._spaced(str(answer))

    def html(self, answer: Any, language: str) -> str:
        """The number, left to right in every language."""
        return super().html(answer, language).replace("<bdi>", '<bdi dir="ltr">')

    def json_schema(self) -> dict[str, Any]:
        """Digits and capitals."""
        return {"type": "string", "pattern": "^[0-9A-Z]+$", "maxLength": LONGEST}
