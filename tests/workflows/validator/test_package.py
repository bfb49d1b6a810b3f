"""Every problem of a package is found, with its path and a sentence."""

import pytest

from workflows.validator import check_package


def found(document, severity="mend"):
    """Where something is wrong, and the code."""
    return {
        (problem.where, problem.code) for problem in check_package(document) if problem.severity == severity
    }


def node(document, key):
    """A step of a document, to be changed."""
    return next(node for node in document["workflow"]["nodes"] if node["key"] == key)


def place(document, key):
    """Where a step stands."""
    keys = [node["key"] for node in document["workflow"]["nodes"]]
    return f"workflow.nodes[{keys.index(key)}]"


def test_a_good_package_has_no_problem(package):
    assert found(package) == set()


def test_what_is_no_package_does_not_raise():
    for document in ({}, {"format": 1}, {"format": 1, "workflow": [], "forms": 7}, [], None, "x"):
        assert check_package(document).must_mend


def test_shapes_that_are_wrong_are_named_by_their_place(package):
    node(package, "check")["rolle"] = "clerk"
    node(package, "big")["type"] = "crystal_ball"
    del node(package, "pause")["for"]
    assert found(package) == {
        (f"{place(package, 'check')}.rolle", "extra_forbidden"),
        (place(package, "big"), "union_tag_invalid"),
        (f"{place(package, 'pause')}.for", "missing"),
    }


def test_all_problems_are_found_at_once(package):
    node(package, "check")["outcomes"][0]["next"] = "nowhere"
    node(package, "approve")["not_by"] = ["nobody", "big", "approve"]
    node(package, "tell")["message"] = "unknown"
    node(package, "licence")["certificate"] = "unknown"
    node(package, "late")["on"] = "tell"
    package["summary_fields"] = ["colour"]
    package["duplicate_fields"] = ["trade", "colour"]
    package["certificates"]["licence"]["holder"] = "captain"
    package["messages"]["late"]["body"] = "Dear {name}"
    package["workflow"]["nodes"].append({"key": "island", "type": "end", "outcome": "refused"})
    check, approve = place(package, "check"), place(package, "approve")
    assert found(package) == {
        (f"{check}.outcomes[0].next", "unknown_step"),
        (f"{approve}.not_by[0]", "unknown_step"),
        (f"{approve}.not_by[1]", "not_a_person"),
        (f"{approve}.not_by[2]", "not_by_itself"),
        (f"{place(package, 'tell')}.message", "unknown_message"),
        (f"{place(package, 'licence')}.certificate", "unknown_certificate"),
        (f"{place(package, 'late')}.on", "no_waiting"),
        ("summary_fields[0]", "unknown_field"),
        ("duplicate_fields[1]", "unknown_field"),
        ("certificates.licence.holder", "unknown_field"),
        ("messages.late.body", "unknown_placeholder"),
        (place(package, "island"), "unreachable"),
        *(
            (place(package, key), "unreachable")
            for key in ("big", "approve", "over", "pause", "licence", "done")
        ),
    }


def test_doubled_keys_are_found(package):
    package["workflow"]["nodes"].append({"key": "done", "type": "end", "outcome": "refused"})
    node(package, "check")["outcomes"].append({"key": "accept", "label": "Again", "next": "big"})
    assert {code for _, code in found(package)} == {"doubled"}
    assert len(found(package)) == 2


def test_a_rule_with_an_unknown_name_is_refused(package):
    node(package, "big")["branches"][0]["when"] = "answers.amout > 5000.0"
    assert found(package) == {(f"{place(package, 'big')}.branches[0].when", "rule")}


def test_a_rule_may_read_what_staff_decided(package):
    node(package, "big")["branches"][0]["when"] = 'work.check.outcome == "accept"'
    assert found(package) == set()


def test_a_condition_needs_exactly_one_way_otherwise(package):
    del node(package, "big")["otherwise"]
    assert found(package) == {(f"{place(package, 'big')}.otherwise", "missing")}


def test_a_way_that_never_ends_is_found(package):
    node(package, "approve").update(approve="check", reject="check")
    node(package, "over")["next"] = "check"
    node(package, "check")["outcomes"] = [
        {"key": "accept", "label": "Accept", "next": "approve"},
        {"key": "return", "label": "Return", "next": "correct"},
    ]
    del node(package, "correct")["on_timeout"]
    codes = {code for _, code in found(package)}
    assert {"no_end", "unreachable"} == codes


def test_a_loop_in_which_nothing_waits_is_found(package):
    node(package, "big")["otherwise"] = "again"
    package["workflow"]["nodes"].append(
        {"key": "again", "type": "send_message", "message": "late", "to": "applicant", "next": "big"}
    )
    assert (place(package, "big"), "endless") in found(package)


def test_the_way_back_to_the_clerk_is_no_endless_loop(package):
    assert not any(code == "endless" for _, code in found(package))


def test_the_case_itself_needs_an_end_with_an_outcome(package):
    del node(package, "refused")["outcome"]
    assert found(package) == {(place(package, "refused"), "no_outcome")}


def test_nothing_leads_to_the_start_or_to_a_deadline(package):
    node(package, "pause")["next"] = "applied"
    node(package, "correct")["next"] = "late"
    assert {
        (f"{place(package, 'pause')}.next", "to_start"),
        (f"{place(package, 'correct')}.next", "to_deadline"),
    } <= found(package)


@pytest.mark.parametrize(("start", "code"), [("nowhere", "unknown_step"), ("check", "not_a_start")])
def test_a_case_starts_with_a_start(package, start, code):
    package["workflow"]["start"] = start
    assert ("workflow.start", code) in found(package)


def test_a_second_start_is_refused(package):
    package["workflow"]["nodes"].append(
        {"key": "second", "type": "start", "form": "application", "next": "check"}
    )
    assert (place(package, "second"), "second_start") in found(package)


def test_a_form_that_is_not_there_is_said_so(package):
    node(package, "applied")["form"] = "other"
    node(package, "check")["form"] = "inspection"
    assert {
        (f"{place(package, 'applied')}.form", "unknown_form"),
        (f"{place(package, 'check')}.form", "unknown_form"),
    } <= found(package)


def test_a_staff_form_keeps_free_what_the_engine_records(package):
    field = {"key": "outcome", "type": "short_text", "label": "Outcome"}
    pages = [{"key": "one", "title": "One", "fields": [field]}]
    package["forms"]["inspection"] = {"title": "Inspection", "pages": pages}
    node(package, "check")["form"] = "inspection"
    assert found(package) == {(f"{place(package, 'check')}.form", "reserved")}


def test_problems_of_forms_are_found_in_their_place(package):
    package["forms"]["application"]["pages"][0]["fields"][0]["type"] = "crystal_ball"
    assert ("forms.application.pages[0].fields[0].type", "unknown_type") in found(package)


def test_a_sensitive_answer_is_not_shown_in_the_queue(package):
    package["forms"]["application"]["pages"][0]["fields"][0]["data_class"] = "sensitive"
    assert ("summary_fields[0]", "sensitive") in found(package)


def test_a_language_in_which_the_site_has_no_sentences_is_named(package):
    package["languages"] = ["hi", "fr-CA", "en"]
    assert {where for where, code in found(package, "look") if code == "other_frame"} == {"languages[0]"}
    report = check_package(package)
    said = [problem.sentence for problem in report if problem.code == "other_frame"]
    assert said == [
        "Citizens can read this service in हिन्दी. What this site says itself, such as buttons and errors, "
        "is shown to them in français."
    ]
    assert found(package) == set()


def test_a_certificate_needs_its_texts_in_its_languages(package):
    package["certificates"]["licence"].update(languages=["en", "fr"], title={"en": "Licence"})
    assert found(package) == {("certificates.licence.title", "no_text")}


def test_what_is_missing_in_a_language_or_unused_is_worth_a_look(package):
    package["languages"] = ["en", "fr"]
    package["messages"]["spare"] = {"subject": "Spare", "body": "Spare"}
    assert found(package) == set()
    assert {("title", "no_text"), ("messages.spare", "unused")} <= found(package, "look")


def test_time_limits_need_a_length(package):
    del node(package, "correct")["due"]
    assert found(package) == {(f"{place(package, 'correct')}.due", "missing")}


def test_every_sentence_is_plain(package):
    node(package, "check")["outcomes"][0]["next"] = "nowhere"
    node(package, "big")["otherwise"] = "big"
    for problem in check_package(package):
        assert problem.sentence.endswith(".")
        assert "traceback" not in problem.sentence.lower()
