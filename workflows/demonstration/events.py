"""What the people of the demonstration write when they ask for a street."""

import random
from datetime import date, timedelta
from typing import Any

from engine.departments.models import Department, User
from workflows.demonstration.answers import STREETS, drawing_of
from workflows.demonstration.files import Person

EVENTS = {
    "market": ["Harbour flea market", "Saturday farmers’ market", "Lantern market"],
    "concert": ["Brass on the quay", "Summer strings", "Choirs at Castle Gate"],
    "party": ["Mill Lane neighbours", "Olive Lane street party"],
}
SIGNED = "M20 60L60 20L110 70L170 30L240 60L300 40"


def event_answers(
    person: Person, user: User, department: Department, day: date, chance: random.Random
) -> dict[str, Any]:
    """An application for a street event."""
    kind = chance.choice(list(EVENTS))
    first = day + timedelta(days=chance.randint(40, 120))
    people = chance.choice([60, 150, 300, 800, 2500])
    given, _, family = person.name.partition(" ")
    found: dict[str, Any] = {
        "ground": chance.choice(["street", "square"]),
        "event_name": chance.choice(EVENTS[kind]),
        "kind": kind,
        "days": {
            "start": first.isoformat(),
            "end": (first + timedelta(days=chance.randint(0, 2))).isoformat(),
        },
        "begins": chance.choice(["09:00", "10:30", "16:00"]),
        "people": people,
        "street": chance.choice(STREETS),
        "organiser_name": {"given": given, "family": family},
        "organiser_phone": f"555{chance.randint(1000, 9999)}",
        "insurance": [drawing_of("insurance.png", user, department)],
        "signature": {"name": person.name, "drawing": SIGNED},
        "declared": True,
    }
    if people > 500:
        found["safety_plan"] = [drawing_of("escape-routes.png", user, department)]
    if kind != "party":
        found["noise"] = chance.choice([["music"], ["music", "generator"], ["none"]])
    if kind == "market":
        found["stalls"] = [_stall(chance) for _ in range(chance.randint(2, 7))]
    return found


def _stall(chance: random.Random) -> dict[str, Any]:
    food = chance.random() < 0.5
    stall: dict[str, Any] = {"sells": "food" if food else "goods", "metres": chance.randint(2, 8)}
    return stall | ({"gas": chance.random() < 0.5} if food else {})
