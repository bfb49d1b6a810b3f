"""What a script offers while somebody types in a question, wherever in a form it stands."""

from forms_library.compiled import CompiledForm
from forms_library.field_type import FieldType
from forms_library.nested_type import NestedType
from forms_library.searching import Entry


def suggestions(compiled: CompiledForm, name: str, text: str, language: str) -> list[Entry]:
    """The choices that fit, for the input of this name: "school", or "children-0-school" in a row."""
    question = question_named(compiled, name)
    return question.suggestions(text, language) if question else []


def question_named(compiled: CompiledForm, name: str) -> FieldType | None:
    """The question whose inputs begin with this name; None when there is none."""
    first, *steps = [part for part in name.split("-") if not part.isdigit()]
    asked = compiled.fields.get(first)
    question = asked.question if asked else None
    for step in steps:
        inside = question.asked if isinstance(question, NestedType) else ()
        question = next((child for child in inside if child.field.key == step), None)
    return question
