"""One uploaded file."""

from random import Random
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field as Value

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library import samples
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, described_by, labelled
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import size_text
from forms_library.markup import Raw, attributes, escape, typed_slot
from forms_library.sentences import ADD
from forms_library.uploads import CONTENT_TYPES, UPLOAD_ERRORS, UploadRules
from forms_library.words import word

MEGABYTE = 1_000_000
STALL = {
    "document": "0198c0de-0000-7000-8000-000000000001",
    "name": "stall.pdf",
    "size": 1200000,
    "type": "application/pdf",
}
KEPT = {name: str(value) for name, value in STALL.items()}
FileKind = Literal["pdf", "jpg", "png", "docx", "xlsx", "odt"]


class FileOptions(FieldOptions):
    """Which kinds of file are taken, and how large they may be."""

    types: Annotated[list[FileKind], Value(min_length=1)] = Value(
        default=["pdf", "jpg", "png"], title="Kinds of file", json_schema_extra=ui("checkboxes")
    )
    max_megabytes: int = Value(
        default=10, ge=1, le=100, title="Largest size in MB", json_schema_extra=ui("number")
    )


@field_types.register
class File(FieldType):
    """A document or a picture. It is stored the moment it arrives and kept when the page has errors."""

    key: ClassVar[str] = "file"
    label: ClassVar[Text] = Text({"en": "File", "fr": "Fichier", "ar": "ملف"})
    icon: ClassVar[str] = "paperclip"
    Options = FileOptions
    options: FileOptions
    errors = {"required": ADD, **UPLOAD_ERRORS}
    accepts = (({}, KEPT, STALL), ({}, {}, None))
    rejects = (
        ({}, {**KEPT, "document": "../../etc/passwd"}, "format"),
        ({}, {**KEPT, "size": "many"}, "format"),
    )

    @property
    def kind(self) -> Kind:
        """A group that says which document it is."""
        return Group({"document": "text", "name": "text", "size": "integer", "type": "text"})

    @property
    def upload_rules(self) -> UploadRules:
        """What the store must hold the file to."""
        allowed = frozenset(found for kind in self.options.types for found in CONTENT_TYPES[kind])
        limit = self.options.max_megabytes * MEGABYTE
        return UploadRules(self.field.key, self.field.data_class, allowed, limit)

    def gather(self, data: Any) -> Raw:
        """A file does not come with what was typed; the form takes it from the uploads."""
        return {}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, Any] | None:
        """The stored file; the store itself made this answer, so anything of another shape is refused."""
        if not isinstance(raw, dict) or not raw.get("document"):
            return None
        try:
            document, size = str(UUID(raw["document"])), int(raw["size"])
        except (KeyError, TypeError, ValueError):
            raise refuse("format") from None
        return {
            "document": document,
            "name": one_line(str(raw.get("name", ""))),
            "size": size,
            "type": one_line(str(raw.get("type", ""))),
        }

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored file as texts, with its size as it is read."""
        if not answer:
            return {}
        return {
            **{name: str(value) for name, value in answer.items()},
            "shown": self._shown(answer, language),
        }

    def variant(self, raw: Raw) -> str:
        """A file that is kept is shown with the way to replace it."""
        return "kept" if isinstance(raw, dict) and raw.get("document") else ""

    def wanted(self, language: str) -> str:
        """What is taken, in words: PDF, JPG or PNG of up to 10 MB."""
        *others, last = [kind.upper() for kind in self.options.types]
        kinds = f"{', '.join(others)} {word('or', language)} {last}" if others else last
        size = (
            size_text(self.options.max_megabytes * MEGABYTE, language).replace(".0 ", " ").replace(",0 ", " ")
        )
        return word("up_to", language).replace("{types}", kinds).replace("{size}", size)

    def example(self, random: Random) -> Raw:
        """Nothing is typed: see the example of a file."""
        return {}

    def example_file(self, random: Random) -> tuple[str, bytes]:
        """A small file of one of the kinds."""
        return samples.file_of(random.choice(self.options.types), random)

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What names no document."""
        return (({**KEPT, "document": "../../etc/passwd"}, "format"), ({**KEPT, "size": "many"}, "format"))

    def markup(self, face: Face) -> str:
        """A file input; above it the file that is kept, if there is one."""
        accept = ",".join([f".{kind}" for kind in self.options.types] + sorted(self.upload_rules.allowed))
        values = {
            "class": "govuk-file-upload" + (" govuk-file-upload--error" if face.errors else ""),
            "id": face.key,
            "name": face.key,
            "type": "file",
            "accept": accept,
            "aria-describedby": described_by(face),
            "aria-invalid": "true" if face.errors else None,
        }
        if face.variant != "kept":
            return labelled(face, f"<input{attributes(values)}>")
        values["aria-label"] = f"{word('replace', face.language)}: {face.label}"
        return labelled(face, self._kept(face) + f"<input{attributes(values)}>" + self._remove(face))

    def _kept(self, face: Face) -> str:
        added = escape(word("added", face.language))
        replace = escape(word("replace", face.language))
        return (
            f'<p class="govuk-body cw-kept">{added} <bdi><strong>{typed_slot("shown")}</strong></bdi></p>'
            f'<p class="govuk-hint cw-replace">{replace}</p>'
        )

    def _remove(self, face: Face) -> str:
        if not face.optional:
            return ""
        identity = face.id_of("remove")
        label = escape(word("remove", face.language))
        return (
            '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
            f'<input class="govuk-checkboxes__input" id="{identity}" name="{identity}" type="checkbox"'
            ' value="yes">'
            f'<label class="govuk-label govuk-checkboxes__label" for="{identity}">{label}</label></div></div>'
        )

    def _shown(self, answer: Any, language: str) -> str:
        return f"{answer['name']}, {size_text(int(answer['size']), language)}"

    def text(self, answer: Any, language: str) -> str:
        """The name and the size of the file."""
        return self._shown(answer, language)

    def export(self, answer: Any) -> dict[str, Any]:
        """The name of the file."""
        return {self.field.key: (answer or {}).get("name")}

    def documents(self, answer: Any) -> tuple[str, ...]:
        """The one document."""
        return (answer["document"],) if answer else ()

    def json_schema(self) -> dict[str, Any]:
        """An object that names the document."""
        properties = {
            "document": {"type": "string", "format": "uuid"},
            "name": {"type": "string"},
            "size": {"type": "integer", "minimum": 1},
            "type": {"type": "string"},
        }
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
