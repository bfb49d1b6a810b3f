"""Notes and flags on the page of a case."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.core.text import Text
from engine.departments.models import Department, User
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows import services
from workflows.models import Case, CaseNote, DepartmentFlag

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_note_is_written_and_shown_with_its_mentions(
    case: Case, clerk: User, second_clerk: User, sign_in: SignIn
) -> None:
    client, address = sign_in(clerk), f"/work/cases/{case.reference}/notes/"
    sent = {"_text": "Ask <b>her</b>, @Karim Bello", "_key": str(uuid4())}
    for _ in range(2):
        said = client.post(address, sent, follow=True).text
    assert "Your note is kept." in said
    assert "Ask &lt;b&gt;her&lt;/b&gt;, <b>@Karim Bello</b>" in said
    assert CaseNote.objects.count() == 1
    chosen = {"_text": "And you", "_key": "nonsense", "_tell": str(second_clerk.public_id)}
    assert "Told:" in client.post(address, chosen, follow=True).text
    assert "Write something first." in client.post(address, {"_text": " ", "_tell": "x"}, follow=True).text


def test_the_applicant_never_sees_a_note(case: Case, clerk: User, citizen: User, sign_in: SignIn) -> None:
    services.add_note(reference=case.reference, text="Between us", by=clerk, key=uuid4())
    page = sign_in(citizen).get(f"/applications/{case.reference}/", follow=True)
    assert page.status_code == 200
    assert "Between us" not in page.text


def test_who_may_not_see_personal_data_reads_no_note(
    case: Case, clerk: User, auditor: User, sign_in: SignIn
) -> None:
    services.add_note(reference=case.reference, text="Between us", by=clerk, key=uuid4())
    client = sign_in(auditor)
    page = client.get(f"/work/cases/{case.reference}/").text
    assert "Notes may hold personal data" in page
    assert "Between us" not in page
    assert client.post(f"/work/cases/{case.reference}/notes/", {"_text": "x"}).status_code == 403


def test_a_department_names_a_flag_and_staff_set_it_and_filter_by_it(
    case: Case, clerk: User, administrator: User, foreign_clerk: User, sign_in: SignIn
) -> None:
    naming = {"_department": "licensing", "label-en": "Urgent", "label-fr": "Urgent", "label-xx": "no"}
    assert (
        "Staff can set the flag now." in sign_in(administrator).post("/work/flags/", naming, follow=True).text
    )
    flag, client = DepartmentFlag.objects.get(), sign_in(clerk)
    assert flag.label == {"en": "Urgent", "fr": "Urgent"}
    address = f"/work/cases/{case.reference}/flag/"
    assert "The case is flagged." in client.post(address, {"_flag": flag.key}, follow=True).text
    assert case.reference in client.get(f"/work/?view=team&flag={flag.key}").text
    assert case.reference not in client.get("/work/?view=team&flag=own-0").text
    assert "not offered any more" in client.post(address, {"_flag": "\x00"}, follow=True).text
    assert "The flag is off." in client.post(address + "off/", {"_flag": flag.key}, follow=True).text
    for stranger in (clerk, foreign_clerk):
        assert sign_in(stranger).get("/work/flags/").status_code == 403
        assert sign_in(stranger).post(f"/work/flags/{flag.pk}/retire/").status_code == 403
    retired = sign_in(administrator).post(f"/work/flags/{flag.pk}/retire/", follow=True).text
    assert "The flag is offered no more." in retired


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_notes_and_flags_can_be_used_on_a_phone_and_a_desktop(
    case: Case,
    licensing: Department,
    clerk: User,
    second_clerk: User,
    administrator: User,
    open_as: Callable[..., Page],
) -> None:
    urgent = services.name_flag(department=licensing, label=Text("Urgent"), by=administrator)
    services.name_flag(department=licensing, label=Text("Ask the fire brigade"), by=administrator)
    services.set_flag(reference=case.reference, key=urgent.key, by=clerk)
    services.add_note(
        reference=case.reference, text="The plan is old.\n@Karim Bello, please ask.", by=clerk, key=uuid4()
    )
    pages = {
        "case": (clerk, f"cases/{case.reference}/"),
        "queue": (clerk, ""),
        "flags": (administrator, "flags/"),
    }
    for name, (user, path) in pages.items():
        for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
            page = open_as(user, **options)
            page.goto(f"{page.url.split('/work/')[0]}/work/{path}")
            assert problems_on(page) == []
            assert not is_wider_than_the_window(page)
            keep_picture(page, f"notes-{name}-{size}")
