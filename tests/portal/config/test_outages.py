"""A server behind us is away: the answer is 503 and says that nothing is lost."""

import pytest
import redis.exceptions
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from redis.exceptions import AuthenticationError

from engine.core.sealing import UnknownKey
from engine.documents.storage import StoreAway, StoreFull
from portal.config import outages
from portal.config.outages import OutageMiddleware, is_outage
from workflows.unit import Unresolvable


def _database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a mistake of ours")


def _sealed(request: HttpRequest) -> HttpResponse:
    raise UnknownKey("old")


def _without_workflow(request: HttpRequest) -> HttpResponse:
    raise Unresolvable("service 12 has no version 3")


urlpatterns = [
    path("away/", _database_away),
    path("broken/", _broken),
    path("sealed/", _sealed),
    path("lost/", _without_workflow),
]
handler500 = "portal.config.outages.server_error"


@pytest.mark.parametrize(
    "problem",
    [
        OperationalError("x"),
        InterfaceError("x"),
        redis.exceptions.ConnectionError("x"),
        redis.exceptions.TimeoutError(),
    ],
)
def test_each_loss_is_recognised(problem: Exception) -> None:
    assert is_outage(problem)


def test_a_loss_behind_another_problem_is_recognised() -> None:
    outer = ValueError("while reading")
    outer.__cause__ = OperationalError("gone")
    assert is_outage(outer)
    assert not is_outage(ValueError("nonsense"))
    assert not is_outage(None)


def test_a_view_that_loses_the_database_answers_503_with_a_time_to_come_back() -> None:
    page = OutageMiddleware(lambda request: HttpResponse()).process_exception(
        RequestFactory().get("/x/"), OperationalError("gone")
    )
    assert page is not None
    assert page.status_code == 503
    assert page["Retry-After"]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (StoreFull("ENOSPC"), "is away: StoreFull (ENOSPC)"),
        (StoreAway("EROFS"), "is away: StoreAway (EROFS)"),
        (StoreAway("RequestTimeTooSkewed"), "is away: StoreAway (RequestTimeTooSkewed)"),
        (StoreAway("InvalidAccessKeyId"), "refuses our secret: StoreAway (InvalidAccessKeyId)"),
        (AuthenticationError(), "refuses our secret: AuthenticationError"),
        (OperationalError("password of me: x"), "is away: OperationalError"),
    ],
)
def test_the_log_says_what_is_full_read_only_late_or_refused(
    problem: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = OutageMiddleware(lambda request: HttpResponse()).process_exception(
        RequestFactory().get("/x/"), problem
    )
    assert page is not None
    assert page.status_code == 503
    assert caplog.messages[0] == f"a server behind us {said}"


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_a_loss_outside_the_views_also_answers_503_and_a_mistake_500() -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/away/").status_code == 503
    assert client.get("/broken/").status_code == 500
    assert outages.DEEPEST_CAUSE > 1


@override_settings(ROOT_URLCONF=__name__)
def test_a_missing_key_of_sensitive_answers_is_a_clear_page(caplog: pytest.LogCaptureFixture) -> None:
    answer = Client(raise_request_exception=False).get("/sealed/")
    assert answer.status_code == 503
    assert "protected answers" in answer.content.decode()
    assert '"old"' in caplog.text


@override_settings(ROOT_URLCONF=__name__)
def test_a_case_whose_workflow_is_missing_is_a_clear_page_and_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = Client(raise_request_exception=False).get("/lost/")
    assert answer.status_code == 409
    assert "does not have the workflow of this case" in answer.content.decode()
    assert "service 12 has no version 3" in caplog.text
