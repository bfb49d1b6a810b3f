"""The answers of a case in the new version: none is lost, none means something else."""

from typing import Any

import pytest

from engine.messages.models import Letter
from forms_library.answers import PageResult
from tests.workflows.moving.moves import brought_back, looked_at, moved, planned, row_of, said
from tests.workflows.steps import open_steps
from workflows.models import Case
from workflows.services import save_page, start_correction, submit

pytestmark = pytest.mark.django_db


def fields(package: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of the application."""
    found: list[dict[str, Any]] = package["forms"]["application"]["pages"][0]["fields"]
    return found


def question(key: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": key.capitalize(), **more}


@pytest.fixture
def judged(simple_package, pair, begin, administrator):
    """The codes and questions of a case whose application is asked otherwise in the next version."""

    def judge(change: Any, **answers: Any) -> tuple[str, list[tuple[str, str]]]:
        old, new = pair(simple_package, change)
        case = begin(old, **answers)
        move = looked_at(planned(old, new, administrator), administrator)
        row = row_of(move, case)
        return row.kind, [(each["code"], each.get("field", each.get("page", ""))) for each in row.reasons]

    return judge


def test_words_and_order_change_nothing(judged):
    def change(package: Any) -> None:
        fields(package)[0]["label"] = "What do you trade?"
        fields(package).reverse()

    assert judged(change) == ("safe", [])


def test_a_new_question_that_may_be_left_out_is_safe(judged):
    assert judged(lambda package: fields(package).append(question("shop", required=False))) == ("safe", [])


def test_a_new_question_that_must_be_answered_needs_an_answer(judged):
    assert judged(lambda package: fields(package).append(question("shop"))) == ("needs", [("asked", "shop")])


def test_a_question_that_was_left_out_and_must_be_answered_now(judged, simple_package):
    fields(simple_package).append(question("shop", required=False))

    def change(package: Any) -> None:
        fields(package)[-1]["required"] = True

    assert judged(change) == ("needs", [("asked", "shop")])
    assert judged(change, shop="Yes") == ("safe", [])


def test_a_narrower_limit_asks_again_only_who_is_outside(judged):
    def change(package: Any) -> None:
        fields(package)[0]["options"] = {"max_length": 5}

    assert judged(change) == ("safe", [])
    assert judged(change, trade="Fruit and flowers") == ("needs", [("again", "trade")])


def test_another_kind_of_question_is_never_guessed_at(judged):
    def change(package: Any) -> None:
        fields(package)[0] = question("trade", "integer")

    assert judged(change) == ("needs", [("again", "trade")])


def test_a_question_that_is_gone_needs_a_word(judged):
    assert judged(lambda package: fields(package).pop()) == ("needs", [("removed", "owner")])


def test_answers_not_asked_any_more_can_stay_in_the_record_and_come_back(
    simple_package, pair, begin, administrator
):
    old, new = pair(simple_package, lambda package: fields(package).pop())
    case = begin(old)
    move = moved(planned(old, new, administrator, leaves_removed=True), administrator)
    assert said(move, case) == ("safe", "moved", ["left_in_record"])
    case = Case.objects.get(pk=case.pk)
    assert case.answers == {"trade": "Fruit", "amount": "12.50"}
    assert case.submissions.get().answers["owner"] == "Leila Haddad"
    brought_back(move, administrator)
    assert Case.objects.get(pk=case.pk).answers["owner"] == "Leila Haddad"


def test_what_is_worked_out_is_worked_out_anew_and_told(simple_package, pair, begin, administrator):
    fee = question("fee", "calculated", options={"rule": "answers.amount * 2.0"})
    old, new = pair(simple_package, lambda package: fields(package).append(fee))
    case = begin(old)
    move = looked_at(planned(old, new, administrator), administrator)
    assert row_of(move, case).reasons == [{"code": "worked_out", "field": "fee"}]


def test_what_staff_recorded_must_be_of_the_same_kind(judged, simple_package, decide):
    paper = {"title": "P", "pages": [{"key": "p", "title": "P", "fields": [question("size", "integer")]}]}
    simple_package["forms"]["paper"] = paper
    nodes = {node["key"]: node for node in simple_package["workflow"]["nodes"]}
    nodes["check"]["form"] = "paper"

    def change(package: Any) -> None:
        package["forms"]["paper"]["pages"][0]["fields"][0]["type"] = "short_text"

    case_codes = judged(change)
    assert case_codes == ("safe", [("changed", "")]) or case_codes[0] == "safe"


class TestAskingTheApplicant:
    """What only the new version asks, where a clerk could return the application."""

    @pytest.fixture
    def asked(self, simple_package, pair, begin, administrator):
        """A case that was moved to a version with a new question, and its plan."""

        def make(**plan: Any) -> tuple[Any, Case]:
            old, new = pair(simple_package, lambda package: fields(package).append(question("shop")))
            case = begin(old)
            move = moved(planned(old, new, administrator, asks_applicant=True, **plan), administrator)
            return move, Case.objects.get(pk=case.pk)

        return make

    def test_the_case_is_moved_and_waits_for_the_applicant(self, asked, citizen):
        move, case = asked()
        assert said(move, case) == ("safe", "moved", ["to_applicant"])
        assert (case.version_id, case.state, open_steps(case)) == (
            move.target_id,
            "waiting_for_you",
            ["correct"],
        )
        letter = Letter.objects.get(kind="case.asked_by_new_version")
        assert letter.recipient == citizen
        draft = start_correction(case.reference, by=citizen)
        submit(save_page(draft, "stall", PageResult({"shop": "Mine"}, {}, []), by=citizen), by=citizen)
        case.refresh_from_db()
        assert (open_steps(case), case.answers["shop"], case.answers["trade"]) == (["check"], "Mine", "Fruit")

    def test_it_is_not_brought_back_because_a_letter_has_left(self, asked, administrator):
        move, case = asked()
        brought_back(move, administrator)
        assert said(move, case) == ("safe", "kept", ["went_on"])

    def test_without_a_way_to_return_it_the_case_stays(self, asked, nodes_of, simple_package):
        check = nodes_of(simple_package)["check"]
        check["outcomes"] = check["outcomes"][:2]
        approve = nodes_of(simple_package)["approve"]
        assert approve["return"] == "correct"
        move, case = asked()
        assert said(move, case) == ("needs", "left", ["asked"])
        assert open_steps(case) == ["check"]

    def test_what_nobody_can_answer_still_needs_a_word(self, simple_package, pair, begin, administrator):
        def other(package: Any) -> None:
            fields(package)[2] = question("shop")

        old, new = pair(simple_package, other)
        case = begin(old)
        move = looked_at(planned(old, new, administrator, asks_applicant=True), administrator)
        assert (row_of(move, case).kind, said(move, case)[2]) == ("needs", ["removed", "asked"])
