"""What holds questions itself: a group, or rows of the same questions. The questions may be of any kind."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, ClassVar, cast

from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldType, Masking, Reading, field_types
from forms_library.markup import Raw, attributes, escape

Hidden = Callable[[FieldType], bool]


@dataclass(frozen=True)
class Line:
    """One line of an answer as people read it: how deep it stands, its label and its text."""

    depth: int
    label: str
    text: str = ""


class NestedType(FieldType):
    """A kind of question that holds questions. Names of inputs are made of its own name and theirs."""

    holds_questions: ClassVar[bool] = True
    masking: ClassVar[Masking] = "none"

    @cached_property
    def parts(self) -> tuple[FieldType, ...]:
        """The kinds of the questions inside, bound to them."""
        return tuple(field_types[field.type](field) for field in self.children())

    @cached_property
    def asked(self) -> tuple[FieldType, ...]:
        """Those of them that have an answer."""
        return tuple(part for part in self.parts if part.has_answer)

    @abstractmethod
    def lines(self, answer: Any, language: str, depth: int, hidden: Hidden) -> Iterator[Line]:
        """The answer line by line; what is hidden comes masked."""

    def text(self, answer: Any, language: str) -> str:
        """Each question with its answer on a line of its own."""
        return as_text(self.lines(answer, language, 0, nothing))

    def print_html(self, answer: Any, language: str) -> str:
        """The lines on paper."""
        return escape(self.text(answer, language))

    def html(self, answer: Any, language: str) -> str:
        """Each row as a block of questions and answers."""
        return as_html(self.lines(answer, language, 0, nothing))

    def is_empty(self, answer: Any) -> bool:
        """No rows, or no answer in the group."""
        return not answer

    def anchor(self, part: str) -> str:
        """The frame, or the input inside that is wrong: "0-age", "0-born:day"."""
        name, owner, own = self.place(part)
        return self.field.key if owner is self else f"{name}{owner.anchor(own)}"

    def answers_in(
        self, record: Mapping[str, Any], language: str, depth: int, hidden: Hidden
    ) -> Iterator[Line]:
        """The lines of one group of answers."""
        for part in self.asked:
            answer = record.get(part.field.key)
            if answer is None or part.is_empty(answer):
                continue
            label = part.field.label.in_(language)
            if hidden(part):
                yield Line(depth, label, part.mask(answer, language))
            elif isinstance(part, NestedType):
                yield Line(depth, label)
                yield from part.lines(answer, language, depth + 1, hidden)
            else:
                yield Line(depth, label, part.text(answer, language))

    def parse_group(self, raw: Any, reading: Reading, name: str, refused: list[Complaint]) -> dict[str, Any]:
        """The answers of one group of questions; what is wrong is noted under the names of the inputs."""
        given = raw if isinstance(raw, dict) else {}
        record = {}
        for part in self.asked:
            key = part.field.key
            try:
                answer = part.parse(given.get(key, part.typed(None, reading.language)), reading)
            except AnswerRefused as wrong:
                refused += [inside(f"{name}{key}", part, complaint) for complaint in wrong.complaints]
                continue
            if answer is not None:
                record[key] = answer
        return record

    def typed_group(self, record: Any, language: str) -> dict[str, Raw]:
        """The stored answers of one group as a person would type them."""
        given = record if isinstance(record, dict) else {}
        return {part.field.key: part.typed(given.get(part.field.key), language) for part in self.asked}

    def documents_in(self, record: Mapping[str, Any]) -> Iterator[str]:
        """The documents in one group of answers."""
        for part in self.asked:
            answer = record.get(part.field.key)
            if answer is not None:
                yield from part.documents(answer)

    def search_in(self, record: Mapping[str, Any], language: str) -> str:
        """What may be found of one group of answers: nothing that is sensitive."""
        found = [
            part.search_text(answer, language)
            for part in self.asked
            if part.field.data_class != "sensitive" and (answer := record.get(part.field.key)) is not None
        ]
        return "\n".join(filter(None, found))

    def columns_in(self, record: Mapping[str, Any], hidden: Hidden) -> dict[str, Any]:
        """The columns of one group of answers."""
        columns: dict[str, Any] = {}
        for part in self.asked:
            answer = record.get(part.field.key)
            own = part.columns(answer, hidden) if isinstance(part, NestedType) else part.export(answer)
            if hidden(part):
                own = dict.fromkeys(own, None if answer is None else part.mask(answer, "en"))
            columns.update(own)
        return columns

    @abstractmethod
    def columns(self, answer: Any, hidden: Hidden) -> dict[str, Any]:
        """The columns of an export, with what is hidden masked."""

    def example_group(self, random: Random) -> dict[str, Raw]:
        """What could be typed in one group of questions."""
        return {part.field.key: part.example(random) for part in self.asked if not part.computed}

    def wrong_inside(self) -> Iterator[tuple[FieldType, Raw, str]]:
        """One wrong answer for each question inside that refuses any."""
        for part in self.asked:
            for typed, code in part.wrong()[:1]:
                yield part, typed, code

    def object_schema(self) -> dict[str, Any]:
        """The JSON Schema of one group of answers."""
        return {
            "type": "object",
            "properties": {
                part.field.key: {"title": str(part.field.label), **part.json_schema()} for part in self.asked
            },
            "additionalProperties": False,
        }

    def frame(self, face: Face, inside_html: str) -> str:
        """The fieldset around everything, with the id that the error summary leads to."""
        html = fieldset(face, inside_html, parts_show_errors=True)
        return f'<div id="{face.key}" class="cw-nested">{html}</div>'

    def sentence(self, complaint: Complaint, language: str) -> str:
        """What is wrong; of a question inside, in the words of that question."""
        _, owner, part = self.place(complaint.part)
        if owner is self:
            return super().sentence(complaint, language)
        return owner.sentence(Complaint(complaint.code, part, complaint.values), language)

    def place(self, part: str) -> tuple[str, FieldType, str]:
        """The name before an input inside, its question, and the part of that question."""
        steps, _, own = part.partition(":")
        owner: FieldType = self
        name, met = "", [self.field.key]
        for step in steps.split("-"):
            found = owner.inner(step) if isinstance(owner, NestedType) else None
            if found is not None:
                owner, name = found, "-".join([*met, ""])
            met.append(step)
        return name, owner, own

    def inner(self, key: str) -> FieldType | None:
        """The question inside of this key."""
        return next((part for part in self.parts if part.field.key == key), None)


def inside(name: str, part: FieldType, complaint: Complaint) -> Complaint:
    """A complaint of a question inside, as one of the question around it: the part names the input."""
    mark = "-" if isinstance(part, NestedType) else ":"
    return Complaint(
        complaint.code, f"{name}{mark}{complaint.part}" if complaint.part else name, complaint.values
    )


def nothing(part: FieldType) -> bool:
    """Hides nothing: for whoever may see the whole answer."""
    return False


def as_text(lines: Iterable[Line]) -> str:
    """Lines as plain text; what stands deeper is indented."""
    return "\n".join(
        f"{'  ' * line.depth}{line.label}" + (f": {line.text.replace(chr(10), ', ')}" if line.text else "")
        for line in lines
    )


def as_html(lines: Iterable[Line]) -> str:
    """Lines as a list of terms; what stands deeper is a list inside."""
    html, depth = ['<dl class="cw-lines">'], 0
    for line in lines:
        while line.depth > depth:
            html.append('<dd><dl class="cw-lines">')
            depth += 1
        while line.depth < depth:
            html.append("</dl></dd>")
            depth -= 1
        html.append(f"<dt><bdi>{escape(line.label)}</bdi></dt>")
        if line.text:
            text = "<br>".join(f"<bdi>{escape(one)}</bdi>" for one in line.text.split("\n"))
            html.append(f"<dd>{text}</dd>")
    return "".join([*html, "</dl></dd>" * depth, "</dl>"])


def button(name: str, text: str, context: str, target: str, css: str = "") -> str:
    """A button that sends the page to change its rows; the browser then goes on at the target."""
    values: dict[str, str | bool | int | None] = {
        "class": f"govuk-button govuk-button--secondary {css}".strip(),
        "name": name,
        "value": "1",
        "formaction": f"#{target}",
        "formnovalidate": True,
        "data-prevent-double-click": "true",
    }
    hidden = f' <span class="govuk-visually-hidden">{escape(context)}</span>' if context else ""
    return f"<button{attributes(values)}>{escape(text)}{hidden}</button>"


def as_raw(value: Any) -> Raw:
    """What was typed in a question that holds questions: rows or a group, each made of what was typed."""
    return cast(Raw, value)
