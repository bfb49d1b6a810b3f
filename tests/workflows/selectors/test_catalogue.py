"""The catalogue that anybody may read."""

import pytest

from engine.departments.models import Department
from workflows.models import Service
from workflows.selectors.catalogue import departments_with_services, search, service_page, services_of

pytestmark = pytest.mark.django_db


def test_departments_show_what_citizens_can_apply_for(
    licence: Service, extract: Service, purchase: Service
) -> None:
    groups = departments_with_services("en")
    assert [(group.name, [line.title for line in group.services]) for group in groups] == [
        ("Civil Registry", ["Get an extract from the residence register"]),
        ("Licensing Department", ["Apply for a trade licence"]),
    ]
    assert groups[1].services[0].path == "/licensing/trade-licence/"


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("licence", "en", ["Apply for a trade licence"]),
        ("LICENCE trade", "en", ["Apply for a trade licence"]),
        ("residence bank", "en", ["Get an extract from the residence register"]),
        ("residents", "fr", ["Obtenir un extrait du registre des résidents"]),
        ("résidents", "fr", ["Obtenir un extrait du registre des résidents"]),
        ("الإقامه", "ar", []),
        ("الإقامة", "ar", ["الحصول على مستخرج من سجل الإقامة"]),
        ("purchase", "en", []),
        ("unicorn", "en", []),
        ("\x00%_'", "en", []),
    ],
)
def test_a_search_knows_the_words_of_the_language(
    words: str, language: str, found: list[str], licence: Service, extract: Service, purchase: Service
) -> None:
    assert [line.title for line in search(words, language=language)] == found


def test_an_empty_search_lists_everything(licence: Service, extract: Service) -> None:
    assert len(search("", language="en")) == 2


def test_a_title_counts_more_than_a_summary(licence: Service, extract: Service) -> None:
    assert search("a", language="en")[0].path == "/licensing/trade-licence/"


def test_the_page_of_a_service_says_what_it_takes(licence: Service, licensing: Department) -> None:
    page = service_page(licensing, "trade-licence", language="en")
    assert page is not None
    assert page.apply_path == "/apply/licensing/trade-licence/"
    assert [(fact.label, fact.text) for fact in page.facts] == [
        ("Time to apply", "About 15 minutes"),
        ("Decision within", "10 working days"),
        ("Fee", "No fee"),
        ("Valid for", "1 year"),
        ("Languages", "English, français, العربية"),
    ]
    assert [step.title for step in page.steps] == [
        "You apply",
        "We check your application",
        "An inspector looks at the place",
        "We decide",
        "You get your licence as a PDF",
    ]
    assert page.steps[0].note == "About 15 minutes"
    assert page.fallback_language == ""
    german = service_page(licensing, "trade-licence", language="de")
    assert german is not None
    assert german.fallback_language == "English"


def test_what_is_not_published_is_not_shown(
    licensing: Department, purchase: Service, works: Department
) -> None:
    assert service_page(licensing, "trade-licence", language="en") is None
    assert service_page(works, "purchase-approval", language="en") is None
    assert services_of(works, language="en") == []
