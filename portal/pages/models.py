"""Pages that editors keep in Wagtail: home, one for each department, and plain ones such as help."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.pages import views

SAFE_TEXT = ["h2", "h3", "bold", "link", "ol", "ul"]
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]


class LanguageBlock(StructBlock):  # type: ignore[misc]  # Wagtail has no types
    """The text of a page in one language."""

    language = ChoiceBlock(choices=LANGUAGES, default="en")
    heading = CharBlock(max_length=120, required=False)
    text = RichTextBlock(features=SAFE_TEXT)


def in_language(stream: Any) -> dict[str, Any] | None:
    """The block in the reader's language, else the first one; None for an empty stream."""
    blocks = [block.value for block in stream]
    wanted = (get_language() or "en").split("-")[0]
    return next((block for block in blocks if block["language"] == wanted), blocks[0] if blocks else None)


class HomePage(Page):  # type: ignore[misc]
    """The front door: search, and the departments with what they offer."""

    body = StreamField([("language", LanguageBlock())], blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    max_count = 1

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the departments and the search."""
        return views.home(request, in_language(self.body))


class DepartmentPage(RoutablePageMixin, Page):  # type: ignore[misc]
    """The place of one department, and below it a page for each service, drawn from its version."""

    department = models.OneToOneField("departments.Department", on_delete=models.PROTECT, related_name="page")
    body = StreamField([("language", LanguageBlock())], blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    @path("")  # type: ignore[untyped-decorator]
    def department_home(self, request: HttpRequest) -> HttpResponse:
        """What this department offers."""
        return views.department(request, self.department, in_language(self.body))

    @path("<slug:service_key>/")  # type: ignore[untyped-decorator]
    def service(self, request: HttpRequest, service_key: str) -> HttpResponse:
        """What a service is, who needs it, and the way to it."""
        return views.service(request, self.department, service_key)


class ContentPage(Page):  # type: ignore[misc]
    """A plain page, such as help, accessibility or privacy."""

    body = StreamField([("language", LanguageBlock())], blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["pages.HomePage"]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the text in the reader's language."""
        return views.content(request, self.title, in_language(self.body))
