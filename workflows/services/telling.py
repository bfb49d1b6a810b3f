"""Letters to colleagues about a case: what happened and where to look, never what stands in the case."""

from __future__ import annotations

from typing import Any

from engine.core.text import Text
from engine.departments.models import User
from engine.messages.letters import send_letter

OPEN = Text({"en": "Open the case", "fr": "Ouvrir le dossier", "ar": "فتح المعاملة"})


def tell(person: User, case: Any, by: User, *, kind: str, subject: Text, body: Text, key: str) -> None:
    """Write to one colleague; {name} and {reference} are filled in, the same key writes once."""
    language = person.language or "en"

    def filled(text: Text) -> str:
        return text.in_(language).replace("{name}", by.get_full_name()).replace("{reference}", case.reference)

    send_letter(
        recipient=person,
        department=case.department,
        kind=kind,
        subject=filled(subject),
        body_paragraphs=[filled(body)],
        action_label=OPEN.in_(language),
        action_path=f"/work/cases/{case.reference}/",
        language=language,
        key=key,
    )
