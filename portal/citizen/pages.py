"""One page of questions: drawn, answered, and on to the next."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from formtools.wizard.views import NamedUrlWizardView, StepsHelper

from portal.citizen import fault, kept, quiet
from portal.citizen.changed import newer_or_none
from portal.citizen.drafts import (
    address_of_check,
    address_of_page,
    address_to_go_on,
    open_walk,
    sent_or_none,
)
from portal.citizen.moved import Moved, save_or_say_moved
from portal.citizen.page_form import PageForm
from portal.citizen.page_view import page_context
from portal.citizen.posted import LATER, TO, Posted
from portal.citizen.row_removing import ask_to_remove, row_to_remove, staying
from portal.citizen.storage import DraftStorage
from workflows.services import DraftSent, set_draft_language

FROM_CHECK = "check"


class PageView(NamedUrlWizardView):  # type: ignore[misc]  # formtools has no types
    """The wizard's walk from page to page, over pages that the pinned version and the answers decide."""

    form_list: Mapping[str, Any] = {}
    url_name = "citizen:page"
    template_name = "citizen/question.html"

    @classmethod
    def get_initkwargs(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list of pages is made for each request, so there is nothing to prepare."""
        return dict(kwargs)

    def dispatch(self, request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponse:
        """Whoever is not signed in keeps what they typed; everybody else needs to own the draft."""
        is_quiet = quiet.is_quiet(request)
        if not request.user.is_authenticated:
            if is_quiet:
                return quiet.refused(HTTPStatus.UNAUTHORIZED)
            return kept.keep_and_sign_in(request, draft_id, page_key)
        self.walk = open_walk(request.user, draft_id)
        elsewhere = (
            sent_or_none(self.walk.draft) or self._newer(request) or self._unreachable(request, page_key)
        )
        if elsewhere is not None:
            return quiet.refused(HTTPStatus.CONFLICT) if is_quiet else elsewhere
        self.storage = DraftStorage(self.walk, page_key, request.user)
        self.steps = StepsHelper(self)
        try:
            response = self._respond(is_quiet=is_quiet)
        except DraftSent:  # another window sent it while this page was being saved
            response = quiet.refused(HTTPStatus.CONFLICT) if is_quiet else redirect("citizen:draft", draft_id)
        add_never_cache_headers(response)
        return response

    def _respond(self, *, is_quiet: bool) -> HttpResponse:
        if is_quiet:
            form = quiet.Reaction(self.walk, self.steps.current, Posted.of(self.request))
            return quiet.answer(self.request, self.storage, form)
        return self.answer() if self.request.method == "POST" else self.show()

    def _newer(self, request: HttpRequest) -> HttpResponse | None:
        """A page that is opened is one of the current version; one that was open is saved first."""
        if request.method == "POST" or kept.is_waiting(request, self.walk.draft):
            return None
        return newer_or_none(request, self.walk)

    def _unreachable(self, request: HttpRequest, page_key: str) -> HttpResponse | None:
        """A link to a page that lies ahead, or is not asked any more, leads to what is to be done first."""
        walk = self.walk
        if page_key == walk.exit_page and request.method == "POST":
            return redirect(address_of_page(walk.draft, page_key))
        if (request.method == "POST" and page_key in walk.pages) or walk.may_open(page_key):
            return None
        return redirect(address_to_go_on(walk))

    def get_form_list(self) -> Mapping[str, type[PageForm]]:
        """The pages as the wizard knows them, in order."""
        return dict.fromkeys(self.walk.pages, PageForm)

    def get_template_names(self) -> list[str]:
        """A page that ends the way has nothing to send."""
        return ["citizen/exit.html" if self.steps.current == self.walk.exit_page else self.template_name]

    def get_step_url(self, step: str) -> str:
        """Where a page is."""
        return address_of_page(self.walk.draft, step)

    def drawn(self, form: PageForm, **more: Any) -> HttpResponse:
        """The page, for this form."""
        page: HttpResponse = self.render(form, **more)
        return page

    def show(self) -> HttpResponse:
        """The page with what is saved, or with what was typed before signing in again."""
        found = kept.take(self.request, self.walk.draft, self.steps.current)
        if found is None:
            return self.drawn(PageForm(self.walk, self.steps.current))
        form = PageForm(self.walk, self.steps.current, staying(self.walk, found.posted))
        moved = save_or_say_moved(self.storage, form)
        return self.drawn(form, kept=found, moved=moved)

    def answer(self) -> HttpResponse:
        """Save what was posted; go on when it is right."""
        posted = Posted.of(self.request)
        form = PageForm(self.walk, self.steps.current, staying(self.walk, posted))
        moved = save_or_say_moved(self.storage, form)
        if moved is not None:
            return self.drawn(form, moved=moved)
        if row := row_to_remove(form, posted):
            return ask_to_remove(self.request, form, posted, row)
        self._remember_language()
        if posted.says(LATER):
            return self.come_back_later()
        if not form.is_valid() or form.waits():
            return self.drawn(form)
        return fault.page_or_none(self.request, self.walk) or self.render_next_step(form)

    def _remember_language(self) -> None:
        """We write to people in the language in which they answer."""
        draft = self.walk.draft
        if draft.language != self.walk.language and draft.work_item_id is None:
            set_draft_language(draft, self.walk.language, by=self.request.user)

    def render_next_step(self, form: PageForm, **kwargs: Any) -> HttpResponse:
        """The next page; back to the check when the person came from there and nothing new is asked."""
        if form.posted is not None and form.posted.says(TO) == FROM_CHECK:
            return redirect(address_to_go_on(self.walk))
        following = self.steps.next
        return redirect(self.get_step_url(following) if following else address_of_check(self.walk.draft))

    def come_back_later(self) -> HttpResponseRedirect:
        """Everything typed is saved, right or not."""
        return HttpResponseRedirect(reverse("citizen:later", args=[self.walk.draft.pk]))

    def get_context_data(self, form: PageForm, moved: Moved | None = None, **more: Any) -> dict[str, Any]:
        """What the template draws."""
        to_check = FROM_CHECK in (self.request.GET.get("to"), self.request.POST.get(TO))
        return {
            **page_context(self.walk, form, self.steps, to_check=to_check),
            "moved": moved,
            **more,
        }
