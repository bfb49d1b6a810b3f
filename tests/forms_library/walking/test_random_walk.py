"""Walks by chance: valid, the same for the same seed, and honest about what stood in the way."""

import os
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from forms_library.catalogue import field_types
from forms_library.uploads import FileRefused
from forms_library.walking import random_walk
from tests.forms_library.examples import OPTIONS, TODAY, field, form_of, form_of_pages, label_of
from tests.house import ROOT

SEEDS = range(20)
YES = "answers.go"
PAGES = (
    {"key": "start", "title": "Start", "fields": [field("go", "yes_no"), field("n", "integer")]},
    {
        "key": "more",
        "title": "More",
        "show_when": YES,
        "fields": [field("why"), field("note", required=False)],
    },
)


@pytest.mark.parametrize("kind", [kind for kind in field_types if kind.has_answer], ids=lambda kind: kind.key)
def test_every_kind_of_question_is_filled(kind: Any) -> None:
    asked = {"key": kind.key, "type": kind.key, "label": label_of(kind), "options": OPTIONS.get(kind.key, {})}
    compiled = form_of(asked, field("beside"))
    for seed in SEEDS:
        walk = random_walk(compiled, seed, TODAY)
        assert walk.complete, walk.errors
        assert walk.changed == ()
        assert kind.computed or kind.key in walk.answers


def test_the_same_seed_walks_the_same_way() -> None:
    compiled = form_of_pages(*PAGES)
    first, again = random_walk(compiled, 7, TODAY), random_walk(compiled, 7, TODAY)
    assert first == again
    assert len({str(random_walk(compiled, seed, TODAY).answers) for seed in SEEDS}) > 10


def test_conditions_are_followed_as_the_portal_does() -> None:
    compiled = form_of_pages(*PAGES)
    walks = [random_walk(compiled, seed, TODAY) for seed in SEEDS]
    assert {walk.pages for walk in walks} == {("start",), ("start", "more")}
    for walk in walks:
        assert ("why" in walk.answers) == walk.answers["go"] == ("more" in walk.pages)
        assert [step.page for step in walk.steps if "why" in step.posted] == (
            ["more"] if walk.answers["go"] else []
        )


def test_a_rule_across_answers_is_satisfied() -> None:
    check = {"rule": "answers.end > answers.start", "sentence": "The end must come later", "field": "end"}
    compiled = form_of(field("start", "date"), field("end", "date"), checks=[check])
    for seed in SEEDS:
        walk = random_walk(compiled, seed, TODAY)
        assert walk.complete
        assert walk.answers["end"] > walk.answers["start"]


def test_a_narrow_rule_is_satisfied_by_its_own_constants() -> None:
    check = {"rule": "answers.n == 31415", "sentence": "Wrong number", "field": "n"}
    walk = random_walk(form_of(field("n", "integer"), checks=[check]), 1, TODAY)
    assert walk.answers["n"] == 31415


def test_a_form_that_nobody_can_fill_says_where() -> None:
    check = {"rule": "answers.n > answers.n", "sentence": "Never right", "field": "n"}
    walk = random_walk(form_of(field("n", "integer"), checks=[check]), 1, TODAY)
    assert not walk.complete
    assert walk.errors == ("page: n: Never right",)


def test_a_narrow_way_past_the_exits_is_looked_for() -> None:
    pages = [{"key": "start", "title": "S", "fields": [field(f"q{n}", "yes_no") for n in range(9)]}]
    pages[0]["next"] = [
        {"to": "sorry", "when": f"answers.q{n} != {str(n % 2 == 0).lower()}"} for n in range(9)
    ]
    pages += [
        {"key": "more", "title": "M", "fields": [field("why")], "next": []},
        {"key": "sorry", "title": "No", "exit": True, "fields": [field("text", "paragraph")]},
    ]
    walks = [random_walk(form_of_pages(*pages), seed, TODAY) for seed in range(3)]
    assert {walk.pages for walk in walks} == {("start", "more")}


def test_a_form_that_always_exits_says_so() -> None:
    compiled = form_of_pages(
        {"key": "start", "title": "S", "fields": [field("go", "yes_no")]},
        {"key": "sorry", "title": "No", "exit": True, "fields": [field("text", "paragraph")]},
    )
    walk = random_walk(compiled, 1, TODAY)
    assert not walk.complete
    assert (walk.exit_page, walk.errors) == ("sorry", ())


def test_rows_and_groups_are_filled_three_levels_deep() -> None:
    pets = field("pets", "repeating_group", options={"fields": [field("kind"), field("born", "date")]})
    kids = field("kids", "repeating_group", options={"fields": [field("age", "integer"), pets], "min": 2})
    walk = random_walk(form_of(field("home", "group", options={"fields": [field("town"), kids]})), 5, TODAY)
    assert walk.complete, walk.errors
    assert len(walk.answers["home"]["kids"]) >= 2
    assert any(kid["pets"][0]["kind"] for kid in walk.answers["home"]["kids"])


def test_a_rule_that_fails_is_gone_around_or_named() -> None:
    share = field("share", "calculated", options={"rule": "10 / answers.n", "result": "integer"})
    zero = field("n", "integer", options={"max": 1, "min": 0})
    walks = [random_walk(form_of(zero, share), seed, TODAY) for seed in SEEDS]
    assert {walk.answers["n"] for walk in walks} == {1}
    never = field(
        "share", "calculated", options={"rule": "10 / (answers.n - answers.n)", "result": "integer"}
    )
    walk = random_walk(form_of(zero, never), 1, TODAY)
    assert not walk.complete
    assert walk.errors[-1] == "share: the rule fails: 10 / (answers.n - answers.n)"


def test_files_go_through_the_upload_that_is_given() -> None:
    seen = []

    def upload(file: Any, rules: Any) -> dict[str, Any]:
        seen.append(file.read())
        return {"document": "0198c0de-0000-7000-8000-000000000001", "name": file.name, "size": 9, "type": "x"}

    walk = random_walk(form_of(field("proof", "file")), 3, TODAY, upload)
    assert walk.complete
    assert seen and all(seen)

    several = random_walk(form_of(field("plans", "files", options={"min": 3, "max": 4})), 3, TODAY, upload)
    assert several.complete, several.errors
    assert len(several.answers["plans"]) == 3

    def refuse(file: Any, rules: Any) -> dict[str, Any]:
        raise FileRefused("infected")

    refused = random_walk(form_of(field("proof", "file")), 3, TODAY, refuse)
    assert "virus" in refused.errors[0]


def test_a_walk_on_another_day_follows_the_rules_of_that_day() -> None:
    compiled = form_of(field("go", "yes_no"), field("late", show_when='today > date("2026-12-01")'))
    assert "late" not in random_walk(compiled, 1, TODAY).answers
    assert "late" in random_walk(compiled, 1, date(2026, 12, 2)).answers


@pytest.mark.parametrize("salt", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_the_same_seed_walks_the_same_way_in_another_process(salt: str) -> None:
    """Sets have another order in each process; a walk that is saved is played again in others."""
    program = (
        "import django; django.setup()\n"
        "from datetime import date\n"
        "from forms_library.walking import random_walk\n"
        "from tests.forms_library.examples import field, form_of\n"
        "form = form_of(*(field(f'q{n}', 'short_text') for n in range(9)))\n"
        "print(dict(random_walk(form, 7, date(2026, 11, 26)).answers))\n"
    )
    fresh = {**os.environ, "PYTHONHASHSEED": salt, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=fresh, capture_output=True, text=True, check=True
    )
    form = form_of(*(field(f"q{number}", "short_text") for number in range(9)))
    assert done.stdout.strip().splitlines()[-1] == str(dict(random_walk(form, 7, TODAY).answers))
