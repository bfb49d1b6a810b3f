"""What the script of a question page asks for while somebody types; without a script nobody misses it.

Nothing here is judged for good, and a person who is no longer signed in, or whose draft was sent, is answered
with a bare status: their page stays as it is, and Continue says what happened.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engine.core.marked_parts import plain
from engine.core.voice import marking
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.citizen.drafts import application_title
from portal.citizen.page_form import PageForm
from portal.citizen.page_view import fields_context
from portal.citizen.posted import ASKED, CHANGED, FILE, TYPED, WRONG
from portal.citizen.storage import DraftStorage
from portal.citizen.walk import Walk
from portal.shell.dates import clock
from portal.shell.reading import for_script
from workflows.services import DraftMoved

MOST_NAMED = 3  # questions whose labels are read out
WANTED = ("required", "too_few")  # what is missing, not what is wrong
ENDS = (".", "?", "!", "؟")


def is_quiet(request: HttpRequest) -> bool:
    """Whether a script asks, and not a person who pressed a button."""
    return request.method == "POST" and ("HX-Request" in request.headers or TYPED in request.POST)


def refused(status: HTTPStatus) -> HttpResponse:
    """An answer that changes nothing on the page."""
    return HttpResponse(status=status)


class Reaction(PageForm):
    """A page while it is filled in: complaints that stand there already may go away, none comes."""

    @cached_property
    def errors(self) -> list[FieldError]:
        """What was called wrong when the page was drawn and still is, and what is about a file just sent."""
        named = self.posted.says(WRONG).split(",") if self.posted else []
        return [error for error in self.result.errors if error.field_key in named or self._is_of_file(error)]

    def _is_of_file(self, error: FieldError) -> bool:
        """Whether the file that was just sent was not taken; that more are wanted is said at Continue."""
        sent = self.posted.says(FILE) if self.posted else ""
        return bool(sent) and error.anchor == sent and error.code not in WANTED


def answer(request: HttpRequest, storage: DraftStorage, form: Reaction) -> HttpResponse:
    """Keep what is typed or a file, or show the questions that belong to what was chosen."""
    if TYPED in request.POST:
        return keep_typed(storage, form)
    return keep_files(request, storage, form) if FILE in request.POST else react(request, form)


def keep_files(request: HttpRequest, storage: DraftStorage, form: Reaction) -> HttpResponse:
    """Keep the file that was just chosen, and show the page with it."""
    try:
        storage.keep_files(form.key, form)
    except DraftMoved:
        return refused(HTTPStatus.CONFLICT)
    return react(request, form, saved=True)


@marking()
def react(request: HttpRequest, form: Reaction, *, saved: bool = False) -> HttpResponse:
    """The questions of the page for the answers as they stand in it; nothing is saved."""
    walk = form.walk
    context = {
        **fields_context(walk, form),
        "said": " ".join(map(_ended, [*_said_of_file(form), *_said(form)])),
        "saved": saved,
        "draft": walk.draft,
        "summary_html": error_summary(form.errors, walk.language),
        "has_errors": bool(form.errors),
        "page_title": walk.page(form.key).page.title.in_(walk.language),
        "service_title": application_title(walk.draft.service_version_id, walk.language),
    }
    return render(request, "citizen/reaction.html", context)


def _said_of_file(form: Reaction) -> list[str]:
    """That a file was added."""
    sent = form.posted.says(FILE) if form.posted else ""
    names = [file.name or "" for file in form.posted.files.getlist(sent)] if form.posted and sent else []
    if not names or any(error.anchor == sent and error.code not in WANTED for error in form.result.errors):
        return []
    return [_("%(name)s was added") % {"name": ", ".join(names)}]


def _said(form: Reaction) -> list[str]:
    """What has changed, for people who do not see it."""
    before = form.posted.says(ASKED).split(",") if form.posted else []
    now = form.asked
    added = _labels(form.walk, [key for key in now if key not in before])
    removed = _labels(form.walk, [key for key in before if key not in now])
    sentences = []
    if added:
        found = ngettext(
            "A question was added: %(labels)s", "%(number)s questions were added: %(labels)s", len(added)
        )
        sentences.append(found % {"number": len(added), "labels": ", ".join(added[:MOST_NAMED])})
    if removed:
        found = ngettext(
            "A question was removed: %(labels)s",
            "%(number)s questions were removed: %(labels)s",
            len(removed),
        )
        sentences.append(found % {"number": len(removed), "labels": ", ".join(removed[:MOST_NAMED])})
    return [*sentences, *_said_of_complaints(form)]


def _ended(sentence: str) -> str:
    return sentence if plain(sentence).endswith(ENDS) else f"{sentence}."


def _said_of_complaints(form: Reaction) -> list[str]:
    """What was put right and how much is left; or what is still wrong with the question that was changed."""
    named = form.posted.says(WRONG).split(",") if form.posted else []
    wrong = {error.field_key for error in form.errors}
    right = _labels(form.walk, [key for key in named if key in form.asked and key not in wrong])
    sentences = []
    if right:
        sentences.append(_("Put right: %(labels)s") % {"labels": ", ".join(right[:MOST_NAMED])})
        left = len(form.errors)
        found = ngettext("%(number)s problem is left", "%(number)s problems are left", left)
        sentences.append(found % {"number": left} if left else _("No problem is left on this page"))
    changed = form.posted.says(CHANGED) if form.posted else ""
    return sentences + [error.sentence for error in form.errors if error.field_key == changed][:MOST_NAMED]


def _labels(walk: Walk, keys: list[str]) -> list[str]:
    """The questions of these keys; texts between questions are not announced."""
    fields = [walk.form.fields[key] for key in keys if key in walk.form.fields]
    return [asked.field.label.in_(walk.language) for asked in fields if asked.question.has_answer]


def keep_typed(storage: DraftStorage, form: Reaction) -> HttpResponse:
    """Keep what is typed as it is, and say when."""
    if form.posted is None:
        return refused(HTTPStatus.BAD_REQUEST)
    draft = form.walk.draft
    try:
        storage.keep_typed(form.key, form.posted, _typed(form))
    except DraftMoved:
        said = _("These answers were changed in another window. Continue to see both.")
        return JsonResponse(for_script(said), status=HTTPStatus.CONFLICT)
    time = clock(draft.updated_at, draft.department.time_zone)
    return JsonResponse({"revision": draft.revision, **for_script(_("Saved at %(time)s") % {"time": time})})


def _typed(form: Reaction) -> dict[str, Any]:
    """What is typed; nothing when it says the same as what is saved, for then nothing needs to be kept."""
    result, saved = form.result, form.walk.draft.answers
    same = all(saved.get(key) == value for key, value in result.answers.items())
    return {} if same and not result.errors else dict(result.raw)
