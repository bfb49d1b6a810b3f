"""What may stand in the log."""

import json

import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured

from portal.config import logs


@pytest.fixture(autouse=True)
def _restored() -> object:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_a_line_is_one_ecs_object_without_the_address_of_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("ecs", "INFO")
    given = {"ip": "192.0.2.7", "user_agent": "Curious/1.0", "request": "GET /work/?q=Haddad", "code": 200}
    structlog.get_logger("a").info("request_finished", **given)
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    written = json.loads(line)
    assert {"@timestamp", "ecs.version", "message", "log.level"} <= set(written)
    assert written["message"] == "request_finished"
    assert written["request"] == "GET /work/"
    assert not any(word in line for word in ("192.0.2.7", "Curious", "Haddad"))


def test_a_plain_line_leaves_out_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("plain", "INFO")
    structlog.get_logger("a").info("request_finished", ip="192.0.2.7", request="GET /work/?q=Haddad")
    line = capsys.readouterr().out
    assert "GET /work/" in line
    assert not any(word in line for word in ("192.0.2.7", "Haddad"))


def test_an_unknown_form_is_refused_with_the_name_of_the_variable() -> None:
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is 'xml'"):
        logs.configure("xml", "INFO")
