"""Every path of pages: walked with answers that lead along it, or named as a contradiction."""

from typing import Any

from forms_library.walking import PathReport, paths, walk_paths
from tests.forms_library.examples import CHOICES, TODAY, field, form_of_pages


def page(key: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "title": key, "fields": list(fields or [field(f"{key}_text")]), **more}


def walked(*pages: dict[str, Any]) -> PathReport:
    return walk_paths(form_of_pages(*pages), TODAY)


def ways(report: PathReport) -> set[str]:
    return {" ".join(one.pages) for one in report.walked}


def test_each_condition_makes_two_paths() -> None:
    report = walked(
        page("a", field("go", "yes_no"), field("n", "integer")),
        page("b", show_when="answers.go"),
        page("c", show_when="answers.n > 17"),
    )
    assert ways(report) == {"a", "a b", "a c", "a b c"}
    assert (report.contradictory, report.not_found, report.problems) == ((), (), ())
    assert report.share == 1


def test_paths_that_contradict_themselves_are_proven_and_named() -> None:
    report = walked(
        page("a", field("n", "integer")),
        page("b", show_when="answers.n > 17"),
        page("c", show_when="answers.n < 10"),
    )
    assert ways(report) == {"a", "a b", "a c"}
    assert report.contradictory == (("a", "b", "c"),)
    assert report.not_found == ()


def test_what_can_not_be_proven_is_not_called_a_contradiction() -> None:
    report = walked(page("a", field("n", "integer")), page("b", show_when="answers.n * answers.n == 49471"))
    assert ways(report) == {"a"}
    assert (report.contradictory, report.not_found) == ((), (("a", "b"),))
    assert report.share == 0.5


def test_a_contradiction_is_proven_although_a_later_rule_measures_a_text() -> None:
    report = walked(
        page("a", field("go", "yes_no")),
        page("b", show_when="answers.go"),
        page("c", show_when="!answers.go"),
        page("d", field("words")),
        page("e", show_when="size(answers.words) > 3"),
    )
    assert ways(report) == {"a b d", "a b d e", "a c d", "a c d e"}
    assert set(report.contradictory) == {
        ("a", *both, "d", *rest) for both in ((), "bc") for rest in ((), "e")
    }
    assert report.not_found == ()


def test_behind_an_answer_of_which_not_all_were_tried_nothing_is_proven() -> None:
    report = walked(
        page("a", field("n", "integer")),
        page("b", show_when="answers.n * answers.n == 49471"),
        page("c", field("m", "integer"), show_when="answers.n > 1"),
        page("d", show_when="answers.m > 5 && answers.m < 5"),
    )
    assert report.contradictory == ()
    assert ("a", "c", "d") in report.not_found


def test_answers_are_found_for_every_kind_of_condition() -> None:
    report = walked(
        page(
            "a",
            field("born", "date"),
            field("kind", "radio", options={"choices": CHOICES}),
            field("tags", "checkbox_group", options={"choices": CHOICES}),
            field("fee", "currency", options={"currency": "EUR"}),
            field("name"),
        ),
        page("adult", show_when="answers.born <= yearsBefore(today, 18)"),
        page("other", show_when='answers.kind == "other"'),
        page("both", show_when='"food" in answers.tags && "fruit" in answers.tags'),
        page("dear", show_when="answers.fee >= 1000.5"),
        page("named", show_when='answers.name == "Leila"'),
    )
    assert len(ways(report)) == 32
    assert not report.problems


def test_later_pages_read_earlier_answers() -> None:
    report = walked(
        page("a", field("go", "yes_no")),
        page("b", field("n", "integer"), show_when="answers.go"),
        page("c", show_when="answers.n == 5"),
        page("d", show_when="!answers.go"),
    )
    assert ways(report) == {"a b", "a b c", "a d"}


def test_answers_of_each_path_are_those_that_were_sent() -> None:
    report = walked(page("a", field("go", "yes_no")), page("b", show_when="answers.go"))
    assert {one.pages: one.answers["go"] for one in report.walked} == {("a",): False, ("a", "b"): True}
    assert all(("b_text" in one.answers) == ("b" in one.pages) for one in report.walked)


def test_links_and_exit_pages_make_the_paths() -> None:
    report = walked(
        page("a", field("go", "yes_no"), next=[{"to": "sorry", "when": "!answers.go"}, {"to": "c"}]),
        page("sorry", field("text", "paragraph"), exit=True),
        page("c", field("n", "integer"), next=[{"to": "check", "when": "answers.n > 5"}]),
        page("d", next=[]),
        page("e", field("x"), show_when="answers.n < 3"),
    )
    assert ways(report) == {"a sorry", "a c", "a c d"}
    assert [one.exit for one in report.walked if one.pages[-1] == "sorry"] == [True]
    assert not report.problems


def test_a_page_that_is_stepped_over_still_leads_on_by_its_links() -> None:
    report = walked(
        page("a", field("go", "yes_no")),
        page("b", show_when="answers.go", next=[{"to": "d"}]),
        page("c"),
        page("d"),
    )
    assert ways(report) == {"a b d", "a d"}


def test_worked_out_values_decide_the_way() -> None:
    double = field("double", "calculated", options={"rule": "answers.n * 2", "result": "integer"})
    report = walked(page("a", field("n", "integer"), double), page("b", show_when="answers.double == 31416"))
    assert "a" in ways(report)
    assert (report.contradictory, len(report.walked) + len(report.not_found)) == ((), 2)


def test_rows_decide_the_way() -> None:
    rows = {"fields": [field("age", "integer"), field("name")], "max": 4}
    report = walked(
        page("a", field("kids", "repeating_group", options=rows)),
        page("b", show_when="answers.kids.exists(k, k.age < 18)"),
        page("c", show_when="size(answers.kids) >= 3"),
    )
    assert ways(report) == {"a", "a b", "a c", "a b c"}


def test_a_tick_that_is_required_can_not_be_left_out() -> None:
    tags = field("tags", "checkbox_group", options={"choices": CHOICES[:1]})
    report = walked(page("a", tags), page("b", show_when='"food" in answers.tags'))
    assert ways(report) == {"a b"}
    assert report.contradictory == (("a",),)


def test_the_list_of_paths_is_bounded() -> None:
    pages = [page("a", *(field(f"q{n}", "yes_no") for n in range(16)))]
    pages += [page(f"p{n}", show_when=f"answers.q{n}") for n in range(16)]
    assert len(list(paths(form_of_pages(*pages), 100))) == 100
