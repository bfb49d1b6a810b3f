"""A service from nothing to its first certificate, made in the browser: by keyboard alone, and by mouse."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.pages.first_pages import publish_first_pages
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.chromium import is_wider_than_the_window, keep_picture, problems_on, wait_until_there
from tests.conftest import Person
from tests.journeys.conftest import settle as settle
from tests.journeys.hands import Hands, Keyboard, Mouse, write
from tests.journeys.stall_editor import KEY
from tests.journeys.stall_service import Designer, Publisher
from workflows.models import Case, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
USUAL, WIDE = (1280, 900), (1920, 1080)
# a folder where pictures of the journey are written; help shows those in portal/designer/static/designer/help
PICTURES = os.environ.get("CASEWAY_PICTURES")


@dataclass
class Cast:
    """Who takes part."""

    designer: User
    publisher: User
    clerk: User
    board: list[User]
    citizen: User


@pytest.fixture
def cast(
    person: Person, licensing: Department, settings: LazySettings, tmp_path_factory: pytest.TempPathFactory
) -> Cast:
    """The people of the department, one citizen, and the keys that certificates are signed with."""
    keys = tmp_path_factory.getbasetemp() / "seal"
    if not keys.exists():
        call_command("make_signing_key", folder=str(keys), verbosity=0)
    settings.CERTIFICATE_KEY = (keys / "certificate-key.pem").read_text()
    settings.CERTIFICATE_CHAIN = (keys / "certificate-chain.pem").read_text()
    publish_first_pages()
    Department.objects.filter(pk=licensing.pk).update(publication_approvals=1)
    return Cast(
        designer=person("Dora Design", Role.ADMINISTRATOR, licensing),
        publisher=person("Paul Publish", Role.PUBLISHER, licensing),
        clerk=person("Karim Bello", Role.CLERK, licensing),
        board=[person(f"{name} Board", Role.SUPERVISOR, licensing) for name in ("Sue", "Sam", "Sid")],
        citizen=person("Leila Haddad"),
    )


@pytest.fixture
def seat(browse: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """A browser in which somebody has signed in."""

    def sit_down(user: User, size: tuple[int, int] = USUAL) -> Page:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = browse(size)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return sit_down


def keep_small(page: Page, path: Path) -> None:
    """A picture of what is seen, in few colours: it goes into the repository."""
    path.parent.mkdir(parents=True, exist_ok=True)
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def photographer(page: Page, name: str) -> Callable[[str], None]:
    """Keeps a picture of each moment, and one for README and help where somebody asked for these."""

    def look(moment: str) -> None:
        wait_until_there(page)
        keep_picture(page, f"journey-{name}-{moment}")
        if PICTURES and name == "keyboard":
            keep_small(page, Path(PICTURES) / f"{moment}.png")

    return look


@pytest.mark.parametrize(
    ("make", "size"),
    [
        pytest.param(Keyboard, USUAL, id="keyboard"),
        pytest.param(Mouse, WIDE, id="mouse", marks=pytest.mark.slow),  # the same way once more
        pytest.param(Mouse, USUAL, id="mouse-narrow", marks=pytest.mark.slow),
    ],
)
def test_a_service_from_nothing_to_its_first_certificate(
    make: type[Keyboard] | type[Mouse],
    size: tuple[int, int],
    cast: Cast,
    seat: Callable[..., Page],
    live_server: LiveServer,
    tmp_path: Path,
    settle: Callable[[], None],
) -> None:
    page = seat(cast.designer, size)
    look = photographer(page, make.name)
    made = Designer(make(page), live_server.url, look)
    made.begin()
    made.overview()
    made.form()
    made.workflow()
    made.mend()
    made.translations(tmp_path)
    made.editor("Overview")
    made.trial()
    made.ask()
    as_designed(Service.objects.get(key=KEY))
    page.close()

    page = seat(cast.publisher, size)
    Publisher(make(page), live_server.url, photographer(page, make.name)).publish()
    page.close()

    page = seat(cast.citizen)
    applied(make(page), live_server.url)
    case = Case.objects.get()
    at_work = Staff(make, seat, live_server.url, case)
    at_work.decide(cast.clerk, "Accept", photographer)
    for member in cast.board[:2]:
        at_work.decide(member, "Approve")
    settle()
    case.refresh_from_db()
    assert case.outcome == "approved"
    look = photographer(page, make.name)
    page.goto(f"{live_server.url}/applications/{case.reference}/?lang=fr")
    expect(page.get_by_role("link", name="Permis d’étal").first).to_be_visible()
    look("12-permit")


def as_designed(service: Service) -> None:
    """What the story promised stands in the package that was asked to be published."""
    package = service.working
    assert package is not None
    pages = package["forms"]["application"]["pages"]
    fields = [field for page in pages for field in page["fields"]]
    inner = [one for field in fields for one in field.get("options", {}).get("fields", [])]
    assert (len(pages), len(fields) + len(inner), len(inner)) == (3, 12, 3)
    assert sum("show_when" in field for field in fields + inner) == 4
    nodes = {node["type"]: node for node in package["workflow"]["nodes"]}
    assert {"decision", "approval", "applicant_task", "deadline", "issue_certificate"} <= set(nodes)
    assert nodes["approval"]["rule"] == {"type": "n_of_m", "needed": 2}
    assert nodes["approval"]["who"][0]["seats"] == 3
    assert all(field["label"]["fr"] for field in fields + inner)


def applied(hands: Hands, base: str) -> None:
    """A citizen fills in the three pages and sends the application."""
    page = hands.page
    page.goto(f"{base}/licensing/{KEY}/?lang=en")
    forward(hands, page.locator("main button.govuk-button:visible").last)
    write(hands, page.get_by_label("Full name"), "Leila Haddad")
    write(hands, page.get_by_label("E-mail address"), "leila.haddad@example.org")
    write(hands, page.get_by_label("Telephone"), "+351 21 555 0100")
    forward(hands, page.locator("main button.govuk-button:visible").last)
    hands.press(page.get_by_label("Hot food"))
    write(hands, page.get_by_label("How will you cook?"), "On gas")
    write(hands, page.get_by_label("First name"), "Noor")
    hands.press(page.get_by_label("Yes"))
    write(hands, page.get_by_label("Parent who agrees"), "Leila Haddad")
    forward(hands, page.locator("main button.govuk-button:visible").last)
    write(hands, page.get_by_label("How many days?"), "12")
    hands.page.keyboard.press("Tab")
    write(hands, page.get_by_label("Why so long?"), "The market lasts so long")
    hands.press(page.get_by_label("Yes"))
    forward(hands, page.locator("main button.govuk-button:visible").last)
    forward(hands, page.locator("main button.govuk-button:visible").last)
    expect(page.get_by_role("heading", name="Application sent")).to_be_visible()


def forward(hands: Hands, button: object) -> None:
    """Press what leads to the next page."""
    with hands.page.expect_navigation():
        hands.press(button)  # type: ignore[arg-type]


@dataclass
class Staff:
    """A clerk accepts, two of the board of three approve: each finds the case in the queue and takes it."""

    make: type[Keyboard] | type[Mouse]
    seat: Callable[..., Page]
    base: str
    case: Case

    def decide(
        self, who: User, outcome: str, look: Callable[..., Callable[[str], None]] | None = None
    ) -> None:
        """Open the case from the queue, take it, and press the outcome."""
        page = self.seat(who)
        hands = self.make(page)
        page.goto(f"{self.base}/work/?lang=en")
        forward(hands, page.get_by_role("link", name=self.case.reference).first)
        bar = page.get_by_role("region", name="Your decision")
        forward(hands, bar.get_by_role("button", name="Take"))
        if look:
            look(page, hands.name)("11-decision")
        forward(hands, bar.get_by_role("button", name=outcome).first)
        page.close()


# at 100 % test_every_tab.py looks at each tab
@pytest.mark.parametrize("zoom", [pytest.param(1, marks=pytest.mark.slow), 2], ids=["100", "200"])
def test_axe_finds_nothing_while_a_service_is_made(
    zoom: int, cast: Cast, seat: Callable[..., Page], live_server: LiveServer
) -> None:
    size = (USUAL[0] // zoom, USUAL[1] // zoom)
    page = seat(cast.designer, size)
    made = Designer(Mouse(page), live_server.url, photographer(page, f"zoom-{zoom}00"))
    made.begin()
    made.tab("Form")
    made.add("One of a few", "What will you sell?")
    assert problems_on(page) == []
    for name in ("Overview", "Workflow", "Certificate", "Messages", "People", "Versions"):
        made.tab(name)
        expect(page.locator(".cwd-loading")).to_have_count(0)
        if name == "Versions":
            expect(page.locator(".cwd-differences li")).not_to_have_count(0)
        made.look(name.lower())
        assert (name, problems_on(page)) == (name, [])
        assert not is_wider_than_the_window(page)
