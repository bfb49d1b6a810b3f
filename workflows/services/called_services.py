"""Whether the services that a package calls are there, and take and give what the package thinks."""

from engine.core.decisions.compiling import WANTS
from engine.core.problems import Problems
from engine.core.rules import RuleRefused, compile_rule
from engine.departments.models import Department
from workflows.compiler import blueprint_of
from workflows.definition import ServicePackage
from workflows.instances import kind_at
from workflows.models import Service
from workflows.node_reach import Calls
from workflows.node_type import node_types
from workflows.sealed_fields import keys_in
from workflows.selectors.versions import package_of
from workflows.worked_out import WorkedOut


def check_called(package: ServicePackage, department: Department, problems: Problems) -> None:
    """Note what is wrong with the calls of a package, in the department that it belongs to."""
    own = _Told(package)
    for number, options in enumerate(package.workflow.nodes):
        call = node_types[options.type].calls(options)
        if call is None:
            continue
        at = problems.at("workflow", "nodes", number)
        if call.service == package.key:
            at.at("service").mend("calls_itself", "A service cannot wait for a case of its own.")
            continue
        found = Service.objects.filter(department=department, key=call.service, archived_at=None).first()
        if found is None or found.current_id is None:
            sentence = f'Your department has published no service "{call.service}".'
            at.at("service").mend("unknown_service", sentence)
        else:
            _check_call(own, call, package_of(found.current_id), at)


class _Told:
    """A package and what its rules can read."""

    def __init__(self, package: ServicePackage) -> None:
        self.schema, self.keys = blueprint_of(package).schema, keys_in(package.written())

    def is_sensitive(self, path: str) -> bool:
        """Whether an answer, or what it lies in, is sensitive."""
        root, *rest = path.split(".")
        if root == "answers":
            return rest[0] in self.keys.answers
        return root == "work" and len(rest) > 1 and rest[1] in self.keys.work.get(rest[0], ())


def _check_call(own: _Told, call: Calls, called: ServicePackage, at: Problems) -> None:
    other = _Told(called)
    asked = other.schema.roots["answers"].fields
    for name, given in call.inputs.items():
        place = at.at("inputs", name)
        kind = given.type if isinstance(given, WorkedOut) else kind_at(own.schema.roots, given.copied)
        if name not in asked:
            place.mend("unknown_field", f'The application of "{called.key}" has no question "{name}".')
        elif kind is not None and asked[name] != kind:
            place.mend("other_kind", f'The question "{name}" of "{called.key}" takes another kind of value.')
        elif _is_sensitive(own, given) and name not in other.keys.answers:
            sentence = f'A sensitive answer is handed on, so "{name}" must be sensitive there too.'
            place.mend("sensitive", sentence)
    for name, wanted in call.outputs.items():
        _check_output(wanted, other, at.at("outputs", name, "value"))


def _is_sensitive(own: _Told, given: object) -> bool:
    if isinstance(given, WorkedOut):
        return given.data_class == "sensitive"
    return own.is_sensitive(str(getattr(given, "copied", "")))


def _check_output(wanted: WorkedOut, other: _Told, at: Problems) -> None:
    try:
        rule = compile_rule(wanted.value, other.schema, WANTS[wanted.type])
    except RuleRefused as refused:
        at.mend("rule", refused.sentence)
        return
    if wanted.data_class != "sensitive" and any(other.is_sensitive(_plain(path)) for path in rule.reads):
        at.mend("sensitive", "This reads a sensitive answer, so its result must be marked as sensitive too.")


def _plain(path: str) -> str:
    """answers.people.name for answers.people[].name."""
    return ".".join(part.partition("[")[0] for part in path.split("."))
