"""A form with every kind of field, and short ways to ask it."""

from datetime import date

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from forms_library.answers import read_page
from forms_library.catalogue import field_types
from forms_library.compiled import compile_form
from forms_library.definition import Field, Form

TODAY = date(2026, 11, 22)
CHOICES = [
    {
        "key": "food",
        "label": {"en": "Hot food", "fr": "Plats", "ar": "طعام"},
        "hint": {"en": "With a certificate", "ar": "بشهادة"},
    },
    {"key": "fruit", "label": {"en": "Fruit", "fr": "Fruits", "ar": "فواكه"}},
    {"key": "other", "label": {"en": "Something else", "fr": "Autre chose", "ar": "شيء آخر"}},
]
PERSON = [
    {"key": "first", "type": "short_text", "label": {"en": "First name", "ar": "الاسم"}},
    {"key": "born", "type": "date", "label": {"en": "Born", "ar": "الميلاد"}, "required": False},
]
TABLE = {
    "inputs": [{"expression": "today", "type": "date"}],
    "outputs": [{"key": "result", "type": "text"}],
    "rows": [
        {"when": ['< date("2026-01-01")'], "then": ['"early"']},
        {"when": ['>= date("2026-01-01")'], "then": ['"late"']},
    ],
}
OPTIONS = {
    "decision_result": {"table": TABLE},
    "group": {"fields": PERSON},
    "repeating_group": {"fields": PERSON, "item_label": {"en": "Child", "ar": "طفل"}},
    "table": {"columns": PERSON},
    "calculated": {"rule": "date('2026-01-01')", "result": "date"},
    "radio": {"choices": CHOICES, "divider_before": "other"},
    "select": {"choices": CHOICES},
    "checkbox_group": {"choices": CHOICES, "none": {"en": "None of these", "fr": "Aucun", "ar": "لا شيء"}},
    "national_id": {"pattern": "9999 9999 9999", "example": "1234 5678 9012"},
    "declaration": {
        "statement": {"en": "All is true.\n\nI know that lies are fined.", "ar": "كل الإجابات صحيحة."}
    },
    "address": {"region": True, "country": True},
    "integer": {"unit": {"en": "people", "ar": "أشخاص"}},
    "linked": {
        "levels": [
            {"key": "sort", "label": {"en": "Sort", "ar": "النوع"}},
            {"key": "goods", "label": "Goods"},
        ],
        "choices": [
            {
                "key": "food",
                "label": {"en": "Food", "ar": "طعام"},
                "choices": [{"key": "hot", "label": "Hot food"}],
            },
            {"key": "craft", "label": "Crafts", "choices": [{"key": "other", "label": "Other crafts"}]},
        ],
    },
    "administrative_area": {
        "choices": [
            {"key": "north", "label": "North", "choices": [{"key": "harbour", "label": "Old Harbour"}]},
            {"key": "south", "label": "South", "choices": [{"key": "hill", "label": "Green Hill"}]},
        ]
    },
    "masked": {"format": "postcode_gb"},
    "long_text": {"max_words": 100},
    "decimal": {"prefix": "≈", "unit": {"en": "metres", "fr": "mètres", "ar": "متر"}},
    "hidden": {"value": "spring-2027"},
    "payment_amount": {"amount": "25"},
    "content": {
        "text": {"en": "## More\n\nA **bold** [link](https://example.org)\n\n- one\n- two", "ar": "نص"}
    },
    "details": {"text": {"en": "Text *inside*", "ar": "نص"}},
    "section": {"text": "Below"},
    "image": {"address": "/static/shell/mark.png", "alt": {"en": "A mark", "ar": "علامة"}},
    "lookup": {
        "address": "https://register.example.org/companies/{key}",
        "value": "name",
        "value_label": {"en": "Company name", "fr": "Nom de la société", "ar": "اسم الشركة"},
        "source": {"en": "Companies register", "fr": "Registre des sociétés", "ar": "سجل الشركات"},
    },
    "autocomplete": {"choices": CHOICES},
    "person_name": {"ask": "three", "title": True},
}
ANSWERS = {
    "decision_result": "late",
    "group": {"first": "Leila", "born": "2020-02-04"},
    "repeating_group": [{"first": "Leila", "born": "2020-02-04"}, {"first": "Sami"}],
    "table": [{"first": "Leila"}],
    "calculated": "2026-01-01",
    "short_text": "Leila Haddad",
    "long_text": "One\nTwo",
    "email": "leila@example.org",
    "phone": "5550100",
    "integer": 1250,
    "decimal": "12.50",
    "currency": "1250.00",
    "date": "2027-01-14",
    "yes_no": True,
    "radio": "food",
    "checkbox_group": ["food", "fruit"],
    "select": "fruit",
    "address": {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213", "country": "FR"},
    "national_id": "123456784471",
    "file": {
        "document": "0198c0de-0000-7000-8000-000000000001",
        "name": "stall.pdf",
        "size": 1200000,
        "type": "application/pdf",
    },
    "declaration": True,
    "url": "https://www.example.org/stall",
    "checkbox": True,
    "month_year": "2026-04-01",
    "time": "16:30",
    "linked": {"sort": "food", "goods": "hot"},
    "administrative_area": {"province": "north", "district": "harbour"},
    "person_name": {"given": "Leila", "family": "Haddad"},
    "masked": "SW1A 1AA",
    "files": [
        {
            "document": "0198c0de-0000-7000-8000-000000000002",
            "name": "plan.png",
            "size": 52000,
            "type": "image/png",
        }
    ],
    "map_point": {"latitude": "48.850000", "longitude": "2.350000"},
    "hidden": "spring-2027",
    "payment_amount": "25.00",
    "drawn_signature": {"name": "Leila Haddad", "drawing": "M10 90L40 20L70 90L100 20"},
    "lookup": {
        "key": "01234567",
        "value": "Olive Ltd",
        "source": "register.example.org",
        "at": "2026-11-22T10:00:00+00:00",
        "typed": False,
    },
    "autocomplete": "fruit",
    "date_range": {"start": "2027-03-01", "end": "2027-03-04"},
}


def label_of(kind):
    """The label of a kind, as the label of a question."""
    return kind.label.model_dump()


def every_kind(**common):
    """A form of one page with all kinds that there are."""
    fields = [
        {
            "key": kind.key,
            "type": kind.key,
            "label": label_of(kind),
            "options": OPTIONS.get(kind.key, {}),
            **common,
        }
        for kind in field_types
    ]
    return form_of(*fields)


def form_of(*fields, **page):
    """A compiled form of one page."""
    return form_of_pages({"key": "page", "title": "A page", "fields": list(fields), **page})


def form_of_pages(*pages, context=None):
    """A compiled form."""
    return compile_form(Form.model_validate({"title": "A form", "pages": list(pages)}), context)


def field(key, kind="short_text", **words):
    """One field of a definition."""
    return {"key": key, "type": kind, "label": key.replace("_", " ").capitalize(), **words}


def question(kind, options=None, **words):
    """A field type bound to a field."""
    definition = Field.model_validate(
        {"key": "q", "type": kind, "label": "Question of life", "options": options or {}, **words}
    )
    return field_types[kind](definition)


def posted(**values):
    """A posted form; a part of a field is written start__day."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def never_uploads(file, rules):
    """An upload that no test should reach."""
    raise AssertionError("nothing was to be uploaded")


def read(
    compiled, data, *, page="page", files=None, stored=None, language="en", upload=never_uploads, **more
):
    """Read one page on the day of the tests."""
    return read_page(
        compiled,
        page,
        data,
        files or MultiValueDict(),
        stored or {},
        today=TODAY,
        language=language,
        upload=upload,
        **more,
    )
