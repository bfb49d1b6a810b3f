"""Somebody who reads Welsh or Urdu applies in it; what we say ourselves is marked as English."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Locator, expect

from engine.departments.models import Department, User
from engine.messages.models import Letter
from tests.chromium import DESKTOP, PHONE
from tests.journeys.conftest import Visitor
from tests.journeys.permit_service import PERMIT, URDU, WELSH
from tests.journeys.test_trade_licence import decide, open_case
from workflows import services
from workflows.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEILA, NOOR, YUSUF = "leila.haddad@example.org", "noor.aziz@licensing.example", "yusuf.demir@registry.example"
WORDS = {
    WELSH: ("Cymraeg", "ltr", "Enw llawn", "Trwydded barcio i breswylwyr", "Trydan", "We check your street"),
    URDU: ("اردو", "rtl", "پورا نام", "رہائشی پارکنگ پرمٹ", "بجلی", "We check your street"),
}


@pytest.fixture
def permit(town: dict[str, User]) -> None:
    """The service of the licensing department, open to the public."""
    by, department = town["sara.vance@licensing.example"], Department.objects.get(key="licensing")
    report = services.import_package(source=PERMIT, department=department, by=by)
    services.publish(service=report.service, by=by)


def is_in(visitor: Visitor, language: str) -> None:
    """The page says its language and direction."""
    page = visitor.page.locator("html")
    assert (page.get_attribute("lang"), page.get_attribute("dir")) == (language, WORDS[language][1])


def says_english(part: Locator) -> None:
    """Our own sentence stands in a part that says that it is English, and runs from the left."""
    ours = part.locator("xpath=descendant-or-self::*[@lang][1]").first
    assert (ours.get_attribute("lang"), ours.get_attribute("dir")) == ("en", "ltr")


def arrive(visitor: Visitor, language: str) -> None:
    """Signed in, at the service, by the link of one's own language."""
    visitor.sign_in(LEILA)
    visitor.go("/licensing/resident-permit/")
    links = visitor.page.locator(".cw-langs li")
    assert [name.strip() for name in links.all_inner_texts()] == ["English", "Cymraeg", "اردو"]
    visitor.page.get_by_role("link", name=WORDS[language][0]).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", language)


def fill_in(visitor: Visitor, language: str, javascript: str) -> str:
    """Every page, first with a fault; the reference of the case."""
    visitor.look(f"permit-service-{language}-{javascript}")
    is_in(visitor, language)
    says_english(visitor.page.locator("main button"))
    visitor.press("Start now")
    is_in(visitor, language)
    page = visitor.page
    visitor.press("Continue")
    is_in(visitor, language)
    visitor.look(f"permit-faults-{language}-{javascript}")
    says_english(page.locator(".govuk-error-summary__title"))
    error = page.locator("#holder-error")
    expect(error).to_contain_text("Enter")
    expect(error.locator(f"[lang=en] [lang={language}]")).to_have_text(WORDS[language][2])
    expect(page.locator("label[for=holder]")).to_contain_text(WORDS[language][2])
    page.locator("#holder").fill("Leila Haddad")
    for part, number in (("day", "1"), ("month", "2"), ("year", "2019")):
        page.locator(f"#since-{part}").fill(number)
    visitor.press("Continue")
    page.get_by_label(WORDS[language][4]).check()
    page.locator("#paid").fill("1250.50")
    page.locator("#others .cw-add, [name^=others][name$=add]").first.click()
    page.locator("#others-0-plate").fill("AB 12 CDE")
    visitor.look(f"permit-cars-{language}-{javascript}")
    visitor.press("Continue")
    visitor.look(f"permit-check-{language}-{javascript}")
    is_in(visitor, language)
    visitor.press("Send application")
    page.wait_for_url("**/sent/")
    visitor.look(f"permit-sent-{language}-{javascript}")
    return page.locator(".cw-panel .cw-ref").inner_text().strip()


@pytest.mark.parametrize("language", [WELSH, URDU])
@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripted"])
def test_a_service_is_read_filled_in_and_answered_in_a_language_of_its_own(
    permit: None, visit: Callable[..., Visitor], settle: Callable[[], None], language: str, javascript: bool
) -> None:
    citizen = visit(PHONE, javascript=javascript)
    look = "scripted" if javascript else "plain"
    arrive(citizen, language)
    reference = fill_in(citizen, language, look)
    settle()
    wrote(reference, language)
    approved(visit(DESKTOP), reference, language)
    settle()
    citizen.go(f"/applications/{reference}/")
    citizen.look(f"permit-approved-{language}-{look}")
    is_in(citizen, language)
    expect(citizen.page.locator("h1")).to_have_text(WORDS[language][3])
    says_english(citizen.page.locator(".cw-status"))
    has_papers(citizen, reference, language)
    citizen.go("/applications/")
    citizen.look(f"permit-mine-{language}-{look}")
    is_in(citizen, language)
    visit(DESKTOP).page.goto("about:blank")


def wrote(reference: str, language: str) -> None:
    """The letter is in the language of the applicant; what we add to it says that it is English."""
    letter = Letter.objects.get(case_reference=reference)
    assert letter.language == language
    assert letter.subject == PERMIT["messages"]["received"]["subject"][language].format(reference=reference)
    assert f'<html lang="{language}" dir="{WORDS[language][1]}"' in letter.html
    assert '<bdi lang="en" dir="ltr">Dear Leila Haddad,</bdi>' in letter.html
    assert "\U000e0001" not in letter.html + letter.text + letter.subject
    assert "Dear Leila Haddad," in letter.text


def approved(clerk: Visitor, reference: str, language: str) -> None:
    """The clerk reads the case in English: the questions too, and what was typed as it is."""
    clerk.sign_in(NOOR)
    open_case(clerk, reference)
    assert clerk.page.locator("html").get_attribute("lang") == "en"
    expect(clerk.page.locator("main")).to_contain_text("Full name")
    expect(clerk.page.locator("main")).to_contain_text("Electricity")
    expect(clerk.page.locator("main")).not_to_contain_text(WORDS[language][2])
    decide(clerk, "Approve")
    assert Case.objects.get(reference=reference).language == language


def has_papers(citizen: Visitor, reference: str, language: str) -> None:
    """The copy of the application and the certificate are in the languages that they ought to be."""
    copy = citizen.page.context.request.get(f"{citizen.base}/applications/{reference}/copy.pdf").body()
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert str(pdf.Root.Lang) == language
    address = citizen.page.locator("a[href*='/certificates/']").first.get_attribute("href")
    certificate = citizen.page.context.request.get(f"{citizen.base}{address}").body()
    with pikepdf.open(io.BytesIO(certificate)) as pdf:
        assert str(pdf.Root.Lang) == WELSH


def test_a_clerk_of_another_department_is_refused_in_every_language(
    permit: None, town: dict[str, User], visit: Callable[..., Visitor]
) -> None:
    citizen, stranger = visit(PHONE), visit(DESKTOP)
    arrive(citizen, URDU)
    reference = fill_in(citizen, URDU, "stranger")
    stranger.sign_in(YUSUF)
    for language in ("", "?lang=ur", "?lang=cy"):
        answer = stranger.page.goto(f"{stranger.base}/work/cases/{reference}/{language}")
        assert answer is not None
        assert answer.status == 403
