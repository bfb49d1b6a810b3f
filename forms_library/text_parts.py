"""Questions whose answer is several short texts, each in an input of its own: an address, a name."""

from abc import abstractmethod
from typing import Any

from django.utils.datastructures import MultiValueDict

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldType, Reading
from forms_library.markup import Raw, escape
from forms_library.words import WORDS, word

MOST_CHARACTERS = 120
PART_TOO_LONG = Text({
    "en": "{part} must be {max} characters or fewer",
    "fr": "{part} : {max} caractères au plus",
    "ar": "يجب ألا يزيد {part} عن {max} حرفًا",
})  # fmt: skip


class TextPartsType(FieldType):
    """What all questions of several short texts have in common."""

    @property
    @abstractmethod
    def parts(self) -> tuple[str, ...]:
        """The parts that are asked, in order."""

    @property
    @abstractmethod
    def needed(self) -> tuple[str, ...]:
        """The parts that must be given once any is."""

    @abstractmethod
    def missing(self, part: str) -> Complaint:
        """What is said where a part that is needed was left out."""

    @abstractmethod
    def part_markup(self, face: Face, part: str, label: str) -> str:
        """One part with its label and error."""

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
        texts = {part: one_line(str(given.get(part, "")), part) for part in self.parts}
        if not any(texts.values()):
            return None
        wrong = [complaint for part, text in texts.items() if (complaint := self.complaint(part, text))]
        if wrong:
            raise AnswerRefused(*wrong)
        return {part: text for part, text in texts.items() if text}

    def complaint(self, part: str, text: str) -> Complaint | None:
        """What is wrong with a part."""
        if not text:
            return self.missing(part) if part in self.needed else None
        if len(text) > MOST_CHARACTERS:
            return Complaint("part_too_long", part, {"part": WORDS[part], "max": MOST_CHARACTERS})
        return None

    def typed(self, answer: Any, language: str) -> Raw:
        """The parts of a stored answer."""
        return dict(answer or {})

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or self.parts[0])

    def markup(self, face: Face) -> str:
        """An input for each part, with its own label and error."""
        drawn = "".join(self.part_markup(face, part, self._label(part, face.language)) for part in self.parts)
        return fieldset(face, drawn, parts_show_errors=True)

    def _label(self, part: str, language: str) -> str:
        mark = "" if part in self.needed else f" {word('optional', language)}"
        return escape(word(part, language)) + mark

    def export(self, answer: Any) -> dict[str, Any]:
        """One column for each part."""
        return {f"{self.field.key}_{part}": (answer or {}).get(part) for part in self.parts}

    def json_schema(self) -> dict[str, Any]:
        """An object with the parts that are asked."""
        text = {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}
        return {
            "type": "object",
            "properties": dict.fromkeys(self.parts, text),
            "required": list(self.needed),
            "additionalProperties": False,
        }
