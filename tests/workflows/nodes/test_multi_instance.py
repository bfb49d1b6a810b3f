"""The same for each item of a list: side by side or in turn, with what came out gathered."""

import itertools
import threading
from typing import Any

import pytest
from django.db import connection

from tests.workflows.steps import let_pass, open_steps, parallel, task, visits
from tests.workflows.validator.test_package import found
from workflows.ending import withdraw_case
from workflows.facts import facts_of
from workflows.models import Case, Deadline, WorkItem
from workflows.unit import unit

pytestmark = pytest.mark.django_db
STALLS = [{"name": "Bread", "size": 3}, {"name": "Fish", "size": 12}, {"name": "Tea", "size": 2}]
FIELD = {
    "key": "stalls",
    "type": "repeating_group",
    "label": "Stalls",
    "options": {
        "fields": [
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "size", "type": "integer", "label": "Size"},
        ]
    },
}
INSPECTION = {
    "title": "Inspection",
    "pages": [
        {
            "key": "visit",
            "title": "Visit",
            "fields": [
                {"key": "score", "type": "integer", "label": "Score"},
                {"key": "secret", "type": "short_text", "label": "Secret", "data_class": "sensitive"},
            ],
        }
    ],
}
LATE = {"key": "late", "type": "deadline", "after": {"days": 3}, "interrupting": True}


def each(**more: Any) -> dict[str, Any]:
    return {
        "key": "stall",
        "type": "multi_instance",
        "over": "answers.stalls",
        "body": "inspect",
        "next": "sign",
        **more,
    }


def inspect(**more: Any) -> dict[str, Any]:
    return {**task("inspect", good="over", bad="over"), **more}


@pytest.fixture(autouse=True)
def _with_stalls(simple_package):
    """The application has a list, and the department a form of inspections."""
    simple_package["forms"]["application"]["pages"][0]["fields"].append(FIELD)
    simple_package["forms"]["inspection"] = INSPECTION


@pytest.fixture
def inspected(running):
    """A case that goes through its stalls."""

    def start(*more: dict[str, Any], stalls: Any = STALLS, body: Any = None, **options: Any) -> Case:
        return running(each(**options), body or inspect(), task("sign", "done"), *more, stalls=stalls)

    return start


@pytest.fixture
def decide_one(clerk):
    """Ends one of the open inspections, by the number of its item."""

    def decide(case: Case, number: int, outcome: str = "good", **answers: Any) -> None:
        items = WorkItem.objects.filter(process=case, node_key="inspect", finished=None)
        item = next(each for each in items if str(each.token).endswith(f"_{number}"))
        with item.activation() as activation:
            activation.decide(clerk, outcome, answers=answers)

    return decide


def results(case: Case) -> list[tuple[int, str]]:
    gathered = Case.objects.get(pk=case.pk).work["stall"]["results"]
    return [(result["item"], result["outcome"]) for result in gathered]


class TestSideBySide:
    """All items at once."""

    def test_there_is_a_work_item_for_each(self, inspected):
        case = inspected()
        assert open_steps(case) == ["inspect", "inspect", "inspect", "stall"]
        items = WorkItem.objects.filter(process=case, node_key="inspect").order_by("pk")
        assert [item.data["item"] for item in items] == ["1/3", "2/3", "3/3"]

    def test_the_case_goes_on_when_all_are_done(self, inspected, decide_one):
        case = inspected()
        decide_one(case, 2, "bad")
        decide_one(case, 1)
        assert open_steps(case) == ["inspect", "stall"]
        decide_one(case, 3)
        assert open_steps(case) == ["sign"]
        assert results(case) == [(2, "bad"), (1, "good"), (3, "good")]

    @pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
    def test_the_order_does_not_matter(self, inspected, decide_one, order):
        case = inspected()
        for number in order:
            decide_one(case, number, "bad" if number == 2 else "good")
        assert open_steps(case) == ["sign"]
        assert sorted(results(case)) == [(1, "good"), (2, "bad"), (3, "good")]

    def test_enough_is_enough(self, inspected, decide_one):
        case = inspected(enough=2)
        decide_one(case, 3)
        decide_one(case, 1)
        assert open_steps(case) == ["sign"]
        assert visits(case, "inspect") == ["DONE", "CANCELED", "DONE"]

    def test_a_rule_over_what_was_gathered_ends_it(self, inspected, decide_one):
        case = inspected(until='work.stall.results.exists(r, r.outcome == "bad")')
        decide_one(case, 1)
        assert open_steps(case) == ["inspect", "inspect", "stall"]
        decide_one(case, 2, "bad")
        assert open_steps(case) == ["sign"]

    def test_only_the_items_that_are_meant(self, inspected, decide_one):
        case = inspected(where="each.stall.size > 2")
        assert open_steps(case) == ["inspect", "inspect", "stall"]
        decide_one(case, 2)
        decide_one(case, 1)
        assert results(case) == [(2, "good"), (1, "good")]

    @pytest.mark.parametrize("stalls", [None, []])
    def test_an_empty_list_is_passed_at_once(self, inspected, stalls):
        case = inspected(stalls=stalls)
        assert open_steps(case) == ["sign"]
        assert results(case) == []


class TestInTurn:
    """One item after the other."""

    def test_the_next_begins_when_one_is_done(self, inspected, decide_one):
        case = inspected(mode="sequential")
        assert open_steps(case) == ["inspect", "stall"]
        decide_one(case, 1)
        assert open_steps(case) == ["inspect", "stall"]
        decide_one(case, 2)
        decide_one(case, 3, "bad")
        assert open_steps(case) == ["sign"]
        assert results(case) == [(1, "good"), (2, "good"), (3, "bad")]

    def test_enough_leaves_out_the_rest(self, inspected, decide_one):
        case = inspected(mode="sequential", enough=1)
        decide_one(case, 1)
        assert open_steps(case) == ["sign"]
        assert visits(case, "inspect") == ["DONE"]


class TestWhatAnItemSees:
    """Rules and forms inside know the item that they are about."""

    def test_rules_read_the_item(self, running):
        decision = {
            "key": "size",
            "type": "decision",
            "branches": [{"when": "each.stall.size > 10", "to": "inspect"}],
            "otherwise": "over",
        }
        case = running(each(body="size"), decision, inspect(), task("sign", "done"), stalls=STALLS)
        assert open_steps(case) == ["inspect", "stall"]
        item = WorkItem.objects.get(process=case, node_key="inspect")
        facts = facts_of(case, case.flow_class.step("size").schema, item)
        assert facts.data["each"] == {"stall": {"position": 2, "name": "Fish", "size": 12}}

    def test_an_item_is_read_as_it_stands_now(self, inspected):
        case = inspected()
        item = WorkItem.objects.filter(process=case, node_key="inspect").latest("pk")
        case.data["answers"]["stalls"][2]["name"] = "Coffee"
        facts = facts_of(case, case.flow_class.step("stall").schema, item)
        assert facts.data["each"]["stall"]["name"] == "Coffee"

    def test_what_staff_answer_is_gathered_item_by_item(self, inspected, decide_one):
        until = "work.stall.results.exists(r, r.score < 3)"
        case = inspected(body=inspect(form="inspection"), until=until)
        decide_one(case, 2, score=9, secret="behind the door")
        decide_one(case, 1, "bad", score=1, secret="under the mat")
        stored = Case.objects.get(pk=case.pk)
        assert open_steps(case) == ["sign"]
        assert [(r["item"], r["score"], r["secret"]) for r in stored.work["stall"]["results"]] == [
            (2, 9, "behind the door"),
            (1, 1, "under the mat"),
        ]
        assert "under the mat" not in str(stored.data)

    def test_a_list_can_be_gone_through_inside_another(self, running, clerk):
        case = running(
            each(body="again"),
            each(key="again", next="over", where="each.again.position <= each.stall.position"),
            inspect(),
            task("sign", "done"),
            stalls=STALLS[:2],
        )
        keys = list(WorkItem.objects.filter(process=case, node_key="inspect").values_list("pk", flat=True))
        assert len(keys) == 3
        for item in WorkItem.objects.filter(pk__in=keys):
            with item.activation() as activation:
                activation.decide(clerk, "good")
        assert open_steps(case) == ["sign"]


class TestWhatCanGoWrong:
    """Deadlines, cancelling, crashes, races."""

    def test_a_deadline_of_one_item_leaves_only_that(self, inspected, clerk):
        case = inspected({**LATE, "on": "inspect", "next": "over"})
        assert let_pass(case, "late")
        assert open_steps(case) == ["inspect", "inspect", "stall"]
        for item in WorkItem.objects.filter(process=case, node_key="inspect", finished=None):
            with item.activation() as activation:
                activation.decide(clerk, "good")
        assert open_steps(case) == ["sign"]
        assert sorted(outcome for _, outcome in results(case)) == ["", "good", "good"]

    def test_a_deadline_of_the_whole_leaves_all(self, inspected):
        case = inspected({**LATE, "on": "stall", "next": "sign"})
        assert let_pass(case, "late")
        assert open_steps(case) == ["sign"]
        assert visits(case, "inspect") == ["CANCELED"] * 3
        assert not Deadline.objects.filter(case=case, cancelled_at=None, fired_at=None).exists()

    def test_an_end_inside_ends_the_case(self, inspected, decide_one):
        case = inspected(body={**task("inspect", good="over", bad="refused")})
        decide_one(case, 2, "bad")
        stored = Case.objects.get(pk=case.pk)
        assert (stored.state, open_steps(case)) == ("refused", [])
        assert visits(case, "refused") == ["DONE"]
        assert visits(case, "inspect") == ["CANCELED", "DONE", "CANCELED"]

    def test_withdrawing_cancels_everything(self, inspected):
        case = inspected()
        withdraw_case(case.pk)
        assert set(visits(case, "inspect") + visits(case, "stall")) == {"CANCELED"}

    def test_a_crash_in_the_middle_is_as_if_nothing_had_happened(self, inspected, decide_one):
        case = inspected(enough=2)
        decide_one(case, 1)
        with pytest.raises(ConnectionError), unit():
            decide_one(case, 2)
            raise ConnectionError
        assert (open_steps(case), results(case)) == (["inspect", "inspect", "stall"], [(1, "good")])
        decide_one(case, 2)
        assert (open_steps(case), results(case)) == (["sign"], [(1, "good"), (2, "good")])

    def test_a_second_visit_gathers_anew(self, running, decide_one, decide, clerk):
        case = running(each(), inspect(), task("sign", again="stall", go="done"), stalls=STALLS[:1])
        decide_one(case, 1, "bad")
        decide(case, "sign", clerk, "again")
        assert results(case) == []
        decide_one(case, 1)
        assert results(case) == [(1, "good")]

    def test_it_can_stand_on_one_of_several_ways(self, running, decide_one, decide, clerk):
        case = running(
            parallel("both", "stall", "read"),
            each(next="all"),
            inspect(),
            task("read", "all"),
            {"key": "all", "type": "join", "next": "sign"},
            task("sign", "done"),
            stalls=STALLS[:2],
        )
        decide(case, "read", clerk, "done")
        decide_one(case, 1)
        assert "sign" not in open_steps(case)
        decide_one(case, 2)
        assert open_steps(case) == ["sign"]


@pytest.mark.django_db(transaction=True)
def test_the_last_can_end_at_the_same_moment(inspected, clerk):
    """Each sees what the others did, because all lock the case first."""
    case = inspected()
    keys = list(WorkItem.objects.filter(process=case, node_key="inspect").values_list("pk", flat=True))

    def work(key: int) -> None:
        try:
            with WorkItem.objects.get(pk=key).activation() as activation:
                activation.decide(clerk, "good")
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=[key]) for key in keys]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert visits(case, "sign") == ["NEW"]
    assert sorted(results(case)) == [(1, "good"), (2, "good"), (3, "good")]


class TestChecks:
    """What is wrong with such a step."""

    def wrong(self, package: dict[str, Any], *nodes: dict[str, Any]) -> set[tuple[str, str]]:
        kept = package["workflow"]["nodes"]
        kept[0]["next"] = "stall"
        kept += [*nodes, {"key": "over", "type": "end"}]
        stall = f"workflow.nodes[{[node['key'] for node in kept].index('stall')}]"
        return {(where.replace(stall, "stall"), code) for where, code in found(package)}

    def test_what_is_no_list_is_named(self, simple_package):
        step = each(over="answers.trade", next="check")
        assert ("stall.over", "no_list") in self.wrong(simple_package, step, inspect())

    def test_rules_are_checked(self, simple_package):
        step = each(where="each.stall.colour == 'red'", until="work.stall.results", next="check")
        assert {("stall.where", "rule"), ("stall.until", "rule")} <= self.wrong(
            simple_package, step, inspect()
        )

    def test_a_step_for_each_item_does_something(self, simple_package):
        assert ("stall.body", "nothing_done") in self.wrong(simple_package, each(body="over", next="check"))

    def test_a_good_one_has_no_problem(self, simple_package):
        assert self.wrong(simple_package, each(next="check"), inspect()) == set()

    def test_what_runs_inside_does_not_lead_out(self, simple_package):
        inside = task("inspect", good="over", bad="check")
        assert ("stall.body", "leads_out") in self.wrong(simple_package, each(next="check"), inside)
