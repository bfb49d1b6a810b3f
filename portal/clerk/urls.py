"""The addresses of the workbench."""

from django.urls import path, register_converter

from portal.clerk import (
    actions,
    amending,
    assigning,
    bulk,
    case,
    cases,
    course,
    deciding,
    diagram,
    documents,
    explaining,
    exporting,
    flags,
    history,
    holding,
    merging,
    notes,
    opening,
    opinions,
    queue,
    repairing,
    requests,
    revealing,
    revoking,
    several,
    times,
)
from portal.clerk.converters import ItemConverter
from portal.shell.converters import ReferenceConverter

register_converter(ReferenceConverter, "case_reference")
register_converter(ItemConverter, "item")

CASE = "cases/<case_reference:reference>/"
CERTIFICATE = CASE + "certificates/<case_reference:number>"

app_name = "clerk"
urlpatterns = [
    path("", queue.entrance, name="queue"),
    path("export/", exporting.queue, name="export"),
    path("next/", actions.take_next, name="next"),
    path("take/", actions.take, name="take"),
    path("assign/", assigning.assign_many, name="assign_many"),
    path("release/", bulk.release, name="release_many"),
    path("several/", several.several, name="several"),
    path("flag/", bulk.set_flag, name="flag_many"),
    path("repairs/", repairing.show, name="repairs"),
    path("items/<item:item_id>/retry/", repairing.retry, name="retry"),
    path("items/<item:item_id>/skip/", repairing.skip, name="skip"),
    path("flags/", flags.show, name="flags"),
    path("flags/<int:flag_id>/retire/", flags.retire, name="flag_retire"),
    path("requests/", requests.show, name="requests"),
    path("items/<item:item_id>/claim/", actions.claim, name="claim"),
    path("items/<item:item_id>/release/", actions.release, name="release"),
    path("items/<item:item_id>/escalate/", actions.escalate, name="escalate"),
    path("items/<item:item_id>/assign/", assigning.assign, name="assign"),
    path("items/<item:item_id>/delegate/", assigning.delegate, name="delegate"),
    path("items/<item:item_id>/opinion/", opinions.ask, name="opinion_ask"),
    path("items/<item:item_id>/opinion/back/", opinions.take_back, name="opinion_back"),
    path("items/<item:item_id>/decide/", deciding.decide, name="decide"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("cases/", cases.show, name="cases"),
    path("open/", opening.show, name="open"),
    path("open/<slug:department>/<slug:service>/<slug:start>/", opening.open_one, name="open_one"),
    path("times/", times.services, name="times"),
    path("times/<slug:department>/<slug:service>/", times.show, name="heat"),
    path("cases/export/", exporting.cases, name="export_cases"),
    path(CASE, case.show, name="case"),
    path(CASE + "notes/", notes.add_note, name="note"),
    path(CASE + "course/<slug:key>/", course.change, name="course"),
    path(CASE + "answers/", repairing.mend, name="mend"),
    path(CASE + "compare/<case_reference:other>/", merging.compare, name="compare"),
    path(CASE + "flag/", notes.set_flag, name="flag"),
    path(CASE + "flag/off/", notes.take_flag_off, name="flag_off"),
    path(CASE + "show/", revealing.show, name="reveal"),
    path(CASE + "diagram/", diagram.show, name="diagram"),
    path(CASE + "opinion/", opinions.ask_beside, name="opinion_beside"),
    path(CASE + "opinions/<int:opinion_id>/back/", opinions.end_link, name="opinion_end"),
    path(CASE + "hold/", holding.hold, name="hold"),
    path(CASE + "resume/", holding.resume, name="resume"),
    path(CASE + "history/", history.show, name="history"),
    path(CASE + "why/", explaining.questions, name="why_questions"),
    path(CASE + "why/<str:name>/", explaining.question, name="why"),
    path(CASE + "export/", exporting.case, name="export_case"),
    path(CERTIFICATE + ".pdf", documents.certificate, name="certificate"),
    path(CERTIFICATE + "/correct/", amending.ask, name="amend"),
    path(CASE + "corrections/<int:amendment_id>/", amending.settle, name="amendment"),
    path(CERTIFICATE + "/revoke/", revoking.revoke, name="revoke"),
]
