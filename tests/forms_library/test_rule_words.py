"""Rules in words: with the questions' own words, and nothing where words fail."""

import pytest

from forms_library.definition import Field
from forms_library.rule_words import in_words

FIELDS = {
    "age": Field(key="age", type="integer", label={"en": "Your age", "fr": "Votre âge"}),
    "home": Field.model_validate(
        {
            "key": "home",
            "type": "radio",
            "label": {"en": "Your home", "fr": "Votre logement"},
            "options": {"choices": [{"key": "own", "label": {"en": "I own it", "fr": "Propriétaire"}}]},
        }
    ),
}


@pytest.mark.parametrize(
    ("rule", "language", "words"),
    [
        ('answers.home == "own"', "en", "“Your home” is “I own it”"),
        ('answers.home == "own"', "fr", "« Votre logement » est « Propriétaire »"),
        ("answers.age >= 18 && answers.age < 65", "en",
         "“Your age” is at least 18 and “Your age” is less than 65"),
        ("!has(answers.age) || answers.age == 3", "en", "not answered: “Your age” or “Your age” is 3"),
        ('answers.home in ["own", "rent"]', "en", "“Your home” is one of [“I own it”, “rent”]"),
    ],
)  # fmt: skip
def test_a_rule_reads_as_a_phrase(rule: str, language: str, words: str) -> None:
    assert in_words(rule, FIELDS, language) == words


@pytest.mark.parametrize(
    "rule",
    ["answers.rows.exists(r, r.age < 3)", "lowerAscii(answers.age) == 2", "§", "", 'answers.home == "\\x"'],
)
def test_what_words_can_not_say_is_left_to_the_rule(rule: str) -> None:
    assert in_words(rule, FIELDS, "en") == ""
