"""Reading what was typed into a form of the workbench; nothing here can fail because of its input."""

from __future__ import annotations

from django.http import HttpRequest

OUTCOME, REASON, NOTE, FIELDS, DAYS = "_outcome", "_reason", "_note", "_fields", "_days"
CONFIRMED, KEPT = "_confirmed", "_kept"
LONGEST_TEXT = 4000
LONGEST_KEY = 80


def text(request: HttpRequest, name: str, longest: int = LONGEST_TEXT) -> str:
    """A text of several lines without signs that nobody can type."""
    typed = request.POST.get(name, "").replace("\r\n", "\n")
    return "".join(sign for sign in typed if sign == "\n" or sign == "\t" or sign.isprintable()).strip()[
        :longest
    ]


def key(request: HttpRequest, name: str) -> str:
    """A short word of ours; empty when it is none."""
    typed = request.POST.get(name, "")
    return typed if typed.isprintable() and len(typed) <= LONGEST_KEY else ""


def keys(request: HttpRequest, name: str, most: int = 200) -> list[str]:
    """Short words of ours, each once."""
    typed = [
        word for word in request.POST.getlist(name) if word.isprintable() and 0 < len(word) <= LONGEST_KEY
    ]
    return list(dict.fromkeys(typed))[:most]


def number(request: HttpRequest, name: str, most: int) -> int | None:
    """A whole number from 1 on; None for anything else."""
    typed = request.POST.get(name, "").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        return None
    found = int(typed)
    return found if 1 <= found <= most else None


def numbers(request: HttpRequest, name: str, most: int = 100) -> list[int]:
    """Keys of rows, each once."""
    typed = [
        word for word in request.POST.getlist(name) if word.isascii() and word.isdigit() and len(word) < 18
    ]
    return list(dict.fromkeys(int(word) for word in typed))[:most]
