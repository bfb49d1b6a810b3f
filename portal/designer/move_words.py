"""What stands in the way of moving a case to another version, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.designer.setting_texts import sayer
from portal.designer.settings_schema import setting_title
from workflows.moving.telling import title_of
from workflows.selectors.versions import Version
from workflows.services.moving_versions import MoveRefused


def told(reason: Mapping[str, Any], old: Version, new: Version) -> str:
    """One reason in a sentence."""
    pattern = _patterns().get(str(reason["code"]), "")
    return pattern.format(**_parts(reason, old, new))


def foretold(reason: Mapping[str, Any], old: Version, new: Version) -> str:
    """One reason in a sentence, before there is a plan and while the new version is not published."""
    if reason["code"] != "gone":
        return told(reason, old, new)
    pattern = _("It waits at “{step}”, which version {new} does not have. A plan says where it goes on.")
    return pattern.format(**_parts(reason, old, new))


def settings_in_words(names: list[str] | tuple[str, ...]) -> str:
    """The settings of a step that mean something else."""
    say = sayer(get_language() or "en")
    return ", ".join(setting_title(name, say) for name in names)


def refused(why: MoveRefused) -> str:
    """Why a plan cannot be changed or carried out now."""
    return {
        "same_version": _("Choose two different versions."),
        "unknown_version": _("This service has no such version."),
        "final": _("Cases have been moved by this plan already, so it cannot be changed. Make another plan."),
        "running": _("These cases are being worked on now. Stop that first."),
        "not_running": _("Nothing is being done with these cases now."),
        "not_seen": _("Look at the cases first."),
        "nothing_moved": _("No case of this plan can be brought back."),
        "wrong_step": _("Work at one of these steps cannot go on where you chose. Choose again."),
    }[why.code]


def _parts(reason: Mapping[str, Any], old: Version, new: Version) -> dict[str, str]:
    language = get_language() or "en"
    field, page = str(reason.get("field", "")), str(reason.get("page", ""))
    return {
        "new": str(new.number),
        "step": title_of(old, str(reason.get("step", "")), language),
        "to": title_of(new, str(reason.get("to", "")), language),
        "field": _label(field, old, new, language),
        "page": _page(page, old, new, language),
        "name": str(reason.get("name", "")),
        "settings": settings_in_words(str(reason.get("settings", "")).split()),
    }


def _label(key: str, old: Version, new: Version, language: str) -> str:
    asked = old.start_form.fields.get(key) or new.start_form.fields.get(key)
    return (asked.field.label.in_(language) if asked else "") or key


def _page(key: str, old: Version, new: Version, language: str) -> str:
    page = new.start_form.pages.get(key) or old.start_form.pages.get(key)
    return (page.page.title.in_(language) if page else "") or key


def _patterns() -> dict[str, str]:
    return {**_needs(), **_blocking(), **_notes()}


def _needs() -> dict[str, str]:
    return {
        "gone": _("It waits at “{step}”, and the plan does not say where that goes on in version {new}."),
        "asked": _("“{field}” must be answered in version {new}."),
        "again": _("“{field}” would be asked again: version {new} does not take the answer."),
        "removed": _("“{field}” was answered, and version {new} does not ask it."),
        "hidden": _("“{field}” was answered, and version {new} would not show it."),
        "checks": _("The page “{page}” would be refused in version {new}."),
    }


def _blocking() -> dict[str, str]:
    return {
        "not_there": _("“{step}” cannot go on at “{to}”: in version {new} no case comes there on this way."),
        "join_gone": _("Ways part at “{step}”, and version {new} does not bring them together."),
        "for_ever": _("The ways that part at “{step}” could never come together in version {new}."),
        "no_outcome": _("When the ways that part at “{step}” end, the case would stop without an outcome."),
        "nothing_left": _("Nothing would be left to do on it."),
        "votes": _("People are voting at “{step}”, and version {new} counts votes by other rules."),
        "items": _("“{step}” goes through a list, and version {new} goes through it in another way."),
        "called": _("It waits at “{step}” for a case of a service that version {new} does not call."),
        "calls_back": _(
            "It waits at “{step}” for another system to call back, and version {new} reads that otherwise."
        ),
        "busy": _("“{step}” is being done at this moment."),
        "answering": _("The applicant is writing an answer at “{step}” now."),
        "asked_gone": _("The applicant is asked about “{field}”, which version {new} does not ask."),
        "other_money": _("The applicant was asked at “{step}” for money of another currency."),
        "asked_outside": _("Somebody outside was asked at “{step}”, and version {new} asks something else."),
        "recorded": _("What was recorded at “{step}” ({name}) is of another kind in version {new}."),
        "unreadable": _("Its workflow or its answers cannot be read."),
        "failed": _("This did not work ({name}). The case stays as it was."),
    }


def _notes() -> dict[str, str]:
    return {
        "renamed": _("“{step}” goes on at “{to}”."),
        "changed": _("“{step}” means something else now: {settings}."),
        "cancelled": _("“{step}” is cancelled."),
        "decide_within": _("The time to decide the case is another one."),
        "left_in_record": _("The answer to “{field}” stays in the record and is not used any more."),
        "worked_out": _("“{field}” is worked out anew."),
        "to_applicant": _("The applicant is asked about “{field}”."),
        "ended": _("It ended in the meantime."),
        "worked_on": _("Somebody has worked on it since it was moved."),
        "too_late": _("It was moved more than 30 days ago."),
        "went_on": _("It went on by itself when it was moved."),
    }
