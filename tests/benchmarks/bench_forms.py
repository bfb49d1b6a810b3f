"""P2: the CPU of a step page, against a plain Django form page of the same fields in the same run."""

import time
from collections.abc import Callable
from datetime import date

from django import forms
from django.core.handlers.wsgi import WSGIHandler
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import engines
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.datastructures import MultiValueDict

from forms_library.answers import read_page
from forms_library.compiled import CompiledForm, compile_form
from forms_library.definition import Form
from forms_library.rendering import render_page
from tests.benchmarks.table import Row

TODAY = date(2026, 11, 22)
KINDS = (
    "short_text",
    "email",
    "integer",
    "radio",
    "date",
    "long_text",
    "select",
    "yes_no",
    "currency",
    "short_text",
)
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
RENDERER = DjangoTemplates()
View = Callable[[HttpRequest], HttpResponse]
COLOURS = [("red", "Red"), ("green", "Green"), ("blue", "Blue")]
SHELL = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head>
<body><main><h1>{{ title }}</h1>
<form method="post" novalidate>{{ fields }}<button>Continue</button></form></main></body></html>"""
PLAIN: dict[str, Callable[[], forms.Field]] = {
    "short_text": lambda: forms.CharField(help_text="A hint", max_length=200),
    "email": lambda: forms.EmailField(help_text="A hint"),
    "integer": lambda: forms.IntegerField(help_text="A hint"),
    "radio": lambda: forms.ChoiceField(help_text="A hint", choices=COLOURS, widget=forms.RadioSelect),
    "date": lambda: forms.DateField(help_text="A hint", widget=forms.DateInput),
    "long_text": lambda: forms.CharField(help_text="A hint", widget=forms.Textarea),
    "select": lambda: forms.ChoiceField(help_text="A hint", choices=COLOURS),
    "yes_no": lambda: forms.ChoiceField(
        help_text="A hint", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    ),
    "currency": lambda: forms.DecimalField(help_text="A hint", max_digits=15, decimal_places=2),
}
TYPED = {
    "short_text": "Leila Haddad",
    "email": "leila@example.org",
    "integer": "12",
    "radio": "red",
    "long_text": "One\nTwo",
    "select": "blue",
    "yes_no": "yes",
    "currency": "12.50",
}


def run(quick: bool) -> list[Row]:
    """Measure; quick takes about a second."""
    rounds = 60 if quick else 400
    views = {"ours/10/": ours_get(10), "ours/30/": ours_get(30), "plain/10/": plain_get(10)}
    addresses = tuple(path(address, view) for address, view in views.items())
    with override_settings(ROOT_URLCONF=addresses, MIDDLEWARE=MIDDLEWARE, ALLOWED_HOSTS=["*"]):
        shown = {address: cpu(request_to(address), rounds) for address in views}
    judged, judged_plain = cpu(ours_post(30), rounds), cpu(plain_post(30), rounds)
    ten = shown["ours/10/"]
    return [
        row("step page of 10 fields, GET", ten, shown["plain/10/"], 0.6, "plain Django form page"),
        row("step page of 30 fields, GET", shown["ours/30/"], ten, 2.0, "10 fields"),
        row("page of 30 fields judged", judged, judged_plain, 1.0, "plain Django form"),
    ]


def row(what: str, measured: float, floor: float, target: float, against: str) -> Row:
    """One line of the table."""
    ratio = measured / floor
    return Row(
        id="P2",
        what=what,
        measured=f"{measured:.3f} ms CPU",
        floor=f"{against} {floor:.3f} ms",
        ratio=f"{ratio:.2f}x",
        target=f"<= {target}x",
        met=ratio <= target,
    )


def cpu(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of CPU per call: the best of five runs, for the machine has neighbours."""
    work()
    return min(_cpu_once(work, rounds // 5) for _ in range(5))


def _cpu_once(work: Callable[[], object], rounds: int) -> float:
    start = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - start) * 1000 / rounds


def request_to(address: str) -> Callable[[], object]:
    """A GET that goes through Django's handler, middleware and addresses, as in a server."""
    handler = WSGIHandler()
    environ = RequestFactory().get(f"/{address}").environ
    return lambda: handler(dict(environ), lambda *_: None)


def kinds(count: int) -> list[tuple[str, str]]:
    """Keys and kinds of the fields, the same for both."""
    return [(f"field_{number}", KINDS[number % len(KINDS)]) for number in range(count)]


def compiled_form(count: int) -> CompiledForm:
    """Our form."""
    choices = {"choices": [{"key": key, "label": label} for key, label in COLOURS]}
    fields = [
        {"key": key, "type": kind, "label": f"Question {key}", "hint": "A hint", "options": options}
        for key, kind in kinds(count)
        for options in [choices if kind in ("radio", "select") else {}]
    ]
    return compile_form(
        Form.model_validate({"title": "F", "pages": [{"key": "page", "title": "P", "fields": fields}]})
    )


def ours_get(count: int) -> View:
    """A view that shows our page with stored answers."""
    compiled, shell = compiled_form(count), engines["django"].from_string(SHELL)
    answers = read_page(
        compiled, "page", posted(count), MultiValueDict(), {}, today=TODAY, language="en", upload=no_upload
    ).answers

    def view(request: HttpRequest) -> HttpResponse:
        fields = render_page(compiled, "page", answers=answers, raw={}, errors=[], language="en", today=TODAY)
        return HttpResponse(shell.render({"title": "P", "fields": fields}, request))

    return view


def plain_get(count: int) -> View:
    """A view that shows the same page by a Django form whose class is kept."""
    form_class, shell = plain_form(count), engines["django"].from_string(SHELL)
    bound = form_class(posted(count))
    bound.is_valid()
    initial = bound.cleaned_data

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(shell.render({"title": "P", "fields": form_class(initial=initial)}, request))

    return view


def ours_post(count: int) -> Callable[[], object]:
    """Our judging of a posted page."""
    compiled, data, files = compiled_form(count), posted(count), MultiValueDict()
    return lambda: read_page(compiled, "page", data, files, {}, today=TODAY, language="en", upload=no_upload)


def plain_post(count: int) -> Callable[[], object]:
    """Django's judging of the same page."""
    form_class, data = plain_form(count), posted(count)
    return lambda: form_class(data).is_valid()


def plain_form(count: int) -> type[forms.Form]:
    """The Django form."""
    fields = {key: PLAIN[kind]() for key, kind in kinds(count)}
    return type("PlainForm", (forms.Form,), {"default_renderer": RENDERER, **fields})


def posted(count: int) -> QueryDict:
    """What a browser sends; dates in one input for Django, in three for us."""
    data = QueryDict(mutable=True)
    for key, kind in kinds(count):
        if kind == "date":
            data.update({f"{key}-day": "14", f"{key}-month": "1", f"{key}-year": "2027", key: "2027-01-14"})
        else:
            data[key] = TYPED[kind]
    return data


def no_upload(file: object, rules: object) -> dict[str, object]:
    """Nothing is uploaded here."""
    raise AssertionError(file)
