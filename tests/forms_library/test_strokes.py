"""A drawn signature: lines within the box, and nothing else."""

import pytest

from forms_library.complaints import AnswerRefused
from forms_library.strokes import LONGEST, as_svg, checked

LINES = "M10 90L40 20L70 90M100 20L110 30"


def test_lines_are_kept_and_drawn():
    assert checked(LINES) == LINES
    assert f'd="{LINES}"' in as_svg(LINES, "Signed by hand")
    assert checked("") == ""


@pytest.mark.parametrize(
    "drawn",
    [
        "M1 1",
        "L1 1L2 2L3 3L4 4",
        "M1 1L601 2L3 3L4 4",
        "M1 1L2 201L3 3L4 4",
        'M1 1"/><script>',
        "M1 1" + "L2 2" * LONGEST,
        "M1.5 1L2 2",
        "M-1 1L2 2L3 3L4 4",
    ],
)
def test_anything_else_is_refused(drawn):
    with pytest.raises(AnswerRefused):
        checked(drawn)
