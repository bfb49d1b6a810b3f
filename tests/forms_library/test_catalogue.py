"""A new kind of question is one file and no edit elsewhere."""

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLOUR = '''
from engine.core.text import Text
from forms_library.complaints import refuse
from forms_library.controls import Input, one_line
from forms_library.field_type import FieldType, field_types


@field_types.register
class Colour(FieldType):
    """A colour by its name."""

    key = "colour"
    label = Text({"en": "Colour", "fr": "Couleur", "ar": "لون"})
    icon = "palette"
    kind = "text"
    accepts = (({}, "red", "red"),)
    rejects = (({}, "loud", "format"),)

    def parse(self, raw, reading):
        if raw and raw not in ("red", "blue"):
            raise refuse("format")
        return raw or None

    def markup(self, face):
        return one_line(face, Input(width=10))

    def text(self, answer, language):
        return answer.capitalize()

    def json_schema(self):
        return {"enum": ["red", "blue"]}
'''
WALK = """
import sys
import forms_library.fields
forms_library.fields.__path__.append(sys.argv[1])
import django
from django.conf import settings
settings.configure()
django.setup()
from tests.forms_library.examples import TODAY, field, form_of, posted, read
from forms_library.rendering import render_page
from forms_library.review import review
from forms_library.schemas import answers_schema, definition_schema, palette

form = form_of(field("paint", "colour"), field("shade", show_when="answers.paint == 'red'", required=False))
assert read(form, posted(paint="red", shade="dark")).answers == {"paint": "red", "shade": "dark"}
wrong = read(form, posted(paint="loud")).errors
assert [error.sentence for error in wrong] == ["Paint is not in the right form"]
html = render_page(form, "page", answers={"paint": "red"}, raw={}, errors=[], language="en", today=TODAY)
assert 'value="red"' in html
assert review(form, {"paint": "red"}, "en", TODAY)[0].rows[0].value_text == "Red"
assert "colour" in [kind["key"] for kind in palette()]
assert "colour" in definition_schema()["$defs"]["Field"]["properties"]["type"]["enum"]
assert answers_schema(form)["properties"]["paint"]["enum"] == ["red", "blue"]
"""


def test_one_new_file_is_asked_read_shown_reviewed_and_published(tmp_path):
    (tmp_path / "colour.py").write_text(COLOUR, encoding="utf-8")
    walked = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WALK), str(tmp_path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert walked.returncode == 0, walked.stderr
