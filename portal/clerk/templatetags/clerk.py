"""Chips of the workbench."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.shell import dates, icons, statuses
from workflows.selectors.due import FAR, DueChip

register = template.Library()
LOOKS = {
    "paused": ("wait", "pause"),
    "late": ("solid", "alarm-clock"),
    "today": ("bad", "alarm-clock"),
    "tomorrow": ("warn", "clock"),
    "soon": ("warn", "clock"),
    "later": ("quiet", "clock"),
}
VOTES = {"approve": ("circle-check", "ok"), "reject": ("circle-x", "wrong"), "return": ("undo-2", "")}
PICTURES = {"image/jpeg": "image", "image/png": "image", "application/pdf": "file-text"}


def due_words(due: DueChip) -> str:
    """What the chip says in a table: how late, today with the hour, tomorrow, or the day."""
    if due.kind == "paused":
        return _("Paused")
    if due.kind == "late":
        days = max(due.days, 1)
        return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
    if due.at is None:
        return ""
    if due.kind == "today":
        return _("Due today %(time)s") % {"time": dates.clock(due.at, str(due.at.tzinfo))}
    if due.kind == "tomorrow":
        return _("Tomorrow")
    return dates.short_date(due.at, str(due.at.tzinfo))


def long_due_words(due: DueChip) -> str:
    """What the chip says on a case: the day and how many working days are left."""
    if due.kind == "tomorrow":
        return _("Due tomorrow")
    if due.kind not in {"soon", "later"} or due.at is None:
        return due_words(due)
    day = dates.short_date(due.at, str(due.at.tzinfo))
    if due.days >= FAR:
        return _("Due %(day)s") % {"day": day}
    words = ngettext("Due %(day)s, %(days)s working day", "Due %(day)s, %(days)s working days", due.days)
    return words % {"day": day, "days": due.days}


@register.simple_tag
def due_chip(due: DueChip, long: bool = False) -> SafeString | str:
    """When something is due: icon, word and tint, with the whole date for who points at it."""
    if due.kind not in LOOKS:
        return "" if long else "—"
    tint, icon = LOOKS[due.kind]
    whole = dates.date_time(due.at, str(due.at.tzinfo)) if due.at else ""
    words = long_due_words(due) if long else due_words(due)
    return format_html(
        '<span class="chip chip--{}" title="{}">{}{}</span>', tint, whole, icons.svg(icon, 13), words
    )


@register.simple_tag
def state_chip(state: str) -> SafeString:
    """How a case or a certificate stands, in the words of staff."""
    look = statuses.status_of(state)
    word = _("Waiting for applicant") if state == "waiting_for_you" else look.word
    return format_html('<span class="chip chip--{}">{}{}</span>', look.tint, icons.svg(look.icon, 13), word)


@register.filter
def picture(content_type: str) -> str:
    """The icon of a kind of file."""
    return PICTURES.get(content_type, "file")


@register.simple_tag
def vote_icon(vote: str) -> SafeString:
    """The sign of a vote; a hollow ring while it is missing."""
    name, css = VOTES.get(vote, ("circle", ""))
    return icons.svg(name, 17, css)


@register.simple_tag
def role_words(role: str) -> str:
    """Whom somebody is waited for, where no name is known."""
    words = {"clerk": _("A clerk"), "supervisor": _("A supervisor"), "administrator": _("An administrator")}
    return words.get(role, role.capitalize())
