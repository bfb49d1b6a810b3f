"""The calls of the designer's client about the library of the department; each answers with the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.designer.library import (
    LONGEST_NAME,
    MOST_PARTS,
    LibraryFull,
    NameTaken,
    NoSuchPart,
    NotForLibrary,
    drop_part,
    keep_part,
    parts_of,
    rename_part,
)
from portal.designer.posted_json import BadPost, Posted, json_view, number_in, text_in
from portal.designer.rights import person
from workflows.models import Service


@require_POST
@json_view
def keep(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Keep what was chosen under a name."""
    return _done(
        service,
        lambda: keep_part(
            department=service.department,
            by=person(request),
            what=text_in(posted, "what"),
            name=text_in(posted, "name"),
            items=posted.get("items"),
        ),
    )


@require_POST
@json_view
def rename(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Call a part something else."""
    part, name = number_in(posted, "id", 2**62), text_in(posted, "name")
    return _done(
        service,
        lambda: rename_part(department=service.department, by=person(request), part_id=part, name=name),
    )


@require_POST
@json_view
def drop(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Take a part out of the library."""
    part = number_in(posted, "id", 2**62)
    return _done(service, lambda: drop_part(department=service.department, by=person(request), part_id=part))


def _done(service: Service, act: Callable[[], object]) -> dict[str, Any]:
    try:
        act()
    except NameTaken:
        raise BadPost(
            _("The library has something of this name. Choose another."), "name_taken", 409
        ) from None
    except LibraryFull:
        sentence = _("The library holds {most} parts already. Delete one first.").format(most=MOST_PARTS)
        raise BadPost(sentence, "full", 409) from None
    except NotForLibrary:
        sentence = _(
            "Give it a name of at most {most} characters; this must be questions, pages or steps."
        ).format(most=LONGEST_NAME)
        raise BadPost(sentence, "not_for_library", 422) from None
    except NoSuchPart:
        raise BadPost(_("This is not in the library any more."), "not_found", 404) from None
    return {"library": parts_of(service.department)}
