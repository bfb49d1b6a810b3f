"""The parts of a service package beside its forms and its workflow: facts, certificates, messages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from engine.core.hints import ui
from engine.core.problems import known_pattern
from engine.core.text import Text
from engine.core.worktime import Span

SMALL = known_pattern(
    r"^[a-z][a-z0-9_]*$", "This must begin with a small letter and hold only small letters, digits and _."
)
PATH = known_pattern(
    r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$", "This must be the short name of a question."
)
SLUG = known_pattern(
    r"^[a-z][a-z0-9-]*$",
    "This must begin with a small letter and hold only small letters, digits and hyphens.",
)
TAG = known_pattern(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "This must be the code of a language, such as en or fr-CA."
)
PREFIX = known_pattern(
    r"^[A-Z][A-Z0-9]{0,7}$", "This must be one to eight capital letters or digits, a letter first."
)
Key = Annotated[str, StringConstraints(pattern=SMALL, max_length=60)]
FieldPath = Annotated[str, StringConstraints(pattern=PATH, max_length=200)]
ServiceKey = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
TAKEN = frozenset({"new", "import", "publishing", "library"})  # addresses beside those of services
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80)]
RuleText = Annotated[
    str, StringConstraints(min_length=1, max_length=5_000), Field(json_schema_extra=ui("rule"))
]
Language = Annotated[str, StringConstraints(pattern=TAG)]
# a role of the product that does steps, or one of the service's own
Origin = Annotated[
    str, Field(max_length=500, description="What it was called in the system that it came from.")
]
StaffRole = Annotated[str, StringConstraints(pattern=SMALL, max_length=60)]
STAFF_ROLES = ("clerk", "supervisor", "administrator")
APPLICANT = "applicant"
Who = Literal["staff", "applicant", "system"]
Address = Annotated[
    str, StringConstraints(pattern=r"^[^\s@]+@[^\s@]+$", max_length=254, to_lower=True, strip_whitespace=True)
]


class Part(BaseModel):
    """What all parts have in common: unknown words are refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ServiceFacts(Part):
    """What people want to know before they begin."""

    time: Text | None = None
    decision_within: Span | None = None
    fee: Text | None = None
    validity: Text | None = None


class RoleDefinition(Part):
    """A role that the service makes: given to staff under People, or the applicant, or a system."""

    title: Text
    who: Who = Field(
        default="staff", description="Staff of the department, the applicant, or another system."
    )
    origin: Origin | None = None


class CertificateRow(Part):
    """One line of a certificate: an answer and what it is called there."""

    field: FieldPath
    label: Text | None = None


BlockPlace = Literal["above", "below"]
SignaturePlace = Literal["start", "middle", "end"]


class CertificateHeading(Part):
    """A heading"""

    type: Literal["heading"]
    words: Text
    place: BlockPlace = Field(default="below", description="Above or below the lines with answers.")


class CertificateText(Part):
    """A paragraph"""

    type: Literal["text"]
    words: Text = Field(json_schema_extra=ui("long_text"))
    place: BlockPlace = Field(default="below", description="Above or below the lines with answers.")


class CertificateColumn(Part):
    """A column of a table: a question of each row, and what it is called there."""

    field: Annotated[Key, Field(json_schema_extra=ui("row_field"))]
    label: Text | None = None


class CertificateTable(Part):
    """A table of what was added several times"""

    type: Literal["table"]
    rows_of: FieldPath = Field(
        description="The question whose rows are shown.", json_schema_extra=ui("rows_path")
    )
    columns: list[CertificateColumn] = Field(min_length=1, max_length=5)
    place: BlockPlace = Field(default="below", description="Above or below the lines with answers.")


CertificateBlock = Annotated[
    CertificateHeading | CertificateText | CertificateTable, Field(discriminator="type")
]


class CertificateDefinition(Part):
    """A certificate that the service can issue."""

    title: Text
    statement: Text
    prefix: Annotated[str, StringConstraints(pattern=PREFIX)]
    languages: list[Language] = Field(min_length=1, max_length=2)
    holder: FieldPath
    valid_for: Span | None = None
    rows: list[CertificateRow] = Field(default_factory=list, max_length=20)
    blocks: list[CertificateBlock] = Field(
        default_factory=list, max_length=20, description="What else stands on the page, from top to bottom."
    )
    signature: SignaturePlace = Field(
        default="middle", description="Where at the foot of the page it is signed."
    )


class FlagDefinition(Part):
    """A flag that staff can set on cases of the service, to find them again."""

    key: Key
    label: Text


class MessageDefinition(Part):
    """A letter by e-mail; paragraphs are set apart by an empty line."""

    subject: Text
    body: Text
    action: Text | None = None
