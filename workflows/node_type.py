"""What a node type is, and the registry that holds them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import Field, StringConstraints

from engine.core.problems import Problems
from engine.core.registry import Registry
from engine.core.rules import Kind, Rule, Schema, Want
from engine.core.text import Text
from engine.core.worktime import Span
from forms_library.compiled import CompiledForm
from forms_library.definition import Form
from workflows.hints import StepKey
from workflows.node_reach import Calls, Through
from workflows.parts import SMALL, CertificateDefinition, Key, MessageDefinition, Origin, Part, StaffRole, Who
from workflows.recurring import Recurrence
from workflows.tokens import Move, Trigger

Family = Literal["person", "applicant", "system", "choice", "join", "event", "structure", "start", "end"]
Begins = Literal["application", "staff", "schedule", "message", "signal"]
Style = Literal["primary", "plain", "refuse", "return"]
# of parallel ways all are taken, of inclusive ones some; an event way waits; a back way goes round once more;
# an inner way is taken inside the step, and ends there
EdgeKind = Literal[
    "next",
    "outcome",
    "branch",
    "otherwise",
    "timeout",
    "parallel",
    "inclusive",
    "event",
    "error",
    "back",
    "inner",
]


class CompileRule(Protocol):
    """Makes a rule ready; without a wish a statement."""

    def __call__(self, text: str, want: Want = "bool") -> Rule:
        """The rule; raises RuleRefused."""


class CheckRule(Protocol):
    """Notes what is wrong with a rule."""

    def __call__(self, text: str, problems: Problems, want: Want = "bool") -> frozenset[str]:
        """The paths that the rule reads; none where it cannot be read."""


class NodeOptions(Part):
    """One step as a department writes it; every node type adds its own words."""

    key: Annotated[str, StringConstraints(pattern=SMALL, max_length=60)]
    type: str
    title: Text = Field(default=Text(""), description="What the step is called.")
    status_text: Text | None = Field(
        default=None, description="What the applicant reads while the case is here."
    )


class Outcome(Part):
    """One way in which a person can end a step."""

    key: Key
    label: Text
    next: StepKey
    style: Style = "primary"
    reason: Literal["required", "optional", "none"] = "optional"


class Action(Outcome):
    """One thing that can be done where a case stands, and who may do it: staff, the applicant, a system."""

    roles: list[StaffRole] = Field(min_length=1, max_length=60, description="Who may; one role is enough.")
    origin: Origin | None = None


@dataclass(frozen=True)
class Edge:
    """One way out of a step; `place` says where in the options it is written."""

    name: str
    to: str
    kind: EdgeKind
    place: tuple[str | int, ...]
    label: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True)
class Surroundings:
    """What a step may refer to, for checking it."""

    nodes: Mapping[str, NodeOptions]
    forms: Mapping[str, Form]
    certificates: Mapping[str, CertificateDefinition]
    messages: Mapping[str, MessageDefinition]
    check_rule: CheckRule
    schema: Schema
    sensitive: frozenset[str]  # paths of rules, such as answers.national_id
    who: Callable[[str], Who | None]  # whether a role is of staff, the applicant's or a system's

    def type_of(self, key: str) -> type[NodeType]:
        """The type of another step."""
        return node_types[self.nodes[key].type]

    def sensitive_among(self, reads: Iterable[str]) -> str:
        """The first path of these that is sensitive, or lies in something that is; empty if none is."""
        found = (path for path in sorted(reads) if _beginnings(path) & self.sensitive)
        return next(found, "")


def _beginnings(path: str) -> set[str]:
    """answers.a.b for answers.a[].b, with all that it lies in."""
    parts = [part.partition("[")[0] for part in path.split(".")]
    return {".".join(parts[:length]) for length in range(1, len(parts) + 1)}


@dataclass(frozen=True)
class Blueprint:
    """What a step may use when it is built for running."""

    compile_rule: CompileRule
    forms: Mapping[str, Form]
    certificates: Mapping[str, CertificateDefinition]
    messages: Mapping[str, MessageDefinition]
    compiled_form: Callable[[str], CompiledForm]
    start_form: str
    schema: Schema
    who: Callable[[str], Who | None]


class NodeType(ABC):
    """One kind of step: what it may say, where it leads, what it does, and how it is drawn."""

    key: ClassVar[str]
    label: ClassVar[Text]
    family: ClassVar[Family]
    icon: ClassVar[str]
    common: ClassVar[int] = 0
    """Its place among the kinds of its family that are offered first; 0 for all others."""
    bpmn_element: ClassVar[str]
    bpmn_definition: ClassVar[str] = ""  # what makes an event of this element, such as timerEventDefinition
    Options: ClassVar[type[NodeOptions]]
    waits: ClassVar[bool] = False  # a case can rest here
    has_deadlines: ClassVar[bool] = False  # a deadline can be set on it
    fails: ClassVar[bool] = False  # what it does can fail for good, with a code
    catches: ClassVar[bool] = False  # waits for an event, so it can stand behind a choice by events
    undoable: ClassVar[bool] = False  # leaves nothing behind that undoing the step before must take back
    makes_document: ClassVar[bool] = False  # leaves a document with the case, which can be signed
    counted: ClassVar[bool] = False  # no case passes it more often than it says
    begins: ClassVar[Begins | None] = None  # how a case begins here
    further_start: ClassVar[bool] = False  # a case may begin here beside the start of the workflow
    approves: ClassVar[bool] = False  # closed to who applied, and to who has changed answers
    may_stay_unreached: ClassVar[bool] = False  # older cases can stand here although no way leads here now
    accepts: ClassVar[list[dict[str, Any]]] = []  # examples for the test over all types
    rejects: ClassVar[list[dict[str, Any]]] = []

    @classmethod
    @abstractmethod
    def targets(cls, options: Any) -> list[Edge]:
        """The ways out."""

    @classmethod
    @abstractmethod
    def build(cls, options: Any, blueprint: Blueprint) -> Any:
        """The Viewflow node that runs this step."""

    @classmethod
    def check(cls, options: Any, around: Surroundings, problems: Problems) -> None:
        """Note what is wrong with this step in its surroundings, beyond its links."""
        return

    @classmethod
    def outcomes(cls, options: Any) -> list[Outcome]:
        """What a person can choose here."""
        return []

    @classmethod
    def actions(cls, options: Any) -> list[Action]:
        """What can be done here, each by whom it says; empty where whoever has the step may do all."""
        return []

    @classmethod
    def records(cls, options: Any) -> Mapping[str, Kind]:
        """What the step itself records for rules to read, beside the answers of its form."""
        return {"outcome": "text"} if cls.outcomes(options) else {}

    @classmethod
    def form(cls, options: Any) -> str | None:
        """The form that staff fill in here."""
        return None

    @classmethod
    def watches(cls, options: Any) -> str | None:
        """The step that this one is set on, for steps that no link leads to."""
        return None

    @classmethod
    def trigger(cls, options: Any) -> Trigger | None:
        """What sets off this step, if no link leads to it."""
        host = cls.watches(options)
        return None if host is None else Trigger(host, bool(getattr(options, "interrupting", False)))

    @classmethod
    def moves(cls, options: Any) -> list[Move]:
        """What can happen to a token here; by default it goes on along one of the ways out."""
        return [Move((edge.to,)) for edge in cls.targets(options)] or [Move()]

    @classmethod
    def roles(cls, options: Any) -> list[str]:
        """The roles whose holders can do the step; of those of staff somebody must hold them."""
        role = getattr(options, "role", None)
        return [] if role is None else [str(role)]

    @classmethod
    def messages(cls, options: Any) -> list[str]:
        """The messages of the package that the step sends."""
        message = getattr(options, "message", None)
        return [] if message is None else [str(message)]

    @classmethod
    def may_begin(cls, options: Any) -> bool:
        """Whether a case may begin at this very step, beside the start of the workflow."""
        return cls.further_start

    @classmethod
    def opened_by_staff(cls, options: Any) -> bool:
        """Whether staff with a role of the step open cases here."""
        return cls.begins == "staff"

    @classmethod
    def undoes(cls, options: Any) -> str | None:
        """The step that is undone here when it must be."""
        return None

    @classmethod
    def helps_with(cls, options: Any, node_key: str) -> bool:
        """Whether staff can ask for help here with the step of this key."""
        return False

    @classmethod
    def goes_through(cls, options: Any) -> Through | None:
        """The list for whose items something is done here."""
        return None

    @classmethod
    def calls(cls, options: Any) -> Calls | None:
        """The service whose case is opened here."""
        return None

    @classmethod
    def listens_for(cls, options: Any) -> str:
        """The name of the message or signal that opens a case here."""
        return ""

    @classmethod
    def recurrence(cls, options: Any) -> Recurrence | None:
        """The rule of the calendar that opens cases here."""
        return None

    @classmethod
    def several(cls, options: Any, language: str) -> str:
        """How many people do the step, for its drawing ("2 of 3"); empty where it is one."""
        return ""

    @classmethod
    def family_of(cls, options: Any) -> Family:
        """The family as which this very step is drawn and told of."""
        return cls.family

    @classmethod
    def drawn_icon(cls, options: Any) -> str:
        """The icon of this very step."""
        return cls.icon

    @classmethod
    def span(cls, options: Any) -> Span | None:
        """How long the step may take or waits, for its drawing."""
        return None


node_types: Registry[NodeType] = Registry("step type")


def sentence_of(options: NodeOptions) -> str:
    """How a step is named in a sentence."""
    return f'"{options.title.in_("en") or options.key}"'
