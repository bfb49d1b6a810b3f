"""An extract in Arabic, kept in S3; and bytes that changed in a store are noticed, never served."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from tests.chromium import DESKTOP, PHONE
from tests.engine.documents.conftest import bucket, s3_endpoint, s3_settings  # noqa: F401  fixtures
from tests.journeys.cases import applied_for_extracts
from tests.journeys.conftest import Visitor
from tests.journeys.licence import fill_date
from tests.journeys.test_trade_licence import decide, open_case
from workflows import services
from workflows.models import Case, WorkItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OMAR, YUSUF, CLARA = "omar.said@example.org", "yusuf.demir@registry.example", "clara.nunes@registry.example"
CONTINUE, SEND, START, SIGN_IN = "متابعة", "إرسال الطلب", "ابدأ الآن", "تسجيل الدخول"


@pytest.fixture
def store(request: pytest.FixtureRequest, town: dict[str, User]) -> str:
    """Where the civil registry keeps its documents."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    Department.objects.filter(key="registry").update(document_store=request.param)
    return str(request.param)


@pytest.fixture
def flip(store: str, settings: LazySettings, request: pytest.FixtureRequest) -> Callable[[Document], None]:
    """Changes one bit in the middle of a stored document, as a failing disk would."""

    def flipped(data: bytes) -> bytes:
        middle = len(data) // 2
        return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]

    def change(document: Document) -> None:
        assert document.store == store
        if store == "nas":
            path = Path(settings.DOCUMENT_STORES["nas"]["folder"]) / document.storage_key
            path.write_bytes(flipped(path.read_bytes()))
            return
        entry: Any = request.getfixturevalue("bucket").Object(document.storage_key)
        entry.put(Body=flipped(entry.get()["Body"].read()))

    return change


@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_an_extract_from_an_arabic_form_to_a_damaged_file(
    visit: Callable[..., Visitor],
    settle: Callable[[], None],
    store: str,
    flip: Callable[[Document], None],
    tmp_path: Path,
) -> None:
    citizen, clerk = visit(PHONE), visit(DESKTOP)
    reference = apply_in_arabic(citizen)
    settle()
    compare(clerk, reference)
    settle()
    citizen.go(f"/applications/{reference}/?lang=ar")
    look_right_to_left(citizen, "extract-approved-ar")
    certificate = Certificate.objects.get(case_reference=reference)
    assert certificate.document is not None
    assert (Case.objects.get(reference=reference).state, certificate.document.store) == ("approved", store)
    read_both_languages(fetched(citizen, certificate), tmp_path)
    check_in_arabic(visit(PHONE), certificate)
    flip(certificate.document)
    nothing_is_served(citizen, clerk, certificate)
    is_reported(certificate)


@pytest.mark.parametrize("store", ["nas"], indirect=True)
def test_a_damaged_file_on_the_network_folder_is_not_served_either(
    visit: Callable[..., Visitor],
    town: dict[str, User],
    settle: Callable[[], None],
    store: str,
    flip: Callable[[Document], None],
) -> None:
    reference = applied_for_extracts(town, 1)[0]
    item = WorkItem.objects.get(process__reference=reference, node_key="compare")
    services.decide(item_id=item.pk, by=town[CLARA], outcome="approve")
    settle()
    certificate = Certificate.objects.get(case_reference=reference)
    assert certificate.document is not None
    assert certificate.document.store == store
    citizen, clerk = visit(DESKTOP), visit(DESKTOP)
    citizen.sign_in("leila.haddad@example.org")
    clerk.sign_in(CLARA)
    assert fetched(citizen, certificate).startswith(b"%PDF")
    flip(certificate.document)
    nothing_is_served(citizen, clerk, certificate)
    is_reported(certificate)


def look_right_to_left(visitor: Visitor, name: str) -> None:
    """The page says that it is Arabic, runs from the right, and stands up to axe."""
    page = visitor.page.locator("html")
    assert (page.get_attribute("lang"), page.get_attribute("dir")) == ("ar", "rtl")
    assert visitor.page.evaluate("getComputedStyle(document.querySelector('main h1')).direction") == "rtl"
    visitor.look(name)


def apply_in_arabic(citizen: Visitor) -> str:
    """Every page in Arabic, from the service to the reference."""
    citizen.go("/accounts/login/?lang=ar")
    look_right_to_left(citizen, "sign-in-ar")
    citizen.page.locator("input[type=email]").fill(OMAR)
    citizen.page.locator("input[type=password]").fill("northhaven-demo-2026")
    citizen.press(SIGN_IN)
    citizen.page.wait_for_url(lambda url: "/accounts/" not in url)
    citizen.go("/registry/residence-extract/?lang=ar")
    look_right_to_left(citizen, "service-ar")
    citizen.press(START)
    citizen.press(CONTINUE)
    look_right_to_left(citizen, "question-errors-ar")
    citizen.page.locator("#applicant_name").fill("عمر سعيد")
    fill_date(citizen.page, "applicant_birth_date", date(1979, 6, 17))
    citizen.page.locator("#applicant_national_id").fill("٧٩٠٦ ١٧٣٢ ٢٠٣٨")  # as an Arabic keyboard writes it
    citizen.press(CONTINUE)
    citizen.page.locator("#residence-line_1").fill("١٢ زقاق الزيتون")
    citizen.page.locator("#residence-town").fill("Old Harbour")
    citizen.page.locator("#residence-postcode").fill("40213")
    fill_date(citizen.page, "living_since", date(2019, 9, 1))
    look_right_to_left(citizen, "question-ar")
    citizen.press(CONTINUE)
    citizen.page.get_by_label("بنك").check()
    citizen.page.locator("input[type=checkbox]").check()
    look_right_to_left(citizen, "question-radio-ar")
    citizen.press(CONTINUE)
    look_right_to_left(citizen, "check-ar")
    citizen.press(SEND)
    citizen.page.wait_for_url("**/sent/")
    look_right_to_left(citizen, "sent-ar")
    return citizen.page.locator(".cw-panel .cw-ref").inner_text().strip()


def compare(clerk: Visitor, reference: str) -> None:
    """One approval is enough; the clerk reads Arabic as well."""
    clerk.sign_in(YUSUF)
    clerk.go("/work/?lang=ar")
    look_right_to_left(clerk, "queue-ar")
    clerk.go(f"/work/cases/{reference}/?lang=ar")
    look_right_to_left(clerk, "case-ar")
    clerk.go(f"/work/cases/{reference}/?lang=en")
    open_case(clerk, reference)
    decide(clerk, "Approve")


def fetched(visitor: Visitor, certificate: Certificate) -> bytes:
    """The certificate as its holder downloads it."""
    answer = visitor.page.context.request.get(address_for_holder(visitor, certificate))
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def address_for_holder(visitor: Visitor, certificate: Certificate) -> str:
    """Where the holder finds it."""
    return f"{visitor.base}/applications/{certificate.case_reference}/certificates/{certificate.number}.pdf"


def read_both_languages(data: bytes, folder: Path) -> None:
    """Both languages of the service stand on the one document, and its fonts are inside."""
    path = folder / "extract.pdf"
    path.write_bytes(data)
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en"
    read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Extract from the residence register" in read
    assert "عمر سعيد" in read
    plain = unicodedata.normalize("NFKC", read)  # a PDF may hold the shapes of Arabic letters
    assert "السجل المدني" in plain


def check_in_arabic(anybody: Visitor, certificate: Certificate) -> None:
    """The public page says in Arabic that it is valid."""
    anybody.go(f"/verify/{certificate.code}/?lang=ar")
    look_right_to_left(anybody, "verify-ar")
    assert anybody.page.get_by_text(certificate.number).count()


def nothing_is_served(citizen: Visitor, clerk: Visitor, certificate: Certificate) -> None:
    """Holder and clerk read that the file is damaged; not a byte of it leaves."""
    at_work = address_for_holder(clerk, certificate).replace("/applications/", "/work/cases/")
    for visitor, address in [
        (citizen, address_for_holder(citizen, certificate)),
        (
            clerk,
            f"{clerk.base}/work/cases/{certificate.case_reference}/certificates/{certificate.number}.pdf",
        ),
        (citizen, f"{citizen.base}/documents/{certificate.document_id}/"),
    ]:
        answer = visitor.page.context.request.get(address)
        assert answer.status in (404, 410), address
        assert b"%PDF" not in answer.body()
    citizen.page.goto(address_for_holder(citizen, certificate) + "?lang=ar")
    look_right_to_left(citizen, "damaged-ar")
    clerk.page.goto(at_work)
    clerk.look("damaged")
    assert clerk.page.get_by_text("This file was damaged where we keep it").count()


def is_reported(certificate: Certificate) -> None:
    """The command that looks through all documents names this one, and no other."""
    said = StringIO()
    with pytest.raises(CommandError, match=r"1 of \d+ documents cannot be served"):
        call_command("check_documents", stderr=said, stdout=StringIO())
    assert f"document {certificate.document_id} (registry" in said.getvalue()
    assert "damaged" in said.getvalue()
