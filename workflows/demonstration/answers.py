"""What the people of the demonstration write into their applications."""

import io
import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from engine.departments.models import Department, User
from engine.documents.models import Document
from engine.documents.uploads import save_upload
from workflows.demonstration.files import Person

LIMIT = 2_000_000
STREETS = ["Mill Lane", "Harbour Street", "Castle Gate", "Fountain Square", "Olive Lane", "Station Road"]
TOWNS = ["Old Harbour", "Northhaven", "Castle Gate"]
BUSINESSES = {
    "hot_food": ["Quay Grill", "Tan Dumplings", "Harbour Tea House", "Lemon Kitchen", "Crêpes Laurent"],
    "cold_food": ["Green Basket", "Ice on the Beach", "Spice Hall", "Daily Bread"],
    "goods": ["Station Flowers", "Old Town Books", "Lantern Crafts", "Blue Door Clothing"],
    "repairs": ["Old Town Bikes", "Watch and Key", "Castle Shoe Repairs"],
}
PURCHASES = [
    ("Road salt for the winter", "Nordsalt", "roads", 4200),
    ("Two office chairs", "Lindgren Office", "office", 640),
    ("Playground swing", "Parkline", "parks", 3150),
    ("Asphalt for Mill Lane", "Costa Surfacing", "roads", 18400),
    ("Roof repair of the depot", "Alto Roofing", "buildings", 9800),
    ("Safety helmets", "Workwise", "roads", 890),
    ("Tree planting in Castle Gate", "Greenhand", "parks", 5600),
    ("Printer paper", "Lindgren Office", "office", 120),
]


def person_answers(person: Person) -> dict[str, Any]:
    """The block of questions about the applicant."""
    return {
        "applicant_name": person.name,
        "applicant_birth_date": person.born,
        "applicant_national_id": person.national_id.replace(" ", ""),
    }


def licence_answers(
    person: Person, user: User, department: Department, day: date, chance: random.Random
) -> dict[str, Any]:
    """An application for a trade licence."""
    trade = chance.choice(list(BUSINESSES))
    legal_form = chance.choice(["sole_trader", "partnership", "company"])
    found: dict[str, Any] = {
        **person_answers(person),
        "business_name": chance.choice(BUSINESSES[trade]),
        "legal_form": legal_form,
        "people_working": chance.randint(1, 12),
        "premises": _address(chance),
        "tenure": chance.choice(["own", "rent"]),
        "first_day": (day + timedelta(days=chance.randint(90, 140))).isoformat(),
        "trade": trade,
        "plan": drawing_of(f"plan-{chance.randint(1, 6)}.png", user, department),
        "declared": True,
    }
    if legal_form != "sole_trader":
        found["company_number"] = f"NH-{chance.randint(100000, 999999)}"
    return found | _trade_answers(trade, user, department, chance)


def _trade_answers(trade: str, user: User, department: Department, chance: random.Random) -> dict[str, Any]:
    if trade == "hot_food":
        certificate = drawing_of("hygiene-certificate.png", user, department)
        cooking = chance.choice([["gas"], ["electricity"], ["gas", "charcoal"]])
        return {"cooking_with": cooking, "sells_alcohol": False, "hygiene_certificate": certificate}
    if trade == "cold_food":
        return {"sells_alcohol": chance.random() < 0.3}
    return {"goods_sold": "Small things for every day, and what people ask for."}


def extract_answers(person: Person, chance: random.Random) -> dict[str, Any]:
    """An application for an extract from the register."""
    purpose = chance.choice(["school", "bank", "employer", "other"])
    found = {
        **person_answers(person),
        "residence": _address(chance),
        "living_since": f"20{chance.randint(10, 24)}-0{chance.randint(1, 9)}-01",
        "purpose": purpose,
        "declared": True,
    }
    return found | ({"other_purpose": "My landlord"} if purpose == "other" else {})


def purchase_answers(user: User, department: Department, chance: random.Random) -> dict[str, Any]:
    """A request for a purchase."""
    item, supplier, budget, amount = chance.choice(PURCHASES)
    found = {
        "item": item,
        "amount": f"{amount}.00",
        "supplier": supplier,
        "cost_centre": budget,
        "reason": "We have none left, and the work of the coming weeks needs it.",
    }
    return found | ({"offer": drawing_of("offer.png", user, department)} if amount > 1000 else {})


def _address(chance: random.Random) -> dict[str, str]:
    return {
        "line_1": f"{chance.randint(1, 80)} {chance.choice(STREETS)}",
        "town": chance.choice(TOWNS),
        "postcode": str(chance.randint(40100, 40990)),
    }


def drawing_of(name: str, user: User, department: Department) -> dict[str, Any]:
    """An upload through the same door as any other."""
    document: Document = save_upload(
        io.BytesIO(_drawing(name)),
        name=name,
        department=department,
        owner=user,
        allowed=frozenset({"image/png"}),
        limit_bytes=LIMIT,
    )
    return {
        "document": str(document.pk),
        "name": document.name,
        "size": document.size,
        "type": document.content_type,
    }


@cache
def _drawing(name: str) -> bytes:
    """A plain drawing of rooms; each name has its own."""
    chance = random.Random(name)  # noqa: S311 - a picture, not a secret
    picture = Image.new("RGB", (640, 440), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((30, 30, 610, 410), outline="#10212f", width=5)
    for _ in range(3):
        x, y = chance.randint(120, 520), chance.randint(100, 340)
        pen.line((x, 30, x, y), fill="#10212f", width=4)
        pen.line((x, y, 610, y), fill="#7a8a96", width=3)
    pen.text((40, 416), name, fill="#3a4b59")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
