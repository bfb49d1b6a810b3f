"""How each state of an application is said and shown: icon, word and tint together."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Status:
    """One state in the citizens' words."""

    word: str | Promise
    icon: str
    tint: str


STATUSES = {
    "draft": Status(_("Draft"), "pencil", "quiet"),
    "sent": Status(_("Sent"), "send", "info"),
    "being_checked": Status(_("Being checked"), "loader", "info"),
    "waiting_for_you": Status(_("Waiting for you"), "corner-down-right", "wait"),
    "waiting_for_payment": Status(_("Waiting for payment"), "banknote", "wait"),
    "approved": Status(_("Approved"), "circle-check", "good"),
    "refused": Status(_("Refused"), "circle-x", "bad"),
    "withdrawn": Status(_("Withdrawn"), "undo-2", "quiet"),
    "cancelled": Status(_("Cancelled"), "ban", "quiet"),
    "merged": Status(_("Merged"), "boxes", "quiet"),
    "expired": Status(_("Expired"), "timer", "quiet"),
    "failed": Status(_("Could not be completed"), "triangle-alert", "bad"),
    "valid": Status(_("Valid"), "shield-check", "good"),
    "revoked": Status(_("Revoked"), "shield-x", "bad"),
    "replaced": Status(_("Replaced"), "refresh-cw", "warn"),
    "preparing": Status(_("Being prepared"), "loader", "info"),
}


def status_of(state: str) -> Status:
    """The look of a state; a state without a look is shown by its own name."""
    return STATUSES.get(state) or Status(state.replace("_", " ").capitalize(), "circle-dot", "quiet")
