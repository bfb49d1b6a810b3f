"""One person who sends one application, and tries again until it is acknowledged."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.db import DatabaseError, InterfaceError

from engine.departments.models import User
from engine.documents.models import Document
from engine.documents.uploads import save_upload
from forms_library.answers import PageResult
from workflows import services
from workflows.models import Draft, Service

HOME = {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213"}
DATABASE_TROUBLE = (DatabaseError, InterfaceError)


def _person(mark: str) -> dict[str, Any]:
    return {
        "applicant_name": mark,
        "applicant_birth_date": "1988-02-02",
        "applicant_national_id": "880202114471",
    }


class Application:
    """An extract, or with a document a licence; the mark in it tells one from another."""

    def __init__(self, mark: str, owner: User, *, with_document: bool) -> None:
        """Nothing is begun yet."""
        self.mark, self.owner, self.with_document = mark, owner, with_document
        self.draft: Draft | None = None

    def try_once(self) -> str:
        """Go on from where it is; gives the reference, or raises whatever the product raises."""
        try:
            self.draft = self.draft or self._filled()
            return services.submit(self.draft, by=self.owner, revision=self.draft.revision).reference
        except DATABASE_TROUBLE:
            raise
        except Exception:
            self.draft = None  # lost with the server, or half filled in: begin again
            raise

    def _filled(self) -> Draft:
        key = "trade-licence" if self.with_document else "residence-extract"
        draft = services.start_draft(self.owner, Service.objects.get(key=key), "en")
        pages = self._licence(draft) if self.with_document else self._extract()
        for page, answers in pages.items():
            result = PageResult(answers, {}, [])
            draft = services.save_page(draft, page, result, revision=draft.revision, by=self.owner)
        return draft

    def _extract(self) -> dict[str, dict[str, Any]]:
        return {
            "about_you": _person(self.mark),
            "residence": {"residence": HOME, "living_since": "2019-09-01"},
            "purpose": {"purpose": "bank", "declared": True},
        }

    def _licence(self, draft: Draft) -> dict[str, dict[str, Any]]:
        business = {"business_name": "Green Basket", "legal_form": "sole_trader", "people_working": 3}
        return {
            "about_you": _person(self.mark),
            "your_business": business,
            "premises": {"premises": HOME, "tenure": "rent", "first_day": "2099-01-14"},
            "what_you_sell": {"trade": "goods", "goods_sold": "Fruit and flowers"},
            "documents": {"plan": _answer(self._plan(draft))},
            "declaration": {"declared": True},
        }

    def _plan(self, draft: Draft) -> Document:
        return save_upload(
            io.BytesIO(_pdf(self.mark)),
            name="plan.pdf",
            department=draft.department,
            owner=self.owner,
            allowed=frozenset({"application/pdf"}),
            limit_bytes=1_000_000,
        )


def _answer(document: Document) -> dict[str, Any]:
    kept = {"name": document.name, "size": document.size, "type": document.content_type}
    return {"document": str(document.pk), **kept}


def _pdf(text: str) -> bytes:
    """A page that no other application has."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = text
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
