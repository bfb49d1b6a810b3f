"""What steps that call other machines share: addresses, what is sent, what is kept of an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from pydantic import AfterValidator, Field, StringConstraints

from engine.calls.client import Answer
from engine.calls.failures import CallFailed, failure_of
from engine.core.problems import Problems
from engine.core.rehearsal import rehearsal
from engine.core.rules import Kind, Outcome, Rule, Scalar
from workflows.facts import facts_of
from workflows.job_step import Reply
from workflows.node_type import Surroundings
from workflows.parts import Part
from workflows.worked_out import WorkedOut

REFERENCE = "reference"
LONGEST_TEXT = 10_000
_PLACE = re.compile(r"\{([^{}]*)\}")
_SIGNER = Signer(salt="workflows.callback")


def _readable(address: str) -> str:
    parts = urlsplit(_PLACE.sub("x", address))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("Give an address that begins with https:// and names a machine.")
    if "{" in urlsplit(address).netloc:
        raise ValueError("The name of the machine is fixed; only the path may hold {names}.")
    return address


Address = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_readable)]
Pointer = Annotated[str, StringConstraints(pattern=r"^(/([^~/]|~[01])*)*$", max_length=200)]
SecretName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=80)]


class Kept(Part):
    """One value that is taken from an answer."""

    type: Scalar = Field(title="Kind of value")
    at: Pointer = Field(title="Where", description="A JSON pointer, for example /payment/status")
    data_class: Literal["personal", "sensitive"] = Field(default="personal", title="Data class")


def kinds_kept(keep: Mapping[str, Kept]) -> dict[str, Kind]:
    """What rules find under each name."""
    return {name: part.type for name, part in keep.items()}


def check_address(
    address: str, send: Mapping[str, WorkedOut], around: Surroundings, problems: Problems
) -> None:
    """Note names in an address that nothing fills in, and sensitive values that logs would hold."""
    for name in _PLACE.findall(address):
        if name != REFERENCE and name not in send:
            known = ", ".join(f"{{{each}}}" for each in (REFERENCE, *send))
            problems.mend("unknown_place", f'Nothing fills in "{{{name}}}". Known are {known}.')
        elif name in send and send[name].data_class == "sensitive":
            problems.mend("sensitive", f'"{{{name}}}" is sensitive, and addresses stand in logs.')
    if urlsplit(address).hostname not in settings.CALL_HOSTS:
        host = urlsplit(address).hostname
        problems.look("not_allowed", f"This installation does not call {host} yet; its operator allows it.")


def asked(rules: Mapping[str, Rule], job: Any, schema: Any) -> dict[str, Any]:
    """What is sent, as JSON knows it; a value that is not known is left out. Raises CallFailed on a fault."""
    facts = facts_of(job.case, schema, job)
    return {name: _plain(rule.run(facts)) for name, rule in rules.items() if _known(rule.run(facts))}


def _known(outcome: Outcome) -> bool:
    if outcome.fault:
        raise CallFailed("rule_fault", again=False)
    return outcome.known


def _plain(outcome: Outcome) -> Any:
    value = outcome.value
    if isinstance(value, Decimal):  # at most fifteen digits, which a double holds exactly
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def filled_in(address: str, values: Mapping[str, Any], reference: str) -> str:
    """The address with its names filled in, each staying in its place."""
    known = {**values, REFERENCE: reference}
    return _PLACE.sub(lambda found: quote(str(known.get(found[1], "")), safe=""), address)


def as_body(values: Any) -> bytes:
    """JSON that is ready to send."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def kept_of(keep: Mapping[str, Kept], data: Any) -> dict[str, Any]:
    """What is kept of an answer; what it lacks has no value. Raises CallFailed where it does not fit."""
    found = {name: _value(part.type, _at(data, part.at)) for name, part in keep.items()}
    return {name: value for name, value in found.items() if value is not None}


def _at(data: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901), None where there is nothing."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and key.isdecimal() and len(key) < 9 and int(key) < len(data):
            data = data[int(key)]
        else:
            return None
    return data


def _value(kind: Scalar, given: Any) -> Any:
    if given is None or given == "":
        return None
    try:
        return _READERS[kind](given)
    except (ValueError, TypeError, InvalidOperation):
        raise CallFailed("unexpected_answer", again=False) from None


def _text(given: Any) -> str:
    if not isinstance(given, str | int | float) or isinstance(given, bool) or len(str(given)) > LONGEST_TEXT:
        raise TypeError
    return _clean(str(given))


def _clean(text: str) -> str:
    text.encode()  # a lone surrogate is refused
    return text.replace("\0", "")


def _integer(given: Any) -> int:
    number = _number(given)
    if number != number.to_integral_value() or abs(number) >= 2**63:
        raise ValueError
    return int(number)


def _number(given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise TypeError
    number = Decimal(str(given))
    if not number.is_finite() or len(number.as_tuple().digits) > 15 or abs(number.adjusted()) > 15:
        raise ValueError
    return number


def _yes_no(given: Any) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _choices(given: Any) -> list[str]:
    if not isinstance(given, list) or len(given) > 200:
        raise TypeError
    return [_text(each) for each in given]


_READERS: Mapping[Scalar, Any] = {
    "text": _text,
    "integer": _integer,
    "decimal": lambda given: f"{_number(given):f}",
    "yes_no": _yes_no,
    "date": lambda given: date.fromisoformat(given[:10]).isoformat(),
    "choices": _choices,
}


def callback_address(item_id: int) -> str:
    """Where the other side says how it came out: not to be guessed, and logs leave out what follows the ?."""
    return f"{settings.PUBLIC_ADDRESS}/api/callbacks/?for={quote(callback_token(item_id))}"


def callback_token(item_id: int) -> str:
    """What names a work item to the other side, and cannot be made up."""
    return _SIGNER.sign(str(item_id))


def item_of_callback(token: str) -> int | None:
    """The work item of a callback address; None for anything else."""
    try:
        return int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


def note_call(step: str, method: str, address: str, body: bytes) -> None:
    """While a workflow is tried out: keep what would have been sent."""
    if running := rehearsal():
        running.note("call", {"step": step, "method": method, "address": address, "body": body.decode()})


def pretended_answer(reply: Reply) -> Answer:
    """The answer of another machine as a person made it up; raises CallFailed where there is none."""
    if reply.failure:
        raise CallFailed(reply.failure, again=False)
    failed = failure_of(reply.status, None)
    if failed is not None:
        raise CallFailed(failed.code, again=False)
    return Answer(reply.status, {}, b"" if reply.body is None else as_body(reply.body))
