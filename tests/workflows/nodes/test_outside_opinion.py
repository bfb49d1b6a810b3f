"""Somebody outside is asked, answers once by the link of the letter, or does not."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.core.problems import Problems
from engine.departments.access import AccessRefused
from engine.messages.delivery import deliver_all
from engine.messages.models import Letter
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import let_pass, open_steps, task, visits
from workflows.deadlines import fire_deadline
from workflows.definition import parse_package
from workflows.dry_run import Script, play
from workflows.ending import withdraw_case
from workflows.models import Case, CaseState, Deadline, Opinion, WorkItem
from workflows.opinion_step import is_address
from workflows.selectors.cases import case_view
from workflows.selectors.opinions import LinkClosed, asked_by_link
from workflows.services import (
    ask_for_opinion,
    give_opinion,
    hold,
    resume,
    take_opinion_back,
)
from workflows.services.refusals import NotOpen, OpinionIncomplete
from workflows.validator import check_package

pytestmark = pytest.mark.django_db(transaction=True)
NODE = {
    "key": "fire",
    "type": "outside_opinion",
    "title": "Fire brigade",
    "question": "Is the stall safe?",
    "address": "brigade@example.org",
    "fields": ["trade"],
    "due": {"working_days": 5},
    "next": "check",
}


def key_in_letter(number: int = -1) -> str:
    """The key in one of the letters, the last by default."""
    texts = Letter.objects.filter(address__contains="@", text__contains="key=").order_by("created")
    found = re.search(r"/opinion/\?key=([A-Za-z0-9_-]+)", list(texts)[number].text)
    assert found
    return found[1]


def answer(key: str, text: str = "Safe, with an extinguisher.", recommendation: str = "with_conditions"):
    give_opinion(key=key, recommendation=recommendation, text=text)


def verbs(case: Case) -> list[str]:
    return list(AuditEntry.objects.filter(chain=case.chain).order_by("pk").values_list("verb", flat=True))


def closed(key: str) -> str:
    """Why the link leads nowhere."""
    with pytest.raises(LinkClosed) as refused:
        asked_by_link(key)
    return refused.value.why


@pytest.fixture
def asked(running) -> Case:
    """A case that waits for the fire brigade."""
    return running(NODE, task("check", "done"))


class TestAsking:
    def test_the_letter_names_the_question_and_not_the_applicant(self, asked):
        letter = Letter.objects.get(address="brigade@example.org")
        assert letter.recipient is None
        assert "Is the stall safe?" in letter.text
        assert asked.reference in letter.text
        assert "Leila" not in letter.text + letter.html
        assert visits(asked, "fire") == ["NEW"]
        assert "opinion.asked" in verbs(asked)

    def test_the_key_lies_nowhere_once_the_letter_has_left(self, asked, mailoutbox):
        key = key_in_letter()
        deliver_all()
        assert key in mailoutbox[-1].body
        assert mailoutbox[-1].to == ["brigade@example.org"]
        assert not Letter.objects.filter(text__contains=key).exists()
        assert not Opinion.objects.filter(key_sha256__contains=key[:10]).exists()
        assert not AuditEntry.objects.filter(details__contains=key).exists()

    def test_only_the_fields_of_the_step_are_shown(self, asked):
        rows = asked_by_link(key_in_letter()).rows("en")
        assert [(row.field_key, row.value_text) for row in rows] == [("trade", "Fruit")]

    def test_the_address_can_come_from_an_answer(self, running):
        node = {**NODE, "address_rule": "answers.owner", "on_no_address": "refused"}
        node.pop("address")
        running(node, task("check", "done"), owner=" expert@example.org ")
        assert Opinion.objects.get().address == "expert@example.org"

    def test_without_an_address_the_case_goes_where_the_step_says(self, running):
        node = {**NODE, "address_rule": "answers.owner", "on_no_address": "refused"}
        node.pop("address")
        case = running(node, task("check", "done"), owner="nobody in particular")
        assert (Case.objects.get(pk=case.pk).state, Opinion.objects.count()) == (CaseState.REFUSED, 0)
        assert not Letter.objects.filter(address__contains="@").exists()


class TestAnswering:
    def test_the_opinion_brings_the_case_on_and_rules_read_it(self, running):
        way = {
            "key": "way",
            "type": "decision",
            "branches": [{"when": 'work.fire.recommendation == "against"', "to": "refused"}],
            "otherwise": "check",
        }
        case = running({**NODE, "next": "way"}, way, task("check", "done"))
        answer(key_in_letter(), recommendation="against")
        stored = Case.objects.get(pk=case.pk)
        assert stored.state == CaseState.REFUSED
        assert stored.work["fire"] == {"recommendation": "against", "text": "Safe, with an extinguisher."}
        assert verbs(case).count("opinion.given") == 1

    def test_twice_counts_once(self, asked):
        key = key_in_letter()
        answer(key)
        with pytest.raises(LinkClosed):
            answer(key, "Something else.")
        assert closed(key) == "given"
        assert (Opinion.objects.get().text, open_steps(asked)) == ("Safe, with an extinguisher.", ["check"])

    @pytest.mark.parametrize(
        ("text", "recommendation", "missing"),
        [
            ("", "", ["recommendation", "text"]),
            ("  ", "in_favour", ["text"]),
            ("x", "other", ["recommendation"]),
        ],
    )
    def test_what_is_missing_is_said_at_once_and_the_link_stays(self, asked, text, recommendation, missing):
        key = key_in_letter()
        with pytest.raises(OpinionIncomplete) as refused:
            answer(key, text, recommendation)
        assert refused.value.missing == missing
        answer(key)
        assert open_steps(asked) == ["check"]

    def test_an_unknown_key_opens_nothing(self, asked):
        assert {closed(""), closed("x" * 5000), closed("null\0byte")} == {"unknown"}

    def test_a_crash_in_the_middle_leaves_the_link_as_it_was(self, asked, monkeypatch):
        key = key_in_letter()

        def crash(*args, **kwargs):
            raise RuntimeError("the machine is gone")

        with monkeypatch.context() as patch:
            patch.setattr("workflows.opinion_step.OpinionActivation.activate_next", crash)
            with pytest.raises(RuntimeError):
                answer(key)
        assert (Opinion.objects.get().given_at, open_steps(asked)) == (None, ["fire"])
        assert "opinion.given" not in verbs(asked)
        answer(key)
        assert open_steps(asked) == ["check"]


class TestTime:
    def test_without_an_answer_the_case_goes_on_and_the_link_is_late(self, running):
        case = running({**NODE, "on_timeout": "refused"}, task("check", "done"))
        key = key_in_letter()
        assert let_pass(case, "fire")
        assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED
        assert closed(key) == "late"
        assert not let_pass(case, "fire")

    def test_without_a_way_for_it_silence_leads_to_the_next_step(self, asked):
        let_pass(asked, "fire")
        assert open_steps(asked) == ["check"]

    def test_a_link_is_late_as_soon_as_its_time_is_over(self, asked):
        key = key_in_letter()
        WorkItem.objects.filter(process=asked, node_key="fire").update(due_at=now() - timedelta(seconds=1))
        assert closed(key) == "late"

    def test_who_was_asked_is_reminded_once_and_the_link_still_works(self, running):
        case = running({**NODE, "remind": {"working_days": 2}}, task("check", "done"))
        key, warning = key_in_letter(), Deadline.objects.get(case=case, kind="warning")
        assert warning.due_at < WorkItem.objects.get(process=case, node_key="fire").due_at
        Deadline.objects.filter(pk=warning.pk).update(due_at=now() - timedelta(seconds=1))
        assert fire_deadline(warning.pk)
        assert not fire_deadline(warning.pk)
        reminder = Letter.objects.filter(address="brigade@example.org").latest("created")
        assert "still wait" in reminder.subject
        assert "key=" not in reminder.text
        answer(key)
        assert open_steps(case) == ["check"]

    def test_on_hold_nothing_can_be_given_and_no_time_is_lost(self, asked, clerk):
        key = key_in_letter()
        before = WorkItem.objects.get(process=asked, node_key="fire").due_at
        hold(reference=asked.reference, by=clerk, reason="Waiting for the court.")
        assert closed(key) == "held"
        resume(reference=asked.reference, by=clerk)
        assert WorkItem.objects.get(process=asked, node_key="fire").due_at >= before
        answer(key)
        assert open_steps(asked) == ["check"]

    def test_an_interrupting_deadline_takes_the_link_back(self, running):
        late = {
            "key": "late",
            "type": "deadline",
            "on": "fire",
            "after": {"days": 1},
            "interrupting": True,
            "next": "refused",
        }
        case = running(NODE, task("check", "done"), late)
        key = key_in_letter()
        let_pass(case, "late")
        assert visits(case, "fire") == ["CANCELED"]
        assert closed(key) == "late"


class TestCancelling:
    def test_a_withdrawn_application_needs_no_opinion(self, asked):
        key = key_in_letter()
        withdraw_case(asked.pk)
        assert closed(key) == "late"
        assert Opinion.objects.get().taken_back_at is not None
        with pytest.raises(LinkClosed):
            answer(key)

    def test_an_answer_that_races_with_the_end_changes_nothing(self, asked):
        """The page was open; the case ended before the opinion was sent."""
        key = key_in_letter()
        asked_by_link(key)
        withdraw_case(asked.pk)
        with pytest.raises(LinkClosed):
            answer(key)
        assert Opinion.objects.get().given_at is None


class TestStaff:
    def test_a_new_link_goes_to_somebody_else_and_the_old_one_ends(self, asked, clerk):
        old, item = key_in_letter(), WorkItem.objects.get(process=asked, node_key="fire")
        ask_for_opinion(item_id=item.pk, address="second@example.org", by=clerk)
        assert closed(old) == "taken_back"
        new = key_in_letter()
        assert Opinion.objects.get(taken_back_at=None).address == "second@example.org"
        answer(new)
        assert open_steps(asked) == ["check"]
        with pytest.raises(NotOpen):
            ask_for_opinion(item_id=item.pk, address="third@example.org", by=clerk)

    def test_a_link_can_be_taken_back_once(self, asked, clerk):
        item = WorkItem.objects.get(process=asked, node_key="fire")
        take_opinion_back(item_id=item.pk, by=clerk)
        assert closed(key_in_letter()) == "taken_back"
        with pytest.raises(NotOpen):
            take_opinion_back(item_id=item.pk, by=clerk)
        assert open_steps(asked) == ["fire"]

    def test_what_is_no_address_is_refused(self, asked, clerk):
        item = WorkItem.objects.get(process=asked, node_key="fire")
        with pytest.raises(OpinionIncomplete):
            ask_for_opinion(item_id=item.pk, address="the brigade", by=clerk)

    @pytest.mark.parametrize("who", ["foreign_clerk", "citizen", "designer"])
    def test_nobody_of_elsewhere_asks_takes_back_or_reads(self, asked, request, who):
        user = request.getfixturevalue(who)
        item = WorkItem.objects.get(process=asked, node_key="fire")
        for verb in (
            lambda: ask_for_opinion(item_id=item.pk, address="x@example.org", by=user),
            lambda: take_opinion_back(item_id=item.pk, by=user),
        ):
            with pytest.raises(AccessRefused):
                verb()
        with pytest.raises((AccessRefused, Case.DoesNotExist)):
            case_view(user, asked.reference)
        assert Opinion.objects.get().taken_back_at is None

    def test_staff_read_who_was_asked_and_what_came(self, asked, clerk):
        (step,) = case_view(clerk, asked.reference).opinions
        assert [(line.address, line.state) for line in step.lines] == [("brigade@example.org", "waiting")]
        answer(key_in_letter())
        (step,) = case_view(clerk, asked.reference).opinions
        assert (step.lines[0].state, step.lines[0].recommendation, step.lines[0].text) == (
            "given",
            "In favour, with conditions",
            "Safe, with an extinguisher.",
        )
        assert not step.may_ask

    def test_an_auditor_reads_that_there_is_an_opinion_and_not_what_it_says(self, asked, auditor):
        answer(key_in_letter())
        (step,) = case_view(auditor, asked.reference).opinions
        assert (step.lines[0].state, step.lines[0].text) == ("given", "")


def problems_of(package, node) -> list[str]:
    return [
        each.sentence for each in check_package(with_nodes(package, node, task("check", "done"))).must_mend
    ]


def test_sensitive_answers_are_never_shown_outside(simple_package):
    simple_package["forms"]["application"]["pages"][0]["fields"][2]["data_class"] = "sensitive"
    found = problems_of(simple_package, {**NODE, "fields": ["owner", "nothing"]})
    assert any("is sensitive" in sentence for sentence in found)
    assert any('no question "nothing"' in sentence for sentence in found)


def test_a_rule_for_the_address_needs_a_way_without_one(simple_package):
    node = {key: value for key, value in NODE.items() if key != "address"} | {"address_rule": "answers.owner"}
    assert any("on_no_address" in sentence for sentence in problems_of(simple_package, node))


@pytest.mark.parametrize("text", ["a@b.org", "first.last+tag@sub.example.org"])
def test_an_address_is_taken(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "a@b@c.org", "a b@c.org", "a@c.org\nBcc: x@y.org", "a@.", "x" * 250 + "@b.org"]
)
def test_what_is_no_address_is_not(text):
    assert not is_address(text)


def test_a_trial_answers_for_who_is_asked_and_sends_nothing(simple_package, licensing, designer, mailoutbox):
    package = parse_package(with_nodes(simple_package, NODE, task("check", "done")), Problems())
    given = {"do": "outside", "step": "fire", "outcome": "against", "reason": "Too narrow."}
    script = Script.model_validate({"acts": [{"do": "apply"}, given]})
    report = play(package, script, department=licensing, by=designer)
    assert (report.stopped, [work.step for work in report.open]) == (None, ["check"])
    assert "Is the stall safe?" in report.letters[0].text
    before = play(
        package, Script.model_validate({"acts": [{"do": "apply"}]}), department=licensing, by=designer
    )
    assert [(work.kind, len(work.choices)) for work in before.open] == [("outside", 3)]
    wrong = Script.model_validate({"acts": [{"do": "apply"}, {**given, "outcome": "maybe"}]})
    stopped = play(package, wrong, department=licensing, by=designer).stopped
    assert stopped is not None
    assert stopped.code == "not_open"
    assert (Opinion.objects.count(), Letter.objects.count(), len(mailoutbox)) == (0, 0, 0)
