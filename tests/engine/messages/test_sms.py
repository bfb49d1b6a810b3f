"""Text messages: counted as networks count them, once for a key, and to numbers only."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache

from engine.calls.failures import CallFailed
from engine.calls.secrets import SecretMissing
from engine.core.rehearsal import LeavesRehearsal, rehearsing
from engine.messages.sms import NoGateway, NoNumber, number_of, parts_of, send_sms
from tests.engine.calls.machine import running_machine


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ج" * 70, 1),
        ("ج" * 71, 2),
        ("ج" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("’" + "a" * 70, 2),
    ],
)
def test_a_text_is_counted_as_networks_count(text: str, parts: int) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("typed", "number"), [("+44 20 7946-0018", "+442079460018"), ("555 0100", "5550100")]
)
def test_a_number_is_taken_as_people_type_it(typed: str, number: str) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize("typed", ["", "none", "12", "+1234567890123456", "555 0100; 555 0101", "٥٥٥٠١٠٠"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NoNumber):
        number_of(typed)


def send(key: str = "k", department: str = "licensing") -> None:
    send_sms(number="5550100", text="Ready.", department=department, key=key)


def test_a_folder_holds_one_file_for_a_key(settings, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = f"folder:{tmp_path}/sms"
    send()
    send()
    send("another")
    files = sorted((tmp_path / "sms").iterdir())
    assert len(files) == 2
    assert files[0].read_text() == "To: 5550100\n\nReady.\n"


def test_a_gateway_gets_the_message_with_its_key_and_the_secret_of_the_department(settings, tmp_path) -> None:
    settings.CALL_HOSTS, settings.CALL_PRIVATE_ADDRESSES = ["127.0.0.1"], True
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    (tmp_path / "licensing.sms").write_text("token")
    cache.clear()
    with running_machine() as machine:
        settings.SMS_GATEWAY = f"{machine.address}/messages"
        send()
        asked = machine.asked[0]
        assert (asked.headers["idempotency-key"], asked.headers["authorization"]) == ("k", "Bearer token")
        assert asked.data == {"to": "5550100", "text": "Ready."}
        with pytest.raises(SecretMissing):
            send(department="works")
        machine.answers(503)
        with pytest.raises(CallFailed) as failed:
            send()
        assert failed.value.again


def test_without_a_gateway_and_in_a_trial_nothing_leaves(settings, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = ""
    with pytest.raises(NoGateway):
        send()
    settings.SMS_GATEWAY = f"folder:{tmp_path}/sms"
    with rehearsing(), pytest.raises(LeavesRehearsal):
        send()
    assert not (tmp_path / "sms").exists()
