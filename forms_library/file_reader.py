"""The files of one posted question: what was kept before, what is removed, and what has just arrived."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict

from forms_library.complaints import AnswerRefused, Complaint
from forms_library.field_type import FieldType, Reading
from forms_library.uploads import FileRefused, SentFile, Upload, UploadRules

LONGEST_NAME = 60  # characters of a file's name in a sentence


@dataclass
class FilesRead:
    """The answer, whether it changed and must be kept, and what is wrong."""

    answer: Any
    changed: bool = False
    complaints: list[Complaint] = field(default_factory=list)


def read_files(
    question: FieldType,
    rules: UploadRules,
    data: MultiValueDict[str, str],
    files: MultiValueDict[str, SentFile],
    stored: Any,
    upload: Upload,
    reading: Reading,
) -> FilesRead:
    """Take what was sent; a file that is refused never costs one that was taken."""
    key, wanted = rules.field_key, question.wanted(reading.language)
    read = _left(rules, data, stored)
    for sent in files.getlist(key) if rules.several else files.getlist(key)[-1:]:
        if rules.several and len(read.answer or []) >= rules.most:
            read.complaints.append(Complaint("too_many", "", {"max": rules.most}))
            break
        try:
            taken = dict(upload(sent, rules))
        except FileRefused as refused:
            values = {"name": _shown(sent.name or ""), "wanted": wanted, "pages": rules.max_pages or 0}
            read.complaints.append(Complaint(refused.code, "", values))
            continue
        read.answer = [*(read.answer or []), taken] if rules.several else taken
        read.changed = True
    if rules.several and not read.complaints and not question.is_pressed(data):
        read.complaints += _counted(question, read.answer, reading)
    return read


def _shown(name: str) -> str:
    """The name as its owner knows it, without the characters that could deceive a reader."""
    plain = "".join(each for each in name if unicodedata.category(each)[0] != "C").strip() or "…"
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def _left(rules: UploadRules, data: MultiValueDict[str, str], stored: Any) -> FilesRead:
    """What is left of the files that were kept, after those that the person removes."""
    prefix = f"{rules.field_key}-remove"
    if not rules.several:
        return FilesRead(None if data.get(prefix) else stored)
    kept = [file for file in stored or [] if isinstance(file, Mapping)] if isinstance(stored, list) else []
    left = [file for n, file in enumerate(kept, 1) if not data.get(f"{prefix}-{n}")]
    return FilesRead(left or None, len(left) < len(kept))


def _counted(question: FieldType, answer: Any, reading: Reading) -> tuple[Complaint, ...]:
    try:
        question.parse(question.typed(answer, reading.language), reading)
    except AnswerRefused as refused:
        return refused.complaints
    return ()
