"""Several uploaded files."""

from dataclasses import replace
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Kind, Rows
from engine.core.text import Text
from forms_library.complaints import refuse
from forms_library.controls import Face, labelled
from forms_library.field_type import Reading, field_types, ui
from forms_library.markup import Raw, attributes, escape, typed_slot
from forms_library.sentences import ADD
from forms_library.uploaded import FILE_SCHEMA, UploadedType, UploadOptions, shown_file, stored_file
from forms_library.uploads import UPLOAD_ERRORS, UploadRules
from forms_library.words import word

PARTS = ("document", "name", "size", "type")
MOST_FILES = 50
PLAN = {
    "document": "0198c0de-0000-7000-8000-000000000001",
    "name": "plan.pdf",
    "size": 1200000,
    "type": "application/pdf",
}
PHOTO = {**PLAN, "document": "0198c0de-0000-7000-8000-000000000002", "name": "photo.png", "type": "image/png"}
KEPT = {f"{n}-{name}": str(file[name]) for n, file in enumerate((PLAN, PHOTO), 1) for name in PARTS}
ONE = {name: text for name, text in KEPT.items() if name.startswith("1-")}


class FilesOptions(UploadOptions):
    """Which files are taken, and how many of them."""

    min: int = Value(default=1, ge=0, le=MOST_FILES, title="Fewest files", json_schema_extra=ui("number"))
    max: int = Value(default=10, ge=1, le=MOST_FILES, title="Most files", json_schema_extra=ui("number"))


@field_types.register
class Files(UploadedType):
    """Documents or pictures, one or many at a time; each is kept, and each can be removed."""

    key: ClassVar[str] = "files"
    label: ClassVar[Text] = Text({"en": "Several files", "fr": "Plusieurs fichiers", "ar": "عدة ملفات"})
    icon: ClassVar[str] = "files"
    Options = FilesOptions
    options: FilesOptions
    errors = {
        "required": ADD,
        **UPLOAD_ERRORS,
        "too_few": Text({
            "en": "Add at least {min} files for {phrase}",
            "fr": "Ajoutez au moins {min} fichiers pour {phrase}",
            "ar": "أضف {min} ملفات على الأقل من أجل {phrase}",
        }),
        "too_many": Text({
            "en": "Add no more than {max} files for {phrase}",
            "fr": "Ajoutez au plus {max} fichiers pour {phrase}",
            "ar": "أضف {max} ملفات على الأكثر من أجل {phrase}",
        }),
    }  # fmt: skip
    accepts = (({}, KEPT, [PLAN, PHOTO]), ({}, {}, None))
    rejects = (
        ({"min": 2}, ONE, "too_few"),
        ({"max": 1}, KEPT, "too_many"),
        ({}, {**ONE, "1-document": "../../etc/passwd"}, "format"),
        ({}, {**ONE, "1-size": "many"}, "format"),
    )

    @property
    def kind(self) -> Kind:
        """Rows that say which documents they are."""
        return Rows({"document": "text", "name": "text", "size": "integer", "type": "text"})

    @property
    def upload_rules(self) -> UploadRules:
        """What the store must hold each file to, and how many are taken."""
        return replace(super().upload_rules, several=True, least=self.options.min, most=self.options.max)

    def is_pressed(self, data: MultiValueDict[str, str]) -> bool:
        """Whether files were to be added or removed, and not the page to be left."""
        removes = f"{self.field.key}-remove-"
        return f"{self.field.key}-add" in data or any(name.startswith(removes) for name in data)

    def parse(self, raw: Raw, reading: Reading) -> list[dict[str, Any]] | None:
        """The stored files; the store itself made this answer, so anything of another shape is refused."""
        given = raw if isinstance(raw, dict) else {}
        count = sum(name.endswith("-document") for name in given)
        files = [
            stored_file({part: given.get(f"{n}-{part}", "") for part in PARTS}) for n in range(1, count + 1)
        ]
        if files and len(files) < self.options.min:
            raise refuse("too_few", min=self.options.min)
        if len(files) > self.options.max:
            raise refuse("too_many", max=self.options.max)
        return files or None

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored files as texts, with their sizes as they are read."""
        texts: dict[str, str] = {}
        for n, file in enumerate(answer or [], 1):
            texts |= {f"{n}-{part}": str(file.get(part, "")) for part in PARTS}
            texts[f"{n}-shown"] = shown_file(file, language)
        return texts

    def variant(self, raw: Raw) -> str:
        """How many files are kept."""
        given = raw if isinstance(raw, dict) else {}
        return str(min(MOST_FILES, sum(name.endswith("-document") for name in given)) or "")

    def is_empty(self, answer: Any) -> bool:
        """No file is no answer."""
        return not answer

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What names no document."""
        whole = {
            name.replace("1-", f"{n}-", 1): text
            for n in range(1, self.options.max + 2)
            for name, text in ONE.items()
        }
        return (({**ONE, "1-document": "../../etc/passwd"}, "format"), (whole, "too_many"))

    def markup(self, face: Face) -> str:
        """The files that are kept, each with its way out; then an input for more."""
        count = int(face.variant or 0)
        kept = "".join(self._kept(face, n) for n in range(1, count + 1))
        listed = f'<ul class="govuk-list cw-files">{kept}</ul>' if kept else ""
        values = self.input_attributes(face) | {"multiple": True}
        if count:
            values["aria-label"] = f"{word('add_files', face.language)}: {face.label}"
        name, words = face.id_of("add"), escape(word("upload", face.language))
        button = (
            f'<button type="submit" name="{name}" value="yes" formnovalidate'
            f' class="govuk-button govuk-button--secondary cw-upload">{words}</button>'
        )
        return labelled(face, f"{listed}{self.told(face)}<input{attributes(values)}> {button}")

    def limits(self, language: str) -> list[str]:
        """Beside what is asked of each file, how many there may be."""
        least, most = self.options.min, self.options.max
        said = "files_most" if least < 2 else "files_exactly" if least == most else "files_between"
        count = word(said, language).replace("{min}", str(least)).replace("{max}", str(most))
        return [*super().limits(language), *[count] * (most > 1)]

    def _kept(self, face: Face, number: int) -> str:
        shown, name = typed_slot(f"{number}-shown"), face.id_of(f"remove-{number}")
        remove = escape(word("remove_file", face.language))
        return (
            f'<li><bdi>{shown}</bdi> <button type="submit" name="{name}" value="yes"'
            f' formnovalidate class="cw-linkbutton">{remove}'
            f'<span class="govuk-visually-hidden"> <bdi>{shown}</bdi></span></button></li>'
        )

    def text(self, answer: Any, language: str) -> str:
        """The name and the size of each file."""
        return "\n".join(shown_file(file, language) for file in answer)

    def export(self, answer: Any) -> dict[str, Any]:
        """The names with semicolons between."""
        return {self.field.key: "; ".join(file["name"] for file in answer or []) or None}

    def documents(self, answer: Any) -> tuple[str, ...]:
        """All documents."""
        return tuple(file["document"] for file in answer or [])

    def json_schema(self) -> dict[str, Any]:
        """A list of objects that name documents."""
        limits = {"minItems": max(1, self.options.min), "maxItems": self.options.max}
        return {"type": "array", "items": dict(FILE_SCHEMA), **limits}
