"""A DMN model with those that it imports: its decisions, what they require, and its functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from engine.core.feel import Names
from engine.core.feel.nodes import Literal, Node
from engine.core.feel.types import ANY, Type
from workflows.dmn.boxed import function_in, logic_in
from workflows.dmn.opening import child, children, local, of_model
from workflows.dmn.typing_items import item_types, type_named
from workflows.dmn.vocabulary import names_in

ELEMENTS = ("decision", "inputData", "businessKnowledgeModel", "decisionService")
Address = tuple[str, str]  # a namespace and an id


@dataclass(frozen=True)
class Item:
    """One element that has a value: an input, a decision, a function or a service."""

    model: Model = field(repr=False, compare=False)
    address: Address
    kind: str
    name: str
    type: Type = ANY
    logic: Node = field(default=Literal(None), repr=False, compare=False)
    requires: Sequence[Address] = ()
    inputs: Sequence[Address] = ()  # of a service: inputs, then decisions that are given
    outputs: Sequence[Address] = ()


@dataclass
class Model:
    """One file."""

    namespace: str
    name: str
    imports: Mapping[str, str] = field(default_factory=dict)  # namespace to the name that it has here
    types: Mapping[str, Type] = field(default_factory=dict)
    items: dict[Address, Item] = field(default_factory=dict, repr=False)


def read_models(roots: Sequence[Element]) -> dict[str, Model]:
    """Models that may speak of each other, by namespace; the first one of a namespace counts."""
    names = names_in(roots)
    found: dict[str, Model] = {}
    for root in roots:
        model = _read(root, names)
        found.setdefault(model.namespace, model)
    return found


def _read(root: Element, names: Names) -> Model:
    imports = {each.get("namespace", ""): each.get("name", "") for each in children(root, "import")}
    model = Model(root.get("namespace", ""), root.get("name", ""), imports, item_types(root, names))
    for element in children(root, *ELEMENTS):
        item = _item(element, model, names)
        model.items[item.address] = item
    return model


def _item(element: Element, model: Model, names: Names) -> Item:
    variable, kind = child(element, "variable"), local(element)
    name = (variable.get("name", "") if variable is not None else "") or element.get("name", "")
    logic: Node = Literal(None)
    if kind == "decision":
        logic = logic_in(element, names)
    elif kind == "businessKnowledgeModel":
        function = child(element, "encapsulatedLogic")
        logic = function_in(function, names) if function is not None else Literal(None)
    return Item(
        model=model,
        address=(model.namespace, element.get("id", "") or name),
        kind=kind,
        name=name,
        type=type_named(variable.get("typeRef")) if variable is not None else ANY,
        logic=logic,
        requires=_addresses(element, model, _REQUIRED),
        inputs=_addresses(element, model, ("inputData",)) + _addresses(element, model, ("inputDecision",)),
        outputs=_addresses(element, model, ("outputDecision",)),
    )


_REQUIRED = ("requiredDecision", "requiredInput", "requiredKnowledge")


def _addresses(element: Element, model: Model, kinds: Sequence[str]) -> list[Address]:
    found = (each for each in element.iter() if of_model(each) and local(each) in kinds)
    return [_address(each.get("href", ""), model) for each in found]


def _address(reference: str, model: Model) -> Address:
    namespace, _, identity = reference.rpartition("#")
    return namespace or model.namespace, identity
