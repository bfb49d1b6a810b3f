"""Workflows are found right exactly when no case can get stuck in them, and then none does."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.properties.token_game import Game, State, TooLarge
from tests.properties.workflows import built, damaged
from tests.workflows.conftest import PACKAGE
from tests.workflows.steps import end, join, parallel, start, task
from workflows.definition import ServicePackage
from workflows.validator import check_package

EXAMPLES = [60, pytest.param(5_000, marks=[pytest.mark.slow, pytest.mark.timeout(3_600)])]
STUCK = {"deadlock", "no_outcome"}  # somebody waits for ever, or nobody is left
FIT = {
    "around",
    "nothing_to_join",
    "two_joins",
    "too_deep",
    "tangled",
}  # splits and joins do not belong together
ELSE = {"endless", "unreachable", "dead", "unsynchronised", "no_event"}  # wrong, but nobody is stuck
randoms = st.randoms(use_true_random=False)
relaxed = settings(suppress_health_check=list(HealthCheck), deadline=None)


def package_of(nodes: list[dict[str, Any]]) -> ServicePackage:
    """A package with these steps."""
    workflow = {**PACKAGE["workflow"], "nodes": nodes}
    return ServicePackage.model_validate(
        {**PACKAGE, "workflow": workflow, "certificates": {}, "messages": {}}
    )


def codes(package: ServicePackage) -> set[str]:
    """What must be mended."""
    return {problem.code for problem in check_package(package).must_mend}


def deadlocked(package: ServicePackage) -> set[str]:
    """The joins that are said to wait for ever."""
    found = [problem for problem in check_package(package).must_mend if problem.code == "deadlock"]
    return {package.workflow.nodes[int(problem.path[2])].key for problem in found}


def damaged_package(random: Random) -> ServicePackage:
    """A damaged workflow that can be written down."""
    try:
        return package_of(damaged(random, built(random, 12)))
    except ValueError:  # two ways to one step, say
        assume(False)
        raise


def game_of(package: ServicePackage) -> Game:
    """All that can become of a case; not for what is too large to look at."""
    try:
        return Game(package.nodes, package.workflow.start)
    except TooLarge:
        assume(False)
        raise


@pytest.mark.parametrize("examples", EXAMPLES)
def test_workflows_built_of_blocks_are_right_and_come_to_an_end(examples: int) -> None:
    walked = []

    @settings(relaxed, max_examples=examples)
    @given(randoms, st.integers(4, 24))
    def right(random: Random, most: int) -> None:
        package = package_of(built(random, most))
        assert codes(package) == set()
        game = game_of(package)
        assert game.hopeless() == []
        walked.append(walk(game, random))

    right()
    assert len(walked) > examples / 3
    assert max(walked) > 10


def walk(game: Game, random: Random) -> int:
    """Go on by chance until the case has ended; gives after how many moves."""
    state = next(iter(game.states))
    for moves in range(100_000):
        if state.ended:
            return moves
        state = random.choice(sorted(game.states[state], key=repr))
    raise AssertionError("the case does not come to an end")


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_damaged_workflow_that_is_found_right_never_gets_stuck(examples: int) -> None:
    found: dict[bool, int] = {True: 0, False: 0}

    @settings(relaxed, max_examples=4 * examples)
    @given(randoms)
    def compare(random: Random) -> None:
        package = damaged_package(random)
        wrong = codes(package)
        assume(not wrong & FIT)  # the game could not even be played
        game = game_of(package)
        if not wrong - ELSE:
            assert game.stuck() == []
            assert game.hopeless() == []
        found[bool(wrong)] += 1

    compare()
    assert min(found.values()) > examples / 10, found


@pytest.mark.parametrize("examples", EXAMPLES)
def test_what_is_said_to_get_stuck_does(examples: int) -> None:
    found = []

    @settings(relaxed, max_examples=4 * examples)
    @given(randoms)
    def compare(random: Random) -> None:
        package = damaged_package(random)
        wrong = codes(package)
        assume(wrong & STUCK and not wrong & FIT)
        game = game_of(package)
        if "no_outcome" in wrong:
            assert game.stuck()
        if deadlocked(package) & game.joined():  # else it is where no case comes
            assert game.waits_in_vain()
        found.append(wrong)

    compare()
    assert len(found) > examples / 10


def test_a_deadlock_is_said_also_where_no_case_comes() -> None:
    never = [
        parallel("later", "c", "d"),
        task("c", "never"),
        task("d", "never"),
        end("done", "approved"),
    ]
    ended = [
        start("both"),
        parallel("both", "done", "a", "b"),
        task("a", "enough"),
        task("b", "enough"),
        join("enough", "done", needs=3, otherwise="later"),
        join("never", "done", needs=3),
    ]
    package = package_of([*ended, *never])
    assert (codes(package), game_of(package).joined()) == ({"dead", "deadlock"}, {"enough"})
    race = {"key": "race", "type": "first_wins", "next": "done"}
    won = [start("both"), parallel("both", "race", "later"), join("never", "race", needs=3), race]
    package = package_of([*won, *never])
    assert codes(package) == {"deadlock"}
    assert "never" not in game_of(package).joined()


def test_the_game_sees_a_deadlock_and_a_case_without_an_outcome() -> None:
    rest = [
        start("both"),
        parallel("both", "a", "b"),
        task("a", "j"),
        task("b", yes="j", no="over"),
        end("over"),
        end("done", "approved"),
    ]
    waits = package_of([*rest, join("j", "done", needs=2)])
    assert State(joins=frozenset({("j", (), frozenset({0}))})) in game_of(waits).stuck()
    goes = package_of([*rest, join("j", "done")])
    assert game_of(goes).stuck() == game_of(goes).hopeless() == []
