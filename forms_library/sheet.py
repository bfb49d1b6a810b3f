"""One page in one language: the HTML of its questions, of rows and groups, with what is wrong on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.core.languages import direction
from engine.core.rules import Facts
from engine.core.text import UNDETERMINED, Text
from engine.core.voice import voice
from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.controls import Face
from forms_library.evaluating import Row
from forms_library.judging import FieldError, is_needed, keys_read
from forms_library.known_answers import known_answer
from forms_library.markup import ROW_TOKEN, Raw, Template, attributes, escape
from forms_library.nested_type import NestedType, as_raw, button
from forms_library.row_names import ADD, REMOVE, ROW
from forms_library.rows_type import RowsType
from forms_library.sentences import lower_first
from forms_library.visibility import Shown
from forms_library.words import word

# Enter in a text input presses the first button of a page: not one that takes a row away
FIRST_BUTTON = (
    '<button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true"></button>'
)
# the roles say again what the table is: on a phone its rows are drawn as cards, which takes it from the tags
CELL = '<td role="cell" class="govuk-table__cell cw-cell">'


class Sheet:
    """Draws questions; without errors the HTML of each is kept for the next time."""

    def __init__(
        self,
        compiled: CompiledForm,
        page: CompiledPage,
        language: str,
        errors: Sequence[FieldError],
        view: Shown | None,
    ) -> None:
        self.page, self.language, self.templates, self.view = page, language, compiled.templates, view
        self.spoken = (language, voice()) if voice().language else language
        self._row_facts: dict[str, dict[str, Facts]] = {}
        self.wrong: dict[str, list[tuple[str, str]]] = {}
        for error in errors:
            asked = compiled.fields.get(error.field_key)
            if asked is not None and asked.children and error.part:
                name, _, part = error.part.partition(":")
                self.wrong.setdefault(f"{asked.key}-{name}", []).append((part, error.sentence))
            else:
                self.wrong.setdefault(error.field_key, []).append((error.part, error.sentence))

    def field(self, asked: CompiledField, required: bool, raw: Raw) -> str:
        """The HTML of one question of the page."""
        if isinstance(asked.question, NestedType):
            return self._nested(asked, asked.question, asked.key, required, raw, heading=self.page.asks_one)
        return self._one(asked, "", required, raw, heading=self.page.asks_one)

    def known(self, asked: CompiledField, answer: Any, said: str) -> str:
        """One question with an answer that is only read, and where it is from."""
        face = self._face(asked, asked.key, True, heading=self.page.asks_one)
        return known_answer(face, asked, answer, said)

    def _one(self, asked: CompiledField, prefix: str, required: bool, raw: Raw, *, heading: bool) -> str:
        """One question; in rows its HTML is made once and only its name is changed."""
        variant = asked.question.variant(raw)
        name = f"{prefix}{asked.key}"
        out = self.view.without(name) if self.view is not None and asked.choices else frozenset[str]()
        if name in self.wrong or (variant and asked.question.varies_freely):
            return self._template(asked, name, required, variant, out, heading=heading).fill(raw)
        kept = (asked.path, self.spoken, required, variant, out)
        template = self.templates.get(kept)
        if template is None:
            key = f"{ROW_TOKEN}{asked.key}" if prefix else name
            template = self._template(asked, key, required, variant, out, heading=heading)
            self.templates[kept] = template
        return template.fill_at(raw, prefix) if prefix else template.fill(raw)

    def _template(
        self,
        asked: CompiledField,
        name: str,
        required: bool,
        variant: str,
        out: frozenset[str],
        *,
        heading: bool,
    ) -> Template:
        face = self._face(asked, name, required, heading=heading, variant=variant, without=out)
        return Template(asked.question.markup(face))

    def _face(
        self,
        asked: CompiledField,
        name: str,
        required: bool,
        *,
        heading: bool,
        variant: str = "",
        without: frozenset[str] = frozenset(),
    ) -> Face:
        field = asked.field
        return Face(
            key=name,
            label=field.label.in_(self.language),
            hint=field.hint.in_(self.language) if field.hint else "",
            language=self.language,
            optional=not required and asked.question.has_answer and not asked.question.computed,
            heading=heading,
            variant=variant,
            errors=self.wrong.get(name, ()),
            without=without,
            label_language=_other(field.label, self.language),
            hint_language=_other(field.hint, self.language) if field.hint else "",
        )

    def _nested(
        self,
        asked: CompiledField,
        question: NestedType,
        name: str,
        required: bool,
        raw: Any,
        *,
        heading: bool,
    ) -> str:
        face = self._face(asked, name, required, heading=heading)
        facts = self._facts(asked)
        if not isinstance(question, RowsType):
            return question.frame(face, self._cells(asked, f"{name}-", raw, facts))
        rows = raw if isinstance(raw, list) else []
        draw = self._table if question.one_line else self._blocks
        drawn = draw(asked, question, name, rows, facts)
        return question.frame(face, drawn + self._add(question, face, len(rows)))

    def _add(self, question: RowsType, face: Face, count: int) -> str:
        """The button for another row; for the first one behind a sentence that there is none yet."""
        if count >= question.options.max:
            return ""
        label = question.options.item_label.in_(self.language) if question.options.item_label else ""
        text, what, none = word("add_item", self.language), label or face.label, ""
        if not count:
            text, what = self._add_first(label), face.label
            none = f'<p class="govuk-body cw-none">{escape(word("no_items", self.language))}</p>'
        return none + button(f"{face.key}-{ADD}", text, what, f"{face.key}-{count}", "cw-add")

    def _add_first(self, label: str) -> str:
        if not label:
            return word("add_first", self.language)
        noun = lower_first(label) if self.language.partition("-")[0] == "en" else label
        return word("add_first_of", self.language).replace("{item}", noun)

    def _blocks(
        self,
        asked: CompiledField,
        question: RowsType,
        name: str,
        rows: Sequence[Any],
        facts: Mapping[str, Facts],
    ) -> str:
        html = []
        for number, raw in enumerate(rows):
            begins, label = f"{name}-{number}", question.row_label(number + 1, self.language)
            cells = self._cells(asked, f"{begins}-", raw, facts)
            remove = self._remove(question, begins, label, len(rows))
            html.append(
                f'<fieldset class="govuk-fieldset cw-row" id="{begins}">'
                f'<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{escape(label)}</legend>'
                f"{_marker(begins)}{cells}{remove}</fieldset>"
            )
        return "".join(html)

    def _table(
        self,
        asked: CompiledField,
        question: RowsType,
        name: str,
        rows: Sequence[Any],
        facts: Mapping[str, Facts],
    ) -> str:
        if not rows:
            return ""
        columns = "".join(
            f'<th scope="col" role="columnheader" class="govuk-table__header">{self._column(child)}</th>'
            for child in asked.children
        )
        lines = []
        for number, raw in enumerate(rows):
            begins, label = f"{name}-{number}", question.row_label(number + 1, self.language)
            called = f'<span class="cw-row-name">{escape(label)}</span>'
            cells = "".join(
                f"{CELL}{called * (not place)}{self._cell(child, f'{begins}-', raw, facts)}</td>"
                for place, child in enumerate(asked.children)
            )
            remove = _marker(begins) + self._remove(question, begins, label, len(rows))
            lines.append(
                f'<tr role="row" class="govuk-table__row" id="{begins}">{cells}'
                f'<td role="cell" class="govuk-table__cell">{remove}</td></tr>'
            )
        last = '<td role="cell" class="govuk-table__header"></td>'
        return (
            '<div class="cw-table-frame" tabindex="0" role="region" '
            f'aria-label="{escape(asked.field.label.in_(self.language))}">'
            '<table role="table" class="govuk-table cw-table">'
            f'<thead role="rowgroup"><tr role="row">{columns}{last}</tr></thead>'
            f'<tbody role="rowgroup">{"".join(lines)}</tbody></table></div>'
        )

    def _column(self, child: CompiledField) -> str:
        """The label of a column, which stands for those of its cells where there is room for a table."""
        field = child.field
        left_out = child.question.has_answer and not (
            field.required or child.require or child.question.computed
        )
        label = escape(field.label.in_(self.language))
        return f"{label} {escape(word('optional', self.language))}" if left_out else label

    def _remove(self, question: RowsType, begins: str, label: str, count: int) -> str:
        if count <= question.options.min:
            return ""
        target = begins.rpartition("-")[0]
        return button(f"{begins}-{REMOVE}", word("remove_item", self.language), label, target, "cw-remove")

    def _cells(self, asked: CompiledField, begins: str, raw: Any, facts: Mapping[str, Facts]) -> str:
        return "".join(self._cell(child, begins, raw, facts) for child in asked.children)

    def _cell(self, child: CompiledField, begins: str, raw: Any, facts: Mapping[str, Facts]) -> str:
        name = f"{begins}{child.key}"
        if self.view is not None and self.view.is_hidden(name):
            return ""
        typed = raw.get(child.key) if isinstance(raw, dict) else None
        if typed is None:
            typed = child.question.typed(None, self.language)
        required = is_needed(child, facts.get(begins))
        if isinstance(child.question, NestedType):
            required = child.field.required
            return self._nested(child, child.question, name, required, as_raw(typed), heading=False)
        return self._one(child, begins, required, typed, heading=False)

    def _facts(self, asked: CompiledField) -> dict[str, Facts]:
        """What the rules of questions in rows read, by the name before their inputs; if there are any."""
        evaluation = self.view.evaluation if self.view is not None else None
        if evaluation is None or not any(child.require for child in asked.children):
            return {}
        kept: dict[str, Facts] | None = self._row_facts.get(asked.path)
        if kept is None:
            around = evaluation.around(keys_read(asked))
            rows: Sequence[Row] = list(evaluation.rows(asked.inner_path))
            kept = self._row_facts[asked.path] = {row.name: evaluation.row_facts(row, around) for row in rows}
        return kept


def _other(text: Text, language: str) -> str:
    """The language of a text where it is another one than that of the page, or may run the other way."""
    if voice().marks:  # it says so by itself
        return ""
    shown = text.shown_in(language)
    if shown == UNDETERMINED and direction(language) == "ltr":
        return ""
    return "" if shown in (language, language.partition("-")[0]) else shown


def _marker(begins: str) -> str:
    return f"<input{attributes({'type': 'hidden', 'name': f'{begins}-{ROW}', 'value': '1'})}>"
