"""Pages that end the way, rows that are added and removed, captions, and rules that cannot be worked out."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.messages.models import Letter
from portal.citizen.row_focus import with_focus
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Case, Draft, Service

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]
CHILD = [
    {"key": "first", "type": "short_text", "label": "First name"},
    {"key": "age", "type": "integer", "label": "Age"},
    {
        "key": "school",
        "type": "short_text",
        "label": "School",
        "show_when": "item.age > 5",
        "required": False,
    },
]
PAGES: list[dict[str, Any]] = [
    {
        "key": "here",
        "title": "Where you live",
        "section": {"en": "About you", "fr": "Vous"},
        "fields": [{"key": "local", "type": "yes_no", "label": "Do you live here?"}],
        "next": [{"to": "sorry", "when": "answers.local == false"}, {"to": "family"}],
    },
    {
        "key": "sorry",
        "title": "You cannot apply",
        "exit": True,
        "intro": "Only people who live here may apply.",
        "fields": [{"key": "why", "type": "paragraph", "label": "Ask the town where you live."}],
    },
    {
        "key": "family",
        "title": "Your family",
        "fields": [
            {
                "key": "children",
                "type": "repeating_group",
                "label": "Your children",
                "required": False,
                "options": {"fields": CHILD, "item_label": "Child"},
            }
        ],
    },
    {
        "key": "money",
        "title": "Money",
        "fields": [
            {"key": "total", "type": "integer", "label": "Total", "options": {"min": 0}},
            {"key": "people", "type": "integer", "label": "People", "options": {"min": 0}},
            {
                "key": "share",
                "type": "calculated",
                "label": "Each",
                "required": False,
                "options": {"rule": "answers.total / answers.people", "result": "integer"},
            },
        ],
    },
]


def text_of(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def draft(licensing: Department, administrator: User, citizen: User) -> Draft:
    """An application for which not everybody may apply."""
    package = copy.deepcopy(PACKAGE)
    package["forms"]["application"]["pages"] = copy.deepcopy(PAGES)
    package["summary_fields"] = []
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")


def test_a_page_has_the_caption_of_its_section(browser: Client, draft: Draft) -> None:
    assert "Step 1 of 4: About you" in text_of(browser.get(f"/apply/d/{draft.pk}/here/"))


def test_a_page_that_ends_the_way_says_why_and_offers_no_way_on(
    browser: Client, answer: Answer, draft: Draft
) -> None:
    found = answer("here", local="no")
    assert found["Location"].endswith("/sorry/")
    page = text_of(browser.get(found["Location"]))
    assert "You cannot apply" in page
    assert "Only people who live here may apply." in page
    assert "Ask the town where you live." in page
    assert 'href="/licensing/"' in page
    assert f'href="/apply/d/{draft.pk}/here/"' in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]


def test_behind_a_page_that_ends_the_way_nothing_can_be_sent(
    browser: Client, answer: Answer, draft: Draft, citizen: User
) -> None:
    answer("here", local="no")
    draft.refresh_from_db()
    sorry = f"/apply/d/{draft.pk}/sorry/"
    assert browser.get(f"/apply/d/{draft.pk}/")["Location"] == sorry
    assert browser.post(f"/apply/d/{draft.pk}/check/", {"revision": draft.revision})["Location"] == sorry
    assert answer("sorry")["Location"] == sorry
    assert browser.get(f"/apply/d/{draft.pk}/money/")["Location"] == sorry
    with pytest.raises(services.AnswersRefused):
        services.submit(draft, by=citizen)
    assert not Case.objects.exists()


def test_another_answer_leads_past_the_end(browser: Client, answer: Answer, draft: Draft) -> None:
    answer("here", local="no")
    assert answer("here", local="yes")["Location"].endswith("/family/")
    assert browser.get(f"/apply/d/{draft.pk}/sorry/")["Location"].endswith("/family/")


def test_a_row_is_added_with_everything_typed_and_the_focus_in_it(answer: Answer, draft: Draft) -> None:
    answer("here", local="yes")
    typed = {"children__0__first": "Sami", "children__0__age": "old"}
    page = text_of(answer("family", **typed, children__add="1"))
    assert 'value="Sami"' in page
    assert 'value="old"' in page
    assert page.count(" autofocus") == 1
    assert "govuk-error" not in page
    start = page.index(" autofocus")
    assert "children-1-" in page[start : start + 60]
    draft.refresh_from_db()
    assert "children" not in draft.answers or draft.answers["children"] is None
    assert "family" in draft.raw


def test_a_script_is_answered_with_the_questions_of_each_row_and_what_is_worked_out(
    browser: Client, answer: Answer, draft: Draft
) -> None:
    answer("here", local="yes")
    assert 'data-reacts-to="children"' in text_of(browser.get(f"/apply/d/{draft.pk}/family/"))
    rows = {
        "children-0-first": "Sami",
        "children-0-age": "7",
        "children-1-first": "Nour",
        "children-1-age": "4",
    }
    page = text_of(browser.post(f"/apply/d/{draft.pk}/family/", rows, HTTP_HX_REQUEST="true"))
    assert 'name="children-0-school"' in page
    assert 'name="children-1-school"' not in page
    answer("family")
    assert 'data-reacts-to="total people"' in text_of(browser.get(f"/apply/d/{draft.pk}/money/"))
    typed = {"total": "12", "people": "4"}
    page = text_of(browser.post(f"/apply/d/{draft.pk}/money/", typed, HTTP_HX_REQUEST="true"))
    assert ">3<" in page


def test_a_row_is_removed_and_the_others_stay(answer: Answer) -> None:
    answer("here", local="yes")
    typed = {f"children__{row}__first": name for row, name in enumerate(("Sami", "Nour"))}
    page = text_of(answer("family", **typed, children__0__remove="1", page__sure="yes"))
    assert "Sami" not in page
    assert 'value="Nour"' in page
    assert page.count(" autofocus") == 1


def test_the_focus_goes_to_the_last_row_however_deep() -> None:
    html = '<i id="a-0-b-0-x"></i><i id="a-0-b-1-x"></i><button name="a-0-b-add"></button>'
    assert with_focus(html, "a-0-b-add") == html.replace(' id="a-0-b-1-x"', ' autofocus id="a-0-b-1-x"')
    assert ' autofocus name="a-0-b-add"' in with_focus(html, "a-0-b-1-remove")
    assert with_focus(html, "z-add") == html


def test_a_rule_that_cannot_be_worked_out_keeps_the_answers_and_is_told_once(
    browser: Client, answer: Answer, draft: Draft, designer: User
) -> None:
    answer("here", local="yes")
    answer("family")
    page = text_of(answer("money", total="10", people="0"))
    assert "We cannot go on with this application now" in page
    assert "Your answers are saved until" in page
    draft.refresh_from_db()
    assert (draft.answers["total"], draft.answers["people"]) == (10, 0)
    assert "We cannot go on" in text_of(browser.get(f"/apply/d/{draft.pk}/check/"))
    sending = browser.post(f"/apply/d/{draft.pk}/check/", {"revision": draft.revision})
    assert "We cannot go on" in text_of(sending)
    assert not Case.objects.exists()
    entry = AuditEntry.objects.get(verb="rule.failed")
    assert "answers.total / answers.people" in str(entry.details)
    letter = Letter.objects.get(recipient=designer)
    assert "answers.total / answers.people" in letter.text
    assert answer("money", total="10", people="2")["Location"].endswith("/check/")
    page = text_of(browser.get(f"/apply/d/{draft.pk}/check/"))
    assert "to=check#people" in page
    assert "to=check#share" not in page  # it is worked out: there is nothing to change


def test_a_rule_that_cannot_be_worked_out_is_not_sent_by_the_service_either(
    answer: Answer, draft: Draft, citizen: User
) -> None:
    answer("here", local="yes")
    answer("family")
    answer("money", total="10", people="0")
    draft.refresh_from_db()
    with pytest.raises(services.AnswersRefused):
        services.submit(draft, by=citizen)
