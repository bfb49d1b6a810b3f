"""A clear page and 503 while the database, Redis, a store or the key of sensitive answers is away."""

import logging
import re
import sys
from collections.abc import Callable

import redis.exceptions
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from engine.core.sealing import SealingFailed
from engine.documents.regions import RegionRefused
from engine.documents.storage import StoreAway
from engine.site.mode import was_refused
from portal.config import read_only
from portal.shell import errors
from workflows.unit import Unresolvable

log = logging.getLogger(__name__)
OUTAGES: tuple[type[Exception], ...] = (
    OperationalError,
    InterfaceError,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
    StoreAway,
)
DEEPEST_CAUSE = 10
# PostgreSQL tells a client that it lets not in no code, only words, and these in its own language
NOT_LET_IN = re.compile(
    r"authentication failed|not permitted to log in|role .* does not exist|no password supplied"
)
S3_REFUSALS = {"403", "AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch"}


def is_outage(problem: BaseException | None) -> bool:
    """Whether a server behind us is away, or this problem was caused by one that is."""
    for _depth in range(DEEPEST_CAUSE):
        if problem is None:
            return False
        if isinstance(problem, OUTAGES):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def refuses_the_secret(problem: BaseException) -> bool:
    """Whether a server behind us is there, and does not believe who we are."""
    if isinstance(problem, StoreAway):
        return str(problem) in S3_REFUSALS
    if isinstance(problem, OperationalError):
        return bool(NOT_LET_IN.search(str(problem)))
    return isinstance(problem, redis.exceptions.AuthenticationError)


def server_error(request: HttpRequest) -> HttpResponse:
    """The handler for 500; a problem in the middleware around the views arrives only here."""
    problem = sys.exc_info()[1]
    if isinstance(problem, SealingFailed):
        return _sealed(request, problem)
    if was_refused(problem):
        return read_only.refused(request)
    return _away(request, problem) if is_outage(problem) else errors.server_error(request)


def _away(request: HttpRequest, problem: BaseException | None) -> HttpResponse:
    # which department may not write where is for whoever set it so; it names no person
    said = problem if isinstance(problem, RegionRefused) else type(problem).__name__
    if isinstance(problem, StoreAway) and said is not problem:
        said = f"{said} ({problem})"  # a word of S3 or of the file system, such as ENOSPC
    refused = problem is not None and refuses_the_secret(problem)
    log.error("a server behind us %s: %s", "refuses our secret" if refused else "is away", said)
    return errors.unavailable(request)


def _sealed(request: HttpRequest, problem: SealingFailed) -> HttpResponse:
    log.error("sensitive answers: %s", problem)  # names a key and a place, never a value
    return errors.protected(request)


class OutageMiddleware:
    """Turns the loss of a server behind us into a page that says so; asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django when a view raised."""
        if isinstance(exception, SealingFailed):
            return _sealed(request, exception)
        if isinstance(exception, Unresolvable):
            log.error("a case whose workflow is missing: %s", exception)  # names a version, never a person
            return errors.no_workflow(request)
        return _away(request, exception) if is_outage(exception) else None
