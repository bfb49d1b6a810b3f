"""Both stores, a signing key, and files to upload."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import boto3
import pikepdf
import pytest
from django.conf import LazySettings
from moto.server import ThreadedMotoServer
from PIL import Image

from engine.core.text import Text
from engine.departments.models import Department
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from engine.documents.signing_authority import SigningFiles, make_signing_files

BUCKET = "caseway-documents"
HOSTILE = Path(__file__).parents[4] / "shared" / "cases" / "hostile" / "synthetic"


@pytest.fixture(scope="session")
def signing_files() -> SigningFiles:
    return make_signing_files("Test")


@pytest.fixture(autouse=True)
def _signing_key(settings: LazySettings, signing_files: SigningFiles) -> None:
    settings.CERTIFICATE_KEY = signing_files.key
    settings.CERTIFICATE_CHAIN = signing_files.chain
    settings.CERTIFICATE_TRUST = ""
    settings.PUBLIC_ADDRESS = "https://portal.example.org"


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_settings(settings: LazySettings, s3_endpoint: str) -> dict[str, str]:
    found = {
        "bucket": BUCKET,
        "region": "eu-central-1",
        "endpoint": s3_endpoint,
        "access_key": "test",
        "secret_key": "test",
    }
    settings.DOCUMENT_STORES = {**settings.DOCUMENT_STORES, "s3": found}
    return found


@pytest.fixture
def bucket(s3_settings: dict[str, str]) -> object:
    """The bucket, empty."""
    resource = boto3.resource(
        "s3",
        endpoint_url=s3_settings["endpoint"],
        region_name=s3_settings["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    found = resource.Bucket(BUCKET)
    if BUCKET not in [each.name for each in resource.buckets.all()]:
        found.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    found.objects.all().delete()
    return found


@pytest.fixture
def replica(settings: LazySettings, s3_endpoint: str) -> object:
    """A bucket in another region that gets a second copy, empty."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    resource = boto3.resource("s3", endpoint_url=s3_endpoint, region_name="eu-west-1", **keys)
    found = resource.Bucket("caseway-replica")
    if found.name not in [each.name for each in resource.buckets.all()]:
        found.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    found.objects.all().delete()
    place = {"bucket": found.name, "region": "eu-west-1", "endpoint": s3_endpoint}
    own = {**place, "access_key": "test", "secret_key": "test"}
    settings.DOCUMENT_STORES = {**settings.DOCUMENT_STORES, "replica": own}
    return found


@pytest.fixture(params=["nas", "s3"])
def stored_at(request: pytest.FixtureRequest, licensing: Department, settings: LazySettings) -> str:
    """The licensing department keeps its documents in this store."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    licensing.document_store = request.param
    licensing.save()
    return str(request.param)


@pytest.fixture
def overwrite(
    stored_at: str, settings: LazySettings, request: pytest.FixtureRequest
) -> Callable[[str, bytes | None], None]:
    """Changes the stored bytes behind Caseway's back; None deletes them."""

    def change(key: str, data: bytes | None) -> None:
        if stored_at == "nas":
            path = Path(settings.DOCUMENT_STORES["nas"]["folder"]) / key
            path.unlink() if data is None else path.write_bytes(data)
            return
        entry = request.getfixturevalue("bucket").Object(key)
        entry.delete() if data is None else entry.put(Body=data)

    return change


def pdf_bytes(text: str = "x") -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = text
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def png_bytes(width: int = 4, height: int = 3, colours: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(colours, (width, height), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def wanted(licensing: Department) -> Callable[..., CertificateRequest]:
    """Makes a request for a certificate."""
    holder = CertificateRow(
        Text({"en": "Holder", "ar": "صاحب الرخصة"}), {"en": "Haddad Foods", "ar": "أغذية حداد"}
    )

    def make(key: str = "case-1", **changes: object) -> CertificateRequest:
        values = {
            "department": licensing,
            "kind": "trade-licence/licence",
            "prefix": "TL",
            "idempotency_key": key,
            "case_reference": "TRL-2026-000001",
            "title": Text({"en": "Trade licence", "fr": "Licence de commerce", "ar": "رخصة تجارية"}),
            "statement": Text("The holder may trade at the place named below."),
            "rows": (holder,),
            "languages": ("en",),
            "holder_name": "Leila Haddad",
            "valid_from": date(2026, 11, 26),
            "valid_until": date(2027, 11, 25),
        }
        return CertificateRequest(**{**values, **changes})

    return make
