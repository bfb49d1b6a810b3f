"""The addresses of citizens: applying, following an application, checking a certificate."""

from django.urls import path, register_converter

from portal.citizen import (
    acting,
    applications,
    changed,
    check,
    correcting,
    files,
    opinion,
    pages,
    paying,
    pretended_payment,
    resuming,
    sent,
    starting,
    suggestions,
    verify,
    withdrawing,
)
from portal.shell.converters import ReferenceConverter

register_converter(ReferenceConverter, "reference")

app_name = "citizen"
urlpatterns = [
    path("apply/d/<uuid:draft_id>/", starting.go_on, name="draft"),
    path("apply/d/<uuid:draft_id>/suggestions/", suggestions.suggest, name="suggestions"),
    path("apply/d/<uuid:draft_id>/check/", check.check, name="check"),
    path("apply/d/<uuid:draft_id>/new-version/", changed.changed, name="changed"),
    path("apply/d/<uuid:draft_id>/sent/", sent.sent, name="sent"),
    path("apply/d/<uuid:draft_id>/come-back/", resuming.later, name="later"),
    path("apply/d/link/<str:token>/", resuming.resume, name="resume"),
    path("apply/d/<uuid:draft_id>/give-up/", starting.discard, name="discard"),
    path("apply/d/<uuid:draft_id>/<str:page_key>/", pages.PageView.as_view(), name="page"),
    path("apply/<slug:department>/<slug:service>/", starting.start, name="start"),
    path("applications/", applications.mine, name="applications"),
    path("applications/<reference:reference>/", applications.one, name="application"),
    path("applications/<reference:reference>/correct/", correcting.correct, name="correct"),
    path("applications/<reference:reference>/pay/", paying.pay, name="pay"),
    path("applications/<reference:reference>/paid/", paying.back, name="paid"),
    path("pretend-payment/", pretended_payment.show, name="pretended_payment"),
    path("applications/<reference:reference>/act/", acting.act, name="act"),
    path("applications/<reference:reference>/withdraw/", withdrawing.withdraw, name="withdraw"),
    path("applications/<reference:reference>/copy.pdf", files.copy, name="copy"),
    path(
        "applications/<reference:reference>/certificates/<reference:number>.pdf",
        files.certificate,
        name="certificate",
    ),
    path("documents/<uuid:document_id>/", files.document, name="document"),
    path("opinion/", opinion.give, name="opinion"),
    path("opinion/given/", opinion.given, name="opinion_given"),
    path("opinion/documents/<uuid:document_id>/", opinion.document, name="opinion_document"),
    path("verify/", verify.ask, name="verify_ask"),
    path("verify/<str:code>/", verify.result, name="verify"),
]
