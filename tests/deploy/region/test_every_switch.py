"""One region is left for the other: order, repeats, refusals, bounds. The operator's programs are played."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.region.fencing import GONE
from tests.deploy.region.played import Lost
from tests.deploy.region.world import STOPPED, World, is_taken, whole
from tests.deploy.releasing import ROOT

NOT_READY = 69
CHANGES = 26  # of a whole switch, compared below


# --- the order
def test_the_site_that_is_left_writes_nothing_any_more_before_the_other_one_is_promoted(world: World) -> None:
    whole(world)
    assert is_taken(world)
    done = world.done()
    order = [
        "argo caseway-eks rests",
        "eks read-only",
        "the copy has everything",
        "door of primary.services.example.gov shuts",
        "scale eks rollout/web 0",
        "promote caseway-dr",
        "stage awake eks-dr",
        "scale eks-dr deployment/relay 2",
        "the record is verified",
        "eks-dr normal",
        "documents are read",
    ]
    assert [done.index(each) for each in order] == sorted(done.index(each) for each in order)
    assert len(done) == len(set(done)) == CHANGES


def test_the_end_says_what_is_lost_and_what_is_left_to_do(world: World) -> None:
    said = whole(world)
    assert "Lost: nothing: the other region had everything" in said
    assert "Merge the branch awake-eks-dr to main" in said
    assert "apply as a citizen once" in said


def test_the_timeline_is_kept_with_its_minutes_over_every_start(world: World) -> None:
    whole(world)
    lines = world.report.read_text().splitlines()
    assert lines[0].split()[1:4] == ["+", "0", "min"]
    assert sum("is promoted" in line for line in lines) == 2  # done in the first start, found in the second
    assert any("Goes on with the switch that began at" in line for line in lines)


def test_the_heads_of_the_record_are_kept_by_the_job_of_the_night(world: World) -> None:
    whole(world)
    assert world.now["jobs"] == [["manage", "verify_audit", "--first"]]


# --- it can be started again
@pytest.mark.parametrize("dies", ["before", "after"])
@pytest.mark.parametrize("at", range(1, CHANGES + 1))
def test_a_terminal_that_is_lost_at_any_change_is_followed_by_one_that_goes_on(
    at: int, dies: str, world: World
) -> None:
    world.change(dies_at=at, dies=dies)
    if at > 12:  # after the promotion, where a person has been asked
        assert world.switch("to", "eks-dr")[0] == STOPPED
        world.enlarge()
    with pytest.raises(Lost):
        world.switch("to", "eks-dr")
    world.enlarge()
    code, said = world.switch("to", "eks-dr")
    assert code == 0, said
    assert is_taken(world)
    assert "Lost: nothing" in said
    assert world.done().count("promote caseway-dr") == 1
    again, said = world.switch("to", "eks-dr")
    assert (again, said.count("it is so already")) == (0, 16)


def test_a_promotion_that_is_under_way_is_waited_for_and_not_asked_for_twice(world: World) -> None:
    whole_until = world.now["database"]
    world.switch("to", "eks-dr")
    database = world.now["database"]
    database["caseway-dr"] = {**whole_until["caseway-dr"], "status": "modifying", "zones": True}
    world.change(database=database, promoting=5)
    assert world.switch("to", "eks-dr")[0] == 0
    assert world.done().count("promote caseway-dr") == 1


# --- it refuses
def test_everything_that_is_missing_is_said_at_once_and_nothing_is_changed(world: World) -> None:
    (world.programs / "curl").unlink()
    world.change(away=["onprem", "aws"])
    code, said = world.switch("to", "eks-dr")
    assert code == NOT_READY
    assert "The program curl is not in PATH." in said
    assert said.count("No access to") == 5
    assert "Argo CD: caseway-eks " in said
    assert world.done() == []


def test_a_site_that_does_not_answer_is_not_given_up_without_words(world: World) -> None:
    world.change(away=["eks", "primary.services.example.gov"])
    for words in ((), ("--confirm", "yes")):
        code, said = world.switch("to", "eks-dr", *words)
        assert (code, f"--confirm '{GONE}'" in said) == (STOPPED, True)
    assert "promote caseway-dr" not in world.done()


def test_a_site_that_is_gone_is_left_with_what_has_not_arrived(world: World) -> None:
    world.change(away=["eks", "primary.services.example.gov"])
    said = whole(world, "--confirm", GONE)
    assert "Lost: at most 412 s (6.9 minutes): what was acknowledged after" in said
    assert "02:13:08 UTC, by ReplicaLag" in said
    done = world.done()
    assert done.index("door of primary.services.example.gov shuts") < done.index("promote caseway-dr")


@pytest.mark.parametrize(
    ("lag", "words"), [(1000.0, "more than was promised"), (None, "not known"), (-1.0, "not known")]
)
def test_a_loss_that_is_large_or_not_known_is_called_so(lag: float | None, words: str, world: World) -> None:
    world.change(away=["eks", "primary.services.example.gov"], lag=lag)
    assert words in whole(world, "--confirm", GONE)


def test_words_do_not_help_against_a_site_whose_pages_answer(world: World) -> None:
    world.change(away=["eks"])
    code, said = world.switch("to", "eks-dr", "--confirm", GONE)
    assert (code, "Two sites would take applications" in said) == (STOPPED, True)
    assert "promote caseway-dr" not in world.done()


def test_a_site_that_comes_back_while_the_switch_goes_on_is_stopped(world: World) -> None:
    world.change(away=["eks", "primary.services.example.gov"])
    world.switch("to", "eks-dr", "--confirm", GONE)
    world.enlarge()
    world.change(away=[])
    code, said = world.switch("to", "eks-dr")
    assert code == 0, said
    assert world.now["pods"]["eks"] == []
    assert "Lost: at most 412 s" in said


def test_pods_without_their_database_are_stopped_where_words_say_that_it_is_lost(world: World) -> None:
    world.change(mode={**world.now["mode"], "caseway": None})
    code, said = world.switch("to", "eks-dr")
    assert (code, "the product cannot be asked" in said) == (STOPPED, True)
    assert "Lost: at most 412 s" in whole(world, "--confirm", GONE)
    assert world.now["pods"]["eks"] == []


def test_nothing_is_promoted_while_something_has_not_arrived(world: World) -> None:
    world.change(missing_bytes=4096)
    code, said = world.switch("to", "eks-dr")
    assert (code, "dr has 4096 bytes to go" in said) == (STOPPED, True)
    assert "promote caseway-dr" not in world.done()
    assert "Lost: at most 412 s" in whole(world, "--accept-loss")


def test_a_region_that_is_the_primary_already_is_not_taken_again_a_week_later(world: World) -> None:
    whole(world)
    notes = world.now["notes"]
    notes["eks-dr"]["begun"] = "2026-01-01T00:00:00+0000"
    world.change(notes=notes)
    code, said = world.switch("to", "eks-dr")
    assert (code, "is the primary already" in said) == (STOPPED, True)


def test_a_record_that_is_not_whole_lets_nobody_write(world: World) -> None:
    world.change(broken_record=True)
    world.switch("to", "eks-dr")
    world.enlarge()
    code, said = world.switch("to", "eks-dr")
    assert (code, "The record is not whole" in said) == (STOPPED, True)
    assert world.now["mode"]["caseway-dr"].startswith("read-only")


def test_documents_that_did_not_arrive_are_told_and_close_nothing(world: World) -> None:
    world.change(missing_documents=3)
    said = whole(world)
    assert "3 of 9 documents cannot be served. Follow deploy/runbooks/documents-unservable.md" in said
    assert is_taken(world)


# --- bounds
@pytest.mark.parametrize(
    ("stuck", "step"), [("pods", "Nothing of the product runs"), ("promotion", "is promoted")]
)
def test_what_does_not_come_to_an_end_stops_the_switch_there(stuck: str, step: str, world: World) -> None:
    world.change(stuck=[stuck])
    code, said = world.switch("to", "eks-dr", patience=0.0)
    last, told = said.splitlines()[-1], [line for line in said.splitlines() if "/16 " in line]
    assert (code, "STOPPED: Not so within" in last, step in told[-1]) == (STOPPED, True, True)
    world.change(stuck=[])
    whole(world)


def test_what_argo_cd_says_is_the_reason_when_the_site_does_not_wake(world: World) -> None:
    world.change(stuck=["synced"])
    world.switch("to", "eks-dr")
    world.enlarge()
    code, said = world.switch("to", "eks-dr")
    assert (code, "Argo CD says: Degraded" in said) == (STOPPED, True)


def test_whoever_is_in_a_hurry_opens_with_the_sizes_of_a_site_that_sleeps(world: World) -> None:
    code, said = world.switch("to", "eks-dr", "--small")
    assert code == 0, said
    assert is_taken(world)


# --- the plan, and the programs in PATH
def test_a_plan_says_every_command_that_is_run_and_runs_none(world: World) -> None:
    code, planned = world.switch("to", "eks-dr", "--plan")
    assert (code, world.done()) == (0, [])
    assert not world.report.exists()
    whole(world)
    run = [line.partition("$ ")[2] for line in world.report.read_text().splitlines() if "  $ " in line]
    told = [line.partition("$ ")[2].partition("   #")[0] for line in planned.splitlines() if "$ " in line]
    found_done = ("patch application caseway-eks-dr", "--resource-path /readyz")  # as the world was before
    left = [line for line in told if not any(words in line for words in found_done)]
    assert len(left) == len(told) - len(found_done)
    assert [_bare(line) for line in left] == [_bare(line) for line in run]


def _bare(line: str) -> str:
    """Without what only the world knows."""
    for known in ("id-of-primary.services.example.gov", "ID-OF-THE-CHECK", "pod/web-1", "pod/scheduler-0"):
        line = line.replace(known, "?")
    return line.partition("switch-begun=")[0]


@pytest.mark.slow  # a hundred programs are started
def test_it_needs_nothing_but_its_programs_in_the_path(world: World) -> None:
    done = world.started("to", "eks-dr", "--small")
    assert done.returncode == 0, done.stdout + done.stderr
    assert is_taken(world)


def test_a_program_of_the_path_that_refuses_is_quoted(world: World) -> None:
    world.change(away=["eks", "primary.services.example.gov"])
    done = world.started("to", "eks-dr")
    assert (done.returncode, done.stderr) == (STOPPED, "")
    assert "Unable to connect to the server: eks" in done.stdout.splitlines()[-1]


def test_the_command_explains_itself_without_being_set_up() -> None:
    command = [ROOT / "deploy" / "region" / "switch", "--help"]
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    done = subprocess.run(command, env=env, cwd="/", capture_output=True, text=True, check=True)
    assert "stand-by" in done.stdout
