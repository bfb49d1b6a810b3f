"""What the templates of every room share: icons, statuses, the way, dates, texts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.core.text import Text
from engine.core.voice import marking
from portal.shell import dates, icons, language, statuses, theme
from portal.shell.rooms import Rooms, rooms_of

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 16, css: str = "") -> SafeString:
    """An icon beside a word: {% icon "check" 16 %}."""
    return icons.svg(name, size, css)


@register.simple_tag
def status(state: str) -> SafeString:
    """The pill that says how an application stands."""
    look = statuses.status_of(state)
    return format_html(
        '<span class="cw-status cw-status--{}">{}{}</span>', look.tint, icons.svg(look.icon, 16), look.word
    )


@register.filter
def status_word(state: str) -> str:
    """The word of a state alone."""
    return str(statuses.status_of(state).word)


@register.inclusion_tag("shell/way.html")
def way(step: int, steps: int, title: str = "") -> dict[str, Any]:
    """The line with stops and the sentence that says the same."""
    looks = [
        "is-done" if number < step else "is-now" if number == step else "" for number in range(1, steps + 1)
    ]
    return {"looks": looks, "step": step, "steps": steps, "title": title}


@register.simple_tag(takes_context=True)
def language_links(context: Context, offered: Sequence[str] | None = None) -> list[language.LanguageLink]:
    """The languages of the head; none on a page that is drawn without a request."""
    request = context.get("request")
    return language.links(request, get_language() or "en", offered or None) if request else []


@register.simple_tag(takes_context=True)
def staff_rooms(context: Context) -> Rooms:
    """The rooms that the head of a page for staff leads to."""
    return rooms_of(context.get("user"))


@register.simple_tag
def theme_address(department: Any) -> str:
    """Where the colours of a department are served."""
    return theme.address(department)


@register.filter
def text(value: Any) -> str:
    """A localised text in the language of the page."""
    if isinstance(value, str) or not value:
        return value or ""
    with marking():
        return (value if isinstance(value, Text) else Text.model_validate(value)).in_(get_language() or "en")


@register.filter
def department_name(department: Any) -> str:
    """The name of a department in the language of the page."""
    with marking():
        return str(department.name(get_language() or "en"))


@register.filter
def long_date(value: date | datetime | None, zone: str | None = None) -> str:
    """4 December 2026."""
    return dates.long_date(value, zone) if value else ""


@register.filter
def short_date(value: date | datetime | None, zone: str | None = None) -> str:
    """4 Dec."""
    return dates.short_date(value, zone) if value else ""


@register.filter
def date_time(value: datetime | None, zone: str | None = None) -> str:
    """22 November 2026, 10:42."""
    return dates.date_time(value, zone) if value else ""


@register.filter
def clock(value: datetime | None, zone: str | None = None) -> str:
    """10:42."""
    return dates.clock(value, zone) if value else ""


@register.filter
def reference(value: str) -> SafeString:
    """A reference or number, isolated from the direction of the line around it."""
    return format_html('<bdi class="cw-ref" dir="ltr">{}</bdi>', value)


@register.filter
def initials(name: str) -> str:
    """NA for Noor Aziz."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def file_size(size: int) -> str:
    """214 kB, 1.2 MB."""
    if size < 1_000_000:
        return _("%(size)s kB") % {"size": max(1, round(size / 1000))}
    return _("%(size)s MB") % {"size": dates.decimal(size / 1_000_000)}
