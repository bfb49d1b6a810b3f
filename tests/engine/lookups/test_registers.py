"""Registers over HTTP: found, kept for a while, not found, down, slow, and never inside the network."""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache

from engine.core.sealing import MARK
from engine.lookups.client import LookupAway
from engine.lookups.registers import FAILURES, look_up


class Register(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        answer = {"/slow": self.slow, "/far": self.far, "/broken": self.broken, "/page": self.page}
        answer.get(self.path.rpartition("/")[0], self.found)()

    def found(self):
        known = {"/companies/1": {"name": "Olive Ltd"}, "/companies/a%2Fb": {"name": "A to B"}}.get(self.path)
        self.say(200 if known else 404, json.dumps(known))

    def slow(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def far(self):
        self.say(302, "", Location="http://127.0.0.1/companies/1")

    def broken(self):
        self.say(500, "")

    def page(self):
        self.say(200, "<html>")

    def say(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def register(settings):
    settings.LOOKUP_HOSTS, settings.LOOKUP_PRIVATE_ADDRESSES, settings.LOOKUP_TIMEOUT_S = (
        ["127.0.0.1"],
        True,
        0.5,
    )
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    Register.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_key_is_found_and_asked_only_once(register):
    assert look_up(register + "/companies/{key}", "1").data == {"name": "Olive Ltd"}
    assert look_up(register + "/companies/{key}", "1").data == {"name": "Olive Ltd"}
    assert Register.asked == ["/companies/1"]


def test_an_unknown_key_is_no_failure(register):
    assert look_up(register + "/companies/{key}", "2").data is None


def test_a_key_cannot_leave_its_place_in_the_address(register):
    assert look_up(register + "/companies/{key}", "a/b").data == {"name": "A to B"}


@pytest.mark.parametrize("path", ["/slow", "/far", "/broken", "/page"])
def test_a_register_that_is_slow_moved_broken_or_talks_nonsense_is_away(register, path):
    started = time.monotonic()
    with pytest.raises(LookupAway):
        look_up(register + path + "/{key}", "1")
    assert time.monotonic() - started < 1.5


def test_after_three_failures_the_register_is_left_in_peace(register):
    for _ in range(FAILURES + 2):
        with pytest.raises(LookupAway):
            look_up(register + "/broken/{key}", "1")
    assert len(Register.asked) == FAILURES


def test_a_machine_that_is_not_allowed_is_not_asked(register, settings):
    settings.LOOKUP_HOSTS = ["register.example.org"]
    with pytest.raises(LookupAway, match="not allowed"):
        look_up(register + "/companies/{key}", "1")
    assert Register.asked == []


def test_a_machine_inside_the_network_is_not_asked_although_it_is_allowed(register, settings):
    settings.LOOKUP_PRIVATE_ADDRESSES = False
    with pytest.raises(LookupAway, match="inside"):
        look_up(register + "/companies/{key}", "1")
    assert Register.asked == []


def test_no_failure_tells_the_log_what_was_looked_up(register, caplog):
    with pytest.raises(LookupAway):
        look_up(register + "/broken/{key}", "19880204-1234")
    assert "does not answer" in caplog.text and "1234" not in caplog.text.replace(register, "")


def test_who_reads_the_cache_learns_neither_the_number_nor_the_answer(register, monkeypatch):
    written = {}
    monkeypatch.setattr(LocMemCache, "set", lambda _, name, value, seconds: written.update({name: value}))
    look_up(register + "/companies/{key}", "1")
    ((name, value),) = written.items()
    assert "Olive" not in repr(value)
    plain = [f"{register}/companies/{{key}}\n1", "1", f"{register}/companies/1"]
    assert not [text for text in plain if hashlib.sha256(text.encode()).hexdigest() in name]


def test_what_another_installation_kept_is_not_read(register, settings):
    look_up(register + "/companies/{key}", "1")
    settings.SECRET_KEY = "another one, also long enough to be one"
    assert look_up(register + "/companies/{key}", "1").data == {"name": "Olive Ltd"}
    assert Register.asked == ["/companies/1"] * 2


def test_what_somebody_wrote_into_the_cache_is_not_believed(register, monkeypatch):
    written, keep = {}, LocMemCache.set
    monkeypatch.setattr(LocMemCache, "set", lambda *given: (written.update([given[1:3]]), keep(*given)))
    look_up(register + "/companies/{key}", "1")
    ((name, sealed),) = written.items()
    for false in ([{"name": "Somebody"}], {**sealed, "more": 1}, {MARK: {**sealed[MARK], "text": "AAAA"}}):
        keep(caches["default"], name, false, 60)
        assert look_up(register + "/companies/{key}", "1").data == {"name": "Olive Ltd"}
