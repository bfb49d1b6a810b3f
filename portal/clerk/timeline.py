"""What happened on a case, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.selectors.timeline import Event

BY_APPLICANT = {"case.sent", "case.corrected", "case.withdrawn", "case.withdrawal_asked"}


@dataclass(frozen=True)
class Happening:
    """One line: who did what, when, and their own words."""

    sentence: SafeString
    at: datetime
    clock: Literal["", "stopped", "running"] = ""
    quote: str = ""
    by_system: bool = False


def happenings(events: Sequence[Event], applicant: str) -> list[Happening]:
    """The lines in the order of the events; without the right to read it the applicant stays unnamed."""
    return [
        Happening(sentence(event, applicant), event.at, event.clock, event.quote, by_system=not event.who)
        for event in events
    ]


def sentence(event: Event, applicant: str = "") -> SafeString:
    """Who did what."""
    who = event.who
    if event.by_applicant or event.verb in BY_APPLICANT:
        who = applicant or _("The applicant")
    words = _words(event)
    bold = format_html("<b>{}</b>", who or _("The system"))
    subject = format_html("<bdi>{}</bdi>", event.subject)
    old, new = map(str, event.versions)
    parts = {"who": bold, "step": event.step, "outcome": event.outcome, "subject": subject}
    parts |= {"old": old, "new": new}
    whom = format_html("<bdi>{}</bdi>", event.whom)
    said = format_html(words, **parts, number=event.number, whom=whom)
    if event.instead_of:
        instead = _("{said}, standing in for {away}")
        return format_html(instead, said=said, away=format_html("<bdi>{}</bdi>", event.instead_of))
    return said


def _words(event: Event) -> str:
    """The sentence with places for its parts."""
    if event.verb == "work.decided":
        return _decided(event)
    if event.verb == "case.corrected":
        return ngettext("{who} corrected {number} answer", "{who} corrected {number} answers", event.number)
    known = {**_about_outside(), **_about_certificates(), **_about_the_case()}
    return known.get(event.verb) or _("{who} changed the case")


def _decided(event: Event) -> str:
    if event.is_vote:
        return _("{who} voted on “{step}”: {outcome}")
    if event.clock == "stopped":
        return ngettext(
            "{who} asked for a correction of {number} answer",
            "{who} asked for a correction of {number} answers",
            event.number,
        )
    if event.step and event.outcome:
        return _("{who} ended “{step}”: {outcome}")
    return _("{who} decided")


def _about_the_case() -> dict[str, str]:
    """What people and the clock do."""
    return {
        "case.sent": _("{who} applied"),
        "case.opened": _("{who} opened the case"),
        "case.held": _("{who} put the case on hold"),
        "case.resumed": _("{who} let the case go on"),
        "work.escalated": _("{who} moved “{step}” up, because it is late"),
        "case.withdrawn": _("{who} withdrew the application"),
        "case.called": _("{who} opened the case for another"),
        "case.ended_with_parent": _("{who} ended the case with the one that waited for it"),
        "case.withdrawal_asked": _("{who} asked to withdraw the application"),
        "case.exported": _("{who} exported the case"),
        "case.moved": _("{who} moved the case to “{step}”"),
        "case.version_moved": _("{who} moved the case from version {old} to version {new}"),
        "case.version_restored": _("{who} brought the case back from version {old} to version {new}"),
        "work.given_back": _("“{step}” went back to the queue, because others may do it now"),
        "case.cancelled": _("{who} cancelled the case"),
        "case.reopened": _("{who} reopened the case at “{step}”"),
        "case.merged": _("{who} merged the case into {subject}"),
        "case.took_in": _("{who} merged {subject} into this case"),
        "case.taken_apart": _("{who} reopened {subject}, which had been merged into this case"),
        "case.archived": _("{who} archived the case"),
        "case.unarchived": _("{who} took the case out of the archive"),
        "case.answers_mended": _("{who} put answers right, because the case could not go on"),
        "work.retried": _("{who} let “{step}” be tried again"),
        "work.skipped": _("{who} skipped “{step}”, which had failed"),
        "work.undone": _("{who} undid “{step}”"),
        "note.added": _("{who} wrote a note"),
        "case.flagged": _("{who} flagged the case"),
        "case.unflagged": _("{who} took a flag off the case"),
        "work.claimed": _("{who} took “{step}”"),
        "work.released": _("{who} gave “{step}” back to the queue"),
        "work.assigned": _("{who} gave “{step}” to {whom}"),
        "case.taken_up": _("{who} opened the case again"),
        "work.late": _("The time for “{step}” is over"),
        "work.timed_out": _("The time for “{step}” is over, and the case goes on"),
        "work.delegated": _("{who} handed “{step}” on to {whom}"),
        "work.decided_by_silence": _("Nobody ended “{step}” in time, which counts as: {outcome}"),
        "approval.decided": _("{who} gave the vote that settled “{step}”: {outcome}"),
        "approval.level": _("{who} gave the vote that brought “{step}” to level {number}"),
        "work.help_asked": _("{who} asked for help with “{step}”"),
        "letter.sent": _("Letter to the applicant: {subject}"),
        "event.happened": _("It happened: {step}"),
        "deadline.near": _("A deadline is near: {step}"),
        "deadline.passed": _("A deadline passed: {step}"),
        "personal_data.read": _("{who} read personal data"),
        "work.refused": _("{who} was refused what they wanted to do"),
        "case.refused": _("{who} was refused what they wanted to do"),
    }


def _about_certificates() -> dict[str, str]:
    """What becomes of certificates."""
    return {
        "certificate.issued": _("{who} issued certificate {subject}"),
        "certificate.revoked": _("{who} revoked certificate {subject}"),
        "certificate.replaced": _("Certificate {subject} was replaced by a newer one"),
        "amendment.asked": _("{who} asked to correct certificate {subject}"),
        "amendment.approved": _("{who} approved the correction of certificate {subject}"),
        "amendment.refused": _("{who} refused the correction of certificate {subject}"),
        "amendment.carried_out": _("Certificate {subject} takes the place of the wrong one"),
        "amendment.dropped": _("A correction was dropped, because the certificate was revoked"),
    }


def _about_outside() -> dict[str, str]:
    """What is asked of people and machines outside, and what comes of it."""
    return {
        "document.made": _("A letter was made: {step}"),
        "document.signed": _("A letter was signed: {step}"),
        "payment.begun": _("The applicant began to pay: {step}"),
        "payment.paid": _("The payment has arrived: {step}"),
        "payment.taken_at_desk": _("{who} took the payment at the desk: {step}"),
        "payment.failed": _("A payment failed: {step}"),
        "payment.cancelled": _("A payment was stopped: {step}"),
        "payment.late": _("Money came when nothing was to be paid any more: {step}"),
        "payment.surplus": _("Money came a second time: {step}"),
        "payment.wrong_amount": _("Another amount came than was asked for: {step}"),
        "payment.said_wrong": _("The payment service said something about another case: {step}"),
        "opinion.asked_beside": _("{who} asked somebody outside for an opinion"),
        "opinion.reminded_beside": _("Who was asked for an opinion was reminded"),
        "opinion.came_beside": _("The opinion of somebody outside has come"),
        "opinion.link_ended": _("{who} took back the link for an opinion"),
        "opinion.asked": _("{who} asked for an outside opinion: {step}"),
        "opinion.reminded": _("Who was asked was reminded: {step}"),
        "opinion.given": _("The outside opinion has come: {step}"),
        "opinion.taken_back": _("The link for an outside opinion leads nowhere any more: {step}"),
    }
