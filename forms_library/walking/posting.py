"""Answers as a browser would send them: by the names of the inputs, files apart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from engine.core.rules import Rows
from forms_library.catalogue import field_types
from forms_library.complaints import AnswerRefused
from forms_library.field_type import FieldType, Reading
from forms_library.markup import Raw
from forms_library.row_names import ROW
from forms_library.uploads import SentFile

TRIES = 30
MOST_ROWS = 3
# how often a question that may be left out is answered
ANSWERED = 0.7


@dataclass
class Sheet:
    """What is sent of one page, and what each question of it was meant to say."""

    data: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    typed: dict[str, Raw] = field(default_factory=dict)

    def add(self, other: "Sheet", prefix: str = "") -> None:
        """Take over what is sent of a part, below the names of the whole."""
        self.data.update({f"{prefix}{name}": values for name, values in other.data.items()})
        self.files.update({f"{prefix}{name}": files for name, files in other.files.items()})

    def posted(self) -> "MultiValueDict[str, str]":
        """The names and values as Django reads them."""
        return MultiValueDict(self.data)

    def sent_files(self) -> "MultiValueDict[str, SentFile]":
        """The files as Django reads them."""
        return MultiValueDict(
            {name: [SimpleUploadedFile(*file) for file in files] for name, files in self.files.items()}
        )


def inputs(key: str, raw: Any) -> dict[str, list[str]]:
    """What was typed under the names of the inputs: one, several of one name, or one for each part or row."""
    if isinstance(raw, str):
        return {key: [raw]} if raw else {}
    if isinstance(raw, list) and not any(isinstance(part, dict) for part in raw):
        return {key: list(raw)} if raw else {}
    parts = raw.items() if isinstance(raw, dict) else enumerate(raw)
    return {
        name: values for part, inside in parts for name, values in inputs(f"{key}-{part}", inside).items()
    }


def typed_sheet(question: FieldType, raw: Raw) -> Sheet:
    """A question answered by exactly this."""
    return Sheet(inputs(question.field.key, raw), typed={question.field.key: raw})


def some_answer(question: FieldType, random: Random, reading: Reading) -> Sheet:
    """A question answered by chance, so that its kind takes it; nested ones with all their parts."""
    if question.computed or not question.has_answer:
        return Sheet()
    if question.children():
        return _nested(question, random, reading)
    if rules := question.upload_rules:
        files = [question.example_file(random) for _ in range(max(1, rules.least))]
        return Sheet(files={question.field.key: [file for file in files if file]})
    return typed_sheet(question, _taken(question, random, reading))


def _taken(question: FieldType, random: Random, reading: Reading) -> Raw:
    raw = question.example(random)
    for _ in range(TRIES):
        try:
            question.parse(raw, reading)
        except AnswerRefused:
            raw = question.example(random)
        else:
            break
    return raw


def _nested(question: FieldType, random: Random, reading: Reading) -> Sheet:
    if not isinstance(question.kind, Rows):
        return _part(question, f"{question.field.key}-", random, reading)
    least = max(getattr(question.options, "min", 0) or 0, 1 if question.field.required else 0)
    most = min(getattr(question.options, "max", MOST_ROWS) or MOST_ROWS, least + MOST_ROWS)
    return rows_sheet(question, random.randint(least, max(least, most)), random, reading)


def rows_sheet(question: FieldType, count: int, random: Random, reading: Reading) -> Sheet:
    """So many rows of a repeating question."""
    sheet = Sheet()
    for row in range(count):
        prefix = f"{question.field.key}-{row}-"
        sheet.data[f"{prefix}{ROW}"] = ["1"]
        sheet.add(_part(question, prefix, random, reading))
    return sheet


def _part(question: FieldType, prefix: str, random: Random, reading: Reading) -> Sheet:
    sheet = Sheet()
    for child in question.children():
        if child.required or child.required_when or random.random() < ANSWERED:
            sheet.add(some_answer(field_types[child.type](child), random, reading), prefix)
    return sheet


Upload = Callable[[Any, Any], Mapping[str, Any]]


def pretended_upload(file: SentFile, rules: Any) -> Mapping[str, Any]:
    """Takes a file without a store: its name and size, under a document number made from them."""
    digest = Random(f"{file.name}{file.size}").getrandbits(128)  # noqa: S311  a number for a walk
    number = f"{digest:032x}"
    document = f"{number[:8]}-{number[8:12]}-7{number[13:16]}-8{number[17:20]}-{number[20:]}"
    kind = sorted(rules.allowed)[0] if rules.allowed else "application/octet-stream"
    return {"document": document, "name": file.name or "file", "size": file.size or 1, "type": kind}
