"""A trade licence from the home page to a certificate that is revoked, by everybody who has to do with it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator

from engine.departments.models import User
from engine.documents.certificates.checking import signature_of
from engine.documents.certificates.page import verify_address
from engine.documents.models import Certificate
from engine.messages.models import Letter
from tests.chromium import DESKTOP, PHONE
from tests.journeys import licence
from tests.journeys.conftest import Visitor
from tests.journeys.licence import fill_date
from workflows.models import Case, Submission, WorkItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Visitor]
LEILA = "leila.haddad@example.org"


def open_case(visitor: Visitor, reference: str) -> None:
    """Find the case by its reference and take its work."""
    visitor.go(f"/work/cases/{reference}/")
    take = visitor.page.get_by_role("button", name="Take")
    if take.count() and take.first.is_enabled():
        follow(visitor, take)


def decide(visitor: Visitor, label: str) -> None:
    """Press a button of the bar at the foot of the case."""
    follow(visitor, visitor.page.get_by_role("button", name=label))


def follow(visitor: Visitor, leads: Locator) -> None:
    """Press what brings another page, and wait for it."""
    with visitor.page.expect_navigation():
        leads.first.click()


@pytest.fixture(
    params=[
        pytest.param((PHONE, True), id="phone"),
        pytest.param((DESKTOP, True), id="desktop", marks=pytest.mark.slow),
        pytest.param((PHONE, False), id="no-javascript"),
    ]
)
def arrive(request: pytest.FixtureRequest, visit: Visit) -> Callable[[], Visitor]:
    """Somebody at the browser that this run is about."""
    size, javascript = request.param
    return lambda: visit(size, javascript=javascript)


def test_a_trade_licence_from_form_to_certificate(
    arrive: Callable[[], Visitor],
    town: dict[str, User],
    settle: Callable[[], None],
    plan: Path,
    better_plan: Path,
    tmp_path: Path,
) -> None:
    reference = apply(arrive(), arrive(), plan, better_plan)
    settle()
    ask_for_corrections(arrive(), reference)
    settle()
    correct(arrive(), reference, better_plan)
    accept_and_inspect(arrive(), reference)
    approve_twice(arrive, reference)
    settle()
    number = download(arrive(), reference, tmp_path)
    check_the_seal(tmp_path / "licence.pdf")
    check_and_revoke(arrive, reference, printed_address(tmp_path / "licence.pdf", number))
    case = Case.objects.get(reference=reference)
    assert (case.state, Certificate.objects.filter(case_reference=reference).count()) == ("approved", 1)
    assert Letter.objects.filter(case_reference=reference, sent_at=None).count() == 0


def apply(first: Visitor, second: Visitor, plan: Path, certificate: Path) -> str:
    """Begin in one browser, go on in another, send once."""
    licence.start(first, LEILA)
    licence.about_you(first)
    licence.your_business(first)
    second.sign_in(LEILA)
    second.go("/applications/")
    second.look("applications-draft")
    follow(second, second.page.get_by_role("link", name="Continue"))
    licence.premises(second)
    licence.what_you_sell(second)
    licence.documents(second, plan, certificate)
    licence.declaration(second)
    return licence.send(second)


def ask_for_corrections(clerk: Visitor, reference: str) -> None:
    """A clerk takes the case and sends two answers back with a note."""
    clerk.sign_in("noor.aziz@licensing.example")
    clerk.go("/work/")
    clerk.look("queue")
    open_case(clerk, reference)
    clerk.look("case")
    decide(clerk, "Return for correction")
    clerk.look("return")
    clerk.page.get_by_label("Address of the premises").check()
    clerk.page.get_by_label("Plan of the premises").check()
    clerk.page.get_by_label("Message to the applicant").fill(
        "The plan does not show where the gas bottle stands."
    )
    clerk.page.get_by_label("Working days to answer").fill("5")
    decide(clerk, "Return for correction")
    assert Case.objects.get(reference=reference).state == "waiting_for_you"


def correct(citizen: Visitor, reference: str, plan: Path) -> None:
    """The citizen is asked for those two answers and for no others."""
    citizen.sign_in(LEILA)
    citizen.go(f"/applications/{reference}/")
    citizen.look("application-asked")
    citizen.press("Correct your answers")
    assert citizen.page.locator("#premises-line_1").count() == 1
    assert citizen.page.locator("#first_day-day").count() == 0
    citizen.page.locator("#premises-line_1").fill("14 Olive Lane")
    citizen.look("correction")
    citizen.press("Continue")
    citizen.choose(plan, citizen.page.locator("input[type=file]").first)
    citizen.press("Continue")
    citizen.look("correction-check")
    citizen.press("Send corrections")
    last = Submission.objects.filter(case__reference=reference).order_by("-number").first()
    assert last is not None
    assert set(last.changed) == {"premises", "plan"}


def accept_and_inspect(clerk: Visitor, reference: str) -> None:
    """Another clerk sees what changed, accepts, and records the visit."""
    clerk.sign_in("karim.bello@licensing.example")
    clerk.go(f"/work/cases/{reference}/?lang=en")
    open_case(clerk, reference)
    clerk.look("case-changed")
    assert clerk.page.get_by_text("Was:").count() >= 1
    decide(clerk, "Accept, go to inspection")
    open_case(clerk, reference)
    decide(clerk, "Record the visit, go to approval")
    clerk.look("case-form-errors")
    fill_date(clerk.page, "visited_on", timezone.localdate())
    clerk.page.get_by_label("Suitable", exact=True).check()
    decide(clerk, "Record the visit, go to approval")


def approve_twice(arrive: Callable[[], Visitor], reference: str) -> None:
    """Two approvals by two people; who approved first is refused the second."""
    supervisor = arrive()
    supervisor.sign_in("ines.rocha@licensing.example")
    open_case(supervisor, reference)
    supervisor.look("case-approval")
    decide(supervisor, "Approve")
    refuse_the_second(supervisor, reference)
    head = arrive()
    head.sign_in("sara.vance@licensing.example")
    open_case(head, reference)
    decide(head, "Approve")


def refuse_the_second(supervisor: Visitor, reference: str) -> None:
    """Who approved first finds no button for the second time, and sending it all the same changes nothing."""
    supervisor.go(f"/work/cases/{reference}/")
    supervisor.look("case-approved-once")
    for button in ("Take", "Approve"):
        assert not supervisor.page.get_by_role("button", name=button).count()
    item = WorkItem.objects.get(process__reference=reference, finished=None, kind="person")
    token = supervisor.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = supervisor.page.context.request.post(
        f"{supervisor.base}/work/items/{item.pk}/decide/",
        form={"_outcome": "approve", "_confirmed": "yes", "csrfmiddlewaretoken": token},
        headers={"Referer": supervisor.base},
    )
    assert answer.status in (403, 404, 409)
    item.refresh_from_db()
    assert (item.owner_id, item.finished) == (None, None)


def download(citizen: Visitor, reference: str, folder: Path) -> str:
    """The citizen finds the certificate on the page of the application."""
    citizen.sign_in(LEILA)
    citizen.go(f"/applications/{reference}/")
    citizen.look("application-approved")
    number = Certificate.objects.get(case_reference=reference).number
    found = citizen.page.context.request.get(
        f"{citizen.base}/applications/{reference}/certificates/{number}.pdf"
    )
    assert found.ok, found.text()[:3000]
    assert found.headers["content-type"] == "application/pdf"
    (folder / "licence.pdf").write_bytes(found.body())
    return number


def check_the_seal(file: Path) -> None:
    """Poppler and pyHanko accept the signature; pyHanko also follows it to our root."""
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    with ThreadPoolExecutor(1) as other:  # pyHanko wants a loop of its own, Playwright's runs in this thread
        assert other.submit(signature_of, file.read_bytes()).result() == "valid"


def printed_address(file: Path, number: str) -> str:
    """The path of the public page, read from the QR code of the printed page as a telephone does."""
    page = file.with_name("page")
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(file), str(page)], check=True)
    with Image.open(page.with_suffix(".png")) as picture:
        found = zxingcpp.read_barcodes(picture)
    assert [code.format for code in found] == [zxingcpp.BarcodeFormat.QRCode]
    address = found[0].text
    assert address == verify_address(Certificate.objects.get(number=number).code)
    return urlsplit(address).path


def check_and_revoke(arrive: Callable[[], Visitor], reference: str, address: str) -> None:
    """Anybody reads valid; after the supervisor revoked it, revoked and why."""
    anybody = arrive()
    anybody.go(address)
    anybody.look("verify-valid")
    assert anybody.page.get_by_text("valid", exact=False).count()
    supervisor = arrive()
    supervisor.sign_in("ines.rocha@licensing.example")
    supervisor.go(f"/work/cases/{reference}/")
    follow(supervisor, supervisor.page.get_by_role("link", name="Revoke"))
    supervisor.look("revoke")
    supervisor.page.get_by_label("Reason").fill("The premises were closed.")
    supervisor.press("Revoke certificate")
    anybody.go(address)
    anybody.look("verify-revoked")
    assert anybody.page.get_by_text("Do not accept it").count()
    assert anybody.page.get_by_text("The premises were closed.").count()
