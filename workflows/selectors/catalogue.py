"""What anybody may read: departments, the services that citizens can apply for, and a search over them."""

import unicodedata
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import get_language

from engine.core.languages import own_name
from engine.core.text import Text
from engine.departments.models import Department
from workflows.models import Audience, Service
from workflows.selectors.facts import Fact, facts_of
from workflows.selectors.stages import Stage, stages_ahead
from workflows.selectors.versions import package_of, version_of


@dataclass(frozen=True)
class ServiceLine:
    """A service in a list."""

    path: str
    title: str
    summary: str
    department_name: str
    audience: str = "citizen"


@dataclass(frozen=True)
class DepartmentServices:
    """A department with what it offers."""

    department: Department
    name: str
    services: list[ServiceLine] = field(default_factory=list)


@dataclass(frozen=True)
class ServicePage:
    """All that the page of a service says."""

    title: str
    summary: str
    apply_path: str
    facts: list[Fact]
    you_need: list[str]
    steps: list[Stage]
    other_ways: str
    languages: list[str]
    fallback_language: str
    audience: str


def departments_with_services(language: str = "") -> list[DepartmentServices]:
    """Every department that offers something to citizens, in the order of their names."""
    language = language or get_language() or "en"
    found: dict[int, DepartmentServices] = {}
    for service in _offered(_open()):
        department = service.department
        group = found.setdefault(department.pk, DepartmentServices(department, department.name(language)))
        group.services.append(_line(service, language))
    return sorted(found.values(), key=lambda group: folded(group.name))


def services_of(department: Department, *, language: str) -> list[ServiceLine]:
    """What a department offers to citizens."""
    lines = [_line(service, language) for service in _offered(_open().filter(department=department))]
    return sorted(lines, key=lambda line: folded(line.title))


def search(words: str, *, language: str) -> list[ServiceLine]:
    """Services whose texts hold every word, those with the words in their title first."""
    wanted = folded(words).split()
    found = []
    for service in _offered(_open()):
        line = _line(service, language)
        title, rest = folded(line.title), _searched(service, language)
        if all(word in rest for word in wanted):
            found.append((not all(word in title for word in wanted), title, line))
    return [line for _, _, line in sorted(found, key=lambda entry: entry[:2])]


def service_offered(department: Department, key: str) -> Service | None:
    """A service that citizens can apply for."""
    return next(iter(_offered(_open().filter(department=department, key=key))), None)


def service_page(department: Department, key: str, *, language: str) -> ServicePage | None:
    """The page of a service; None where there is none to apply for."""
    found = service_offered(department, key)
    return page_of(found, language) if found else None


def languages_of(service: Service) -> list[str]:
    """The languages in which a published service can be read."""
    return list(package_of(service.current_id or 0).languages)


def service_at(department: Department, key: str, *, language: str) -> ServiceLine | None:
    """The line of one service; None where there is none to apply for."""
    service = _open().filter(department=department, key=key).first()
    return _line(service, language) if service else None


def page_of(service: Service, language: str) -> ServicePage:
    """What the page of a published service says in this language."""
    version = version_of(service.current_id or 0)
    package = version.package
    spoken = _spoken(package.languages, language)
    return ServicePage(
        title=package.title.in_(language),
        summary=package.summary.in_(language),
        apply_path=f"/apply/{service.address}/",
        facts=facts_of(package, language),
        you_need=[text.in_(language) for text in package.you_need],
        steps=stages_ahead(version, language),
        other_ways=package.other_ways.in_(language) if package.other_ways else "",
        languages=list(package.languages),
        fallback_language="" if spoken else own_name(package.languages[0]),
        audience=service.audience,
    )


def folded(text: str) -> str:
    """Text for comparing: small letters without accents and without Arabic vowel signs."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        letter for letter in decomposed if not unicodedata.combining(letter) and letter != "\u0640"
    )


def _open() -> QuerySet[Service]:
    published = Service.objects.filter(current__isnull=False, archived_at=None, audience=Audience.CITIZEN)
    return published.select_related("department").order_by("department__key", "key")


def _offered(services: QuerySet[Service]) -> list[Service]:
    """Those that people can apply for; others are opened by staff, a calendar or other cases."""
    return [service for service in services if package_of(service.current_id or 0).takes_applications]


def _line(service: Service, language: str) -> ServiceLine:
    package = version_of(service.current_id or 0).package
    return ServiceLine(
        path=f"/{service.address}/",
        title=package.title.in_(language),
        summary=package.summary.in_(language),
        department_name=service.department.name(language),
        audience=service.audience,
    )


def _searched(service: Service, language: str) -> str:
    package = version_of(service.current_id or 0).package
    texts: list[Text] = [package.title, package.summary, *package.you_need]
    own = [text.in_(language) for text in texts]
    return folded(" ".join([*own, service.department.name(language), service.key]))


def _spoken(languages: list[str], language: str) -> bool:
    return language in languages or language.split("-")[0] in {tag.split("-")[0] for tag in languages}
