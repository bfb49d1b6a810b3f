from __future__ import annotations

import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from engine.documents.certificates.checking import signature_of
from engine.documents.signing import NoSigningKey, held_key
from engine.documents.signing_authority import make_signing_files
from tests.engine.documents.conftest import pdf_bytes


def pem(key) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def test_a_signed_file_is_valid_against_our_chain():
    assert signature_of(held_key().sign(pdf_bytes())) == "valid"


def test_the_key_is_loaded_once():
    assert held_key() is held_key()


def test_another_validator_agrees(tmp_path):
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig (poppler) is not installed")
    path = tmp_path / "signed.pdf"
    path.write_bytes(held_key().sign(pdf_bytes()))
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "not set"),
        ("nonsense", "cannot be read"),
        (pem(rsa.generate_private_key(65537, 2048)), "P-256"),
        (pem(ec.generate_private_key(ec.SECP384R1())), "P-256"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "does not belong"),
    ],
    ids=["none", "nonsense", "RSA", "P-384", "another"],
)
def test_a_key_that_cannot_sign_is_refused_with_its_reason(settings, key, words):
    settings.CERTIFICATE_KEY = key
    with pytest.raises(NoSigningKey, match=words):
        held_key()


def test_a_stranger_with_a_key_of_their_own_is_not_trusted(settings):
    theirs = make_signing_files("Stranger")
    ours = settings.CERTIFICATE_CHAIN
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN = theirs.key, theirs.chain
    forged = held_key().sign(pdf_bytes())
    settings.CERTIFICATE_CHAIN = ours
    assert signature_of(forged) == "broken"


def test_a_signature_of_an_earlier_chain_counts_while_its_root_is_trusted(settings, signing_files):
    signed = held_key().sign(pdf_bytes())
    newer = make_signing_files("Next")
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN = newer.key, newer.chain
    assert signature_of(signed) == "broken"
    settings.CERTIFICATE_TRUST = signing_files.chain
    assert signature_of(signed) == "valid"
