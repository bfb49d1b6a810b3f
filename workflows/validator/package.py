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
from workflows.parts import TAKEN
from workflows.sealed_fields import keys_in
from workflows.validator.content import check_content
from workflows.validator.graph import check_graph
from workflows.validator.reading import Reading, reading_of
from workflows.validator.roles import check_roles
from workflows.validator.times import check_times

MOST_WAYS = 5_000


def check_package(document: Mapping[str, Any] | ServicePackage) -> Problems:
    """All problems of a package, given as a document or parsed already."""
    problems = Problems()
    package = document if isinstance(document, ServicePackage) else parse_package(document, problems)
    if package is not None:
        _check_key(package.key, problems.at("key"))
        forms = {key: check_form(form, problems.at("forms", key)) for key, form in package.forms.items()}
        if _has_too_many_ways(package, problems.at("workflow", "nodes")):
            return problems
        readings = _check_steps(package, forms, problems.at("workflow", "nodes"))
        check_graph(package.workflow, readings, problems.at("workflow"))
        check_times(package.workflow, problems.at("workflow"))
        check_roles(package, problems.at("roles"))
        check_content(package, forms, problems)
    return problems


def _check_key(key: str, problems: Problems) -> None:
    """The page of a service of this key must not hide behind another page."""
    if key in TAKEN:
        sentence = (
            f'The key "{key}" is the address of a page already. Choose another, such as "{key}-licence".'
        )
        problems.mend("key_taken", sentence)


def _has_too_many_ways(package: ServicePackage, problems: Problems) -> bool:
    """Ways that nobody can look through any more are not looked at one by one."""
    ways = sum(len(node_types[options.type].targets(options)) for options in package.workflow.nodes)
    if ways > MOST_WAYS:
        sentence = f"All steps together may have at most {MOST_WAYS:,} ways out, and have {ways:,}."
        problems.mend("too_many_ways", sentence)
    return ways > MOST_WAYS


def _check_steps(
    package: ServicePackage, forms: Mapping[str, CompiledForm], problems: Problems
) -> list[Reading]:
    """Note what is wrong with single steps; gives what their rules read of other steps."""
    readings: list[Reading] = []
    schema = schema_of(package, lambda key: forms[key].schema_group)
    around = Surroundings(
        nodes=package.nodes,
        forms=package.forms,
        certificates=package.certificates,
        messages=package.messages,
        check_rule=_rule_checker(schema, package, readings),
        schema=schema,
        sensitive=_sensitive_paths(package),
        who=package.who,
    )
    for number, options in enumerate(package.workflow.nodes):
        node_types[options.type].check(options, around, problems.at(number))
    return readings


def _rule_checker(schema: Schema, package: ServicePackage, readings: list[Reading]) -> CheckRule:
    def check(text: str, problems: Problems, want: Want = "bool") -> frozenset[str]:
        try:
            rule = compile_rule(text, schema, want)
        except RuleRefused as refused:
            problems.mend("rule", refused.sentence)
            return frozenset()
        number = problems.path[2]  # workflow.nodes[number]
        step = package.workflow.nodes[int(number)].key
        readings.append(reading_of(problems, step, rule.reads, rule.needs))
        return rule.reads

    return check


def _sensitive_paths(package: ServicePackage) -> frozenset[str]:
    """The sensitive answers, and what staff or steps record that is sensitive, as rules read them."""
    found = keys_in(package.written())
    recorded = {f"work.{step}.{name}" for step, names in found.work.items() for name in names}
    return frozenset({f"answers.{name}" for name in found.answers} | recorded)
