"""The whole check: shape, forms, steps, links, certificates and messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.problems import Problems
from engine.core.rules import RuleRefused, Schema, Want, compile_rule
from forms_library.checking import check_form
from forms_library.compiled import CompiledForm
from workflows.compiler import schema_of
from workflows.definition import ServicePackage, parse_package
from workflows.node_type import CheckRule, Surroundings, node_types
from workflows.sealed_fields import keys_in
from workflows.validator.content import check_content
from workflows.validator.graph import check_graph


def check_package(document: Mapping[str, Any] | ServicePackage) -> Problems:
    """All problems of a package, given as a document or parsed already."""
    problems = Problems()
    package = document if isinstance(document, ServicePackage) else parse_package(document, problems)
    if package is not None:
        forms = {key: check_form(form, problems.at("forms", key)) for key, form in package.forms.items()}
        _check_steps(package, forms, problems.at("workflow", "nodes"))
        check_graph(package.workflow, problems.at("workflow"))
        check_content(package, forms, problems)
    return problems


def _check_steps(package: ServicePackage, forms: Mapping[str, CompiledForm], problems: Problems) -> None:
    schema = schema_of(package, lambda key: forms[key].schema_group)
    around = Surroundings(
        nodes=package.nodes,
        forms=package.forms,
        certificates=package.certificates,
        messages=package.messages,
        check_rule=_rule_checker(schema),
        schema=schema,
        sensitive=_sensitive_paths(package),
    )
    for number, options in enumerate(package.workflow.nodes):
        node_types[options.type].check(options, around, problems.at(number))


def _rule_checker(schema: Schema) -> CheckRule:
    def check(text: str, problems: Problems, want: Want = "bool") -> frozenset[str]:
        try:
            return compile_rule(text, schema, want).reads
        except RuleRefused as refused:
            problems.mend("rule", refused.sentence)
            return frozenset()

    return check


def _sensitive_paths(package: ServicePackage) -> frozenset[str]:
    """The sensitive answers, and what staff or steps record that is sensitive, as rules read them."""
    found = keys_in(package.written())
    recorded = {f"work.{step}.{name}" for step, names in found.work.items() for name in names}
    return frozenset({f"answers.{name}" for name in found.answers} | recorded)
