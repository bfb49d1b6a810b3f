"""The problems of a package in the language of who reads them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from django.test import Client

from engine.core.problems import DefinitionRefused
from engine.departments.models import User
from forms_library.importing.reading import read_forms
from portal.designer.sentences import FOLDER, PLACE, say
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV
from workflows.services.packages import checked

PACKAGE = Path(__file__).resolve().parents[3] / "fixtures" / "packages" / "licensing" / "trade-licence.yaml"
LANGUAGES = ["fr", "ar"]
FOREIGN = {"xgov": XGOV, "moj": MOJ, "open_forms": OPEN_FORMS, "json_schema": SCHEMA}


def spoilt() -> dict[str, Any]:
    """A package in which many things are wrong that a department may get wrong."""
    package = deepcopy(yaml.safe_load(PACKAGE.read_text(encoding="utf-8")))
    nodes = {node["key"]: node for node in package["workflow"]["nodes"]}
    nodes["check"]["outcomes"][0]["next"] = "nowhere"
    nodes["approve"]["not_by"] = ["nobody", "approve"]
    package["summary_fields"] = ["colour"]
    package["workflow"]["nodes"].append({"key": "island", "type": "end", "outcome": "refused"})
    fields = package["forms"]["application"]["pages"][0]["fields"]
    fields += [deepcopy(fields[0]), {"key": "new", "type": "no_such_type", "label": "New"}]
    fields[1]["show_when"] = "answers.busines_name == 5"
    package["forms"]["application"]["pages"][1].pop("title")
    return package


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_wrong_with_a_package_is_said_in_the_language(language: str) -> None:
    package, found = spoilt(), []
    for _ in range(3):  # shape first, then the forms, then the steps
        with pytest.raises(DefinitionRefused) as refused:
            checked(package)
        found += [problem.sentence for problem in refused.value.problems]
        package["forms"]["application"]["pages"][1]["title"] = "Business"
        package["forms"]["application"]["pages"][0]["fields"][-1]["type"] = "short_text"
    assert len(set(found)) >= 6
    assert [sentence for sentence in found if say(sentence, language) == sentence] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "source", [XGOV, MOJ, OPEN_FORMS, SCHEMA], ids=["xgov", "moj", "open forms", "schema"]
)
def test_all_that_is_said_of_a_foreign_form_is_said_in_the_language(source: Any, language: str) -> None:
    found = {note.sentence for note in read_forms(deepcopy(source)).report}
    assert found
    assert [sentence for sentence in sorted(found) if say(sentence, language) == sentence] == []


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ('There is no step "a.b".', "Il n’y a pas d’étape « a.b »."),
        ('There is no step "a" to start with.', "Il n’y a pas d’étape « a » par laquelle commencer."),
        (
            'There is nothing named "amout". Did you mean "amount"?',
            "Rien ne s’appelle « amout ». Vouliez-vous dire « amount » ?",
        ),
        ("The rule cannot be read here. Something new.", "La règle ne peut pas être lue ici. Something new."),
        ("Nobody has translated this.", "Nobody has translated this."),
        ("", ""),
    ],
)
def test_a_sentence_is_known_by_its_pattern_and_never_lost(english: str, french: str) -> None:
    assert say(english, "fr") == say(english, "fr-CA") == french
    assert say(english, "en") == say(english, "../fr") == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_takes_over_what_stands_in_the_sentence(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "problems.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert len(messages) > 100
    lost = {"how"}  # "always" and "never" come to the same thing there
    for message in messages:
        names = set(PLACE.findall(message.id)) - lost
        assert names == set(PLACE.findall(str(message.string))), message.id


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("fr", "n’existe pas"), ("ar", "غير الموجودة")])
def test_the_page_says_it_in_the_language_of_the_reader(
    client: Client, designer: User, language: str, word: str
) -> None:
    client.force_login(designer)
    client.get(f"/manage/?lang={language}")
    package = yaml.safe_load(PACKAGE.read_text(encoding="utf-8"))
    check = next(node for node in package["workflow"]["nodes"] if node["key"] == "check")
    check["outcomes"][0]["next"] = "nowhere"
    answer = client.post("/manage/licensing/import/", {"text": yaml.safe_dump(package, allow_unicode=True)})
    assert answer.status_code == 422
    assert word in answer.text
