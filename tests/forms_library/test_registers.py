"""Where a value stands in the answer of a register, and which addresses may be asked."""

from typing import Any

import pytest

from forms_library.registers import host_of, usable, value_at

SAID: dict[str, Any] = {"name": "Olive Ltd", "data": {"towns": [{"name": "Harbour"}, "Hill"], "open": False}}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "Olive Ltd"),
        ("data.towns.0.name", "Harbour"),
        ("data.towns.1", "Hill"),
        ("data.open", False),
        ("data.towns.7", None),
        ("data.towns.x", None),
        ("name.first", None),
        ("nothing.at.all", None),
    ],
)
def test_a_value_is_found_by_the_way_to_it(path: str, value: Any) -> None:
    assert value_at(SAID, path) == value


@pytest.mark.parametrize("data", [None, [], "x", 7, True])
def test_what_is_no_object_has_no_value(data: Any) -> None:
    assert value_at(data, "name") is None


@pytest.mark.parametrize(
    "address",
    [
        "ftp://register.example.org/{key}",
        "https://register.example.org/companies",
        "https://{key}.example.org/",
        "https://me:secret@register.example.org/{key}",
        "register/{key}",
    ],
)
def test_what_is_no_address_of_a_register_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        usable(address)


def test_the_machine_is_named() -> None:
    assert usable("https://register.example.org/{key}")
    assert host_of("https://register.example.org/{key}") == "register.example.org"
