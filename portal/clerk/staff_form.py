"""The form of a step, filled in beside the case by who does the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from engine.departments.models import User
from forms_library.answers import FieldError, PageResult, fault_errors, read_page
from forms_library.compiled import CompiledForm
from forms_library.rendering import render_page
from portal.clerk.posted import KEPT
from workflows.clock import calendar_of
from workflows.file_keeping import keep_file
from workflows.models import Case
from workflows.selectors.versions import version_of

HOURS_KEPT = 24


@dataclass(frozen=True)
class StaffForm:
    """One page of questions for staff."""

    case: Case
    form: CompiledForm
    language: str

    @classmethod
    def of(cls, case: Case, form_key: str, language: str) -> StaffForm | None:
        """The form of this key in the version of the case; None where the step has none."""
        if not form_key:
            return None
        return cls(case, version_of(case.version_id).staff_form(form_key), language)

    @property
    def page_key(self) -> str:
        """A form for staff has one page."""
        return next(iter(self.form.pages))

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.form.pages[self.page_key].page.title.in_(self.language)

    def read(self, request: HttpRequest, by: User) -> PageResult:
        """What was posted, judged; files are kept from their first byte."""
        calendar = calendar_of(self.case.department_id)
        kept = kept_files(request, self.case, by)
        result = read_page(
            self.form,
            self.page_key,
            request.POST,
            request.FILES,
            kept,
            today=timezone.now().astimezone(calendar.zone).date(),
            language=self.language,
            upload=partial(keep_file, department=self.case.department, owner=by),
            calendar=calendar,
        )
        errors = [*result.errors, *fault_errors(result.view, self.language)]
        return PageResult(result.answers, result.raw, errors, {**kept, **result.kept}, result.again)

    def html(
        self, raw: Mapping[str, Any], errors: tuple[FieldError, ...], kept: Mapping[str, Any]
    ) -> SafeString:
        """The questions with what was typed and what is wrong."""
        calendar = calendar_of(self.case.department_id)
        return render_page(
            self.form,
            self.page_key,
            answers=kept,
            raw=raw,
            errors=errors,
            language=self.language,
            today=timezone.now().astimezone(calendar.zone).date(),
            calendar=calendar,
            density="workbench",
        )


def sealed(kept: Mapping[str, Any], case: Case, by: User) -> str:
    """Files that were stored and not recorded yet, to be carried by the page itself."""
    return signing.dumps(dict(kept), salt=_salt(case, by), compress=True) if kept else ""


def kept_files(request: HttpRequest, case: Case, by: User) -> dict[str, Any]:
    """The files that the page carries; a seal of another case or person opens nothing."""
    try:
        found: dict[str, Any] = signing.loads(
            request.POST.get(KEPT, ""), salt=_salt(case, by), max_age=HOURS_KEPT * 3600
        )
    except signing.BadSignature:
        return {}
    return found


def _salt(case: Case, by: User) -> str:
    return f"portal.clerk.kept:{case.pk}:{by.pk}"
