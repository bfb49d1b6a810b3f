"""Finding a draft of the person who asks, and the addresses of its pages."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from engine.departments.models import User
from portal.citizen.walk import Walk
from portal.shell.reading import settle
from workflows.draft_rows import read_draft
from workflows.models import Draft
from workflows.selectors.versions import version_of


def open_walk(user: User, draft_id: UUID) -> Walk:
    """The draft of this person on its way; somebody else's draft does not exist for them."""
    draft = read_draft(draft_id, user)
    if draft is None:
        raise Http404
    return walk_of(draft)


def unsent_draft(draft_id: UUID) -> Draft | None:
    """A draft that is not sent yet, whoever owns it; for keeping files while its owner is signed out."""
    related = ("owner", "department", "service_version__service", "work_item__process")
    drafts = Draft.objects.select_related(*related).defer(
        "service_version__package", "service_version__service__working"
    )
    return drafts.filter(pk=draft_id, submitted_case=None).first()


def walk_of(draft: Draft) -> Walk:
    """The way through the form of a draft, in the language that its reader wants.

    A correction goes to the fields that the clerk named.
    """
    item = draft.work_item
    named = frozenset(item.data.get("fields", ())) if item else frozenset()
    version = version_of(draft.service_version_id)
    settle(version.package.languages, draft.department.languages, draft.language)
    return Walk(draft, version.start_form, only=named or None)


def sent_or_none(draft: Draft) -> HttpResponse | None:
    """Whoever comes back to a draft that was sent is shown what became of it."""
    if draft.work_item is not None and draft.work_item.finished:
        return redirect("citizen:application", draft.work_item.process.reference)
    return redirect("citizen:sent", draft.pk) if draft.submitted_case_id else None


def address_of_page(draft: Draft, key: str) -> str:
    """Where a page of a draft is."""
    return reverse("citizen:page", args=[draft.pk, key])


def address_of_check(draft: Draft) -> str:
    """Where all answers are looked at before they are sent."""
    return reverse("citizen:check", args=[draft.pk])


def address_to_go_on(walk: Walk) -> str:
    """The first page with something left to do, or the check."""
    unfinished = walk.first_unfinished
    return address_of_page(walk.draft, unfinished) if unfinished else address_of_check(walk.draft)


def application_title(version_id: int, language: str) -> str:
    """What is applied for; the title of the service is the invitation to apply."""
    return version_of(version_id).start_form.form.title.in_(language)
