"""A small certificate authority of our own, for demonstrations and tests: nobody outside trusts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_EARLIER = timedelta(days=1)  # clocks of other machines may be behind
ROOT_YEARS, OWN_YEARS = 10, 3


@dataclass(frozen=True)
class SigningFiles:
    """PEM texts: the key, and the chain with its own certificate first."""

    key: str
    chain: str


def make_signing_files(name: str, now: datetime | None = None) -> SigningFiles:
    """A new root, and under it a P-256 key and certificate that may only sign documents."""
    start = (now or datetime.now(UTC)) - _EARLIER
    root_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, own_name = _name(f"{name} demonstration root"), _name(f"{name} certificates (demonstration)")
    root = _root(root_name, root_key, start)
    own = _own(own_name, own_key, root_name, root_key, start)
    pem = serialization.Encoding.PEM
    key = own_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SigningFiles(key.decode(), (own.public_bytes(pem) + root.public_bytes(pem)).decode())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])


def _root(name: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime) -> x509.Certificate:
    builder = _builder(name, name, key, start, ROOT_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(sign=False), critical=True)
    return builder.sign(key, hashes.SHA256())


def _own(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: datetime,
) -> x509.Certificate:
    builder = _builder(name, issuer, key, start, OWN_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(sign=True), critical=True)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return builder.add_extension(identifier, critical=False).sign(issuer_key, hashes.SHA256())


def _builder(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, sign: bool) -> x509.KeyUsage:
    """The root signs certificates, the other one documents; neither does anything else."""
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not sign,
        crl_sign=not sign,
        encipher_only=False,
        decipher_only=False,
    )
