"""What a decision table says about the answers."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Self

from pydantic import Field as Value
from pydantic import model_validator

from engine.core.decisions import DecisionTable, check_table, decide, kept, kind_of, rule_texts
from engine.core.decisions.definition import OutputType
from engine.core.problems import Problems
from engine.core.rules import Kind, Outcome, Rows, Want
from engine.core.text import Text
from forms_library.complaints import refuse
from forms_library.controls import Face, error, group, hint, title
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import date_text, number_text
from forms_library.markup import Raw, typed_slot
from forms_library.shapes import has_shape
from forms_library.words import word

ALWAYS: dict[str, Any] = {
    "inputs": [{"expression": "1 + 1", "type": "integer"}],
    "outputs": [{"key": "result", "type": "text"}],
    "rows": [{"when": ["2"], "then": ['"yes"']}, {"when": ["not(2)"], "then": ['"no"']}],
}
SCHEMAS: Mapping[OutputType, dict[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    "date": {"type": "string", "format": "date"},
    "yes_no": {"type": "boolean"},
}


class DecisionResultOptions(FieldOptions):
    """The table, and whether the person sees what it says."""

    table: DecisionTable = Value(title="Decision table", json_schema_extra=ui("decision_table"))
    visible: bool = Value(default=True, title="Show it to the person", json_schema_extra=ui("toggle"))

    @model_validator(mode="after")
    def _sound(self) -> Self:
        problems = Problems()
        check_table(self.table, problems)
        if found := problems.must_mend:
            raise ValueError(" ".join(f"{problem.where}: {problem.sentence}" for problem in found))
        return self


@field_types.register
class DecisionResult(FieldType):
    """A fee class, a risk, who is responsible: read from a table of rules whenever an answer changes."""

    key: ClassVar[str] = "decision_result"
    label: ClassVar[Text] = Text({"en": "Decision table", "fr": "Table de décision", "ar": "جدول القرار"})
    icon: ClassVar[str] = "table-properties"
    computed: ClassVar[bool] = True
    Options = DecisionResultOptions
    options: DecisionResultOptions
    accepts = (({"table": ALWAYS}, {}, None),)
    rejects = (({"table": ALWAYS}, {"value": "yes"}, "format"),)

    @property
    def kind(self) -> Kind:
        """One result, a group of results, or a list of either."""
        return kind_of(self.options.table)

    def rule_texts(self) -> Mapping[str, tuple[str, Want]]:
        """Every cell of the table, by its place in it."""
        return {f"table.{name}": text for name, text in rule_texts(self.options.table).items()}

    def compute(self, outcomes: Mapping[str, Outcome]) -> Any:
        """What the table says; None while an answer is missing, and where it fails."""
        table = self.options.table
        decision = decide(table, lambda name: outcomes[f"table.{name}"])
        if not decision.known:
            return None
        return kept(table, decision.value)

    def problems(self, problems: Problems) -> None:
        """What is worth a look: gaps, and rows that never decide."""
        check_table(self.options.table, problems.at("options", "table"))

    def parse(self, raw: Raw, reading: Reading) -> Any:
        """A stored value read back; nothing is typed here."""
        answer = raw.get("answer") if isinstance(raw, dict) else None
        if answer is None and not raw:
            return None
        if answer is None or not has_shape(self.kind, answer):
            raise refuse("format")
        return answer

    def gather(self, data: Any) -> Raw:
        """Whatever is sent under this name is not read."""
        return {}

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored value, and as it is read."""
        return {} if answer is None else {"answer": answer, "shown": self.text(answer, language)}

    def found(self, answer: Any) -> str | None:
        """That a value is shown; which one is shown anew each time."""
        return "" if answer is not None and self.options.visible else None

    def markup(self, face: Face) -> str:
        """The result to be read; its place stays when there is none yet."""
        if not self.options.visible:
            return ""
        shown = f"<bdi>{typed_slot('shown')}</bdi>"
        value = f'<output id="{face.key}" class="govuk-body cw-calculated">{shown}</output>'
        label = f'<span class="govuk-label govuk-label--m">{title(face)}</span>'
        return group(face, label + hint(face) + error(face, "", "error") + value)

    def text(self, answer: Any, language: str) -> str:
        """Each result on a line of its own, behind its heading where there are several."""
        answers = answer if isinstance(answer, list) else [answer]
        return "\n".join(self._line(one, language) for one in answers)

    def _line(self, answer: Any, language: str) -> str:
        outputs = self.options.table.outputs
        if not isinstance(answer, dict):
            kind: OutputType = "integer" if self.kind == "integer" else outputs[0].type
            return _shown(answer, kind, language)
        return ", ".join(
            f"{output.label.in_(language) if output.label else output.key}: "
            f"{_shown(answer[output.key], output.type, language)}"
            for output in outputs
            if answer.get(output.key) is not None
        )

    def example(self, random: Random) -> Raw:
        """Nothing is typed."""
        return {}

    def json_schema(self) -> dict[str, Any]:
        """By what the table gives."""
        kind = self.kind
        if isinstance(kind, str):
            text = {"type": "array", "items": {"type": "string"}}
            return text if kind == "choices" else dict(SCHEMAS[kind])
        record = {
            "type": "object",
            "properties": {output.key: SCHEMAS[output.type] for output in self.options.table.outputs},
            "additionalProperties": False,
        }
        return {"type": "array", "items": record} if isinstance(kind, Rows) else record


def _shown(value: Any, kind: OutputType, language: str) -> str:
    match kind:
        case "yes_no":
            return word("yes" if value else "no", language)
        case "date":
            return date_text(date.fromisoformat(value), language)
        case "integer" | "decimal":
            return number_text(Decimal(value), language)
    return str(value)
