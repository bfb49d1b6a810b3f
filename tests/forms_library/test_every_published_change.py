"""Drafts of real forms brought to the next version that was really published: nothing is lost."""

import json
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_library.compiled import CompiledForm, compile_form
from forms_library.importers.xgov import Xgov
from forms_library.rebasing import rebase
from forms_library.visibility import Moment, shown
from forms_library.walking import random_walk

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "cases" / "xgov-fsd-history"
HISTORIES = sorted(folder for folder in FOLDER.glob("*") if folder.is_dir())
PAIRS = [pair for folder in HISTORIES for pair in pairwise(sorted(folder.glob("v*.json")))]
TODAY = date(2026, 11, 26)
MOMENT = Moment(TODAY)
pytestmark = pytest.mark.skipif(not PAIRS, reason="the history of real forms is not beside this folder")


@cache
def form_of(path: Path) -> CompiledForm:
    """A version as it is asked here."""
    [imported] = Xgov().read(json.loads(path.read_text())).forms
    return compile_form(imported.form)


def nothing_is_lost(before: Path, after: Path, seed: int, cut: int) -> None:
    """Fill the earlier version, stop somewhere, and carry what is there to the later one."""
    old, new = form_of(before), form_of(after)
    walk = random_walk(old, seed, TODAY)
    steps = walk.steps[: 1 + cut % max(len(walk.steps), 1)]
    answers = {key: value for step in steps for key, value in step.stored.items() if value is not None}
    done = {step.page for step in steps}
    found = rebase(old, new, answers, {}, done, moment=MOMENT, language="en")
    named = {left.key for left in found.left}
    computed = {asked.key for asked in old.questions() if asked.question.computed}
    for key, answer in answers.items():
        assert key in computed or found.answers.get(key) == answer or key in named, key
    assert all(answers[key] == answer for key, answer in found.answers.items())
    was, now = shown(old, answers, MOMENT).fields, shown(new, found.answers, MOMENT).fields
    assert all(key in now or key in named for key in found.answers if key in was)
    assert found.done <= set(new.pages)
    assert all(left.text for left in found.left)


def test_every_pair_is_there() -> None:
    assert len(PAIRS) >= 40


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(pair=st.sampled_from(PAIRS or [None]), seed=st.integers(0, 5), cut=st.integers(0, 30))
def test_a_draft_of_a_real_form_loses_nothing_silently(pair: tuple[Path, Path], seed: int, cut: int) -> None:
    nothing_is_lost(*pair, seed, cut)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@settings(max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(pair=st.sampled_from(PAIRS or [None]), seed=st.integers(0, 500), cut=st.integers(0, 30))
def test_a_draft_of_a_real_form_loses_nothing_silently_at_length(
    pair: tuple[Path, Path], seed: int, cut: int
) -> None:
    nothing_is_lost(*pair, seed, cut)
