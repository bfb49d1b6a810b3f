"""How far each case of the demonstration goes: one list of steps for each story, and how often it is told."""

from dataclasses import dataclass, field
from typing import Any, Literal

Verb = Literal["claim", "decide", "correct", "withdraw", "revoke", "advise", "pay"]


@dataclass(frozen=True)
class Act:
    """One thing that somebody does on a case, so many working hours after what came before."""

    verb: Verb
    node: str = ""
    outcome: str = ""
    hours: int = 5
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A way of a case, how often it is told, and how many working hours it has rested since (least, most)."""

    service: str
    times: int
    rest: tuple[int, int]
    acts: tuple[Act, ...] = ()


RETURN = Act(
    "decide",
    "check",
    "return",
    6,
    {
        "return_fields": ["plan", "premises"],
        "note": "The plan does not show where the gas bottle stands. Please also check the house number.",
    },
)
ACCEPT = Act("decide", "check", "accept", 6)
VISIT = Act("decide", "inspect", "done", 14, {"answers": {"result": "suitable"}})
CONDITIONS = Act(
    "decide",
    "inspect",
    "done",
    14,
    {
        "answers": {
            "result": "with_conditions",
            "notes": "A second fire extinguisher is needed beside the door.",
        }
    },
)
APPROVE, FINAL = Act("decide", "approve", "approve", 7), Act("decide", "approve_head", "approve", 5)
CORRECT = Act("correct", hours=12)
BAD_VISIT = Act(
    "decide",
    "inspect",
    "refuse",
    14,
    {
        "answers": {"result": "unsuitable", "notes": "There is no second exit."},
        "reason": "The premises have no second exit, which the fire rules ask for.",
    },
)
NO_PROOF = {"reason": "The documents do not show that you may use these premises."}
UNCLEAR = {"reason": "What is to be sold there is not clear from the file. Please ask again."}

LICENCE = "trade-licence"
EXTRACT = "residence-extract"
PURCHASE = "purchase-approval"
EVENT = "street-event"
GRANT = "neighbourhood-grant"
ROAD_FREE, LARGE = Act("decide", "check", "approve", 6), Act("decide", "head", "approve", 5)
ROAD_CLOSED = Act(
    "decide", "check", "reject", 6, {"reason": "The street is dug up for a new water main until the summer."}
)
COMPARE = Act("decide", "compare", "approve", 4)
ASK_RESIDENT = Act(
    "decide",
    "compare",
    "return",
    4,
    {
        "return_fields": ["residence"],
        "note": "The register knows another house number. Please look at your last tenancy agreement.",
    },
)
NOT_FOUND = Act(
    "decide", "compare", "reject", 4, {"reason": "The register has another address for you since last year."}
)
REVIEW, CONFIRM = Act("decide", "review", "approve", 4), Act("decide", "confirm", "approve", 5)
HEAD = Act("decide", "confirm_head", "approve", 5)
NO_MONEY = Act("decide", "confirm", "reject", 5, {"reason": "The budget of this year is spent."})

EXPERT = {"answers": {"expert": "ruth.feld@university.example"}}
ASK_EXPERT, NO_EXPERT = Act("decide", "check", "complete", 7, EXPERT), Act("decide", "check", "complete", 7)
ADVICE = Act(
    "advise",
    "expert",
    "with_conditions",
    16,
    {"text": "The costs are plausible. Somebody has to be named who looks after it in the second year."},
)
VOTE = Act("decide", "committee", "approve", 9)
AGAINST = Act(
    "decide", "committee", "reject", 9, {"reason": "It reaches hardly anybody outside of the group itself."}
)
CONSENT, PAID = Act("decide", "budget", "approve", 8), Act("pay", "deposit", hours=12)
AFTER_SILENCE = Act("pay", "deposit", hours=62)  # nobody of the budget office answered in five working days

STORIES: tuple[Story, ...] = (
    Story(LICENCE, 16, (1, 25)),
    Story(LICENCE, 12, (1, 26), (Act("claim", "check"),)),
    Story(LICENCE, 9, (2, 50), (RETURN,)),
    Story(LICENCE, 6, (1, 20), (RETURN, CORRECT)),
    Story(LICENCE, 9, (1, 36), (ACCEPT,)),
    Story(LICENCE, 5, (1, 16), (ACCEPT, Act("claim", "inspect", hours=3))),
    Story(LICENCE, 8, (1, 17), (ACCEPT, VISIT)),
    Story(LICENCE, 6, (1, 17), (ACCEPT, CONDITIONS, APPROVE)),
    Story(LICENCE, 18, (10, 180), (ACCEPT, VISIT, APPROVE, FINAL)),
    Story(LICENCE, 5, (10, 120), (RETURN, CORRECT, ACCEPT, CONDITIONS, APPROVE, FINAL)),
    Story(LICENCE, 4, (10, 120), (Act("decide", "check", "refuse", 6, NO_PROOF),)),
    Story(LICENCE, 3, (10, 120), (ACCEPT, BAD_VISIT)),
    Story(LICENCE, 2, (10, 120), (ACCEPT, VISIT, Act("decide", "approve", "reject", 7, UNCLEAR))),
    Story(LICENCE, 3, (5, 90), (Act("withdraw", hours=9),)),
    Story(LICENCE, 4, (100, 180), (RETURN,)),
    Story(
        LICENCE,
        1,
        (10, 40),
        (
            ACCEPT,
            VISIT,
            APPROVE,
            FINAL,
            Act("revoke", hours=30, more={"reason": "The business has closed and gave the licence back."}),
        ),
    ),
    Story(EXTRACT, 10, (1, 17)),
    Story(EXTRACT, 6, (1, 10), (Act("claim", "compare"),)),
    Story(EXTRACT, 5, (1, 30), (ASK_RESIDENT,)),
    Story(EXTRACT, 3, (1, 10), (ASK_RESIDENT, CORRECT)),
    Story(EXTRACT, 24, (4, 200), (COMPARE,)),
    Story(EXTRACT, 4, (10, 150), (NOT_FOUND,)),
    Story(EXTRACT, 2, (10, 100), (Act("withdraw", hours=3),)),
    Story(PURCHASE, 6, (1, 17)),
    Story(PURCHASE, 6, (1, 16), (REVIEW,)),
    Story(PURCHASE, 4, (1, 12), (REVIEW, CONFIRM)),
    Story(PURCHASE, 12, (10, 160), (REVIEW, CONFIRM, HEAD)),
    Story(PURCHASE, 3, (10, 120), (REVIEW, NO_MONEY)),
    Story(EVENT, 4, (1, 20)),
    Story(EVENT, 2, (1, 12), (Act("claim", "check"),)),
    Story(EVENT, 2, (1, 10), (ROAD_FREE,)),
    Story(EVENT, 5, (4, 90), (ROAD_FREE, LARGE)),
    Story(EVENT, 1, (10, 60), (ROAD_CLOSED,)),
    Story(GRANT, 1, (1, 20)),
    Story(GRANT, 2, (4, 30), (ASK_EXPERT,)),
    Story(GRANT, 2, (2, 20), (ASK_EXPERT, ADVICE, VOTE)),
    Story(GRANT, 1, (10, 60), (NO_EXPERT, AGAINST, AGAINST)),
    Story(GRANT, 1, (3, 30), (ASK_EXPERT, ADVICE, VOTE, VOTE, CONSENT)),
    Story(GRANT, 2, (10, 90), (ASK_EXPERT, ADVICE, VOTE, VOTE, CONSENT, PAID)),
    Story(GRANT, 1, (10, 60), (NO_EXPERT, VOTE, VOTE, AFTER_SILENCE)),
)
