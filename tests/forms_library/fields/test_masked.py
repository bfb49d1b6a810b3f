"""A code of a pattern: what is made up for a walk is of the length that is taken."""

from random import Random

import pytest

from forms_library.field_type import Reading
from tests.forms_library.examples import TODAY, question

PATTERNS = (".*(?:[A-Z]+).*", "[0-9]*", "(?:ab|cd)+", "[A-Z]{2}-[0-9]{4}", "[a-z]{3,}")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_short_answer_is_made_of_a_pattern_that_would_take_a_long_one(pattern: str) -> None:
    masked = question("masked", {"pattern": pattern, "max_length": 10})
    made = {str(masked.example(Random(seed))) for seed in range(40)}
    assert all(masked.parse(code, Reading(TODAY, "en")) == code for code in made)
    assert len(made) > 2
