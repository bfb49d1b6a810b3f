"""Designs are kept by Wagtail and reached by no page of Wagtail's, which would ask nobody whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import ModelLogEntry, Revision
from wagtail.snippets.models import get_snippet_models

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import KEPT_REVISIONS, open_design, save_design
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from portal.pages.first_pages import publish_first_pages
from tests.conftest import Person
from workflows.models import Service


@pytest.fixture
def designer(person: Person, licensing: Department) -> User:
    """Somebody who designs."""
    return person("Dora Design", Role.DESIGNER, licensing)


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service with two revisions of its design."""
    made = create_service(
        department=licensing,
        by=designer,
        key="dogs",
        title="Secret dogs",
        languages=["en"],
        template="check",
    )
    design = open_design(service=made, by=designer)
    document = {**design.document, "summary": "New"}
    save_design(service=made, by=designer, base=str(design.latest_revision_id), document=document)
    return made


def every_address(patterns: Any) -> Iterator[str]:
    """The names of all addresses with the rooms they are in."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from (f"{pattern.namespace or ''}:{name}" for name in every_address(pattern.url_patterns))
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def test_no_page_of_wagtail_leads_to_a_design() -> None:
    assert ServiceDesign not in get_snippet_models()
    names = list(every_address(get_resolver().url_patterns))
    assert len(names) > 200
    assert [name for name in names if "servicedesign" in name.lower()] == []


def test_wagtails_reports_and_lists_do_not_name_the_services_of_others(
    service: Service, client: Client, person: Person, works: Department
) -> None:
    publish_first_pages()  # where tables were emptied before, Wagtail has no page to begin at
    stranger = person("Stan Stranger", Role.ADMINISTRATOR, works, is_superuser=True)
    client.force_login(stranger)
    assert not ModelLogEntry.objects.exists()
    for address in ("/cms/", "/cms/reports/site-history/", "/cms/reports/workflow/"):
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 403, 404)
        assert b"Secret dogs" not in answer.content
        assert b"design of" not in answer.content


def every_path(patterns: Any, before: str = "") -> Iterator[str]:
    """The addresses of the site as they are written, with the names of what is filled in."""
    for pattern in patterns:
        written = before + simplify_regex(str(pattern.pattern)).removeprefix("/")
        if isinstance(pattern, URLResolver):
            yield from every_path(pattern.url_patterns, written)
        else:
            yield written


def test_no_address_of_the_site_shows_a_design_to_the_administrator_of_another_department(
    service: Service, client: Client, person: Person, works: Department
) -> None:
    """Whatever takes a key is tried with those of the design, its revision, and its kind of content."""
    publish_first_pages()
    stranger = person("Stan Stranger", Role.ADMINISTRATOR, works, is_superuser=True, is_staff=True)
    client.force_login(stranger)
    client.raise_request_exception = False  # a page that fails on a key of another kind shows nothing
    design = ServiceDesign.objects.get()
    kind = ContentType.objects.get_for_model(ServiceDesign).pk
    names = {"app_label": "designer", "model_name": "servicedesign", "department_key": "licensing"}
    names |= {"key": service.key, "content_type_id": str(kind), "revision_id": str(design.latest_revision_id)}
    shown, tried = [], 0
    for path in sorted(set(every_path(get_resolver().url_patterns))):
        if "<" not in path or path.startswith(("static", "media")):
            continue
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: names.get(found[1], str(design.pk)), path)
        answer = client.get(f"/{filled}", follow=False)
        tried += answer.status_code != 404
        if b"Secret dogs" in answer.getvalue() or "servicedesign" in answer.get("Location", ""):
            shown.append(filled)
    assert shown == []
    assert tried > 50  # most of what takes a key exists, and was reached


def test_every_change_is_a_revision_with_its_author(service: Service, designer: User) -> None:
    design = ServiceDesign.objects.get()
    newest = design.revisions.order_by("-pk").first()
    assert design.revisions.count() == 2
    assert newest.user == designer
    assert newest.content["document"]["summary"] == "New"
    assert str(design) == f"design of {service.pk}"


def test_the_oldest_revisions_are_given_up(
    service: Service, designer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.designer.designs.KEPT_REVISIONS", 3)
    assert KEPT_REVISIONS > 100
    for number in range(6):
        design = open_design(service=service, by=designer)
        document = {**design.document, "summary": f"Number {number}"}
        save_design(service=service, by=designer, base=str(design.latest_revision_id), document=document)
    assert Revision.objects.count() == 3
    assert open_design(service=service, by=designer).document["summary"] == "Number 5"
