"""What the ledger of clocks says, in sentences of each language of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from engine.core.text import Text
from engine.core.worktime import Span
from forms_library.localising import date_text
from workflows.words import span_text

WORDS: Mapping[str, Text] = {
    "from": Text({
        "en": "{span} from {start}", "fr": "{span} à partir du {start}", "ar": "{span} من {start}"
    }),
    "stood": Text({"en": "{length} stopped", "fr": "{length} d’arrêt", "ar": "توقف {length}"}),
    "due": Text({"en": "due {due}", "fr": "échéance le {due}", "ar": "الموعد {due}"}),
    "was_due": Text({"en": "was due {due}", "fr": "échéance le {due}, dépassée", "ar": "كان الموعد {due}"}),
    "still": Text({"en": "the clock stands still", "fr": "le délai est suspendu", "ar": "العداد متوقف"}),
    "case": Text({"en": "Decision on the case", "fr": "Décision sur le dossier", "ar": "القرار في المعاملة"}),
    "started": Text({
        "en": "{span}, due {due}", "fr": "{span}, échéance le {due}", "ar": "{span}، الموعد {due}"
    }),
    "changed": Text({
        "en": "Changed to {span}, due {due}",
        "fr": "Porté à {span}, échéance le {due}",
        "ar": "تغيّر إلى {span}، الموعد {due}",
    }),
    "moved": Text({
        "en": "Another version of the service: {span}, due {due}",
        "fr": "Autre version du service : {span}, échéance le {due}",
        "ar": "إصدار آخر من الخدمة: {span}، الموعد {due}",
    }),
    "moved_none": Text({
        "en": "Another version of the service: no time of its own",
        "fr": "Autre version du service : pas de délai propre",
        "ar": "إصدار آخر من الخدمة: بلا مهلة خاصة",
    }),
    "stopped_applicant": Text({
        "en": "Stopped: the applicant is asked",
        "fr": "Arrêt : une question est posée au demandeur",
        "ar": "توقف: بانتظار رد مقدم الطلب",
    }),
    "running_applicant": Text({
        "en": "Runs on: the applicant is not asked any more",
        "fr": "Reprise : plus rien n’est demandé au demandeur",
        "ar": "استئناف: لم يعد شيء مطلوبًا من مقدم الطلب",
    }),
    "stopped_hold": Text({
        "en": "Stopped: on hold", "fr": "Arrêt : dossier suspendu", "ar": "توقف: المعاملة معلّقة"
    }),
    "running_hold": Text({
        "en": "Runs on: not on hold any more",
        "fr": "Reprise : le dossier n’est plus suspendu",
        "ar": "استئناف: لم تعد المعاملة معلّقة",
    }),
    "recalculated": Text({
        "en": "The calendar was changed, due {due}",
        "fr": "Le calendrier a changé, échéance le {due}",
        "ar": "تغيّر التقويم، الموعد {due}",
    }),
    "warned": Text({"en": "Warned before", "fr": "Avertissement envoyé", "ar": "أُرسل تنبيه مسبق"}),
    "fired": Text({"en": "The time was over", "fr": "Le délai est dépassé", "ar": "انتهت المهلة"}),
}  # fmt: skip
COMMA = Text({"en": ", ", "fr": ", ", "ar": "، "})


def say(key: str, language: str, **parts: str) -> str:
    """One of the words with its parts."""
    return WORDS[key].in_(language).format(**parts)


def joined(parts: list[str], language: str) -> str:
    """Parts of a sentence, set apart."""
    return COMMA.in_(language).join(parts)


def moment_text(at: datetime, zone: ZoneInfo, language: str) -> str:
    """A day with its time: 21 March 2026 16:00."""
    there = at.astimezone(zone)
    return f"{date_text(there.date(), language)} {there:%H:%M}"


def day_text(at: datetime, zone: ZoneInfo, language: str) -> str:
    """A day: 3 March 2026."""
    return date_text(at.astimezone(zone).date(), language)


def length_text(days: int, rest: timedelta, language: str, *, working: bool) -> str:
    """How long a clock stood: whole days, or hours, or minutes; empty for less than a minute."""
    minutes = rest // timedelta(minutes=1)
    if days:
        span = Span(working_days=days) if working else Span(days=days)
    elif minutes >= 60:
        span = Span(working_hours=minutes // 60) if working else Span(hours=minutes // 60)
    elif minutes:
        span = Span(minutes=minutes)
    else:
        return ""
    return span_text(span, language)
