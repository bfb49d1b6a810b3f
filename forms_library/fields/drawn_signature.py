"""A signature: the name typed, and drawn by whoever can and wants to."""

from random import Random
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import AnswerRefused, Complaint, refuse
from forms_library.controls import Face, Input, fieldset, part_input
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.markup import Raw, attributes, element, escape, typed_slot
from forms_library.strokes import HEIGHT, LONGEST, WIDTH, as_svg, checked
from forms_library.words import word

NAME, DRAWING = "name", "drawing"
PARTS = (NAME, DRAWING)
MOST_CHARACTERS = 200
LINES = "M10 90L40 20L70 90L100 20"


class DrawnSignatureOptions(FieldOptions):
    """Whether a drawing is asked at all."""

    drawing: bool = Value(default=True, title="Offer a box to draw in", json_schema_extra=ui("toggle"))


@field_types.register
class DrawnSignature(FieldType):
    """The full name is the signature; the drawing beside it is kept as lines, never as a file."""

    key: ClassVar[str] = "drawn_signature"
    label: ClassVar[Text] = Text({"en": "Signature", "fr": "Signature", "ar": "توقيع"})
    icon: ClassVar[str] = "signature"
    Options = DrawnSignatureOptions
    options: DrawnSignatureOptions
    errors = {
        "required": Text({
            "en": "Type your full name to sign",
            "fr": "Saisissez votre nom complet pour signer",
            "ar": "اكتب اسمك الكامل للتوقيع",
        }),
        "no_name": Text({
            "en": "Type your full name to sign",
            "fr": "Saisissez votre nom complet pour signer",
            "ar": "اكتب اسمك الكامل للتوقيع",
        }),
        "drawing": Text({
            "en": "We could not read the drawing. Clear it and draw again, or leave only your typed name",
            "fr": "Nous n’avons pas pu lire le dessin. Effacez-le et recommencez, ou laissez votre nom",
            "ar": "لم نتمكن من قراءة الرسم. امسحه وارسم من جديد، أو اكتفِ باسمك المكتوب",
        }),
    }  # fmt: skip
    accepts = (
        ({}, {"name": " Leila  Haddad ", "drawing": ""}, {"name": "Leila Haddad"}),
        ({}, {"name": "Leila", "drawing": LINES}, {"name": "Leila", "drawing": LINES}),
        ({"drawing": False}, {"name": "Leila", "drawing": LINES}, {"name": "Leila"}),
        ({}, {"name": "", "drawing": ""}, None),
    )
    rejects = (
        ({}, {"name": "", "drawing": LINES}, "no_name"),
        ({}, {"name": "Leila", "drawing": "M1 1<script>"}, "drawing"),
        ({}, {"name": "Leila", "drawing": "M1 1L601 5L3 3L4 4"}, "drawing"),
        ({}, {"name": "Leila", "drawing": "M1 1L1 1"}, "drawing"),
        ({}, {"name": "x" * 201, "drawing": ""}, "too_long"),
    )

    @property
    def kind(self) -> Kind:
        """A group of texts."""
        return Group(dict.fromkeys(PARTS, "text"))

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """The name, and the lines of the drawing."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in PARTS}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, str] | None:
        """The name, and the drawing if there is one."""
        given = raw if isinstance(raw, dict) else {}
        name = one_line(str(given.get(NAME, "")), NAME)
        strokes = checked(str(given.get(DRAWING, ""))) if self.options.drawing else ""
        if not name and not strokes:
            return None
        if not name:
            raise AnswerRefused(Complaint("no_name", NAME))
        if len(name) > MOST_CHARACTERS:
            raise refuse("too_long", NAME, max=MOST_CHARACTERS)
        return {NAME: name, **({DRAWING: strokes} if strokes else {})}

    def typed(self, answer: Any, language: str) -> Raw:
        """The name and the drawing as they are stored."""
        return (
            {part: str(answer[part]) for part in PARTS if part in answer} if isinstance(answer, dict) else {}
        )

    def example(self, random: Random) -> Raw:
        """A name, at times with a drawing."""
        return {
            NAME: "Leila Haddad",
            DRAWING: LINES if self.options.drawing and random.random() < 0.5 else "",
        }

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """A name that is too long, and a drawing that is none."""
        long = ({NAME: "x" * (MOST_CHARACTERS + 1), DRAWING: ""}, "too_long")
        drawn = ({NAME: "", DRAWING: LINES}, "no_name"), ({NAME: "Leila", DRAWING: "M1 1<script>"}, "drawing")
        return (long, *(drawn if self.options.drawing else ()))

    def anchor(self, part: str) -> str:
        """The input of the name: everybody can reach it."""
        return super().anchor(NAME)

    def markup(self, face: Face) -> str:
        """The name to type; with a script, a box to draw in as well."""
        look = Input(autocomplete="name", spellcheck="false")
        name = part_input(face, NAME, escape(word("signer", face.language)), look)
        return fieldset(
            face, name + (self._box(face) if self.options.drawing else ""), parts_show_errors=True
        )

    def _box(self, face: Face) -> str:
        words = {
            "data-label": word("draw", face.language),
            "data-hint": word("draw_instead", face.language),
            "data-clear": word("clear", face.language),
        }
        size = {"data-width": WIDTH, "data-height": HEIGHT, "data-longest": LONGEST}
        name = face.id_of(DRAWING)
        kept = attributes({"type": "hidden", "id": name, "name": name, "value": typed_slot(DRAWING)})
        return element("div", {"class": "cw-sign", "data-sign": name, **words, **size}, f"<input{kept}>")

    def text(self, answer: Any, language: str) -> str:
        """The name, and how it was signed."""
        way = word("drawn" if answer.get(DRAWING) else "typed_name", language)
        return f"{answer[NAME]}\n{way}"

    def html(self, answer: Any, language: str) -> str:
        """The name, and the drawing below it."""
        picture = self._picture(answer, language)
        return super().html(answer, language) + (f"<br>{picture}" if picture else "")

    def _picture(self, answer: Any, language: str) -> str:
        try:
            strokes = checked(str(answer.get(DRAWING) or ""))
        except AnswerRefused:
            return ""
        return as_svg(strokes, escape(word("drawn", language))) if strokes else ""

    def export(self, answer: Any) -> dict[str, Any]:
        """The name, and whether it was drawn."""
        signed = answer or {}
        drawn = None if answer is None else DRAWING in signed
        return {f"{self.field.key}_name": signed.get(NAME), f"{self.field.key}_drawn": drawn}

    def search_text(self, answer: Any, language: str) -> str:
        """The name."""
        return str(answer[NAME])

    def json_schema(self) -> dict[str, Any]:
        """An object with the name, and the lines of a path."""
        properties = {
            NAME: {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS},
            DRAWING: {"type": "string", "pattern": "^[ML0-9 ]+$", "maxLength": LONGEST},
        }
        return {"type": "object", "properties": properties, "required": [NAME], "additionalProperties": False}
