"""The answers of a form as a JSON Schema (draft 2020-12)."""

import json
from typing import ClassVar

from engine.core.text import Text
from forms_library.compiled import compile_form
from forms_library.definition import Form
from forms_library.exporting.port import Exported, Exporter, exporters
from forms_library.importing.report import Report
from forms_library.schemas import answers_schema


@exporters.register
class JsonSchema(Exporter):
    """What may be stored; which answers are required depends on rules, which a schema cannot say."""

    key: ClassVar[str] = "json_schema"
    label: ClassVar[Text] = Text({"en": "JSON Schema", "fr": "JSON Schema", "ar": "JSON Schema"})
    ending: ClassVar[str] = "schema.json"
    whole: ClassVar[bool] = False
    content_type: ClassVar[str] = "application/schema+json"
    about: ClassVar[Text] = Text({
        "en": "The shape of the answers (draft 2020-12), for programs that read them.",
        "fr": "La forme des réponses (draft 2020-12), pour les programmes qui les lisent.",
        "ar": "شكل الإجابات (‎draft 2020-12‎) للبرامج التي تقرؤها.",
    })  # fmt: skip

    def write(self, form: Form, language: str = "en") -> Exported:
        """The schema of the answers; pages, texts and rules have no place in it."""
        report = Report()
        for number, page in enumerate(form.pages):
            if page.show_when or page.next is not None or page.checks:
                report.lost(
                    ("pages", number), "rules", "The ways and rules of a page have no place in a schema."
                )
            for index, field in enumerate(page.fields):
                if field.show_when or field.required_when:
                    at = ("pages", number, "fields", index)
                    report.lost(at, "rules", "When a question is asked or required has no place in a schema.")
        schema = answers_schema(compile_form(form))
        return Exported(json.dumps(schema, ensure_ascii=False, indent=2), report)
