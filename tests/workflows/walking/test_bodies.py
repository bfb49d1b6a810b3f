"""What another machine could answer."""

from random import Random

from workflows.calling import Kept, kept_of
from workflows.walking.bodies import body_for


def test_a_made_up_answer_holds_all_that_a_step_keeps() -> None:
    keep = {
        "paid": Kept(type="yes_no", at="/payment/done"),
        "fee": Kept(type="decimal", at="/payment/amounts/0"),
        "number": Kept(type="integer", at="/a~1b"),
        "day": Kept(type="date", at="/day"),
        "kinds": Kept(type="choices", at="/kinds"),
        "status": Kept(type="text", at="/status"),
    }
    body = body_for(keep, Random(1))
    assert set(kept_of(keep, body)) == set(keep)
    assert body == body_for(keep, Random(1))
