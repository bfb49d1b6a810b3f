"""The list that a case was opened from."""

from django.http import QueryDict

from portal.clerk.came_from import CameFrom


def test_only_what_is_understood_travels_on() -> None:
    came = CameFrom.read(QueryDict("view=late&step=check&step=%00x&after=1.2&nonsense=1&due=today"))
    assert (came.view, came.query) == ("late", "view=late&step=check&due=today")
    assert came.filters.steps == ("check",)
    assert (
        came.case_address("TRL-2026-000001") == "/work/cases/TRL-2026-000001/?view=late&step=check&due=today"
    )


def test_without_a_view_there_is_no_list() -> None:
    came = CameFrom.read(QueryDict("step=check"))
    assert (came.view, came.queue_address) == (None, "/work/")
