"""Decisions worked out: what they require first, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.core.feel import FeelStopped, Run, Scope, outermost
from engine.core.feel.calling import Closure, Definition
from engine.core.feel.types import ANY, Type, fitted, resolved
from workflows.dmn.model import Address, Item, Model

MISSING = object()


def types_of(models: Mapping[str, Model], main: Model) -> dict[str, Type]:
    """The types that a model knows: its own, and those that it imports under their name there."""
    found: dict[str, Type] = {}
    for model in models.values():
        found.update(model.types)
        if alias := main.imports.get(model.namespace):
            found.update({f"{alias}.{name}": kind for name, kind in model.types.items()})
    return found | dict(main.types)


@dataclass
class Evaluation:
    """One evaluation of a model with what is given; every value is worked out once."""

    models: Mapping[str, Model]
    given: Mapping[Address, Any]
    run: Run
    known: dict[Address, Any] = field(default_factory=dict)
    working: set[Address] = field(default_factory=set)

    def value(self, address: Address) -> Any:
        """What an element comes to; None where it cannot be said."""
        item = self.find(address)
        if item is None:
            self.run.fault(f"{address[1]} is not in the models.")
            return None
        if address in self.working:
            self.run.fault(f'"{item.name}" requires itself.')
            return None
        if address not in self.known:
            self.working.add(address)
            try:
                self.known[address] = self._worked(item)
            finally:
                self.working.discard(address)
        return self.known[address]

    def find(self, address: Address) -> Item | None:
        """The element at an address."""
        model = self.models.get(address[0])
        return model.items.get(address) if model else None

    def _worked(self, item: Item) -> Any:
        if item.address in self.given or item.kind == "inputData":
            found, fits = fitted(self.given.get(item.address), item.type, self.run.types)
            if not fits:
                self.run.fault(f'What was given for "{item.name}" is not of its type.')
            return found
        if item.kind == "decisionService":
            return Service(item, self)
        if item.kind == "businessKnowledgeModel":
            return self._function(item)
        try:
            value = item.logic.value(self._scope(item))
        except RecursionError:
            raise FeelStopped("Expressions stand inside each other too deep.") from None
        found, fits = fitted(value, item.type, self.run.types)
        if not fits:
            self.run.fault(f'The result of "{item.name}" is not of its type.')
        return found

    def _function(self, item: Item) -> Any:
        """A function of the model; it may call itself."""
        if not isinstance(item.logic, Definition):
            return None
        own: dict[str, Any] = {}
        # the type of a function is that of its result, unless it says that it is a function
        result = ANY if resolved(item.type, self.run.types).base == "function" else item.type
        scope = self._scope(item).within(own)
        own[item.name] = Closure(item.logic.parameters, item.logic.body, scope, result)
        return own[item.name]

    def _scope(self, item: Item) -> Scope:
        """What an element may speak of: what it requires; what is imported under the name of its model."""
        names: dict[str, Any] = {}
        for address in item.requires:
            required = self.find(address)
            if required is None:
                self.run.fault(f"{address[1]} is not in the models.")
                continue
            alias = item.model.imports.get(address[0], "") if address[0] != item.model.namespace else ""
            place = names.setdefault(alias, {}) if alias else names
            place[required.name] = self.value(address)
        return outermost(self.run, names)


@dataclass
class Service:
    """A decision service as a function of its inputs and of the decisions that are given."""

    item: Item
    evaluation: Evaluation

    @property
    def names(self) -> Sequence[str]:
        """What it takes, in order."""
        found = (self.evaluation.find(address) for address in self.item.inputs)
        return [each.name for each in found if each]

    def called(self, arguments: Sequence[Any], run: Run) -> Any:
        """The value of its decisions for these arguments."""
        if len(arguments) != len(self.item.inputs):
            run.fault(f'The service "{self.item.name}" takes {len(self.item.inputs)} arguments.')
            return None
        given = dict(zip(self.item.inputs, arguments, strict=True))
        inner = Evaluation(self.evaluation.models, given, run)
        found = {}
        for address in self.item.outputs:
            output = inner.find(address)
            if output is not None:
                found[output.name] = inner.value(address)
        value = next(iter(found.values())) if len(found) == 1 else found
        return fitted(value, self.item.type, run.types)[0]
