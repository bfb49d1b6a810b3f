"""Calls to other machines: allowed ones only, bounded, and every failure with a word and a hope or none."""

import pytest
from django.core.cache import cache

from engine.calls.breaker import Breaker
from engine.calls.client import MOST_BYTES, Call, send
from engine.calls.failures import CallFailed
from tests.engine.calls.machine import running_machine


@pytest.fixture
def machine(settings):
    settings.CALL_HOSTS, settings.CALL_PRIVATE_ADDRESSES = ["127.0.0.1"], True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    with running_machine() as machine:
        yield machine


def failing(call):
    with pytest.raises(CallFailed) as failed:
        send(call)
    return failed.value


def test_what_is_sent_arrives_and_the_answer_comes_back(machine):
    machine.answers(201, {"number": 7})
    answer = send(Call("POST", machine.address + "/payments?x=1", {"X-Trace": "a"}, b'{"amount": 5}'))
    assert (answer.status, answer.json()) == (201, {"number": 7})
    asked = machine.asked[0]
    assert (asked.method, asked.path, asked.headers["x-trace"]) == ("POST", "/payments?x=1", "a")
    assert asked.data == {"amount": 5}


def test_an_empty_answer_is_no_failure(machine):
    machine.answers(202, b"")
    assert send(Call("POST", machine.address)).json() is None


@pytest.mark.parametrize(
    ("status", "again"),
    [(301, False), (400, False), (404, False), (408, True), (429, True), (500, True), (503, True)],
)
def test_a_status_tells_whether_another_try_may_help(machine, status, again):
    machine.answers(status, {}, Location="http://127.0.0.1/elsewhere")
    failed = failing(Call("GET", machine.address))
    assert (failed.code, failed.again) == (f"http_{status}", again)
    assert len(machine.asked) == 1


def test_a_machine_may_say_when_it_wants_to_be_asked_again(machine):
    machine.answers(503, {}, Retry_After="17")
    assert failing(Call("GET", machine.address)).after_s == 17.0
    machine.answers(503, {}, Retry_After="Wed, 21 Oct 2099 07:28:00 GMT")
    assert failing(Call("GET", machine.address)).after_s == 3600.0
    machine.answers(503, {}, Retry_After="whenever")
    assert failing(Call("GET", machine.address)).after_s is None


def test_nonsense_is_a_failure_that_may_pass(machine):
    machine.answers(200, b"<html>Gateway</html>")
    with pytest.raises(CallFailed) as failed:
        send(Call("GET", machine.address)).json()
    assert (failed.value.code, failed.value.again) == ("not_json", True)


def test_an_answer_without_end_is_cut_off(machine):
    machine.says = lambda asked: (200, b"x" * (MOST_BYTES + 1), {})
    assert failing(Call("GET", machine.address)).code == "too_long"


def test_an_answer_that_trickles_is_too_slow(machine):
    machine.says = lambda asked: (200, b"slow" + b"." * 60, {})
    assert failing(Call("GET", machine.address, timeout_s=0.5)).code == "too_slow"


def test_a_machine_that_is_not_there_is_away(machine):
    assert failing(Call("GET", "http://127.0.0.1:1/")).again
    assert failing(Call("GET", "http://127.0.0.1:1/")).code.startswith("away_")


@pytest.mark.parametrize(
    "address", ["http://intranet/", "ftp://127.0.0.1/", "http://127.0.0.1.nip.example/", "x"]
)
def test_a_machine_that_is_not_on_the_list_is_not_called(machine, address):
    failed = failing(Call("GET", address))
    assert (failed.code, failed.again) == ("not_allowed", False)


def test_a_machine_inside_the_network_is_not_called_although_it_is_on_the_list(machine, settings):
    settings.CALL_PRIVATE_ADDRESSES = False
    assert failing(Call("GET", machine.address)).code == "not_allowed"
    assert machine.asked == []


def test_a_machine_that_is_down_is_left_in_peace_until_it_answers_again(machine):
    machine.answers(500)
    breaker = Breaker(machine.address)
    codes = [failing(Call("GET", machine.address)).code for _ in range(breaker.failures + 2)]
    assert codes == ["http_500"] * breaker.failures + ["resting"] * 2
    assert len(machine.asked) == breaker.failures
    cache.clear()
    machine.answers(500)
    failing(Call("GET", machine.address))
    machine.answers(200)
    send(Call("GET", machine.address))
    assert not breaker.is_open
    machine.answers(500)
    assert failing(Call("GET", machine.address)).code == "http_500"


def test_no_failure_tells_what_was_sent(machine):
    machine.answers(500, {"echo": "19880204-1234"})
    failed = failing(Call("POST", machine.address + "/19880204-1234", body=b"19880204-1234"))
    assert "1234" not in str(failed)
    assert "19880204" not in repr(Call("POST", "http://a", {"k": "19880204"}, b"19880204"))
