"""What other systems say to us: how their work came out, and what has happened with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from engine.calls.secrets import SecretMissing, secret
from engine.calls.signatures import NotSigned, check_signature
from engine.departments.access import AccessRefused
from engine.departments.models import Department
from portal.api.bodies import BodyRefused, raw_body, read_json
from workflows.incoming import take_in
from workflows.refusals import AlreadyDecided, ReasonMissing, UnknownOutcome, WorkRefused
from workflows.services.callbacks import Result, call_back
from workflows.services.payments import Result as PaymentResult
from workflows.services.payments import take_payment_message
from workflows.services.system_actions import UnknownCase, Wish, act_as_system

SECRET = "messages"  # noqa: S105 - the name of the secret, `<department>.messages`
NOT_SIGNED = "This message is not signed with the secret that was agreed."
LONGEST_WORD = 2_000
View = Callable[..., JsonResponse]
ANSWERS: dict[Result, tuple[int, str]] = {
    "taken": (200, "Thank you."),
    "twice": (200, "This was said before."),
    "late": (410, "Nobody waits for this any more."),
    "wrong": (422, "This does not say what was agreed."),
    "unknown": (404, "There is no such address."),
}
PAYMENT_ANSWERS: dict[PaymentResult, tuple[int, str]] = {
    "taken": ANSWERS["taken"],
    "twice": ANSWERS["twice"],
    "wrong": ANSWERS["wrong"],
    "unknown": ANSWERS["unknown"],
    "late": (200, "Nothing was to be paid any more. The money is on record, to be paid back."),
    "unsigned": (401, NOT_SIGNED),
}
ACTION_REFUSALS: dict[type[WorkRefused], tuple[int, str, str]] = {
    UnknownCase: (404, "unknown_case", UnknownCase.sentence),
    UnknownOutcome: (409, "wrong_state", "Where the case stands now, this action is not offered."),
    AlreadyDecided: (409, "already_done", "The case has left this state already."),
    ReasonMissing: (422, "reason_missing", 'This action needs a "reason".'),
}


def for_systems(view: View) -> Any:
    """A view that no browser calls: POST only, without session and cookies, its refusals in JSON."""

    @wraps(view)
    def answered(request: HttpRequest, **names: str) -> JsonResponse:
        try:
            return view(request, **names)
        except BodyRefused as refused:
            return _said(refused.status, refused.sentence)

    return csrf_exempt(never_cache(require_POST(answered)))


@for_systems
def callback(request: HttpRequest) -> JsonResponse:
    """The other side of a service call says how it came out."""
    token = request.GET.get("for", "")
    return _said(*ANSWERS[call_back(token=token, data=read_json(raw_body(request)))])


@for_systems
def payment(request: HttpRequest, department: str) -> JsonResponse:
    """A signed message of the payment provider: how a payment to this department came out."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    result = take_payment_message(department=department, headers=headers, body=raw_body(request))
    return _said(*PAYMENT_ANSWERS[result])


@for_systems
def message(request: HttpRequest, department: str, name: str) -> JsonResponse:
    """A signed message for whoever waits for it: {"key": whom it is about, "data": what has happened}."""
    body = raw_body(request)
    message_id = _signed_by(request, department, body)
    found = Department.objects.filter(key=department).first() if message_id else None
    if message_id is None or found is None:
        return _said(401, NOT_SIGNED)
    sent = read_json(body)
    if not isinstance(sent, dict) or not isinstance(sent.get("key", ""), str):
        return _said(400, 'Send an object with a "key" that is a text, and "data".')
    is_new = take_in(
        department=found,
        message_id=message_id,
        name=name.replace("-", "_"),
        key=sent.get("key", ""),
        data=sent.get("data"),
    )
    return _said(202 if is_new else 200, "Thank you." if is_new else "This came before.")


@for_systems
def action(request: HttpRequest, department: str, role: str) -> JsonResponse:
    """Another system acts in the state of a case: {"reference", "action"}, maybe "state" and "reason"."""
    body = raw_body(request)
    message_id = _signed_by(request, department, body, f"actions-{role}")
    found = Department.objects.filter(key=department).first() if message_id else None
    if message_id is None or found is None:
        return _refused(401, "unsigned", NOT_SIGNED)
    wish = _wish(read_json(body))
    try:
        is_new = act_as_system(department=found, role=role, message_id=message_id, wish=wish)
    except AccessRefused:
        return _refused(403, "wrong_role", "The role of this system may not take this action.")
    except WorkRefused as refused:
        known = next((said for kind, said in ACTION_REFUSALS.items() if isinstance(refused, kind)), None)
        return _refused(*(known or (409, "refused", str(refused))))
    return _said(200, "Thank you." if is_new else "This came before.")


def _wish(sent: Any) -> Wish:
    """What was asked for; raises BodyRefused."""
    sent = sent if isinstance(sent, dict) else {}
    words = {name: sent.get(name, "") for name in ("reference", "action", "state", "reason")}
    if not all(isinstance(word, str) and len(word) <= LONGEST_WORD for word in words.values()):
        raise BodyRefused(400, f"Send texts of at most {LONGEST_WORD} characters.")
    if not words["reference"] or not words["action"]:
        raise BodyRefused(400, 'Send an object with "reference" and "action".')
    return Wish(**words)


def _signed_by(request: HttpRequest, department: str, body: bytes, name: str = SECRET) -> str | None:
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        key = secret(department, name)
        return check_signature(key, headers, timezone.now().timestamp(), body)
    except (SecretMissing, NotSigned):
        return None


def _said(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"message": sentence}, status=status)


def _refused(status: int, code: str, sentence: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": sentence}, status=status)
