"""The checked tree of a rule: the part of cel.expr that we read and write, built at run time.

The wheel shows no tree, but an expression serialises to cel.expr.CheckedExpr. Fields that this subset
leaves out are kept by protobuf when the tree is written back.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory

# protobuf messages made at run time have no static type
Node: TypeAlias = Any
Tree: TypeAlias = Any

FieldProto = descriptor_pb2.FieldDescriptorProto
SCALARS = {
    "string": FieldProto.TYPE_STRING,
    "int64": FieldProto.TYPE_INT64,
    "uint64": FieldProto.TYPE_UINT64,
    "int32": FieldProto.TYPE_INT32,
    "bool": FieldProto.TYPE_BOOL,
    "double": FieldProto.TYPE_DOUBLE,
    "bytes": FieldProto.TYPE_BYTES,
}
PACKAGE = "caseway.tree"
# one line per field: name, number, type, "*" when repeated, the oneof that it belongs to
SUBSET: Mapping[str, str] = {
    "Const": """
        null_value 1 int32 - kind
        bool_value 2 bool - kind
        int64_value 3 int64 - kind
        uint64_value 4 uint64 - kind
        double_value 5 double - kind
        string_value 6 string - kind
        bytes_value 7 bytes - kind""",
    "Ident": "name 1 string",
    "Select": """
        operand 1 Expr
        field 2 string
        test_only 3 bool""",
    "Call": """
        target 1 Expr
        function 2 string
        args 3 Expr *""",
    "CreateList": "elements 1 Expr *",
    "CreateStruct": "message_name 1 string",
    "Comprehension": """
        iter_var 1 string
        iter_range 2 Expr
        accu_var 3 string
        accu_init 4 Expr
        loop_condition 5 Expr
        loop_step 6 Expr
        result 7 Expr""",
    "Expr": """
        id 2 int64
        const_expr 3 Const - kind
        ident_expr 4 Ident - kind
        select_expr 5 Select - kind
        call_expr 6 Call - kind
        list_expr 7 CreateList - kind
        struct_expr 8 CreateStruct - kind
        comprehension_expr 9 Comprehension - kind""",
    "Reference": """
        name 1 string
        overload_id 3 string *""",
    "ReferenceEntry": """
        key 1 int64
        value 2 Reference""",
    "PositionEntry": """
        key 1 int64
        value 2 int32""",
    "SourceInfo": "positions 4 PositionEntry *",
    "CheckedExpr": """
        reference_map 2 ReferenceEntry *
        expr 4 Expr
        source_info 5 SourceInfo""",
}


def _add_field(message: Any, line: str) -> None:
    name, number, kind, *rest = line.split()
    repeated, oneof = "*" in rest, rest[1] if len(rest) > 1 else ""
    label = FieldProto.LABEL_REPEATED if repeated else FieldProto.LABEL_OPTIONAL
    field = message.field.add(name=name, number=int(number), label=label)
    if kind in SCALARS:
        field.type = SCALARS[kind]
    else:
        field.type, field.type_name = FieldProto.TYPE_MESSAGE, f".{PACKAGE}.{kind}"
    if oneof:
        if not message.oneof_decl:
            message.oneof_decl.add(name=oneof)
        field.oneof_index = 0


def _classes() -> dict[str, Any]:
    file = descriptor_pb2.FileDescriptorProto(name="caseway/tree.proto", package=PACKAGE, syntax="proto3")
    for name, lines in SUBSET.items():
        message = file.message_type.add(name=name)
        for line in lines.strip().splitlines():
            _add_field(message, line)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    names = {name: pool.FindMessageTypeByName(f"{PACKAGE}.{name}") for name in ("CheckedExpr", "Expr")}
    return {name: message_factory.GetMessageClass(descriptor) for name, descriptor in names.items()}


_CLASSES = _classes()
_TYPE_URL = "type.googleapis.com/cel.expr.CheckedExpr"
# ids of nodes that we add: far above those of the parser, and only unique within the process
_new_ids = itertools.count(1_000_000)


def load(serialized: bytes) -> Tree:
    """The tree of a serialised expression."""
    return _CLASSES["CheckedExpr"].FromString(any_pb2.Any.FromString(serialized).value)


def dump(tree: Tree) -> bytes:
    """The bytes from which an environment makes a program."""
    packed: bytes = any_pb2.Any(type_url=_TYPE_URL, value=tree.SerializeToString()).SerializeToString()
    return packed


def copied(message: Any) -> Any:
    """A deep copy of a tree or node."""
    twin = type(message)()
    twin.CopyFrom(message)
    return twin


def with_root(tree: Tree, node: Node) -> Tree:
    """The same tree with another node as its root, so that a part can be run alone."""
    part = copied(tree)
    part.expr.CopyFrom(node)
    return part


def new_node() -> Node:
    """An empty node with an id of its own."""
    return _CLASSES["Expr"](id=next(_new_ids))


def call(function: str, *args: Node) -> Node:
    """A call of a function."""
    node = new_node()
    node.call_expr.function = function
    node.call_expr.args.extend(args)
    return node


def constant(**value: bool | int | float | str) -> Node:
    """A literal: constant(int64_value=1)."""
    node = new_node()
    for name, literal in value.items():
        setattr(node.const_expr, name, literal)
    return node


def ident(name: str) -> Node:
    """A name."""
    node = new_node()
    node.ident_expr.name = name
    return node


def kind(node: Node) -> str:
    """Which of const, ident, select, call, list, struct, comprehension a node is."""
    return str(node.WhichOneof("kind")).removesuffix("_expr")


def function_of(node: Node) -> str:
    """The function that a node calls; empty for other nodes."""
    return str(node.call_expr.function) if kind(node) == "call" else ""


def operands(node: Node) -> list[Node]:
    """The target and the arguments of a call."""
    called = node.call_expr
    return ([called.target] if called.HasField("target") else []) + list(called.args)


def overloads(tree: Tree) -> dict[int, str]:
    """Which overload the check chose, by node id; nodes with several candidates are left out."""
    entries: Iterator[Any] = iter(tree.reference_map)
    return {e.key: e.value.overload_id[0] for e in entries if len(e.value.overload_id) == 1}
