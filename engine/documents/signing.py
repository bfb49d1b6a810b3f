"""Signing PDFs (PAdES B-B) with a key that is loaded once and held."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from engine.documents.signature_field import FIELD_NAME

ROOM_BESIDE_CERTIFICATES = 2048  # bytes: signature, attributes and names take about 700


class NoSigningKey(Exception):
    """No usable key and certificate are configured, so nothing can be signed."""


class _HeldKeySigner(signers.SimpleSigner):
    """pyHanko's signer parses its key for every signature; this one holds the parsed key."""

    held: ec.EllipticCurvePrivateKey

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign with the held key."""
        return self.held.sign(data, ec.ECDSA(hashes.SHA256()))


class _OwnInk(BaseStampStyle):
    """The page has drawn the place of the signature already; nothing is stamped over it."""

    def create_stamp(self, writer: Any, box: Any, text_params: Any) -> None:
        """No stamp."""


@dataclass(frozen=True)
class HeldKey:
    """The department's house seal: key, own certificate, and the certificates above it."""

    signer: _HeldKeySigner
    room: int  # hexadecimal digits kept free for a signature; without it pyHanko signs once more to measure

    def sign(self, pdf: bytes, *, signer: str = "", place: str = "") -> bytes:
        """Fill the page's signature field, or add an invisible one, as an incremental update."""
        details = signers.PdfSignatureMetadata(
            field_name=FIELD_NAME,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            name=signer or None,
            location=place or None,
        )
        signed = io.BytesIO()
        work = signers.PdfSigner(details, signer=self.signer, stamp_style=_OwnInk())
        source = IncrementalPdfFileWriter(io.BytesIO(pdf))
        work.sign_pdf(source, output=signed, bytes_reserved=self.room)
        return signed.getvalue()


def held_key() -> HeldKey:
    """The configured key; raises NoSigningKey with what is wrong."""
    return load_key(settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN)


def certificates_in(text: str) -> list[asn1_x509.Certificate]:
    """Every certificate of a PEM text, in its order."""
    if not text.strip():
        return []
    return [asn1_x509.Certificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True)]


@lru_cache(maxsize=2)
def load_key(key_text: str, chain_text: str) -> HeldKey:
    """The key of these texts, read once; raises NoSigningKey with what is wrong."""
    if not key_text or not chain_text:
        raise NoSigningKey(
            "CERTIFICATE_KEY and CERTIFICATE_CHAIN are not set; certificates cannot be signed."
        )
    try:
        key = serialization.load_pem_private_key(key_text.encode(), password=None)
        own, *issuers = certificates_in(chain_text)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoSigningKey("CERTIFICATE_KEY or CERTIFICATE_CHAIN cannot be read.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NoSigningKey("CERTIFICATE_KEY must be a P-256 key.")
    _check_pair(key, own)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(issuers)
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = _HeldKeySigner(own, asn1_keys.PrivateKeyInfo.load(der), registry, embed_roots=True)
    signer.held = key
    certificates = sum(len(each.dump()) for each in (own, *issuers))
    return HeldKey(signer, room=2 * (certificates + ROOM_BESIDE_CERTIFICATES))


def _check_pair(key: ec.EllipticCurvePrivateKey, own: asn1_x509.Certificate) -> None:
    """A key beside the certificate of another would sign pages that nobody can check."""
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    if own.public_key.dump() != public:
        raise NoSigningKey("CERTIFICATE_KEY does not belong to the first certificate of CERTIFICATE_CHAIN.")
