"""Secrets by name, each of one department, read anew each time."""

import pytest

from engine.calls.secrets import SecretMissing, has_secret, secret


@pytest.fixture
def folder(settings, tmp_path):
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    (tmp_path / "licensing.payments").write_text("first\n")
    return tmp_path


def test_a_changed_secret_counts_at_once(folder):
    assert secret("licensing", "payments") == "first"
    (folder / "licensing.payments").write_text("second")
    assert secret("licensing", "payments") == "second"


def test_another_department_has_no_such_secret(folder):
    with pytest.raises(SecretMissing, match=r"works\.payments"):
        secret("works", "payments")
    assert not has_secret("works", "payments")


@pytest.mark.parametrize("name", ["../licensing.payments", "", "PAYMENTS", "payments/x", "a\0b"])
def test_a_name_cannot_lead_elsewhere(folder, name):
    with pytest.raises(SecretMissing):
        secret("licensing", name)


def test_without_a_folder_or_with_an_unreadable_file_there_is_none(folder, settings):
    (folder / "licensing.binary").write_bytes(b"\xff\xfe")
    (folder / "licensing.empty").write_text(" \n")
    assert not has_secret("licensing", "binary")
    assert not has_secret("licensing", "empty")
    settings.CALL_SECRETS_FOLDER = ""
    assert not has_secret("licensing", "payments")
