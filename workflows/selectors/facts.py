"""What people want to know before they apply: time, fee, decision, validity, languages."""

from dataclasses import dataclass

from engine.core.languages import own_name
from engine.core.voice import shown
from workflows.definition import ServicePackage
from workflows.words import span_text, word


@dataclass(frozen=True)
class Fact:
    """One line of the card beside the start button."""

    key: str
    icon: str
    label: str
    text: str


def facts_of(package: ServicePackage, language: str) -> list[Fact]:
    """The lines that the package has something to say for."""
    facts = package.facts
    within = facts.decision_within or package.workflow.decide_within
    lines = [
        ("time", "timer", facts.time.in_(language) if facts.time else ""),
        ("decision_within", "calendar-clock", span_text(within, language) if within else ""),
        ("fee", "banknote", facts.fee.in_(language) if facts.fee else ""),
        ("validity", "badge-check", facts.validity.in_(language) if facts.validity else ""),
        (
            "languages",
            "languages",
            ", ".join(shown(own_name(tag), tag, language) for tag in package.languages),
        ),
    ]
    return [Fact(key, icon, word(key, language), text) for key, icon, text in lines if text]
