"""Types by key."""

import sys
from pathlib import Path
from typing import ClassVar

import pytest

from engine.core.registry import DuplicateType, Registry, UnknownType


class Fruit:
    """A kind of thing."""

    key: ClassVar[str] = ""


class Apple(Fruit):
    """One."""

    key = "apple"


class Pear(Fruit):
    """Another."""

    key = "pear"


@pytest.fixture
def fruits() -> Registry[Fruit]:
    registry = Registry[Fruit]("fruit")
    registry.register(Pear)
    registry.register(Apple)
    return registry


def test_a_type_is_found_by_its_key(fruits: Registry[Fruit]) -> None:
    assert fruits["apple"] is Apple
    assert "pear" in fruits
    assert "plum" not in fruits


def test_types_come_in_the_order_of_their_keys(fruits: Registry[Fruit]) -> None:
    assert list(fruits) == [Apple, Pear]
    assert fruits.keys() == ["apple", "pear"]
    assert len(fruits) == 2


def test_an_unknown_key_names_a_near_one(fruits: Registry[Fruit]) -> None:
    with pytest.raises(UnknownType) as unknown:
        fruits["aple"]
    assert unknown.value.sentence == 'There is no fruit named "aple". Did you mean "apple"?'
    with pytest.raises(UnknownType) as unknown:
        fruits["xyz"]
    assert unknown.value.sentence == 'There is no fruit named "xyz".'


def test_a_key_is_claimed_once(fruits: Registry[Fruit]) -> None:
    with pytest.raises(DuplicateType, match="both claim 'apple'"):
        fruits.register(type("Apple", (Fruit,), {"key": "apple"}))


@pytest.mark.parametrize("key", ["", "Apple", "red apple", "1st", "a-b"])
def test_a_key_is_plain(key: str, fruits: Registry[Fruit]) -> None:
    with pytest.raises(ValueError, match="small letters"):
        fruits.register(type("Odd", (Fruit,), {"key": key}))


def test_a_package_fills_a_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "orchard"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from engine.core.registry import Registry\nfruits = Registry('fruit')\n"
    )
    for name in ("plum", "quince"):
        text = f"from orchard import fruits\n@fruits.register\nclass F:\n    key = {name!r}\n"
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    import orchard  # type: ignore[import-not-found]

    orchard.fruits.discover("orchard")
    orchard.fruits.discover("orchard")
    assert orchard.fruits.keys() == ["plum", "quince"]
    for name in ("orchard", "orchard.plum", "orchard.quince"):
        monkeypatch.delitem(sys.modules, name)
