"""What questions for files have in common: which files are taken, and how a stored one is kept and shown."""

from collections.abc import Mapping
from random import Random
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field as Value
from pydantic import model_validator

from forms_library import samples
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, described_by
from forms_library.field_type import FieldOptions, FieldType, ui
from forms_library.localising import size_text
from forms_library.markup import Raw, escape
from forms_library.sentences import ADD
from forms_library.uploads import CONTENT_TYPES, UPLOAD_ERRORS, UploadRules
from forms_library.words import word

MEGABYTE = 1_000_000
FileKind = Literal["pdf", "jpg", "png", "docx", "xlsx", "odt", "ods", "txt", "csv", "webp", "tiff"]
# what a camera wrote into these cannot be taken out
KEEPS_METADATA: frozenset[FileKind] = frozenset({"tiff"})


class UploadOptions(FieldOptions):
    """Which kinds of file are taken, how large they may be, and what becomes of pictures."""

    types: Annotated[list[FileKind], Value(min_length=1)] = Value(
        default=["pdf", "jpg", "png"], title="Kinds of file", json_schema_extra=ui("checkboxes")
    )
    max_megabytes: int = Value(
        default=10, ge=1, le=100, title="Largest size in MB", json_schema_extra=ui("number")
    )
    strip_metadata: bool = Value(
        default=False,
        title="Remove the metadata of pictures",
        description="Where and when a picture was taken, and with which device.",
        json_schema_extra=ui("toggle"),
    )
    max_width: int | None = Value(
        default=None, ge=1, le=100_000, title="Most pixels across", json_schema_extra=ui("number")
    )
    max_height: int | None = Value(
        default=None, ge=1, le=100_000, title="Most pixels down", json_schema_extra=ui("number")
    )
    max_pages: int | None = Value(
        default=None, ge=1, le=10_000, title="Most pages of a PDF", json_schema_extra=ui("number")
    )

    @model_validator(mode="after")
    def _metadata_can_go(self) -> Self:
        kept = [kind.upper() for kind in self.types if kind in KEEPS_METADATA]
        if self.strip_metadata and kept:
            raise ValueError(f"The metadata of {kept[0]} cannot be removed: take that kind out, or keep it")
        return self


class UploadedType(FieldType):
    """A question that is answered with files; the store makes the answer, nobody types it."""

    takes_files = True
    Options = UploadOptions
    options: UploadOptions
    errors = {"required": ADD, **UPLOAD_ERRORS}

    @property
    def upload_rules(self) -> UploadRules:
        """What the store must hold a file to."""
        options = self.options
        return UploadRules(
            field_key=self.field.key,
            data_class=self.field.data_class,
            allowed=frozenset(found for kind in options.types for found in CONTENT_TYPES[kind]),
            limit_bytes=options.max_megabytes * MEGABYTE,
            strip_metadata=options.strip_metadata,
            max_width=options.max_width,
            max_height=options.max_height,
            max_pages=options.max_pages,
        )

    def gather(self, data: Any) -> Raw:
        """A file does not come with what was typed; the form takes it from the uploads."""
        return {}

    def wanted(self, language: str) -> str:
        """What is taken, in words: PDF, JPG or PNG of up to 10 MB."""
        *others, last = [kind.upper() for kind in self.options.types]
        kinds = f"{', '.join(others)} {word('or', language)} {last}" if others else last
        size = self._largest(language)
        return word("up_to", language).replace("{types}", kinds).replace("{size}", size)

    def _largest(self, language: str) -> str:
        size = size_text(self.options.max_megabytes * MEGABYTE, language)
        return size.replace(".0 ", " ").replace(",0 ", " ")

    def limits(self, language: str) -> list[str]:
        """All that is asked of the files, in words, so that nobody learns it from an error."""
        most = self.options.max_pages
        has_pages = most and "pdf" in self.options.types
        pages = word("pages_most", language).replace("{max}", str(most))
        return [self.wanted(language), *[pages] * bool(has_pages)]

    def told(self, face: Face) -> str:
        """The limits, as a hint of the input."""
        lines = "<br>".join(map(escape, self.limits(face.language)))
        return f'<p id="{face.key}-wanted" class="govuk-hint">{lines}</p>'

    def example(self, random: Random) -> Raw:
        """Nothing is typed: see the example of a file."""
        return {}

    def example_file(self, random: Random) -> tuple[str, bytes]:
        """A small file of one of the kinds."""
        return samples.file_of(random.choice(self.options.types), random)

    def input_attributes(self, face: Face) -> dict[str, str | bool | int | None]:
        """The file input, which offers only the kinds that are taken."""
        accept = ",".join([f".{kind}" for kind in self.options.types] + sorted(self.upload_rules.allowed))
        return {
            "class": "govuk-file-upload" + (" govuk-file-upload--error" if face.errors else ""),
            "id": face.key,
            "name": face.key,
            "type": "file",
            "accept": accept,
            "aria-describedby": " ".join(filter(None, (described_by(face), f"{face.key}-wanted"))),
            "data-limit": self.upload_rules.limit_bytes,
            "data-limit-text": self._largest(face.language),
            "aria-invalid": "true" if face.errors else None,
        }


def stored_file(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A stored file out of its texts; anything of another shape is refused."""
    try:
        document, size = str(UUID(raw["document"])), int(raw["size"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise refuse("format") from None
    return {
        "document": document,
        "name": one_line(str(raw.get("name", ""))),
        "size": size,
        "type": one_line(str(raw.get("type", ""))),
    }


def shown_file(answer: Mapping[str, Any], language: str) -> str:
    """The name and the size of a file."""
    return f"{answer['name']}, {size_text(int(answer['size']), language)}"


FILE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "document": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "size": {"type": "integer", "minimum": 1},
        "type": {"type": "string"},
    },
    "required": ["document", "name", "size", "type"],
    "additionalProperties": False,
}
