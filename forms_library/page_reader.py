"""Reading the fields of one posted page: what was typed, the answers, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from engine.core.rules import Facts
from forms_library.cleaning import storable
from forms_library.compiled import CompiledField
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.field_type import FieldType, Reading
from forms_library.file_reader import read_files
from forms_library.judging import FieldError, field_error, missing
from forms_library.markup import Raw
from forms_library.uploads import SentFile, Upload, UploadRules
from forms_library.visibility import Shown


class PageReader:
    """Collects answers, what was typed, and complaints, field by field."""

    def __init__(self, reading: Reading, upload: Upload, stored: Mapping[str, Any]) -> None:
        self.reading, self.upload, self.stored = reading, upload, stored
        self.answers: dict[str, Any] = {}
        self.raw: dict[str, Raw] = {}
        self.kept: dict[str, Any] = {}
        self.complaints: dict[str, tuple[Complaint, ...]] = {}
        self.asked: list[CompiledField] = []
        self.again = False
        self.refused: set[str] = set()

    def read(
        self, asked: CompiledField, data: MultiValueDict[str, str], files: MultiValueDict[str, SentFile]
    ) -> None:
        """Read one field."""
        self.asked.append(asked)
        key, question = asked.key, asked.question
        self.again = self.again or question.is_pressed(data)
        if rules := question.upload_rules:
            self._read_file(question, rules, data, files)
            return
        raw = question.gather(data)
        self.raw[key] = storable_raw(raw)
        try:
            self.answers[key] = question.parse(raw, self.reading)
        except AnswerRefused as refused:
            self.answers[key] = None
            self.complaints[key] = refused.complaints

    def _read_file(
        self,
        question: FieldType,
        rules: UploadRules,
        data: MultiValueDict[str, str],
        files: MultiValueDict[str, SentFile],
    ) -> None:
        key = rules.field_key
        read = read_files(question, rules, data, files, self.stored.get(key), self.upload, self.reading)
        if read.changed:
            self.kept[key] = read.answer
        if read.complaints:
            self.refused.add(key)
            self.complaints[key] = tuple(read.complaints)
        self.answers[key] = read.answer
        self.raw[key] = question.typed(read.answer, self.reading.language)

    def errors(self, view: Shown, facts: Facts) -> list[FieldError]:
        """What is wrong with the fields that are shown, in their order."""
        found = []
        for asked in self.asked:
            complaints = self.complaints.get(asked.key, ())
            if asked.key in view.fields:
                complaints = complaints or missing(asked, self.answers[asked.key], facts)
                found += [
                    field_error(asked.question, complaint, self.reading.language) for complaint in complaints
                ]
        return found


def storable_raw(raw: Raw) -> Raw:
    """What was typed, in any shape, without characters that cannot be stored."""
    if isinstance(raw, str):
        return storable(raw)
    if isinstance(raw, list):
        return [storable(part) for part in raw]
    return {part: storable(text) for part, text in raw.items()}
