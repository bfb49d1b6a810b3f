"""Every drill holds what it promises, with servers of its own."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from deploy.drills.__main__ import DRILLS
from deploy.drills.book import Book
from deploy.drills.outcome import LONGEST_OUTAGE_S, Outcome
from tests.house import ROOT


@pytest.mark.slow
@pytest.mark.timeout(2700)  # a busy machine imports for minutes
def test_all_drills_lose_and_double_nothing_and_end_by_themselves():
    done = subprocess.run(
        [sys.executable, "-m", "deploy.drills", "all"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    lines = re.findall(
        r"^== .*outage +[\d.]+ s +acknowledged +(\d+) +lost (\d+) +doubled (\d+)", done.stdout, re.M
    )
    skipped = re.findall(r"^== .*: not rehearsed, .+", done.stdout, re.M)  # each with its reason
    assert len(lines) + len(skipped) >= len(DRILLS) + 2  # two standbys, two losses of a store
    assert all(int(acknowledged) > 0 and doubled == "0" for acknowledged, _, doubled in lines)
    asynchronous = re.search(r"asynchronous .*lost (\d+)", done.stdout)
    assert asynchronous and int(asynchronous[1]) > 0  # it shows its loss honestly
    assert sum(int(lost) for _, lost, _ in lines) == int(asynchronous[1])
    assert not list((ROOT / ".data").glob("drill-*"))


def test_an_outcome_is_good_only_when_nothing_is_lost_or_doubled_and_the_outage_is_short():
    good = Outcome("x", 3.0, 10, 0, 0)
    assert good.is_good and "outage   3.0 s   acknowledged   10   lost 0   doubled 0" in good.line
    bad = [
        Outcome("x", 3.0, 10, 1, 0),
        Outcome("x", 3.0, 10, 0, 1),
        Outcome("x", LONGEST_OUTAGE_S, 10, 0, 0),
        Outcome("x", 3.0, 0, 0, 0),
    ]
    assert not any(each.is_good for each in bad)
    assert all("NOT GOOD" in each.line for each in bad)
    assert Outcome("x", 3.0, 10, 1, 0, may_lose=True).is_good


def test_the_outage_is_the_longest_silence_that_ends_after_the_loss(tmp_path):
    book = Book(tmp_path / "book")
    assert (book.count(), book.longest_silence_s(0)) == (0, 0)
    book.path.write_text("1.0 a A\n9.0 b B\n10.0 c C\n14.5 d D\n15.0 torn")
    assert book.count() == 4
    assert book.longest_silence_s(0) == 8
    assert book.longest_silence_s(10.0) == 4.5


def test_an_unknown_drill_is_refused_with_the_names_of_those_there_are():
    done = subprocess.run(
        [sys.executable, "-m", "deploy.drills", "flood"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert all(name in done.stderr for name in (*DRILLS, "all"))
