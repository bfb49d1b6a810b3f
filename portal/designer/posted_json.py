"""What the client of the designer posts, read with suspicion, and the answers to what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from engine.core.problems import DefinitionRefused, Problem
from engine.departments.access import AccessRefused
from engine.departments.models import User
from portal.designer.designs import Conflicting, NoSuchRevision, NotComplete, NothingAsked
from portal.designer.locking import DesignLocked
from portal.designer.problem_lines import problem_lines
from portal.designer.rights import find_service
from workflows.models import Service
from workflows.services.refusals import NotApproved, NothingToPublish, OwnRequest, ReasonMissing, WorkRefused

LARGEST = 4_000_000  # bytes; the largest real package we know has 300,000
DEEPEST = 60
MOST_PARTS = 200_000
Posted = dict[str, Any]
Handler = Callable[[HttpRequest, Service, Posted], dict[str, Any]]


class BadPost(Exception):
    """What was posted cannot be used; the sentence says why."""

    def __init__(self, sentence: str, code: str = "bad_request", status: int = 400) -> None:
        self.sentence, self.code, self.status = sentence, code, status
        super().__init__(sentence)


def json_view(handler: Handler) -> Callable[..., HttpResponse]:
    """A view of one service that takes and gives JSON, whatever is posted and whoever posts it."""

    @wraps(handler)
    def view(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
        try:
            return JsonResponse(_handled(handler, request, department_key, key))
        except BadPost as bad:
            return refusal(bad.sentence, bad.code, bad.status)
        except Http404:
            return refusal(_("There is no such service here."), "not_found", 404)
        except AccessRefused:
            return refusal(_("You may not do this in this department."), "forbidden", 403)
        except DesignLocked as locked:
            return refusal(locked.sentence, "locked", 423)
        except NoSuchRevision:
            return refusal(_("What you started from is not kept any more. Reload the page."), "no_base", 409)
        except NothingAsked:
            return refusal(_("Nobody asks to publish this now. Reload the page."), "nothing_asked", 409)
        except (NothingToPublish, NotApproved, OwnRequest, ReasonMissing) as refused:
            return _not_published(refused)
        except NotComplete as found:
            return _incomplete(found.problems)
        except DefinitionRefused as refused:
            return _incomplete(list(refused.problems))
        except Conflicting as conflicting:
            return JsonResponse(conflict(conflicting), status=409)

    return view


def _handled(handler: Handler, request: HttpRequest, department_key: str, key: str) -> dict[str, Any]:
    if not isinstance(request.user, User):
        raise BadPost(
            _("You are signed out. Sign in again in another tab; your work is kept here."), "signed_out", 401
        )
    service = find_service(request, department_key, key)
    return handler(request, service, posted(request) if request.method == "POST" else {})


def refusal(sentence: str, code: str, status: int) -> JsonResponse:
    """The answer to what is refused."""
    return JsonResponse({"error": {"sentence": sentence, "code": code}}, status=status)


def _not_published(refused: WorkRefused) -> JsonResponse:
    """Why something is neither published nor approved."""
    if isinstance(refused, NotApproved):
        words = {"given": refused.given, "needed": refused.needed}
        sentence = _(
            "{given} of {needed} approvals are given. It can be published when all are, and nobody refuses."
        )
        return refusal(sentence.format(**words), "not_approved", 422)
    if isinstance(refused, OwnRequest):
        return refusal(_("You asked for this publication, so somebody else approves it."), "own_request", 403)
    if isinstance(refused, ReasonMissing):
        return refusal(_("Say why you refuse."), "reason", 422)
    return refusal(_("There is nothing to publish."), "nothing", 422)


def _incomplete(problems: list[Problem]) -> JsonResponse:
    sentence = _("There is something to mend before this can be published.")
    error = {"sentence": sentence, "code": "problems"}
    return JsonResponse({"error": error, "problems": problem_lines(problems)}, status=422)


def conflict(found: Conflicting) -> dict[str, Any]:
    """Both sides of what two people changed, so that the second can choose."""
    by = found.design.changed_by.get_full_name() if found.design.changed_by else ""
    return {
        "error": {"sentence": _("Somebody else changed the same part."), "code": "conflict"},
        "conflicts": [
            {"path": list(one.path), "base": one.base, "theirs": one.theirs, "mine": one.mine, "by": by}
            for one in found.conflicts
        ],
        "revision": str(found.design.latest_revision_id),
        "document": found.document,
    }


def posted(request: HttpRequest) -> Posted:
    """The JSON object of a request; raises BadPost."""
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (LARGEST + 1)
    if len(body) > LARGEST:
        raise BadPost(_("This is too large for a service."), "too_large", 413)
    try:
        found = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadPost(_("This is not JSON.")) from None
    if not isinstance(found, dict):
        raise BadPost(_("This is not a JSON object."))
    _refuse_unstorable(found)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _refuse_unstorable(found: Any) -> None:
    """Depth, number of parts, and characters that no database keeps."""
    waiting, parts = [(found, 1)], 0
    while waiting:
        value, depth = waiting.pop()
        parts += 1
        if depth > DEEPEST or parts > MOST_PARTS:
            raise BadPost(_("This is nested too deeply, or has too many parts."), "too_large", 413)
        if isinstance(value, dict):
            waiting += [(name, depth + 1) for name in value] + [(one, depth + 1) for one in value.values()]
        elif isinstance(value, list):
            waiting += [(one, depth + 1) for one in value]
        elif isinstance(value, str) and any(
            letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value
        ):
            raise BadPost(_("A text holds characters that cannot be stored."))
        elif isinstance(value, int) and abs(value) > 10**18:
            raise BadPost(_("A number is too large."))


def document_in(posted_: Posted, name: str = "document") -> dict[str, Any]:
    """The document that was posted; raises BadPost."""
    document = posted_.get(name)
    if not isinstance(document, dict):
        raise BadPost(_("The document is missing."))
    return document


def text_in(posted_: Posted, name: str, most: int = 500) -> str:
    """A short text that was posted; empty when there is none."""
    value = posted_.get(name, "")
    return value.strip()[:most] if isinstance(value, str) else ""


def number_in(posted_: Posted, name: str, most: int = 1_000_000) -> int:
    """A whole number from 1 on that was posted; 1 when there is none."""
    value = posted_.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most else 1
