"""The questions of a service as a PDF, for people who read paper."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone

from engine.core.languages import direction, own_name
from engine.core.text import Text
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents import pdf
from engine.documents.dates import long_date
from forms_library.question_list import question_list, term
from workflows.definition import ServicePackage
from workflows.models import Service, ServiceVersion
from workflows.services.refusals import NothingToPublish

HEADING = Text(
    {"en": "Questions of this form", "fr": "Questions de ce formulaire", "ar": "أسئلة هذا النموذج"}
)
VERSION = Text({"en": "Version", "fr": "Version", "ar": "الإصدار"})
DRAFT = Text({"en": "not published", "fr": "non publié", "ar": "غير منشور"})
MOST_LANGUAGES = 4  # side by side on a page


class NoSuchForm(Exception):
    """The service has no form of this key."""


def questions_pdf(
    *, service: Service, form_key: str, by: User, reading: str, languages: Sequence[str] = ()
) -> bytes:
    """The questions of one form of a service; without languages in the language of reading alone."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    package, version = _package(service)
    if form_key not in package.forms:
        raise NoSuchForm
    known = [language for language in languages if language in package.languages][:MOST_LANGUAGES]
    shown = known or [reading if reading in package.languages else package.languages[0]]
    form, department = package.forms[form_key], service.department
    today = timezone.now().astimezone(ZoneInfo(department.time_zone)).date()
    context = {
        "language": reading,
        "direction": direction(reading),
        "department": department.name(reading),
        "title": form.title.in_(reading),
        "heading": HEADING.in_(reading),
        "state": f"{VERSION.in_(reading)} {version.number}" if version else DRAFT.in_(reading),
        "made": long_date(today, reading),
        "languages": [(language, own_name(language), direction(language)) for language in shown],
        "pages": [(page, _with_languages(page.title, shown)) for page in question_list(form, shown, reading)],
        "what": term("part", reading),
        "missing": term("missing", reading),
        "brand": department.brand,
        "on_brand": department.on_brand,
        "tint": department.tint,
    }
    return pdf.draw(render_to_string("workflows/questions.html", context)).data


def _with_languages(texts: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(language, direction(language), text) for language, text in zip(languages, texts, strict=True)]


def _package(service: Service) -> tuple[ServicePackage, ServiceVersion | None]:
    """What is being worked on, or what is live."""
    if service.working is not None:
        return ServicePackage.model_validate(service.working), None
    if service.current is None:
        raise NothingToPublish
    return ServicePackage.model_validate(service.current.package), service.current
