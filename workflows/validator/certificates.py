"""What can be wrong with a certificate: answers that nobody asks for, missing texts, tables of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.problems import Problems
from engine.core.text import Text
from forms_library.compiled import CompiledForm
from forms_library.rows_type import RowsType
from workflows.certificate_requests import PLACEHOLDER, question_at
from workflows.parts import CertificateDefinition, CertificateTable

Place = tuple[str | int, ...]


def check_certificate(
    certificate: CertificateDefinition, form: CompiledForm | None, problems: Problems
) -> None:
    """Note what is wrong with a certificate, whose answers are those of this form."""
    for place, path in _paths(certificate):
        _check_answer(form, path, problems.at(*place), is_holder=place == ("holder",))
    for place, text in _texts(certificate):
        at = problems.at(*place)
        for language in missing(text, certificate.languages):
            at.mend("no_text", f'The certificate needs this text in the language "{language}".')
        for path in sorted({path for words in text.root.values() for path in PLACEHOLDER.findall(words)}):
            _check_answer(form, path, at, is_holder=False)
    for number, block in enumerate(certificate.blocks):
        if isinstance(block, CertificateTable):
            _check_table(block, form, problems.at("blocks", number))


def _paths(certificate: CertificateDefinition) -> Iterator[tuple[Place, str]]:
    yield ("holder",), certificate.holder
    for number, row in enumerate(certificate.rows):
        yield ("rows", number, "field"), row.field


def _texts(certificate: CertificateDefinition) -> Iterator[tuple[Place, Text]]:
    yield ("title",), certificate.title
    yield ("statement",), certificate.statement
    for number, block in enumerate(certificate.blocks):
        if not isinstance(block, CertificateTable):
            yield ("blocks", number, "words"), block.words


def _check_answer(form: CompiledForm | None, path: str, at: Problems, *, is_holder: bool) -> None:
    asked = form.fields.get(path.partition(".")[0]) if form else None
    if asked is None or not asked.question.has_answer:
        at.mend("unknown_field", f'The application has no question "{path}".')
    elif asked.field.data_class == "sensitive" and not is_holder:
        at.look("sensitive", f'"{path}" is sensitive, and a certificate is shown around.')


def _check_table(block: CertificateTable, form: CompiledForm | None, problems: Problems) -> None:
    holder = question_at(form, block.rows_of) if form else None
    if not isinstance(holder, RowsType):
        sentence = f'"{block.rows_of}" is no question to which rows are added, so it makes no table.'
        problems.at("rows_of").mend("no_rows", sentence)
        return
    for number, column in enumerate(block.columns):
        question = holder.inner(column.field)
        at = problems.at("columns", number, "field")
        if question is None or not question.has_answer:
            at.mend("unknown_field", f'The rows of "{block.rows_of}" have no question "{column.field}".')
        elif question.field.data_class == "sensitive":
            at.look("sensitive", f'"{column.field}" is sensitive, and a certificate is shown around.')


def missing(text: Text, languages: list[str]) -> list[str]:
    """The languages without a text; one that stands for all languages is missing in none."""
    if not text or "und" in text.root:
        return []
    return [language for language in languages if language not in text.languages()]
