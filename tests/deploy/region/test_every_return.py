"""What comes after a switch, and instead of one: giving up, what comes back, the way back."""

from __future__ import annotations

from deploy.region.fencing import GONE
from tests.deploy.region.world import STOPPED, World, follow, is_taken, whole


def test_a_region_that_comes_back_days_later_is_stopped_and_the_new_primary_never(world: World) -> None:
    world.change(away=["eks", "primary.services.example.gov"])
    whole(world, "--confirm", GONE)
    notes = world.now["notes"]
    notes["eks-dr"]["begun"] = "2026-01-01T00:00:00+0000"
    world.change(away=[], notes=notes)
    code, said = world.switch("fence", "eks-dr")
    assert (code, "Nobody switched to eks since" in said) == (STOPPED, True)
    code, said = world.switch("fence", "eks")
    assert code == 0, said
    assert world.now["pods"]["eks"] == []
    assert is_taken(world)


def test_a_primary_is_not_stopped_while_the_other_one_follows(world: World) -> None:
    code, said = world.switch("fence", "eks")
    assert (code, "eks is the primary" in said, world.done()) == (STOPPED, True, [])


def test_a_switch_is_given_up_before_the_promotion_and_not_after(world: World) -> None:
    world.change(missing_bytes=4096)
    world.switch("to", "eks-dr")
    code, said = world.switch("stay", "eks")
    assert code == 0, said
    now = world.now
    assert (now["mode"]["caseway"], now["heals"]["caseway-eks"]) == ("normal", True)
    assert now["doors"]["primary.services.example.gov"] == "/readyz"
    world.change(missing_bytes=0)
    whole(world)
    code, said = world.switch("stay", "eks")
    assert (code, "no staying at eks any more" in said) == (STOPPED, True)


def test_the_way_back_waits_for_a_primary_that_was_built_anew(world: World) -> None:
    whole(world)
    code, said = world.switch("to", "eks")
    assert (code, "built anew as a replica" in said) == (STOPPED, True)
    assert world.now["mode"]["caseway-dr"] == "normal"
    follow(world, "caseway", "caseway-dr")
    code, said = world.switch("to", "eks")
    assert code == 0, said
    now = world.now
    assert (now["pods"]["eks-dr"], now["mode"]["caseway"]) == ([], "normal")
    assert now["doors"] == {
        "primary.services.example.gov": "/readyz",
        "dr.services.example.gov": "/shut-by-the-switch-of-the-region",
    }
    assert "Lost: nothing" in said


def test_the_site_that_was_left_sleeps_again_once_its_database_follows(world: World) -> None:
    whole(world)
    follow(world, "caseway", "caseway-dr")
    assert world.switch("to", "eks")[0] == 0
    code, said = world.switch("stand-by", "eks-dr")
    assert (code, "would write" in said) == (STOPPED, True)
    follow(world, "caseway-dr", "caseway")
    code, said = world.switch("stand-by", "eks-dr")
    assert code == 0, said
    now = world.now
    assert (now["asleep"], now["pods"]["eks-dr"], now["heals"]["caseway-eks-dr"]) == (True, ["web"], True)
    assert now["doors"]["dr.services.example.gov"] == "/readyz"


def test_a_site_that_cannot_sleep_stays_shut(world: World) -> None:
    whole(world)
    follow(world, "caseway", "caseway-dr")
    code, said = world.switch("stand-by", "eks")
    assert (code, "has no form that sleeps" in said) == (STOPPED, True)
