"""Published versions with their parts at hand; a version never changes, so each process reads it once."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.core.text import Text
from forms_library.compiled import CompiledForm, shared_form
from forms_library.definition import Form
from workflows.definition import ServicePackage
from workflows.models import Service, ServiceVersion
from workflows.node_type import NodeOptions

KEPT = 512
NO_FORM = Form.model_construct(title=Text(""), pages=[])


@dataclass(frozen=True, eq=False)
class Version:
    """One published version."""

    id: int
    service_id: int
    number: int
    package: ServicePackage

    @cached_property
    def start_form(self) -> CompiledForm:
        """The form that the answers of a case belong to; one without pages where nobody fills in one."""
        return shared_form(self.package.start_form or NO_FORM)

    def staff_form(self, form_key: str) -> CompiledForm:
        """A form that staff fill in at a step."""
        return _staff_form(self, form_key)

    def node(self, key: str) -> NodeOptions | None:
        """The step of this key."""
        return self.package.nodes.get(key)


@lru_cache(maxsize=KEPT)
def _staff_form(version: Version, form_key: str) -> CompiledForm:
    return shared_form(version.package.forms[form_key])


@lru_cache(maxsize=KEPT)
def version_of(version_id: int) -> Version:
    """The version of this key."""
    row = ServiceVersion.objects.get(pk=version_id)
    return Version(row.pk, row.service_id, row.number, ServicePackage.model_validate(row.package))


def version_to_be(service: Service, package: ServicePackage) -> Version:
    """What a package would be as the next version; it has no key."""
    number = service.current.number + 1 if service.current else 1
    return Version(0, service.pk, number, package)


def package_of(version_id: int) -> ServicePackage:
    """The package of a version."""
    return version_of(version_id).package
