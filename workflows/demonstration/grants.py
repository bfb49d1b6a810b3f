"""What the people of the demonstration write when they ask for a grant, and what is done about it outside."""

import random
import re
from typing import Any

from django.utils import timezone

from engine.departments.models import Department, User
from engine.messages.models import Letter
from engine.payments.configured import PRETEND, NoProvider, provider
from engine.payments.pretended import order_on_page, signed_message
from workflows import services
from workflows.demonstration.answers import STREETS, drawing_of
from workflows.demonstration.files import Person
from workflows.models import Case, Payment, PaymentState
from workflows.opinions import KIND

PROJECTS = [
    ("Fruit trees for the square", "green", "We plant twelve apple trees, and the school waters them.", 2400),
    ("Repair café", "repair", "Each month we mend lamps, bicycles and clothes with whoever comes.", 900),
    ("Summer of short films", "culture", "Films of the neighbours on the wall of the old mill.", 4800),
    ("Nets for the ball court", "sport", "New nets and lines, painted together on one weekend.", 1350),
    ("Garden behind the library", "green", "Six raised beds, low enough for wheelchairs.", 7200),
]
GROUPS = ["Mill Lane neighbours", "Friends of Castle Gate", "Harbour youth", "Olive Lane gardeners"]
_KEY = re.compile(r"/opinion/\?key=([A-Za-z0-9_-]+)")


def grant_answers(
    person: Person, user: User, department: Department, chance: random.Random
) -> dict[str, Any]:
    """An application for a neighbourhood grant."""
    project, kind, idea, amount = chance.choice(PROJECTS)
    given, _, family = person.name.partition(" ")
    return {
        "project": project,
        "kind": kind,
        "place": chance.choice(STREETS),
        "idea": idea,
        "amount": f"{amount}.00",
        "costs": drawing_of("costs.png", user, department),
        "group_name": chance.choice(GROUPS),
        "contact": {"given": given, "family": family},
        "phone": f"555{chance.randint(1000, 9999)}",
        "declared": True,
    }


def key_in_letter(case: Case) -> str:
    """The key that was written to somebody outside, while the letter has not left; empty without one."""
    letters = Letter.objects.filter(case_reference=case.reference, kind=KIND).order_by("-created")
    found = next((_KEY.search(letter.text) for letter in letters[:1]), None)
    return found[1] if found else ""


def pay(case: Case) -> None:
    """The applicant pays at the pretended provider, which says so; passed over where there is another one."""
    try:
        if provider().key != PRETEND:
            return
    except NoProvider:
        return
    services.begin_payment(reference=case.reference, by=case.applicant, language=case.language)
    payment = Payment.objects.get(case=case, state=PaymentState.WAITING)
    told = order_on_page(payment.address.partition("for=")[2])
    if told is not None:
        headers, body = signed_message(told, "paid", int(timezone.now().timestamp()))
        services.take_payment_message(department=case.department.key, headers=headers, body=body)
