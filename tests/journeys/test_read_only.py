"""A site that can only be read: a citizen's page is refused and sent again later, staff see why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command

from engine.departments.models import User
from tests.chromium import DESKTOP, PHONE
from tests.journeys import licence
from tests.journeys.conftest import Visitor
from workflows.models import Draft

LEILA, CLARA = "leila.haddad@example.org", "clara.nunes@registry.example"


@pytest.mark.browser
def test_what_was_typed_is_sent_again_by_one_press_and_staff_read_under_a_banner(
    visit: Callable[..., Visitor], town: dict[str, User]
) -> None:
    citizen, clerk = visit(PHONE), visit(DESKTOP)
    citizen.sign_in(LEILA)
    citizen.go("/licensing/trade-licence/?lang=en")
    citizen.press("Start now")
    licence.about_you(citizen)
    citizen.page.locator("#business_name").fill("Harbour “Kitchen”")
    citizen.page.get_by_label("I trade on my own").check()
    citizen.page.locator("#people_working").fill("3")
    call_command("site_mode", "read-only")
    with citizen.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        citizen.press("Continue")
    citizen.look("read-only-refused")
    assert answered.value.status == 503
    clerk.sign_in(CLARA)
    clerk.go("/work/")
    clerk.look("read-only-queue")
    assert "nothing can be sent or changed" in clerk.page.locator("main").inner_text()
    call_command("site_mode", "normal")
    citizen.press("Send again")
    assert citizen.page.locator("#premises-line_1").count() == 1
    assert Draft.objects.get().answers["business_name"] == "Harbour “Kitchen”"
