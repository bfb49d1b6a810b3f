"""One uploaded file."""

from typing import Any, ClassVar

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library.controls import Face, labelled
from forms_library.field_type import Reading, field_types
from forms_library.markup import Raw, attributes, escape, typed_slot
from forms_library.uploaded import FILE_SCHEMA, UploadedType, UploadOptions, shown_file, stored_file
from forms_library.words import word

STALL = {
    "document": "0198c0de-0000-7000-8000-000000000001",
    "name": "stall.pdf",
    "size": 1200000,
    "type": "application/pdf",
}
KEPT = {name: str(value) for name, value in STALL.items()}


@field_types.register
class File(UploadedType):
    """A document or a picture. It is stored the moment it arrives and kept when the page has errors."""

    key: ClassVar[str] = "file"
    label: ClassVar[Text] = Text({"en": "File", "fr": "Fichier", "ar": "ملف"})
    icon: ClassVar[str] = "paperclip"
    common = 11
    Options = UploadOptions
    options: UploadOptions
    accepts = (({}, KEPT, STALL), ({}, {}, None))
    rejects = (
        ({}, {**KEPT, "document": "../../etc/passwd"}, "format"),
        ({}, {**KEPT, "size": "many"}, "format"),
    )

    @property
    def kind(self) -> Kind:
        """A group that says which document it is."""
        return Group({"document": "text", "name": "text", "size": "integer", "type": "text"})

    def parse(self, raw: Raw, reading: Reading) -> dict[str, Any] | None:
        """The stored file; the store itself made this answer, so anything of another shape is refused."""
        return stored_file(raw) if isinstance(raw, dict) and raw.get("document") else None

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored file as texts, with its size as it is read."""
        if not answer:
            return {}
        texts = {name: str(value) for name, value in answer.items()}
        return {**texts, "shown": shown_file(answer, language)}

    def variant(self, raw: Raw) -> str:
        """A file that is kept is shown with the way to replace it."""
        return "kept" if isinstance(raw, dict) and raw.get("document") else ""

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What names no document."""
        return (({**KEPT, "document": "../../etc/passwd"}, "format"), ({**KEPT, "size": "many"}, "format"))

    def markup(self, face: Face) -> str:
        """A file input; above it the file that is kept, if there is one."""
        values = self.input_attributes(face)
        if face.variant != "kept":
            return labelled(face, f"{self.told(face)}<input{attributes(values)}>")
        values["aria-label"] = f"{word('replace', face.language)}: {face.label}"
        return labelled(
            face, self._kept(face) + f"{self.told(face)}<input{attributes(values)}>" + self._remove(face)
        )

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

    def text(self, answer: Any, language: str) -> str:
        """The name and the size of the file."""
        return shown_file(answer, language)

    def export(self, answer: Any) -> dict[str, Any]:
        """The name of the file."""
        return {self.field.key: (answer or {}).get("name")}

    def documents(self, answer: Any) -> tuple[str, ...]:
        """The one document."""
        return (answer["document"],) if answer else ()

    def json_schema(self) -> dict[str, Any]:
        """An object that names the document."""
        return dict(FILE_SCHEMA)
