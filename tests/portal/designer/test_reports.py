"""What was not carried is put together by how serious it is, with every place."""

from forms_library.importing.report import Report
from portal.designer.reports import LISTED, groups_of


def report() -> Report:
    """Things of every kind, one of them in many places."""
    found = Report()
    found.changed(("pages", 0), "code", "Became a text.")
    found.defect((), "code", "There is no such page.")
    for number in range(LISTED + 3):
        found.lost(("pages", number), "code", "This has no place here.")
    return found


def test_the_most_serious_comes_first_and_nothing_is_left_out() -> None:
    lost, defect, changed = groups_of(report())
    assert [group.kind for group in (lost, defect, changed)] == ["lost", "defect", "changed"]
    assert lost.count == LISTED + 3
    (line,) = lost.lines
    assert [note.where for note in line.first + line.more] == [f"pages[{n}]" for n in range(LISTED + 3)]
    assert len(line.first) == LISTED


def test_where_nothing_was_lost_there_are_no_groups() -> None:
    assert groups_of(Report()) == []
