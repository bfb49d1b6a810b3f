"""Which of our own languages is around a text of a department, whatever that text is in."""

from collections.abc import Sequence

from django.conf import settings

from engine.core.voice import Voice, base_of, framed_in
from engine.departments.models import Department


def ours() -> list[str]:
    """The languages of the interface."""
    return [code for code, _name in settings.LANGUAGES]


def frame_for(language: str, department: Department | None, definition: Sequence[str] = ()) -> str:
    """This language where it is one of ours, else the first of the definition or the department that is."""
    if language in ours() or base_of(language) in ours():
        return language
    return framed_in(ours(), definition, department.languages if department else ())


def voice_for(language: str, department: Department | None) -> Voice:
    """How a paper in this language is written, its parts in other languages marked."""
    if language in ours():
        return Voice()
    return Voice(language, base_of(frame_for(language, department)), marks=True)
