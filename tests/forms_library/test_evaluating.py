"""The rules of a form in the order of their dependence: ways, exits, choices, calculated values."""

from forms_library.answers import check_whole, fault_errors, visible_pages
from forms_library.faults import on_fault
from forms_library.judging import evaluation_of
from forms_library.visibility import Moment, shown
from tests.forms_library.examples import TODAY, field, form_of, form_of_pages, posted, read

NOW = Moment(TODAY)


def page(key, *fields, **words):
    return {"key": key, "title": key, "fields": list(fields), **words}


TEXT = field("text", "paragraph")
BRANCHES = form_of_pages(
    page("start", field("age", "integer"), next=[{"to": "no", "when": "answers.age < 18"}, {"to": "adult"}]),
    page("child", field("parent")),
    page("adult", field("job", "yes_no"), next=[{"to": "last", "when": "!answers.job"}]),
    page("work", field("salary", "integer")),
    page("last", field("note"), next=[]),
    page("no", TEXT, exit=True),
)


def walked(answers, form=BRANCHES):
    return visible_pages(form, answers, TODAY)


def test_the_first_link_that_holds_is_followed_and_without_one_the_next_page():
    assert walked({"age": 30, "job": True}) == ["start", "adult", "work", "last"]
    assert walked({"age": 30, "job": False}) == ["start", "adult", "last"]
    assert walked({"age": 30}) == ["start", "adult", "work", "last"]
    assert walked({}) == ["start", "adult", "work", "last"]


def test_answers_beside_the_way_are_dropped():
    found = shown(BRANCHES, {"age": 30, "job": False, "salary": 9, "parent": "x", "note": "n"}, NOW)
    assert found.answers == {"age": 30, "job": False, "note": "n"}


def test_on_an_exit_page_the_walk_ends_and_nothing_can_be_sent():
    assert walked({"age": 17}) == ["start", "no"]
    whole = check_whole(BRANCHES, {"age": 17, "note": "n"}, TODAY)
    assert whole.exit_page == "no"
    assert [error.code for error in whole.errors["no"]] == ["exit"]
    assert whole.answers == {"age": 17}


def test_an_exit_page_that_is_stepped_over_ends_nothing():
    form = form_of_pages(
        page("a", field("ok", "yes_no")),
        page("stop", TEXT, exit=True, show_when="!answers.ok"),
        page("b", field("x")),
    )
    assert walked({"ok": True}, form) == ["a", "b"]
    assert walked({"ok": False}, form) == ["a", "stop"]


def test_a_page_that_is_stepped_over_still_leads_on():
    form = form_of_pages(
        page("a", field("ok", "yes_no")),
        page("b", field("x"), show_when="answers.ok", next=[{"to": "d"}]),
        page("c", field("y")),
        page("d", field("z")),
    )
    assert walked({"ok": False}, form) == ["a", "d"]


CHOICES = [{"key": "a", "label": "A"}, {"key": "b", "label": "B", "show_when": "answers.old"}]


def test_a_choice_that_is_not_offered_is_refused_and_counts_as_not_given():
    form = form_of(
        field("old", "yes_no"),
        field("one", "radio", options={"choices": CHOICES}),
        field("many", "checkbox_group", options={"choices": CHOICES}),
    )
    found = read(form, posted(old="no", one="b", many=["a", "b"]))
    assert [(error.field_key, error.code) for error in found.errors] == [
        ("one", "not_a_choice"),
        ("many", "not_a_choice"),
    ]
    assert read(form, posted(old="yes", one="b", many=["a", "b"])).errors == []
    assert shown(form, {"old": False, "one": "b", "many": ["a", "b"]}, NOW).answers == {
        "old": False,
        "many": ["a"],
    }


FEES = form_of_pages(
    page("a", field("net", "currency"), field("count", "integer")),
    page(
        "b",
        field("total", "calculated", options={"rule": "answers.tax + answers.net", "result": "currency"}),
        field("tax", "calculated", options={"rule": "answers.net * 0.19", "result": "currency"}),
        field("large", show_when="answers.total > 100.0"),
        field("each", "calculated", options={"rule": "100 / answers.count", "result": "integer"}),
    ),
)


def test_values_are_worked_out_in_the_order_of_their_dependence_and_exactly():
    found = shown(FEES, {"net": "0.10", "count": 3}, NOW)
    assert (found.answers["tax"], found.answers["total"]) == ("0.02", "0.12")
    assert "large" not in found.fields
    assert "large" in shown(FEES, {"net": "90.00"}, NOW).fields


def test_a_value_is_never_taken_from_what_was_sent_or_stored():
    stored = {"net": "10.00", "total": "9999.00", "tax": "0.00"}
    assert shown(FEES, stored, NOW).answers["total"] == "11.90"
    found = read(FEES, posted(total="1", tax="2"), page="b", stored={"net": "10.00", "count": 2})
    assert found.answers["total"] == "11.90"
    assert "total" not in found.raw


def test_saving_a_page_brings_the_values_of_other_pages_up_to_date():
    found = read(FEES, posted(net="10", count="5"), page="a", stored={"total": "1.00"})
    assert found.answers == {"net": "10.00", "count": 5, "total": "11.90", "tax": "1.90", "each": 20}
    assert read(FEES, posted(net="", count="5"), page="a").answers["total"] is None


def test_only_rules_whose_inputs_changed_run_again():
    fields = [field(f"n{n}", "integer") for n in range(20)]
    fields += [field(f"r{n}", show_when=f"answers.n{n} > 1") for n in range(20)]
    form = form_of(*fields)
    answers = {f"n{n}": n for n in range(20)}
    before = shown(form, answers, NOW)
    assert before.evaluation.ran == 20
    after = shown(form, {**answers, "n3": 0}, NOW, before=before)
    assert after.evaluation.ran == 1
    assert after == shown(form, {**answers, "n3": 0}, NOW)
    assert before.fields - after.fields == {"r3"}


def test_a_change_that_changes_nothing_stops_there():
    form = form_of(
        field("a", "integer"),
        field("b", "yes_no", show_when="answers.a > 1"),
        field("c", show_when="answers.b"),
    )
    before = shown(form, {"a": 5, "b": True}, NOW)
    assert shown(form, {"a": 6, "b": True}, NOW, before=before).evaluation.ran == 1


def test_rows_are_made_anew_when_something_around_them_changes():
    fee = {"rule": "item.age * answers.rate", "result": "integer"}
    inside = [field("age", "integer"), field("fee", "calculated", options=fee)]
    total = {"rule": "sum(answers.rows.map(r, r.fee))", "result": "integer"}
    form = form_of(
        field("rate", "integer"),
        field("rows", "repeating_group", options={"fields": inside}),
        field("sum", "calculated", options=total),
    )
    answers = {"rate": 2, "rows": [{"age": 3}, {"age": 4}]}
    before = shown(form, answers, NOW)
    assert before.answers["sum"] == 14
    after = shown(form, {**answers, "rate": 3}, NOW, before=before)
    assert after.answers["rows"] == [{"age": 3, "fee": 9}, {"age": 4, "fee": 12}]
    assert after.answers["sum"] == 21
    assert before.answers["sum"] == 14 and before.answers["rows"][0]["fee"] == 6


def test_values_worked_out_in_groups_that_were_left_blank_stay_in_their_row_and_are_read_there():
    fee = {"rule": "has(item.age) ? item.age * answers.rate : answers.rate", "result": "integer"}
    pets = field("pets", "repeating_group", options={"fields": [field("name")]})
    parts = [field("age", "integer"), field("fee", "calculated", options=fee), pets]
    rows = field(
        "rows", "repeating_group", options={"fields": [field("costs", "group", options={"fields": parts})]}
    )
    total = {"rule": "sum(answers.rows.map(r, r.costs.fee))", "result": "integer"}
    form = form_of(field("rate", "integer"), rows, field("sum", "calculated", options=total))
    for _ in range(2):  # what one person answered is not there for the next
        view = shown(form, {"rate": 2, "rows": [{}, {"costs": {"age": 4}}, {}]}, NOW)
        assert [row["costs"]["fee"] for row in view.answers["rows"]] == [2, 8, 2]
        assert view.answers["sum"] == 12


def test_one_page_of_a_large_form_runs_its_own_rules_only():
    pages = [
        page(f"p{n}", field(f"a{n}", "integer"), field(f"b{n}", show_when=f"answers.a{n} > 1"))
        for n in range(40)
    ]
    form = form_of_pages(*pages)
    found = shown(form, {f"a{n}": 5 for n in range(40)}, NOW, page="p7")
    assert found.fields == {"a7", "b7"}
    assert found.evaluation.ran == 1


def test_a_rule_that_fails_keeps_the_answers_is_told_and_stops_the_sending(caplog):
    told = []
    on_fault.append(lambda where, rule: told.append((where, rule)))
    try:
        found = read(FEES, posted(net="1234.56", count="0"), page="a")
    finally:
        on_fault.pop()
    assert found.answers["count"] == 0 and found.answers["each"] is None
    assert told == [("each", "100 / answers.count")]
    assert found.view.faults == {"each": "100 / answers.count"}
    assert [error.code for error in fault_errors(found.view, "fr")] == ["fault"]
    assert "1234" not in caplog.text
    whole = check_whole(FEES, {"net": "1.00", "count": 0}, TODAY)
    assert [error.code for error in whole.errors["b"]] == ["fault"]
    assert "a" not in whole.errors


def test_a_failing_rule_of_a_check_or_of_requiredness_stops_the_sending_too():
    form = form_of(
        field("n", "integer"),
        field("x", required_when="10 / answers.n > 1"),
        checks=[{"rule": "10 / answers.n > 2", "sentence": "No", "field": "n"}],
    )
    whole = check_whole(form, {"n": 0}, TODAY)
    assert whole.faults == {"x": "10 / answers.n > 1", "page": "10 / answers.n > 2"}
    assert [error.code for error in whole.errors["page"]] == ["fault"]


def test_a_circle_that_was_never_published_does_not_hang():
    form = form_of(field("a", "yes_no", show_when="answers.b"), field("b", "yes_no", show_when="answers.a"))
    assert shown(form, {"a": True, "b": True}, NOW).pages == ("page",)


def test_a_rule_in_rows_that_reads_no_row_runs_once_for_all_of_them():
    inner = [field("n", "integer"), field("m", show_when="answers.g.exists(g, g.n > 5)", required=False)]
    form = form_of(field("g", "repeating_group", options={"fields": inner}))
    many = {"g": [{"n": n, "m": "x"} for n in range(50)]}
    found = shown(form, many, NOW)
    assert found.answers == many
    assert evaluation_of(found).ran == 1
    few = shown(form, {"g": [{"n": 1, "m": "x"}, {"n": 2, "m": "y"}]}, NOW)
    assert few.answers == {"g": [{"n": 1}, {"n": 2}]}
