"""Fixtures: the three services of the demonstration, published, and people who use them through the verbs."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents.models import Document
from engine.documents.storing import store_bytes
from forms_library.answers import PageResult
from workflows.models import Case, Draft, Service, WorkItem
from workflows.services import import_package, publish, save_page, start_draft, submit
from workflows.services.package_text import read_package

PACKAGES = Path(__file__).resolve().parents[2] / "fixtures" / "packages"
EXTRACT = {
    "applicant_name": "Leila Haddad",
    "applicant_birth_date": "1988-02-02",
    "applicant_national_id": "880202114471",
    "residence": {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213"},
    "living_since": "2019-09-01",
    "purpose": "bank",
    "declared": True,
}


def text_of(path: str) -> str:
    """A package of the demonstration."""
    return (PACKAGES / path).read_text(encoding="utf-8")


@cache
def package_of(path: str) -> dict[str, Any]:
    """The same, read once; nobody changes it."""
    return read_package(text_of(path))


@pytest.fixture
def founder(
    person: Callable[..., User], licensing: Department, registry: Department, works: Department
) -> User:
    """Who publishes in every department."""
    user = person("Sara Vance", Role.ADMINISTRATOR, licensing)
    grant_role(user, Role.ADMINISTRATOR, registry)
    grant_role(user, Role.ADMINISTRATOR, works)
    return user


def _service(path: str, department: str) -> Any:
    @pytest.fixture
    def service(founder: User, request: pytest.FixtureRequest) -> Service:
        owner = request.getfixturevalue(department)
        report = import_package(source=package_of(path), department=owner, by=founder)
        publish(service=report.service, by=founder)
        report.service.refresh_from_db()
        return report.service

    return service


licence = _service("licensing/trade-licence.yaml", "licensing")
extract = _service("registry/residence-extract.yaml", "registry")
purchase = _service("works/purchase-approval.yaml", "works")


@pytest.fixture
def plan(licensing: Department, citizen: User) -> Document:
    """A picture that the citizen has uploaded."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    return store_bytes(
        picture.getvalue(), name="plan.png", content_type="image/png", department=licensing, owner=citizen
    )


@pytest.fixture
def licence_answers(plan: Document) -> dict[str, Any]:
    """A complete application for a trade licence."""
    return {
        "applicant_name": "Leila Haddad",
        "applicant_birth_date": "1988-02-02",
        "applicant_national_id": "880202114471",
        "business_name": "Green Basket Ltd",
        "legal_form": "company",
        "company_number": "NH-204817",
        "people_working": 3,
        "premises": {"line_1": "3 Mill Lane", "town": "Old Harbour", "postcode": "40213"},
        "tenure": "rent",
        "first_day": "2099-01-14",
        "trade": "goods",
        "goods_sold": "Fruit and flowers",
        "plan": {
            "document": str(plan.pk),
            "name": plan.name,
            "size": plan.size,
            "type": plan.content_type,
        },
        "declared": True,
    }


@pytest.fixture
def fill() -> Callable[..., Draft]:
    """Starts a draft and fills it in."""

    def make(user: User, service: Service, answers: dict[str, Any]) -> Draft:
        draft = start_draft(user, service, "en")
        return save_page(draft, "about_you", PageResult(answers, {}, []), revision=draft.revision, by=user)

    return make


@pytest.fixture
def apply(fill: Callable[..., Draft]) -> Callable[..., Case]:
    """Sends an application."""

    def make(user: User, service: Service, answers: dict[str, Any]) -> Case:
        return submit(fill(user, service, answers), by=user)

    return make


@pytest.fixture
def extract_case(apply: Callable[..., Case], citizen: User, extract: Service) -> Case:
    """An application for an extract, just sent."""
    return apply(citizen, extract, EXTRACT)


@pytest.fixture
def licence_case(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> Case:
    """An application for a trade licence, just sent."""
    return apply(citizen, licence, licence_answers)


@pytest.fixture
def item_at() -> Callable[[Case, str], int]:
    """The key of the open work item of a case at a step."""
    return lambda case, node: WorkItem.objects.get(process=case, node_key=node, finished=None).pk
