"""Error sentences as LOOK says they sound."""

import pytest

from forms_library.complaints import Complaint
from forms_library.sentences import filled, lower_first
from tests.forms_library.examples import form_of, posted, question, read

BORN = {"en": "your date of birth", "fr": "votre date de naissance", "ar": "تاريخ ميلادك"}


def sentences(kind, code, part="", **words):
    bound = question(kind, **words)
    complaint = Complaint(code, part)
    return {language: bound.sentence(complaint, language) for language in ("en", "fr", "ar")}


def test_the_sentence_is_made_from_the_label():
    label = {"en": "Date of birth", "fr": "Date de naissance", "ar": "تاريخ الميلاد"}
    assert sentences("date", "required", label=label) == {
        "en": "Enter date of birth",
        "fr": "Saisissez « Date de naissance »",
        "ar": "أدخل تاريخ الميلاد",
    }


def test_a_phrase_makes_the_sentence_speak_to_the_person():
    assert sentences("date", "required", phrase=BORN)["en"] == "Enter your date of birth"
    assert (
        sentences("date", "not_real", phrase=BORN)["fr"]
        == "Votre date de naissance doit être une date réelle"
    )


def test_a_label_that_is_a_question_is_quoted():
    label = {"en": "What will you sell?", "fr": "Que vendrez-vous ?", "ar": "ماذا ستبيع؟"}
    options = {"choices": [{"key": "a", "label": "A"}]}
    assert sentences("radio", "required", label=label, options=options) == {
        "en": "Select an answer to “What will you sell?”",
        "fr": "Sélectionnez une réponse à « Que vendrez-vous ? »",
        "ar": "اختر إجابة عن «ماذا ستبيع؟»",
    }


def test_the_department_says_it_in_its_own_words():
    own = {"required": {"en": "Select what you will sell", "ar": "اختر ما ستبيعه"}}
    assert sentences("yes_no", "required", errors=own)["en"] == "Select what you will sell"
    assert sentences("yes_no", "required", errors=own)["ar"] == "اختر ما ستبيعه"


def test_dates_say_what_is_missing_and_the_limit_in_the_language():
    form = form_of(
        {
            "key": "start",
            "type": "date",
            "label": "First day of trading",
            "options": {"earliest": "2026-12-08"},
        }
    )
    missing = read(form, posted(start__day="14", start__year="2027")).errors[0]
    assert (missing.sentence, missing.anchor) == ("First day of trading must include a month", "start-month")
    early = posted(start__day="7", start__month="12", start__year="2026")
    assert read(form, early).errors[0].sentence == "First day of trading must be 8 December 2026 or later"
    assert "8 décembre 2026" in read(form, early, language="fr").errors[0].sentence
    assert "8 ديسمبر 2026" in read(form, early, language="ar").errors[0].sentence


def test_an_example_is_named():
    assert (
        question("phone").sentence(Complaint("format", "", {"example": "555 0100"}), "en")
        == "Enter a phone number, like 555 0100"
    )


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Date of birth", "date of birth"),
        ("ID number", "ID number"),
        ("E-mail", "e-mail"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_the_first_letter_becomes_small_but_not_that_of_capitals(label, inside):
    assert lower_first(label) == inside


@pytest.mark.parametrize(
    "pattern", ["{", "{}", "{phrase!r}", "{0}", "{phrase.__class__}", "%(phrase)s", "{unknown}"]
)
def test_a_sentence_with_odd_braces_stays_as_it_was_written(pattern):
    assert filled(pattern, {"phrase": "x"}, "en") == pattern
