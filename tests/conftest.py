"""The cast: the same people and departments in every test; a room adds its own fixtures beside its tests."""

import gc
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from typing import Any

import hypothesis
import pytest
from django.conf import settings as all_settings
from django.contrib.auth.hashers import make_password
from django.utils import translation
from hypothesis import HealthCheck

from engine.departments import access
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.site import mode
from tests.databases import watch_connections
from tests.emptying import tables_emptied_quickly
from workflows.services import packages
from workflows.unit import keys
from workflows.walking import proving

_folders = count()
PASSWORD = "a long and quiet river"
Person = Callable[..., User]
# a busy machine is no reason to fail
hypothesis.settings.register_profile("caseway", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("caseway")


def pytest_configure() -> None:
    """Hash passwords fast and ask no second factor, for few tests are about that; know all connections."""
    all_settings.STAFF_SECOND_FACTOR = False
    all_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    watch_connections()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Look at a page in one language at each width; the other two pairs of both are left to the slow set."""
    pairs: dict[str, dict[frozenset[str], pytest.Item]] = {}
    for item in items:
        name, _, words = item.nodeid.rstrip("]").partition("[")
        pairs.setdefault(name, {})[frozenset(words.replace("desktop", "desk").split("-"))] = item
    for found in pairs.values():
        if found.keys() >= {frozenset(("desk", "en")), frozenset(("phone", "ar"))}:
            for other in (("desk", "ar"), ("phone", "en")):
                if (item := found.get(frozenset(other))) is not None:
                    item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported and collected stays to the end: the collector of garbage need not look at it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly() -> Iterator[None]:
    with tables_emptied_quickly():
        yield


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Documents of a test lie in its own folder, which the first of them makes."""
    folder = tmp_path_factory.getbasetemp() / f"documents-{next(_folders)}"
    monkeypatch.setitem(all_settings.DOCUMENT_STORES["nas"], "folder", str(folder))


@pytest.fixture(autouse=True)
def _the_site_is_known_to_be_normal(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no look at the switch falls into a count of queries; who turns the switch forgets this."""
    monkeypatch.setattr(mode, "_known", mode._Known(until=float("inf")))


@pytest.fixture(autouse=True)
def _no_walk_at_publishing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of tests publish, and a walk takes half a second; tests/workflows/walking is about it."""
    kept = [proof for proof in packages.proofs if proof is not proving.prove_by_walking]
    monkeypatch.setattr(packages, "proofs", kept)


@pytest.fixture(autouse=True)
def _nothing_is_left_of_the_test_before() -> None:
    """Neither the language of its last page nor a rest of keys that would end within a count of queries."""
    translation.deactivate()
    keys._free.clear()


@pytest.fixture
def today() -> date:
    """A working day: Thursday."""
    return date(2026, 11, 26)


def _department(key: str, icon: str, brand: str, **title: str) -> Any:
    """The fixture of a department."""

    @pytest.fixture
    def department(db: None) -> Department:
        return Department.objects.create(
            key=key,
            title=title,
            icon=icon,
            brand=brand,
            languages=["en", "fr", "ar"],
            time_zone="Europe/Lisbon",
            address={"en": "4 Harbour Street"},
            telephone="555 0100",
            country_line={"en": "Republic of Northhaven"},
        )

    return department


licensing = _department("licensing", "store", "#17405c", en="Licensing Department", fr="Service des licences")
registry = _department("registry", "landmark", "#5a2433", en="Civil Registry", fr="État civil")
works = _department("works", "shopping-cart", "#1f4d2b", en="Public Works", fr="Travaux publics")


@pytest.fixture
def person(db: None) -> Person:
    """Makes a person, with a role or without: person("Ada Lovelace", Role.CLERK, licensing)."""
    hashed = make_password(PASSWORD)

    def make(
        name: str, role: Role | None = None, department: Department | None = None, **fields: Any
    ) -> User:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        user = User.objects.create(email=email, name=name, password=hashed, **fields)
        if role is not None and department is not None:
            access.grant_role(user, role, department)
        return user

    return make


def _member(name: str, role: Role | None = None, department: str = "licensing", **fields: Any) -> Any:
    """The fixture of one member of the cast."""

    @pytest.fixture
    def member(person: Person, request: pytest.FixtureRequest) -> User:
        return person(name, role, request.getfixturevalue(department) if role else None, **fields)

    return member


citizen = _member("Leila Haddad")
other_citizen = _member("Ravi Menon")  # must not see what the first one sent
clerk = _member("Noor Amari", Role.CLERK)
second_clerk = _member("Karim Bello", Role.CLERK)
supervisor = _member("Ines Rocha", Role.SUPERVISOR)
second_supervisor = _member("Tomas Lind", Role.SUPERVISOR)
foreign_clerk = _member("Olga Petrov", Role.CLERK, "registry")  # must be refused everywhere
designer = _member("Dana Weiss", Role.DESIGNER)
publisher = _member("Paul Okoro", Role.PUBLISHER)
administrator = _member("Amal Nasser", Role.ADMINISTRATOR)
auditor = _member("Hugo Brandt", Role.AUDITOR)
outsider = _member("Eva Stone", is_staff=True)  # staff without a role anywhere
