"""The filters over the queue: each a small menu that works as a plain form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.departments.access import people_with
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.models import Service
from workflows.node_type import node_types
from workflows.selectors.flags import flags_of_departments, flags_of_services
from workflows.selectors.queue_filters import QueueFilters
from workflows.selectors.steps import named
from workflows.selectors.versions import package_of

Query = list[tuple[str, str]]


@dataclass(frozen=True)
class FilterChoice:
    """One value that the list can be narrowed to."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class FilterMenu:
    """One filter: its name in the address, its label, its choices, and the rest of the address."""

    name: str
    label: str
    choices: list[FilterChoice]
    many: bool
    kept: Query

    @property
    def is_on(self) -> bool:
        """Whether this filter narrows the list now."""
        return any(choice.is_on for choice in self.choices)

    @property
    def chosen(self) -> str:
        """What is chosen, for the pill."""
        return ", ".join(choice.label for choice in self.choices if choice.is_on)

    @property
    def without(self) -> str:
        """The address with this filter taken off."""
        return "?" + urlencode(self.kept)


def menus(departments: list[Department], filters: QueueFilters, query: Query) -> list[FilterMenu]:
    """Every filter that has something to choose here."""
    known = Service.objects.filter(department__in=departments).exclude(current=None).defer("working")
    services = list(known.order_by("key"))
    found = [
        _menu("service", _("Service"), _services(services, filters), query),
        _menu("step", _("Step"), _steps(services, filters), query),
        _menu("due", _("Due"), _dues(filters), query, many=False),
        _menu("assigned", _("Assigned to"), _people(departments, filters), query, many=False),
    ]
    found.append(_menu("flag", _("Flag"), _flags(departments, services, filters), query))
    if len(departments) > 1 or filters.departments:
        found.insert(0, _menu("department", _("Department"), _departments(departments, filters), query))
    return [menu for menu in found if menu.choices]


def _menu(
    name: str, label: str, choices: Iterable[tuple[str, str, bool]], query: Query, *, many: bool = True
) -> FilterMenu:
    kept = [(key, value) for key, value in query if key != name]
    return FilterMenu(name, label, [FilterChoice(*choice) for choice in choices], many, kept)


def _departments(departments: list[Department], filters: QueueFilters) -> list[tuple[str, str, bool]]:
    language = get_language() or "en"
    return [(str(d.pk), d.name(language), d.pk in filters.departments) for d in departments]


def _services(services: list[Service], filters: QueueFilters) -> list[tuple[str, str, bool]]:
    language = get_language() or "en"
    return [(str(s.pk), s.name(language), s.pk in filters.services) for s in services]


def _steps(services: list[Service], filters: QueueFilters) -> list[tuple[str, str, bool]]:
    """The steps that a person does, of the services chosen (all, where none is chosen)."""
    language = get_language() or "en"
    found: dict[str, str] = {}
    for service in services:
        if service.current_id is None or (filters.services and service.pk not in filters.services):
            continue
        package = package_of(service.current_id)
        for key, options in package.nodes.items():
            if node_types[options.type].waits and package.staff_roles(options):
                found.setdefault(key, named(options, language).title)
    return [(key, title, key in filters.steps) for key, title in found.items()]


def _flags(
    departments: list[Department], services: list[Service], filters: QueueFilters
) -> list[tuple[str, str, bool]]:
    """The flags of the services chosen (all, where none is chosen), then those of the departments."""
    language, chosen = get_language() or "en", filters.services
    current = [s.current_id for s in services if s.current_id and (not chosen or s.pk in chosen)]
    found = flags_of_services(current, language)
    found |= flags_of_departments([department.pk for department in departments], language)
    return [(key, label, key in filters.flags) for key, label in found.items()]


def flags_offered(departments: list[Department]) -> dict[str, str]:
    """Every flag that can be set on some case of these departments; a case may not know each of them."""
    current = Service.objects.filter(department__in=departments).exclude(current=None)
    language = get_language() or "en"
    named = flags_of_services(current.values_list("current_id", flat=True), language)
    return named | flags_of_departments([department.pk for department in departments], language)


def _dues(filters: QueueFilters) -> list[tuple[str, str, bool]]:
    labels = {"late": _("Late"), "today": _("Today"), "week": _("Within a week"), "none": _("No due date")}
    return [(key, label, key == filters.due) for key, label in labels.items()]


def _people(departments: list[Department], filters: QueueFilters) -> list[tuple[str, str, bool]]:
    found = [("me", _("Me"), filters.assigned == "me"), ("nobody", _("Nobody"), filters.assigned == "nobody")]
    people = [(str(each.public_id), each.get_full_name()) for each in colleagues(departments)]
    return found + [(key, name, filters.assigned == key) for key, name in people]


def colleagues(departments: list[Department]) -> list[User]:
    """Who works on cases in these departments, in the order of their names."""
    found = {
        each.pk: each for department in departments for each in people_with(Permission.WORK_CASE, department)
    }
    return sorted(found.values(), key=lambda each: each.get_full_name())
