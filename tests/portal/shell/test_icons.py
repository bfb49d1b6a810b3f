"""Icons are drawn in place and never break a page."""

import pytest

from portal.shell import icons


def test_an_icon_is_hidden_from_screen_readers_and_has_its_size() -> None:
    drawn = icons.svg("check", 22)
    assert 'aria-hidden="true"' in drawn
    assert 'width="22" height="22"' in drawn


def test_arrows_turn_on_right_to_left_pages_and_checks_do_not() -> None:
    assert 'class="i flip"' in icons.svg("arrow-right")
    assert 'class="i flip"' in icons.svg("corner-down-right")
    assert 'class="i"' in icons.svg("clock")


@pytest.mark.parametrize("name", ["", "no-such-icon", "<script>", 'x" onload="'])
def test_an_unknown_name_draws_the_stand_in(name: str) -> None:
    assert icons.svg(name) == icons.svg(icons.STANDS_IN)


def test_a_class_is_escaped() -> None:
    assert 'onload="' not in icons.svg("check", 16, 'a" onload="x')


def test_the_table_keeps_the_licence_of_the_shapes() -> None:
    assert "ISC License" in icons.TABLE.read_text(encoding="utf-8")
    assert len(icons.names()) > 150
