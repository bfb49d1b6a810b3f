"""Every field type has every aspect; taking any one of them away makes its check fail."""

import pytest
from jsonschema import ValidationError

from forms_library.catalogue import field_types
from forms_library.complaints import AnswerRefused
from tests.forms_library.fields.aspects import ASPECTS
from tests.forms_library.fields.contract import stored_naughty, typed_by_people

FAILURES = (AssertionError, AttributeError, TypeError, ValueError, KeyError, AnswerRefused, ValidationError)
TYPED = [kind for kind in field_types if typed_by_people(kind)]
CASES = [
    pytest.param(kind, aspect, id=f"{kind.key}-{name}")
    for kind in field_types
    for name, aspect in ASPECTS.items()
    if aspect.concerns(kind)
]
AWAY = [
    pytest.param(kind, aspect.check, take, id=f"{kind.key}-{name}-{number}")
    for kind in field_types
    for name, aspect in ASPECTS.items()
    if aspect.concerns(kind)
    for number, take in enumerate(aspect.away)
]


@pytest.mark.parametrize(("kind", "aspect"), CASES)
def test_a_field_type_has_the_aspect(kind, aspect):
    aspect.check(kind)


@pytest.mark.parametrize(("kind", "check", "take"), AWAY)
def test_without_the_aspect_the_check_fails(kind, check, take):
    with pytest.raises(FAILURES):
        check(take(kind))


@pytest.mark.parametrize("kind", TYPED, ids=lambda kind: kind.key)
def test_naughty_texts_are_answers_or_complaints_and_never_faults(kind):
    stored_naughty(kind)
