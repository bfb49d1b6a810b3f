"""The service package: forms, workflow, certificates and messages of one service, published together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

from pydantic import Field, StringConstraints, ValidationError

from engine.core.problems import Problems, from_pydantic, known_pattern
from engine.core.text import Text
from engine.core.worktime import Span
from forms_library.definition import Form
from forms_library.schemas import definition_schema
from workflows.node_type import Action, NodeOptions, node_types
from workflows.parts import (
    APPLICANT,
    STAFF_ROLES,
    CertificateDefinition,
    FlagDefinition,
    Key,
    Language,
    MessageDefinition,
    Part,
    RoleDefinition,
    ServiceFacts,
    ServiceKey,
    Who,
)

FORMAT = 1
REFERENCES = known_pattern(
    r"^[A-Z][A-Z0-9]{1,7}$", "This must be two to eight capital letters or digits, a letter first."
)

node_types.discover("workflows.nodes")
if TYPE_CHECKING:
    AnyNode = NodeOptions
else:  # one shape for each node type that is installed
    AnyNode = Annotated[Union[tuple(kind.Options for kind in node_types)], Field(discriminator="type")]  # noqa: UP007


class Workflow(Part):
    """The steps of a case, and the time in which it is to be decided."""

    decide_within: Span
    start: Key
    nodes: list[AnyNode] = Field(min_length=1, max_length=2_000)


class ServicePackage(Part):
    """All that makes a service; one version of it is unchangeable once it is published."""

    format: Literal[1]
    key: ServiceKey
    title: Text
    summary: Text = Text("")
    audience: Literal["citizen", "staff"] = "citizen"
    languages: list[Language] = Field(min_length=1, max_length=20)
    reference_prefix: Annotated[str, StringConstraints(pattern=REFERENCES)]
    facts: ServiceFacts = Field(default_factory=ServiceFacts)
    you_need: list[Text] = Field(default_factory=list, max_length=50)
    other_ways: Text | None = None
    summary_fields: list[Key] = Field(default_factory=list, max_length=5)
    # by what applications that were sent twice are found; without any: names of people and identity numbers
    duplicate_fields: list[Key] = Field(default_factory=list, max_length=5)
    roles: dict[Key, RoleDefinition] = Field(default_factory=dict, max_length=200)
    forms: dict[Key, Form] = Field(default_factory=dict)
    workflow: Workflow
    certificates: dict[Key, CertificateDefinition] = Field(default_factory=dict)
    messages: dict[Key, MessageDefinition] = Field(default_factory=dict)
    flags: list[FlagDefinition] = Field(
        default_factory=list, max_length=30, description="Marks that staff can put on a case."
    )
    translations: dict[str, dict[Language, str]] = Field(
        default_factory=dict,
        description="Translations that are older than their source: by path and language, the fingerprint of "
        "the source then. Written by the product.",
    )

    @cached_property
    def nodes(self) -> dict[str, NodeOptions]:
        """The steps by key; of doubled keys the first."""
        found: dict[str, NodeOptions] = {}
        for options in self.workflow.nodes:
            found.setdefault(options.key, options)
        return found

    def who(self, role: str) -> Who | None:
        """Whether a role is of staff, the applicant's or a system's; None where there is no such role."""
        if role in STAFF_ROLES:
            return "staff"
        if role == APPLICANT:
            return "applicant"
        found = self.roles.get(role)
        return None if found is None else found.who

    def staff_roles(self, options: NodeOptions) -> list[str]:
        """The roles of staff who may do a step."""
        return self.staff_among(node_types[options.type].roles(options))

    def staff_among(self, roles: Iterable[str]) -> list[str]:
        """Those of these roles that are of staff, each once."""
        return [role for role in dict.fromkeys(roles) if self.who(role) == "staff"]

    @property
    def takes_applications(self) -> bool:
        """Whether people can apply; otherwise only staff, a calendar or another case open cases."""
        start = self.nodes.get(self.workflow.start)
        if start is None or node_types[start.type].begins != "application":
            return False
        actions = node_types[start.type].actions(start)
        return not actions or any(self.may_apply(action) for action in actions)

    def may_apply(self, action: Action) -> bool:
        """Whether an action of the first state is for applicants."""
        return any(self.who(role) == "applicant" for role in action.roles)

    @property
    def start_form_key(self) -> str:
        """The key of the form that the answers of a case belong to; empty where nobody fills in one."""
        return str(getattr(self.nodes.get(self.workflow.start), "form", ""))

    @property
    def start_form(self) -> Form | None:
        """The form that an applicant fills in."""
        return self.forms.get(self.start_form_key)

    def written(self) -> dict[str, Any]:
        """The package as plain JSON, as it is stored and exported."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


def parse_package(document: Any, problems: Problems) -> ServicePackage | None:
    """The package in a document; None when its shape is wrong, with every problem noted."""
    if not isinstance(document, Mapping):
        problems.mend("not_a_package", "This is not a service package.")
        return None
    stored_format = document.get("format")
    if stored_format != FORMAT:
        sentence = f"This package has the format {stored_format!r}; this release reads format {FORMAT}."
        problems.at("format").mend("format", sentence)
        return None
    try:
        return ServicePackage.model_validate(document)
    except ValidationError as error:
        from_pydantic(error, problems, document)
        return None


def fingerprint(package: Mapping[str, Any]) -> str:
    """The sha256 of a package: the same content gives the same figure."""
    text = json.dumps(package, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def package_schema() -> dict[str, Any]:
    """The JSON Schema of the format, for editors and the designer."""
    schema = ServicePackage.model_json_schema(by_alias=True)
    form = _renamed(definition_schema(), schema["$defs"])
    schema["$defs"] |= form.pop("$defs")  # blocks may stand among fields, and options follow the type
    schema["$defs"]["Form"] = form
    return schema


def _renamed(form: dict[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of forms without names that mean something else in a workflow."""
    same = Form.model_json_schema()["$defs"]
    names = [name for name in form["$defs"] if name in taken and name not in same]
    text = json.dumps(form)
    for name in names:
        text = text.replace(f'"#/$defs/{name}"', f'"#/$defs/Form{name}"')
    renamed: dict[str, Any] = json.loads(text)
    for name in names:
        renamed["$defs"][f"Form{name}"] = renamed["$defs"].pop(name)
    return renamed
