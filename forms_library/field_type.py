"""What a field type is: one class that knows everything about one kind of question."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, ClassVar, Literal, Self

from django.utils.datastructures import MultiValueDict
from pydantic import BaseModel, ConfigDict, model_validator

from engine.core.hints import ui as ui
from engine.core.problems import Problems
from engine.core.registry import Registry
from engine.core.rules import Kind, Outcome, Want
from engine.core.text import Text
from engine.core.worktime import WorkingCalendar
from forms_library.complaints import Complaint
from forms_library.controls import Face
from forms_library.definition import Field
from forms_library.markup import Raw, directed, escape
from forms_library.searching import Entry
from forms_library.sentences import COMMON, filled, phrase, subject
from forms_library.uploads import UploadRules

Masking = Literal["none", "last_four", "all"]
DOTS = "••••"


@dataclass(frozen=True)
class Reading:
    """The circumstances in which an answer is read: the day and the language."""

    today: date
    language: str = "en"
    calendar: WorkingCalendar | None = None
    asks: bool = True
    """Whether registers may be asked; what is only drawn again asks nobody."""


def as_line(raw: Raw) -> str:
    """What was typed in a question of one input; empty when another shape was sent."""
    return raw if isinstance(raw, str) else ""


class FieldOptions(BaseModel):
    """The settings of a kind of question; refuses unknown words, and limits that no answer can meet."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    limits: ClassVar[tuple[str, str]] = ("min", "max")

    @model_validator(mode="after")
    def _limits_can_be_met(self) -> Self:
        least, most = (getattr(self, word, None) for word in self.limits)
        if least is not None and most is not None and self.excludes_all(least, most):
            low, high = (type(self).model_fields[word].title for word in self.limits)
            raise ValueError(f'"{low}" must not be above "{high}": no answer could meet both')
        return self

    def excludes_all(self, least: Any, most: Any) -> bool:
        """Whether nothing lies between the limits."""
        return bool(least > most)


class FieldType(ABC):
    """One kind of question, bound to one field of a form. Immutable, shared between threads."""

    key: ClassVar[str]
    label: ClassVar[Text]
    icon: ClassVar[str]
    has_answer: ClassVar[bool] = True
    computed: ClassVar[bool] = False
    """Whether the server works the answer out; it is never typed."""
    unseen: ClassVar[bool] = False
    """Whether no page and no review shows the answer; exports and rules have it."""
    repeats_answers: ClassVar[bool] = False
    """Whether it shows what was answered elsewhere."""
    only_parts: ClassVar[bool] = False
    """Whether it parts what stands around it and says nothing that a person could miss."""
    varies_freely: ClassVar[bool] = False
    """Whether variants are made of what was typed, so that their HTML is not worth keeping."""
    holds_questions: ClassVar[bool] = False
    """Whether other questions stand inside."""
    takes_files: ClassVar[bool] = False
    """Whether files are uploaded."""
    common: ClassVar[int] = 0
    """Its place among the kinds that most forms need, which are offered first; 0 for all others."""
    masking: ClassVar[Masking] = "none"
    errors: ClassVar[Mapping[str, Text]] = {}
    accepts: ClassVar[tuple[tuple[dict[str, Any], Raw, Any], ...]] = ()
    """Examples: options, what was typed, the answer that is stored."""
    rejects: ClassVar[tuple[tuple[dict[str, Any], Raw, str], ...]] = ()
    """Examples: options, what was typed, the code of the complaint."""

    Options: ClassVar[type[FieldOptions]] = FieldOptions
    options: FieldOptions

    def __init__(self, field: Field) -> None:
        self.field = field
        self.options = self.Options.model_validate(field.options)

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """What the answer is to a rule."""

    @abstractmethod
    def parse(self, raw: Raw, reading: Reading) -> Any:
        """The answer as JSON, None when empty; raises AnswerRefused."""

    @abstractmethod
    def markup(self, face: Face) -> str:
        """The HTML of the question with slots for what was typed."""

    @abstractmethod
    def text(self, answer: Any, language: str) -> str:
        """The answer as people read it, one line per part."""

    @abstractmethod
    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of the stored answer."""

    @property
    def needs_label(self) -> bool:
        """Whether nothing could be read here without a label."""
        return True

    def rule_texts(self) -> Mapping[str, tuple[str, Want]]:
        """The rules that the options hold, by a name of their own, each with what it must give."""
        return {}

    def compute(self, outcomes: Mapping[str, Outcome]) -> Any:
        """For a kind that is worked out: the answer as JSON, from what its rules gave; None without one."""
        return None

    def problems(self, problems: Problems) -> None:  # noqa: B027  most types have none to note
        """Note what is worth a look in the options before the form is published."""

    def children(self) -> tuple[Field, ...]:
        """The questions that this one holds."""
        return ()

    def example(self, random: Random) -> Raw:
        """What a person could type here, the same for the same seed."""
        return ""

    def example_file(self, random: Random) -> tuple[str, bytes] | None:
        """The name and bytes of a file that would be taken; None where nothing is uploaded."""
        return None

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What these options refuse, each with the code of the complaint."""
        return ()

    @property
    def upload_rules(self) -> UploadRules | None:
        """What an uploaded file must be; None for what is typed."""
        return None

    def wanted(self, language: str) -> str:
        """In words, which files are taken."""
        return ""

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """What was typed, out of a posted form."""
        return data.get(self.field.key) or ""

    def suggestions(self, text: str, language: str) -> list[Entry]:
        """What fits while a person types, for a script that offers it."""
        return []

    def repeated_keys(self) -> tuple[str, ...]:
        """The fields whose answers it shows; all that were asked before when none is named."""
        return ()

    def is_pressed(self, data: MultiValueDict[str, str]) -> bool:
        """Whether a button of the question itself was pressed, so that the page is to be shown again."""
        return False

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored answer as a person would type it."""
        return "" if answer is None else str(answer)

    def variant(self, raw: Raw) -> str:
        """A name for a different shape of the HTML that what was typed asks for."""
        return ""

    def found(self, answer: Any) -> str | None:
        """A mark of what the server shows beside what is typed, to be seen by a person; None for nothing."""
        return None

    def parse_beside(self, raw: Raw, stored: Any, reading: Reading) -> Any:
        """The same with the stored answer at hand, for a kind that asks others for what it does not know."""
        return self.parse(raw, reading)

    def drawn_again(self, raw: Raw, answer: Any, language: str) -> Raw:
        """What stands in the inputs when the page is shown again: what was typed."""
        return raw

    def by_hand(self, raw: Raw) -> Raw:
        """What of it a person would know again as their own."""
        return raw

    def is_empty(self, answer: Any) -> bool:
        """Whether an answer counts as not given when one is required."""
        return answer is None

    def anchor(self, part: str) -> str:
        """The id of the input that the error summary links to."""
        return f"{self.field.key}-{part}" if part else self.field.key

    def html(self, answer: Any, language: str) -> str:
        """The answer as safe HTML for check-your-answers and the case page."""
        return "<br>".join(f"<bdi>{escape(line)}</bdi>" for line in self.text(answer, language).split("\n"))

    def print_html(self, answer: Any, language: str) -> str:
        """The answer as safe HTML on paper, where line breaks are kept as they are."""
        return directed(self.html(answer, language)).replace("<br>", "\n")

    def mask(self, answer: Any, language: str) -> str:
        """The answer as those may see it who may not see it in full."""
        if self.masking == "last_four":
            compact = "".join(str(answer).split())
            return f"{DOTS} {DOTS} {compact[-4:]}" if len(compact) >= 8 else f"{DOTS} {DOTS}"
        return f"{DOTS} {DOTS}"

    def export(self, answer: Any) -> dict[str, Any]:
        """The answer as columns of an export, by the name of the column."""
        return {self.field.key: answer}

    def called(self, text: str, language: str) -> str:
        """What a text that a rule compares the answer with is called: the label of a choice."""
        return text

    def search_text(self, answer: Any, language: str) -> str:
        """What a search may find the case by; nothing for what is masked."""
        return "" if self.masking != "none" else self.text(answer, language)

    def documents(self, answer: Any) -> tuple[str, ...]:
        """The documents that the answer holds, by id."""
        return ()

    def sentence(self, complaint: Complaint, language: str) -> str:
        """What is wrong, in plain words: the department's own sentence, or that of the kind."""
        code = complaint.code
        pattern = self.field.errors.get(code) or self.errors.get(code) or COMMON.get(code) or COMMON["format"]
        values = {"phrase": phrase(self.field, language), "subject": subject(self.field, language)}
        return filled(pattern.in_(language), values | dict(complaint.values), language)

    @classmethod
    def error_codes(cls) -> frozenset[str]:
        """The codes for which a department may write its own sentence."""
        return frozenset(COMMON) | frozenset(cls.errors)


field_types: Registry[FieldType] = Registry("field type")
