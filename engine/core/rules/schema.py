"""The world that a rule is checked against: a protobuf message made from the form definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, Union

from cel_expr_python import cel
from cel_expr_python.ext import ext_math, ext_strings
from google.protobuf import descriptor_pb2, descriptor_pool, timestamp_pb2

from engine.core.rules import functions
from engine.core.rules.inputs import ROW_NUMBER
from engine.core.rules.keys import check_key

Scalar: TypeAlias = Literal["text", "integer", "decimal", "yes_no", "date", "choices"]
Kind: TypeAlias = Union[Scalar, "Group", "Rows"]

TODAY = "today"
PACKAGE = "form"
FieldProto = descriptor_pb2.FieldDescriptorProto
SCALARS = {
    "text": FieldProto.TYPE_STRING,
    "choices": FieldProto.TYPE_STRING,
    "integer": FieldProto.TYPE_INT64,
    "decimal": FieldProto.TYPE_DOUBLE,
    "yes_no": FieldProto.TYPE_BOOL,
}


@dataclass(frozen=True)
class Group:
    """Answers that belong together."""

    fields: Mapping[str, Kind]

    @cached_property
    def blank(self) -> dict[str, Any]:
        """What a rule sees where nothing is answered; shared, so it is copied and never written to."""
        return blank(self.fields)


@dataclass(frozen=True)
class Rows:
    """A repeating group."""

    fields: Mapping[str, Kind]

    @cached_property
    def blank(self) -> dict[str, Any]:
        """What a rule sees of a row in which nothing is answered; shared like that of a group."""
        return blank(self.fields)


def blank(fields: Mapping[str, Kind]) -> dict[str, Any]:
    """Groups and repeating groups without answers; they are always there."""
    owners = {key: kind for key, kind in fields.items() if not isinstance(kind, str)}
    return {key: kind.blank if isinstance(kind, Group) else [] for key, kind in owners.items()}


class Schema:
    """The roots that rules may read (answers, work, ...); `today` is always there."""

    def __init__(self, roots: Mapping[str, Group]) -> None:
        self.roots = dict(roots)
        # message name -> (path in the rule's words, fields), for sentences about unknown names
        self.messages: dict[str, tuple[str, Mapping[str, Kind]]] = {}
        file = descriptor_pb2.FileDescriptorProto(name="form.proto", package=PACKAGE, syntax="proto3")
        file.dependency.append(timestamp_pb2.DESCRIPTOR.name)
        variables = {TODAY: cel.Type.TIMESTAMP}
        for root, group in self.roots.items():
            if root == TODAY or check_key(root):
                raise ValueError(check_key(root) or f'"{TODAY}" is a word of the rules.')
            variables[root] = cel.Type(f"{PACKAGE}.{self._message(file, root, group)}")
        self.environment: Any = cel.NewEnv(
            _pool(file), variables=variables, functions=functions.for_checking(), extensions=EXTENSIONS
        )

    def _message(self, file: Any, path: str, owner: Group | Rows) -> str:
        name = f"T{len(self.messages)}"
        self.messages[f"{PACKAGE}.{name}"] = (path, owner.fields)
        message = file.message_type.add(name=name)
        # a_1 and a1 may both be keys; nobody reads these messages as JSON
        message.options.deprecated_legacy_json_field_conflicts = True
        if isinstance(owner, Rows):
            message.field.add(name=ROW_NUMBER, number=1, type=FieldProto.TYPE_INT64, label=1)
        for number, (key, kind) in enumerate(owner.fields.items(), 2):
            if refused := check_key(key):
                raise ValueError(refused)
            self._field(file, message.field.add(name=key, number=number, label=1), f"{path}.{key}", kind)
        return name

    def _field(self, file: Any, field: Any, path: str, kind: Kind) -> None:
        if isinstance(kind, Group | Rows) or kind == "date":
            field.type = FieldProto.TYPE_MESSAGE
            inner = ".google.protobuf.Timestamp"
            if not isinstance(kind, str):
                inner = f".{PACKAGE}.{self._message(file, path, kind)}"
            field.type_name = inner
        else:
            field.type = SCALARS[kind]
        if isinstance(kind, Rows) or kind == "choices":
            field.label = FieldProto.LABEL_REPEATED


EXTENSIONS = [ext_strings.ExtStrings(), ext_math.ExtMath()]


def _pool(file: Any) -> Any:
    pool = descriptor_pool.DescriptorPool()
    timestamps = descriptor_pb2.FileDescriptorProto()
    timestamp_pb2.DESCRIPTOR.CopyToProto(timestamps)
    pool.Add(timestamps)
    pool.Add(file)
    return pool
