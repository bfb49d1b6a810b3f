"""Files of a page: kept from the first byte, checked, and as many as a page may hold."""

import copy
import io
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import Department, User
from engine.documents.models import Document
from engine.documents.reading import read_verified
from tests.portal.citizen.conftest import PACKAGE, plan
from workflows import services
from workflows.models import Draft, Service

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]
PICTURE = {"types": ["jpg", "png"], "strip_metadata": True, "max_width": 1000}

ASKED = "trade,photo,plan,lease,short"
ONE_PAGE = {"types": ["pdf"], "max_pages": 1}


def text_of(page: Any) -> str:
    return str(page.content.decode())


def photo(name: str = "stall.jpg", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    """A picture that says who took it."""
    image, out = Image.new("RGB", size, "red"), io.BytesIO()
    exif = image.getexif()
    exif[0x010F] = "Camera of Leila"
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def pictures(licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft whose one page asks for a note and three files."""
    package = copy.deepcopy(PACKAGE)
    package["forms"]["application"]["pages"] = [
        {
            "key": "papers",
            "title": "Papers",
            "fields": [
                {"key": "trade", "type": "short_text", "label": "Trade"},
                {"key": "photo", "type": "file", "label": "Photo", "required": False, "options": PICTURE},
                {"key": "plan", "type": "file", "label": "Plan", "required": False},
                {"key": "lease", "type": "file", "label": "Lease", "required": False},
                {"key": "short", "type": "file", "label": "One page", "required": False, "options": ONE_PAGE},
            ],
        }
    ]
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")


@pytest.fixture
def post(browser: Client, pictures: Draft) -> Answer:
    """Posts the page."""

    def send(**data: Any) -> Any:
        pictures.refresh_from_db()
        return browser.post(f"/apply/d/{pictures.pk}/papers/", {"page-revision": pictures.revision, **data})

    return send


def test_a_picture_loses_what_the_camera_wrote_when_the_question_says_so(post: Answer) -> None:
    assert post(trade="Fruit", photo=photo()).status_code == 302
    with read_verified(Document.objects.get()) as file:
        assert b"Camera of Leila" not in file.read()


def test_a_picture_with_too_many_pixels_is_refused_at_its_question(post: Answer) -> None:
    page = text_of(post(trade="Fruit", photo=photo(size=(1001, 1000))))
    assert 'href="#photo"' in page
    assert "stall.jpg is too large a picture" in page
    assert 'value="Fruit"' in page


def test_a_page_holds_only_so_many_files_and_replacing_one_is_no_more(
    post: Answer, pictures: Draft, settings: LazySettings
) -> None:
    settings.PAGE_FILES = 2
    assert post(trade="Fruit", photo=photo(), plan=plan()).status_code == 302
    page = text_of(post(trade="Fruit", lease=plan("lease.pdf")))
    assert "There is no room for lease.pdf on this page" in page
    assert post(trade="Fruit", plan=plan("better.pdf")).status_code == 302
    pictures.refresh_from_db()
    assert pictures.answers["plan"]["name"] == "better.pdf"


def test_a_page_holds_only_so_many_bytes(post: Answer, settings: LazySettings) -> None:
    settings.PAGE_UPLOAD_BYTES = plan().size + 10
    page = text_of(post(trade="Fruit", plan=plan(), lease=plan("lease.pdf")))
    assert "There is no room for lease.pdf" in page
    assert "plan.pdf" in page
    assert Document.objects.count() == 1


@pytest.fixture
def silent_scanner() -> Iterator[str]:
    """A scanner that takes the connection and hangs up, as one does that is starting."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                line.close()

        threading.Thread(target=hang_up, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("address", ["127.0.0.1:1", "silent"])
def test_a_scanner_that_is_away_refuses_the_file_and_nothing_else_is_lost(
    address: str, post: Answer, pictures: Draft, settings: LazySettings, silent_scanner: str
) -> None:
    assert post(trade="Fruit", plan=plan()).status_code == 302
    settings.CLAMD_ADDRESS = silent_scanner if address == "silent" else address
    page = text_of(post(trade="Bread", lease=plan("lease.pdf")))
    assert "We could not check lease.pdf for viruses. Add it again in a few minutes" in page
    assert 'value="Bread"' in page
    assert "plan.pdf" in page
    pictures.refresh_from_db()
    assert pictures.answers["plan"]["name"] == "plan.pdf"
    assert pictures.raw["papers"]["trade"] == "Bread"
    settings.CLAMD_ADDRESS = ""
    assert post(trade="Bread", lease=plan("lease.pdf")).status_code == 302


def test_a_pdf_of_too_many_pages_is_refused_with_the_number_that_is_taken(
    post: Answer, pictures: Draft
) -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(out)
    two = SimpleUploadedFile("two.pdf", out.getvalue(), "application/pdf")
    page = text_of(post(trade="Bread", short=two))
    assert "two.pdf has too many pages. Add a PDF of no more than 1" in page
    assert post(trade="Bread", short=plan("one.pdf")).status_code == 302


# --- a file that a script sends as soon as it is chosen
SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def choose(browser: Client, pictures: Draft) -> Answer:
    """Sends a file as the script does, with what is typed beside it."""

    def send(name: str, file: SimpleUploadedFile, on: Client = browser, **data: Any) -> Any:
        pictures.refresh_from_db()
        said = {"page-file": name, "page-changed": name, "page-asked": ASKED}
        posted = {"page-revision": pictures.revision, **said, name: file}
        return on.post(f"/apply/d/{pictures.pk}/papers/", {**posted, **data}, **SCRIPT)

    return send


def test_a_file_is_kept_at_once_with_what_is_typed_beside_it_and_the_page_is_not_done(
    choose: Answer, post: Answer, pictures: Draft, browser: Client
) -> None:
    answer = choose("plan", plan(), trade="Fru")
    page = text_of(answer)
    assert answer.status_code == 200
    assert "<html" not in page
    assert "plan.pdf" in page
    assert "plan.pdf was added." in page
    assert "govuk-error" not in page  # the trade is typed still
    pictures.refresh_from_db()
    assert f'id="page-revision" value="{pictures.revision}" hx-swap-oob="true"' in page
    assert pictures.answers["plan"]["name"] == "plan.pdf"
    assert pictures.raw["papers"]["trade"] == "Fru"
    assert browser.get(f"/apply/d/{pictures.pk}/")["Location"].endswith("/papers/")
    assert post(trade="Fruit").status_code == 302
    assert Document.objects.count() == 1


def test_a_file_that_is_not_taken_is_complained_about_at_once_and_nothing_else_is(choose: Answer) -> None:
    page = text_of(choose("photo", photo(size=(1001, 1000))))
    assert 'href="#photo"' in page
    assert "stall.jpg is too large a picture" in page
    assert 'href="#trade"' not in page
    assert "was added" not in page
    assert not Document.objects.exists()
    mended = text_of(choose("photo", photo(), **{"page-wrong": "photo"}))
    assert "stall.jpg was added. Put right: Photo. No problem is left on this page." in mended
    assert 'href="#photo"' not in mended


def test_another_window_is_not_overwritten_by_a_file(choose: Answer, post: Answer, pictures: Draft) -> None:
    post(trade="Fruit")
    answer = choose("plan", plan(), trade="Meat", **{"page-revision": 0})
    assert (answer.status_code, answer.content) == (409, b"")
    pictures.refresh_from_db()
    assert "plan" not in {key for key, value in pictures.answers.items() if value}


def test_nobody_else_sends_a_file(choose: Answer, other_citizen: User) -> None:
    assert choose("plan", plan(), on=Client()).status_code == 401
    stranger = Client()
    stranger.force_login(other_citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert choose("plan", plan(), on=stranger).status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["nothing", "trade", "", "\x00", "plan-0-x", "page-file", "<b>"])
def test_no_name_of_a_question_breaks_it(name: str, choose: Answer) -> None:
    assert choose(name or "x", plan(), **{"page-file": name}).status_code == 200


def test_a_file_costs_few_queries(
    choose: Answer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    choose("plan", plan())
    with django_assert_max_num_queries(12):  # session and person, draft, save, the document
        choose("lease", plan("lease.pdf"))
