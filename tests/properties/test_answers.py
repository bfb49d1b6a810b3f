"""Answers survive their storage: what a walker typed is what is read back, also out of a draft."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.departments.models import User
from forms_library.answers import PageResult, check_whole
from forms_library.field_type import Reading
from forms_library.shapes import has_shape
from forms_library.walking import random_walk
from tests.properties.forms import compiled_or_none, definitions
from workflows.models import Draft, Service
from workflows.selectors.versions import version_of
from workflows.services import discard_draft, save_page, start_draft

EXAMPLES = [200, pytest.param(5_000, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)])]
TODAY = date(2026, 11, 26)
seeds = st.integers(0, 2**32)


def through_the_database(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as PostgreSQL gives them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(answers)])
        found: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return found


def with_content(answer: Any) -> Any:
    """The answer without groups inside it in which nothing was answered: {} says no more than its absence."""
    if isinstance(answer, list):
        return [with_content(part) for part in answer]
    if isinstance(answer, dict):
        kept = {key: with_content(part) for key, part in answer.items()}
        return {key: part for key, part in kept.items() if part not in ({}, [])}
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("examples", EXAMPLES)
def test_answers_to_any_form_come_back_from_storage_as_they_were_given(examples: int) -> None:
    walked = []

    @settings(max_examples=examples)
    @given(definitions(), seeds)
    def survives(definition: dict[str, Any], seed: int) -> None:
        compiled = compiled_or_none(definition)
        if compiled is None:
            return
        walk = random_walk(compiled, seed, TODAY)
        assert walk.complete, walk.errors
        assert walk.changed == ()
        walked.append(seed)
        stored = through_the_database(dict(walk.answers))
        assert stored == walk.answers
        whole = check_whole(compiled, stored, TODAY)
        assert (whole.answers, whole.errors) == (stored, {})
        for key, answer in stored.items():
            question = compiled.fields[key].question
            assert has_shape(question.kind, answer)
            again = question.parse(question.typed(answer, "en"), Reading(TODAY, "en"))
            assert with_content(again) == with_content(answer)

    survives()
    assert len(walked) > examples / 2


@pytest.mark.django_db
@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_walk_survives_its_draft(examples: int, citizen: User, extract: Service) -> None:
    assert extract.current_id is not None
    form = version_of(extract.current_id).start_form

    @settings(max_examples=examples)
    @given(seeds)
    def survives(seed: int) -> None:
        walk = random_walk(form, seed, TODAY)
        draft = start_draft(citizen, extract, "en")
        for step in walk.steps:
            result = PageResult(dict(step.stored), {}, [])
            draft = save_page(draft, step.page, result, revision=draft.revision, by=citizen)
        loaded = Draft.objects.get(pk=draft.pk)
        assert {key: answer for key, answer in loaded.answers.items() if answer is not None} == walk.answers
        assert check_whole(form, loaded.answers, TODAY).errors == {}
        discard_draft(loaded, by=citizen)

    survives()
