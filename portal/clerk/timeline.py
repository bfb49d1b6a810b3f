"""What happened on a case, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

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
    return _(KNOWN.get(event.verb) or CHANGED)


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


THE_CASE = {  # what people and the clock do
    "case.sent": gettext_noop("{who} applied"),
    "case.opened": gettext_noop("{who} opened the case"),
    "case.held": gettext_noop("{who} put the case on hold"),
    "case.resumed": gettext_noop("{who} let the case go on"),
    "work.escalated": gettext_noop("{who} moved “{step}” up, because it is late"),
    "case.withdrawn": gettext_noop("{who} withdrew the application"),
    "case.called": gettext_noop("{who} opened the case for another"),
    "case.ended_with_parent": gettext_noop("{who} ended the case with the one that waited for it"),
    "case.withdrawal_asked": gettext_noop("{who} asked to withdraw the application"),
    "case.exported": gettext_noop("{who} exported the case"),
    "case.moved": gettext_noop("{who} moved the case to “{step}”"),
    "case.version_moved": gettext_noop("{who} moved the case from version {old} to version {new}"),
    "case.version_restored": gettext_noop("{who} brought the case back from version {old} to version {new}"),
    "work.given_back": gettext_noop("“{step}” went back to the queue, because others may do it now"),
    "case.cancelled": gettext_noop("{who} cancelled the case"),
    "case.reopened": gettext_noop("{who} reopened the case at “{step}”"),
    "case.merged": gettext_noop("{who} merged the case into {subject}"),
    "case.took_in": gettext_noop("{who} merged {subject} into this case"),
    "case.taken_apart": gettext_noop("{who} reopened {subject}, which had been merged into this case"),
    "case.archived": gettext_noop("{who} archived the case"),
    "case.unarchived": gettext_noop("{who} took the case out of the archive"),
    "case.answers_mended": gettext_noop("{who} put answers right, because the case could not go on"),
    "work.retried": gettext_noop("{who} let “{step}” be tried again"),
    "work.skipped": gettext_noop("{who} skipped “{step}”, which had failed"),
    "work.undone": gettext_noop("{who} undid “{step}”"),
    "note.added": gettext_noop("{who} wrote a note"),
    "case.flagged": gettext_noop("{who} flagged the case"),
    "case.unflagged": gettext_noop("{who} took a flag off the case"),
    "work.claimed": gettext_noop("{who} took “{step}”"),
    "work.released": gettext_noop("{who} gave “{step}” back to the queue"),
    "work.assigned": gettext_noop("{who} gave “{step}” to {whom}"),
    "case.taken_up": gettext_noop("{who} opened the case again"),
    "work.late": gettext_noop("The time for “{step}” is over"),
    "work.timed_out": gettext_noop("The time for “{step}” is over, and the case goes on"),
    "work.delegated": gettext_noop("{who} handed “{step}” on to {whom}"),
    "work.decided_by_silence": gettext_noop("Nobody ended “{step}” in time, which counts as: {outcome}"),
    "approval.decided": gettext_noop("{who} gave the vote that settled “{step}”: {outcome}"),
    "approval.level": gettext_noop("{who} gave the vote that brought “{step}” to level {number}"),
    "work.help_asked": gettext_noop("{who} asked for help with “{step}”"),
    "letter.sent": gettext_noop("Letter to the applicant: {subject}"),
    "event.happened": gettext_noop("It happened: {step}"),
    "deadline.near": gettext_noop("A deadline is near: {step}"),
    "deadline.passed": gettext_noop("A deadline passed: {step}"),
    "personal_data.read": gettext_noop("{who} read personal data"),
    "work.refused": gettext_noop("{who} was refused what they wanted to do"),
    "case.refused": gettext_noop("{who} was refused what they wanted to do"),
}


CERTIFICATES = {  # what becomes of certificates
    "certificate.issued": gettext_noop("{who} issued certificate {subject}"),
    "certificate.revoked": gettext_noop("{who} revoked certificate {subject}"),
    "certificate.replaced": gettext_noop("Certificate {subject} was replaced by a newer one"),
    "amendment.asked": gettext_noop("{who} asked to correct certificate {subject}"),
    "amendment.approved": gettext_noop("{who} approved the correction of certificate {subject}"),
    "amendment.refused": gettext_noop("{who} refused the correction of certificate {subject}"),
    "amendment.carried_out": gettext_noop("Certificate {subject} takes the place of the wrong one"),
    "amendment.dropped": gettext_noop("A correction was dropped, because the certificate was revoked"),
}


OUTSIDE = {  # what is asked of people and machines outside, and what comes of it
    "document.made": gettext_noop("A letter was made: {step}"),
    "document.signed": gettext_noop("A letter was signed: {step}"),
    "payment.begun": gettext_noop("The applicant began to pay: {step}"),
    "payment.paid": gettext_noop("The payment has arrived: {step}"),
    "payment.taken_at_desk": gettext_noop("{who} took the payment at the desk: {step}"),
    "payment.failed": gettext_noop("A payment failed: {step}"),
    "payment.cancelled": gettext_noop("A payment was stopped: {step}"),
    "payment.late": gettext_noop("Money came when nothing was to be paid any more: {step}"),
    "payment.surplus": gettext_noop("Money came a second time: {step}"),
    "payment.wrong_amount": gettext_noop("Another amount came than was asked for: {step}"),
    "payment.said_wrong": gettext_noop("The payment service said something about another case: {step}"),
    "opinion.asked_beside": gettext_noop("{who} asked somebody outside for an opinion"),
    "opinion.reminded_beside": gettext_noop("Who was asked for an opinion was reminded"),
    "opinion.came_beside": gettext_noop("The opinion of somebody outside has come"),
    "opinion.link_ended": gettext_noop("{who} took back the link for an opinion"),
    "opinion.asked": gettext_noop("{who} asked for an outside opinion: {step}"),
    "opinion.reminded": gettext_noop("Who was asked was reminded: {step}"),
    "opinion.given": gettext_noop("The outside opinion has come: {step}"),
    "opinion.taken_back": gettext_noop("The link for an outside opinion leads nowhere any more: {step}"),
}

KNOWN = {**OUTSIDE, **CERTIFICATES, **THE_CASE}
CHANGED = gettext_noop("{who} changed the case")
