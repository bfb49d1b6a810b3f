"""Reading the fields of one posted page: what was typed, the answers, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from forms_library.bound import CompiledField
from forms_library.cleaning import storable
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.field_type import FieldType, Reading
from forms_library.file_reader import read_files
from forms_library.markup import Raw
from forms_library.nested_type import as_raw
from forms_library.row_names import ADD, REMOVE, STAY, in_group, in_rows, numbers
from forms_library.rows_type import MOST_ROWS_IN_ALL, RowsType
from forms_library.uploads import SentFile, Upload, UploadRules

Data = MultiValueDict[str, str]
Files = MultiValueDict[str, SentFile]


class PageReader:
    """Collects answers, what was typed, and complaints, by the names of the inputs."""

    def __init__(self, reading: Reading, upload: Upload, stored: Mapping[str, Any]) -> None:
        self.reading, self.upload, self.stored = reading, upload, stored
        self.answers: dict[str, Any] = {}
        self.raw: dict[str, Raw] = {}
        self.kept: dict[str, Any] = {}
        self.complaints: dict[str, tuple[Complaint, ...]] = {}
        self.asked: list[CompiledField] = []
        self.again = False
        self.refused: set[str] = set()  # questions whose files were not taken
        self.rows = 0

    def read(self, asked: CompiledField, data: Data, files: Files) -> None:
        """Read one field of the page."""
        self.asked.append(asked)
        key = asked.key
        raw, self.answers[key] = self._read(asked, data, files, self.stored.get(key), key)
        if not asked.question.computed:
            self.raw[key] = raw
        if asked.children and any(part.question.upload_rules for part in asked.everything()):
            # the files in rows were stored the moment they arrived, so their rows are kept as they are
            self.kept[key] = self.answers[key]

    def _read(
        self, asked: CompiledField, data: Data, files: Files, stored: Any, name: str
    ) -> tuple[Raw, Any]:
        """What was typed in one question and its answer; the name is that of its input on the page."""
        question = asked.question
        if question.computed:
            return question.typed(stored, self.reading.language), stored
        self.again = self.again or question.is_pressed(data)
        if isinstance(question, RowsType):
            return self._rows(asked, question, data, files, stored, name)
        if asked.children:
            record = stored if isinstance(stored, dict) else {}
            inner = in_group(data, asked.key), in_group(files, asked.key)
            raws, group = self._group(asked, *inner, record, f"{name}-")
            return as_raw(raws), group or None
        if rules := question.upload_rules:
            return self._file(question, rules, data, files, stored, name)
        raw = question.gather(data)
        try:
            answer = question.parse_beside(raw, stored, self.reading)
            return question.drawn_again(storable_raw(raw), answer, self.reading.language), answer
        except AnswerRefused as refused:
            self.complaints[name] = refused.complaints
            return storable_raw(raw), None

    def _group(
        self, asked: CompiledField, data: Data, files: Files, stored: Mapping[str, Any], name: str
    ) -> tuple[dict[str, Raw], dict[str, Any]]:
        raws, record = {}, {}
        for child in asked.children:
            if not child.question.has_answer:
                continue
            raw, answer = self._read(child, data, files, stored.get(child.key), f"{name}{child.key}")
            if not child.question.computed:
                raws[child.key] = raw
            if answer is not None:
                record[child.key] = answer
        return raws, record

    def _rows(
        self, asked: CompiledField, question: RowsType, data: Data, files: Files, stored: Any, name: str
    ) -> tuple[Raw, Any]:
        key, old = asked.key, stored if isinstance(stored, list) else []
        sent, sent_files = in_rows(data, key), in_rows(files, key)
        raws: list[dict[str, Raw]] = []
        records: list[dict[str, Any]] = []
        blank: list[dict[str, Raw]] = []
        pressed = self._is_pressed(key, data, sent)
        for number in numbers(sent, sent_files):
            inner = sent.get(number, MultiValueDict()), sent_files.get(number, MultiValueDict())
            if REMOVE in inner[0]:
                continue
            if self._is_too_much(question, len(records), name):
                break
            before = old[number] if number < len(old) and isinstance(old[number], dict) else {}
            begins = f"{name}-{len(records)}-"
            raw, record = self._group(asked, *inner, before, begins)
            if not pressed and self._is_blank(asked, record, begins):
                blank.append(raw)
                continue
            raws.append(raw)
            records.append(record)
        filled, answer = self._filled_up(question, raws, records, blank, add=f"{key}-{ADD}" in data)
        least = question.options.min
        if not pressed and answer and len(answer) < least:
            self.complaints.setdefault(name, (Complaint("too_few", "", {"min": least}),))
        return filled, answer

    def _is_pressed(self, key: str, data: Data, sent: Mapping[int, Data]) -> bool:
        """Whether rows are added or removed, here or further in: then the page is shown again."""
        pressed = f"{key}-{ADD}" in data or any(
            name in (REMOVE, STAY) or name.endswith((f"-{REMOVE}", f"-{ADD}", f"-{STAY}"))
            for row in sent.values()
            for name in row
        )
        self.again = self.again or pressed
        return pressed

    def _is_too_much(self, question: RowsType, count: int, name: str) -> bool:
        self.rows += 1
        if count < question.options.max and self.rows <= MOST_ROWS_IN_ALL:
            return False
        most = min(question.options.max, MOST_ROWS_IN_ALL)
        self.complaints[name] = (Complaint("too_many", "", {"max": most}),)
        return True

    def _is_blank(self, asked: CompiledField, record: dict[str, Any], begins: str) -> bool:
        return all(
            child.key not in record or child.question.is_empty(record[child.key]) for child in asked.children
        ) and not any(name.startswith(begins) for name in self.complaints)

    def _filled_up(
        self,
        question: RowsType,
        raws: list[dict[str, Raw]],
        records: list[dict[str, Any]],
        blank: list[dict[str, Raw]],
        *,
        add: bool,
    ) -> tuple[Raw, Any]:
        """Rows left blank count only as far as rows are wanted; a button adds one."""
        wanted = max(question.options.min, 1) - len(records)
        for raw in blank[: max(wanted, 0)]:
            raws.append(raw)
            records.append({})
        if add and len(raws) < question.options.max:
            raws.append({})
            records.append({})
        return as_raw(raws), records or None

    def _file(
        self, question: FieldType, rules: UploadRules, data: Data, files: Files, stored: Any, name: str
    ) -> tuple[Raw, Any]:
        read = read_files(question, rules, data, files, stored, self.upload, self.reading)
        if read.changed and name == rules.field_key:
            self.kept[name] = read.answer
        if read.complaints:
            self.refused.add(name.partition("-")[0])
            self.complaints[name] = tuple(read.complaints)
        return question.typed(read.answer, self.reading.language), read.answer


def storable_raw(raw: Any) -> Raw:
    """What was typed, in any shape, without characters that cannot be stored."""
    if isinstance(raw, str):
        return storable(raw)
    if isinstance(raw, list):
        return as_raw([storable_raw(part) for part in raw])
    return as_raw({part: storable_raw(text) for part, text in raw.items()})
