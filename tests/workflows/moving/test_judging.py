"""Which cases can be moved, which need an answer first, which cannot: each with everything in the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from tests.workflows.conftest import with_nodes
from tests.workflows.moving.moves import looked_at, planned, row_of, said
from tests.workflows.nodes.test_multi_instance import FIELD
from tests.workflows.steps import join, parallel, task
from workflows.models import Draft, WorkItem

pytestmark = pytest.mark.django_db
BRANCHES = [parallel("split", "left", "right"), task("left", "both"), task("right", "both")]
OUTER = [*BRANCHES, join("both", "last"), task("last", "done")]


@pytest.fixture
def judged(simple_package, pair, begin, administrator):
    """What a plan says of a case of a workflow with these steps when the next version has those."""

    def judge(
        old: list[Any], new: list[Any], act: Any = None, answers: Any = None, **plan: Any
    ) -> tuple[str, list[str]]:
        with_nodes(simple_package, *old)
        older, newer = pair(simple_package, lambda package: with_nodes(package, *new))
        case = begin(older, **(answers or {}))
        if act is not None:
            act(case)
        move = looked_at(planned(older, newer, administrator, **plan), administrator)
        kind, _, codes = said(move, case)
        return kind, codes

    return judge


def test_a_case_whose_step_is_the_same_is_safe(judged):
    steps = [task("check", "done")]
    assert judged(steps, [task("check", "sign"), task("sign", "done")]) == ("safe", [])


def test_a_step_that_is_gone_needs_the_administrator_to_say_where_it_goes_on(judged):
    new = [task("verify", "done")]
    assert judged([task("check", "done")], new) == ("needs", ["gone"])


def test_the_administrator_has_said_where(judged):
    new = [task("verify", "done")]
    assert judged([task("check", "done")], new, steps={"check": "verify"}) == ("safe", ["renamed"])


def test_a_step_that_means_something_else_needs_a_word(judged):
    old, new = [task("check", "done")], [{**task("check", "done"), "role": "supervisor"}]
    assert judged(old, new) == ("needs", ["gone"])
    assert judged(old, new, steps={"check": "check"}) == ("safe", ["changed"])


def test_what_cannot_be_cancelled_because_nothing_would_be_left(judged):
    new = [task("verify", "done")]
    assert judged([task("check", "done")], new, steps={"check": ""}) == (
        "blocked",
        ["nothing_left", "cancelled"],
    )


class TestSideBySide:
    """Ways that part must still come together."""

    def test_the_same_ways_are_safe(self, judged):
        assert judged(OUTER, [*OUTER[:-1], task("last", "more"), task("more", "done")]) == ("safe", [])

    def test_a_split_that_is_gone_blocks(self, judged):
        new = [task("left", "right"), task("right", "last"), task("last", "done")]
        kind, codes = judged(OUTER, new)
        assert (kind, set(codes)) == ("blocked", {"not_there", "join_gone"})

    def test_a_join_of_other_name_takes_over(self, judged, decide, clerk):
        new = [BRANCHES[0], task("left", "meet"), task("right", "meet"), join("meet", "last"), OUTER[-1]]
        assert judged(OUTER, new, lambda case: decide(case, "left", clerk, "done")) == ("safe", [])

    def test_a_join_that_needs_more_than_can_come_blocks(self, judged):
        third = task("third", "both")
        more = [
            parallel("split", "left", "right", "third"),
            *BRANCHES[1:],
            third,
            join("both", "last", needs=3),
        ]
        assert judged(OUTER, [*more, OUTER[-1]]) == ("blocked", ["for_ever"])

    def test_one_way_of_several_can_be_cancelled(self, judged):
        steps = [parallel("split", "left", "right", "third"), *BRANCHES[1:], task("third", "both")]
        old = [*steps, join("both", "last"), OUTER[-1]]
        assert judged(old, OUTER, steps={"third": ""}) == ("safe", ["cancelled"])

    def test_work_on_one_way_does_not_go_on_behind_the_join(self, judged):
        kind, codes = judged(OUTER, OUTER, steps={"left": "last"})
        assert (kind, codes) == ("blocked", ["not_there", "renamed"])

    def test_a_step_beside_the_case_does_not_take_its_place(self, judged):
        late = {"key": "late", "type": "deadline", "on": "check", "after": {"days": 3}, "next": "remind"}
        new = [task("check", "done"), late, task("remind", "over")]
        assert judged([task("check", "done")], new, steps={"check": "remind"})[0] == "blocked"


class TestWhatAStepSays:
    """What only the kind of a step knows."""

    def test_votes_by_other_rules(self, judged):
        board = {
            "key": "board",
            "type": "approval",
            "title": "Board",
            "role": "supervisor",
            "who": [{"seats": 3}],
            "rule": {"type": "n_of_m", "needed": 2},
            "approve": "done",
            "reject": "refused",
        }
        other = {**board, "rule": {"type": "n_of_m", "needed": 3}}
        assert judged([board], [other], steps={"board": "board"}) == ("blocked", ["votes", "changed"])

    def test_items_of_another_list(self, judged, simple_package):
        simple_package["forms"]["application"]["pages"][0]["fields"].append(FIELD)
        each = {
            "key": "each",
            "type": "multi_instance",
            "over": "answers.stalls",
            "body": "look",
            "next": "done",
        }
        old, new = ([part, task("look", "over")] for part in (each, {**each, "mode": "sequential"}))
        answers = {"stalls": [{"name": "A", "size": 1}]}
        assert judged(old, new, answers=answers, steps={"each": "each"}) == ("blocked", ["items", "changed"])

    def test_a_worker_that_is_at_it(self, judged):
        call = {"key": "ask", "type": "service_call", "address": "https://x.example/", "next": "done"}

        def started(case: Any) -> None:
            lease = {"status": "STARTED", "lease_until": now() + timedelta(minutes=1)}
            WorkItem.objects.filter(process=case, node_key="ask").update(**lease)

        assert judged([call], [call], started) == ("blocked", ["busy"])
        assert judged([call], [call]) == ("safe", [])

    def test_an_applicant_who_is_writing(self, judged, citizen):
        ask = {"key": "ask", "type": "applicant_task", "title": "Ask", "next": "done"}

        def writes(case: Any) -> None:
            item = WorkItem.objects.get(process=case, node_key="ask")
            Draft.objects.create(
                owner=citizen,
                service_version=case.version,
                department_id=case.department_id,
                language="en",
                expires_at=now(),
                work_item=item,
            )

        assert judged([ask], [ask], writes) == ("blocked", ["answering"])


def test_a_case_that_was_seen_otherwise_is_judged_by_what_it_is_now(
    simple_package, pair, begin, decide, clerk, administrator
):
    with_nodes(simple_package, task("check", "sign"), task("sign", "done"))
    old, new = pair(
        simple_package, lambda package: with_nodes(package, task("sign", "done"), task("other", "done"))
    )
    case = begin(old)
    move = looked_at(planned(old, new, administrator), administrator)
    assert row_of(move, case).kind == "needs"
    decide(case, "check", clerk, "done")
    assert said(looked_at(move, administrator), case) == ("safe", "seen", [])
