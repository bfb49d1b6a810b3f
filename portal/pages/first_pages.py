"""The pages that an installation starts with; what editors made of them is left alone."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site

from engine.departments.models import Department
from portal.pages.models import ContentPage, DepartmentPage, HomePage

Block = dict[str, object]
Texts = dict[str, dict[str, str]]  # language -> heading and text
HELP_TEXTS = Path(__file__).with_name("help_texts.yaml")


def _help_texts() -> dict[str, Texts]:
    found: dict[str, Texts] = yaml.safe_load(HELP_TEXTS.read_text(encoding="utf-8"))
    return found


def _blocks(texts: Texts) -> list[Block]:
    return [{"type": "language", "value": {"language": language, **text}} for language, text in texts.items()]


def _home() -> tuple[HomePage, list[str]]:
    home = HomePage.objects.first()
    if home:
        return home, []
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="Services", slug="services-home", live=True))
    for welcome in root.get_children().exclude(pk=home.pk).filter(slug="home"):
        welcome.delete()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Services"}
    )
    return home, ["home"]


def _department_page(home: HomePage, department: Department) -> None:
    page = home.add_child(
        instance=DepartmentPage(
            title=department.name("en"), slug=department.key, department=department, live=True
        )
    )
    group = Group.objects.filter(name=f"{department.key}:administrator").first()
    if group:  # the department's own administrators edit and publish its page, nobody else's
        for codename in ("change_page", "publish_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )


@transaction.atomic
def publish_first_pages() -> list[str]:
    """Make what is missing and return the slugs of what was made."""
    home, made = _home()
    for slug, texts in _help_texts().items():
        if not ContentPage.objects.child_of(home).filter(slug=slug).exists():
            home.add_child(
                instance=ContentPage(title=texts["en"]["heading"], slug=slug, body=_blocks(texts), live=True)
            )
            made.append(slug)
    for department in Department.objects.filter(page=None).order_by("key"):
        _department_page(home, department)
        made.append(department.key)
    return made
