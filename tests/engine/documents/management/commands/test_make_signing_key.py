from __future__ import annotations

import stat

import pytest
from django.core.management import CommandError, call_command

from engine.documents.certificates.checking import signature_of
from engine.documents.signing import held_key
from tests.engine.documents.conftest import pdf_bytes


def test_the_made_key_signs_and_is_readable_by_its_owner_only(tmp_path, settings, capsys):
    call_command("make_signing_key", folder=str(tmp_path / "keys"))
    key, chain = tmp_path / "keys" / "certificate-key.pem", tmp_path / "keys" / "certificate-chain.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "demonstrations and tests only" in capsys.readouterr().out
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN = key.read_text(), chain.read_text()
    assert signature_of(held_key().sign(pdf_bytes())) == "valid"


def test_a_key_is_never_replaced(tmp_path):
    call_command("make_signing_key", folder=str(tmp_path))
    before = (tmp_path / "certificate-key.pem").read_text()
    with pytest.raises(CommandError):
        call_command("make_signing_key", folder=str(tmp_path))
    assert (tmp_path / "certificate-key.pem").read_text() == before
