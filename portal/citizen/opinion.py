"""The page on which somebody outside gives an opinion: no account, the link of the letter is the key."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engine.core.voice import marking
from engine.documents.reading import DocumentDamaged, read_verified
from engine.documents.storage import StoreAway
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from forms_library.uploads import CONTENT_TYPES, UPLOAD_ERRORS, FileRefused, SentFile, UploadRules
from portal.citizen.drafts import application_title
from portal.citizen.files import damaged, sent_file
from portal.shell.reading import settle
from workflows import services
from workflows.selectors.opinions import AskedOutside, LinkClosed, asked_by_link
from workflows.selectors.versions import package_of
from workflows.services.refusals import OpinionIncomplete

KEY, RECOMMENDATION, TEXT, FILE, REMOVE = "key", "recommendation", "text", "file", "remove"
KINDS = ("pdf", "jpg", "png")
WANTED = "PDF, JPG, PNG"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Show what is asked, and take the opinion."""
    key = (request.POST if request.method == "POST" else request.GET).get(KEY, "")
    try:
        asked = _asked(key)
        if request.method != "POST":
            services.note_opinion_read(asked.opinion)
            return _page(request, asked, key, [])
        wrong = _kept_file(request, asked, key)
        wrong += _given(request, key) if not wrong else []
    except LinkClosed as closed:
        return _closed(request, closed)
    return _page(request, _asked(key), key, wrong) if wrong else redirect("citizen:opinion_given")


@never_cache
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """Thanks; this page knows nothing of the case."""
    return render(request, "citizen/opinion_given.html")


@never_cache
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """A document that the step shows to who was asked."""
    try:
        opened = services.open_shown_document(
            key=request.GET.get(KEY, ""), document_id=document_id, language=get_language() or "en"
        )
        file = read_verified(opened)
    except LinkClosed as closed:
        return _closed(request, closed)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except DocumentDamaged:
        return damaged(request)
    return sent_file(file, opened.name, opened.content_type)


def _asked(key: str) -> AskedOutside:
    """What the link leads to, in a language of the service."""
    asked = asked_by_link(key)
    case = asked.case
    settle(package_of(case.version_id).languages, case.department.languages, asked.opinion.language)
    return asked


def _given(request: HttpRequest, key: str) -> list[FieldError]:
    """Give the opinion; what is missing is said all at once."""
    try:
        services.give_opinion(
            key=key,
            recommendation=request.POST.get(RECOMMENDATION, ""),
            text=request.POST.get(TEXT, ""),
        )
    except OpinionIncomplete as incomplete:
        return [_missing(name) for name in incomplete.missing]
    return []


def _missing(name: str) -> FieldError:
    if name == RECOMMENDATION:
        return FieldError(name, "", _("Select what you recommend"), "required", f"{RECOMMENDATION}-1")
    return FieldError(TEXT, "", _("Enter your opinion"), "required", TEXT)


def _kept_file(request: HttpRequest, asked: AskedOutside, key: str) -> list[FieldError]:
    """Keep the file before the rest is judged, so that it need not be chosen twice."""
    if not asked.options.file:
        return []
    file: SentFile | None = request.FILES.get(FILE)
    if file is None:
        if request.POST.get(REMOVE):
            services.drop_opinion_file(key=key)
        return []
    allowed = frozenset(content for kind in KINDS for content in CONTENT_TYPES[kind])
    rules = UploadRules(FILE, "personal", allowed, settings.UPLOAD_LIMIT_BYTES)
    try:
        services.keep_opinion_file(key=key, file=file, rules=rules)
    except FileRefused as refused:
        return [_refused(refused.code, file.name or "")]
    except StoreAway:
        sentence = _("We cannot keep files at the moment. Try again in a few minutes")
        return [FieldError(FILE, "", sentence, "away", FILE)]
    return []


def _refused(code: str, name: str) -> FieldError:
    words = UPLOAD_ERRORS.get(code, UPLOAD_ERRORS["broken"]).in_(get_language() or "en")
    sentence = words.replace("{name}", name[:100]).replace("{wanted}", WANTED)
    return FieldError(FILE, "", sentence, code, FILE)


@marking()
def _page(request: HttpRequest, asked: AskedOutside, key: str, wrong: list[FieldError]) -> HttpResponse:
    language, options = get_language() or "en", asked.options
    context = {
        "asked": asked,
        "key": key,
        "case": asked.case,
        "department": asked.case.department,
        "service_title": application_title(asked.case.version_id, language),
        "question": options.question.in_(language),
        "rows": asked.rows(language),
        "choices": [(each.key, each.label.in_(language)) for each in options.recommendations],
        "chosen": request.POST.get(RECOMMENDATION, ""),
        "text": request.POST.get(TEXT, ""),
        "takes_file": options.file,
        "file": asked.opinion.document,
        "limit_mb": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
        "wrong": {error.field_key: error.sentence for error in wrong},
        "summary_html": error_summary(wrong, language) if wrong else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "citizen/opinion.html", context, status=status)


def _closed(request: HttpRequest, closed: LinkClosed) -> HttpResponse:
    """Why the link leads nowhere; whose case it was is not told any more."""
    shown = {"why": closed.why}
    return render(request, "citizen/opinion_closed.html", shown, status=HTTPStatus.GONE)
