"""Sealing: unreadable where it lies, bound to its place, opened by every key of the ring."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.sealing import (
    MARK,
    Broken,
    NoKeys,
    UnknownKey,
    is_sealed,
    key_of,
    key_ring,
    new_key,
    reseal,
    seal,
    unseal,
)

OLD, NEW = new_key("old"), new_key("new")
RING = key_ring(OLD)
PLACE = "case:7/answers.illness"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON)
def test_what_was_sealed_comes_back(value: Any) -> None:
    sealed = json.loads(json.dumps(seal(RING, value, PLACE)))
    assert is_sealed(sealed)
    assert unseal(RING, sealed, PLACE) == value


def test_nothing_of_the_value_can_be_read() -> None:
    written = json.dumps(seal(RING, "diabetes", PLACE))
    assert "diabetes" not in written
    assert seal(RING, "diabetes", PLACE) != seal(RING, "diabetes", PLACE)


def test_the_length_does_not_tell_yes_from_no() -> None:
    texts = {len(seal(RING, value, PLACE)[MARK]["text"]) for value in (True, False, "a", "longer answer")}
    assert len(texts) == 1


def test_a_value_that_was_moved_does_not_open() -> None:
    with pytest.raises(Broken):
        unseal(RING, seal(RING, "x", PLACE), "case:8/answers.illness")


@pytest.mark.parametrize("part", ["text", "proof"])
def test_a_value_that_was_changed_does_not_open(part: str) -> None:
    sealed, other = seal(RING, "x", PLACE), seal(RING, "y", PLACE)
    sealed[MARK][part] = other[MARK][part]
    with pytest.raises(Broken):
        unseal(RING, sealed, PLACE)


@pytest.mark.parametrize("rubbish", ["", "AAAA", "not base64!", None, 7])
def test_rubbish_is_refused_and_never_an_error(rubbish: Any) -> None:
    for part in ("text", "proof"):
        sealed = copy.deepcopy(seal(RING, "x", PLACE))
        sealed[MARK][part] = rubbish
        with pytest.raises(Broken):
            unseal(RING, sealed, PLACE)


def test_sealing_anew_keeps_the_proof_and_what_lies_beside() -> None:
    first = seal(RING, {"document": "d"}, PLACE, documents=["d"])
    both = key_ring(f"{NEW},{OLD}")
    second = reseal(both, first, PLACE)
    assert (key_of(first), key_of(second)) == ("old", "new")
    assert second[MARK]["proof"] == first[MARK]["proof"]
    assert second[MARK]["documents"] == ["d"]
    assert unseal(key_ring(NEW), second, PLACE) == {"document": "d"}


def test_without_its_key_a_value_names_the_key_and_nothing_else() -> None:
    with pytest.raises(UnknownKey, match='"old"'):
        unseal(key_ring(NEW), seal(RING, "secret", PLACE), PLACE)
    with pytest.raises(Broken):  # a key of the same name
        unseal(key_ring(new_key("old")), seal(RING, "secret", PLACE), PLACE)
    with pytest.raises(NoKeys):
        seal(key_ring(""), "secret", PLACE)


NONSENSE = {
    "no colon": "nonsense",
    "short key": "a:b",
    "one name twice": f"{OLD},{OLD}",
    "no name": ":AAAA",
    "a byte too few": "a:" + "A" * 43,
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_no_ring(text: str) -> None:
    with pytest.raises(ValueError, match="FIELD_KEYS"):
        key_ring(text)


def test_keys_are_not_shown_where_a_ring_is_printed() -> None:
    assert OLD.split(":")[1][:10] not in repr(RING)
    assert "keys" not in repr(RING)
