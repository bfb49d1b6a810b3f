"""The questions of a service on paper."""

import io

import pikepdf
import pytest

from engine.departments.access import AccessRefused
from engine.departments.models import User
from forms_library.question_list import question_list
from workflows.models import Service
from workflows.selectors.versions import version_of
from workflows.services.printing import NoSuchForm, questions_pdf

pytestmark = pytest.mark.django_db


def test_every_question_and_text_is_listed(licence: Service) -> None:
    assert licence.current_id is not None
    form = version_of(licence.current_id).package.forms["application"]
    pages = question_list(form, ["en", "fr"], "en")
    assert [page.title[0] for page in pages] == [page.title.in_("en") for page in form.pages]
    asked = [question for page in pages for question in page.questions]
    assert [question.key for question in asked] == [field.key for field in form.fields()]
    number = next(question for question in asked if question.key == "company_number")
    assert number.conditions[0].what == "Asked when"
    assert "Legal form" in number.conditions[0].words or "“" in number.conditions[0].words
    assert number.conditions[0].rule.startswith("answers.")
    secret = next(question for question in asked if question.key == "applicant_national_id")
    assert "sensitive" in secret.facts
    texts = {said.what: said.texts for said in asked[0].said}
    assert texts["Question"][0] != texts["Question"][1]


@pytest.mark.parametrize("reading", ["en", "fr", "ar"])
def test_it_is_a_tagged_pdf_in_the_language_of_the_reader(
    licence: Service, founder: User, reading: str
) -> None:
    data = questions_pdf(
        service=licence, form_key="application", by=founder, reading=reading, languages=["en", "fr", "ar"]
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == reading
        assert "/StructTreeRoot" in pdf.Root
        assert len(pdf.pages) > 2


def test_others_are_refused_and_an_unknown_form_is_none(
    licence: Service, foreign_clerk: User, clerk: User, founder: User
) -> None:
    for user in (foreign_clerk, clerk):
        with pytest.raises(AccessRefused):
            questions_pdf(service=licence, form_key="application", by=user, reading="en")
    with pytest.raises(NoSuchForm):
        questions_pdf(service=licence, form_key="none", by=founder, reading="en")
