"""What the answers just given have brought up: questions, something to read, what a register said."""

from dataclasses import dataclass, field

from django.utils.text import Truncator

from forms_library.compiled import CompiledField
from forms_library.drawn import MARK
from forms_library.nested_type import NestedType
from forms_library.rows_type import RowsType
from portal.citizen.page_form import PageForm
from portal.citizen.walk import Walk

MOST_WORDS = 12  # of a text that is linked to


@dataclass(frozen=True)
class Place:
    """One thing on the page, and the id of the element that it stands at."""

    anchor: str
    label: str


@dataclass
class BroughtUp:
    """What is new on the page, sorted by what a person is to do about it."""

    questions: list[Place] = field(default_factory=list)
    texts: list[Place] = field(default_factory=list)
    found: list[Place] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.questions or self.texts or self.found)


def brought_up(walk: Walk, form: PageForm) -> BroughtUp:
    """Everything that was not there when the page was sent, each with the place to go to."""
    new = BroughtUp()
    for one in form.unseen:
        name, mark, said = one.partition(MARK)
        top = walk.form.fields[name.partition("-")[0]]
        asked = _inside(top, name)
        question = asked.question
        if question.unseen or (question.computed and not mark) or _stands_in(name, form.unseen):
            continue
        place = Place(top.question.anchor(name.partition("-")[2]), _label(top, name, walk.language))
        if said:
            new.found.append(place)
        elif question.computed or not question.has_answer:
            new.texts.append(place)
        else:
            new.questions.append(place)
    return new


def _stands_in(name: str, others: list[str]) -> bool:
    """Whether it stands in something that is new as a whole."""
    return any(name.startswith(f"{other}-") for other in others)


def _inside(top: CompiledField, name: str) -> CompiledField:
    """The question of a name such as "children-0-school"."""
    found = top
    for step in name.split("-")[1:]:
        found = next((child for child in found.children if child.key == step), found)
    return found


def _label(top: CompiledField, name: str, language: str) -> str:
    """Its label, behind the name of each row that it stands in: "Child 2: School"."""
    words, question = [], top.question
    for step in name.split("-")[1:]:
        if step.isdigit() and isinstance(question, RowsType):
            words.append(question.row_label(int(step) + 1, language))
        elif isinstance(question, NestedType):
            question = question.inner(step) or question
    label = Truncator(question.field.label.in_(language)).words(MOST_WORDS)
    return ": ".join([*words, label])
