"""How alike two applications are, measured on pairs that people would call the same or not."""

import pytest

from workflows.likeness import ALIKE, compared, keys_of, similarity

# the same person, written twice
SAME = (
    ("Leila Haddad", "Leila Haddad"),
    ("Leila Haddad", "HADDAD, Leila"),
    ("Leila Haddad", "Leyla Haddad"),
    ("Leila Haddad", "Leila Hadad"),
    ("Leila Haddad", "Lelia Haddad"),
    ("Leila Haddad", "Leila Haddaad"),
    ("José García", "Jose Garcia"),
    ("Zoë Müller", "Zoe Muller"),
    ("Jean-Pierre Dubois", "Jean Pierre Dubois"),
    ("Anne Marie Lefèvre", "Annemarie Lefevre"),
    ("Mohammed Rahman", "Muhammad Rahman"),
    ("Mohamed El Amin", "Mohammed Elamin"),
    ("Olga Petrova", "Olga Petrowa"),
    ("Katherine Okafor", "Catherine Okafor"),
    ("Stephen Clarke", "Stephen Clark"),
    ("Thabo Nkosi", "Thabo Nkosl"),
    ("سارة أحمد", "سارة احمد"),
    ("Green Basket Ltd", "Green Basket Limited"),
    ("The Corner Bakery", "Corner Bakery"),
    ("Harbour Fish Company", "Harbor Fish Company"),
)
# two people or two businesses
OTHERS = (
    ("Leila Haddad", "Omar Haddad"),
    ("Leila Haddad", "Leila Mansour"),
    ("John Smith", "Jane Smith"),
    ("Mohammed Ali", "Mohammed Hassan"),
    ("Maria Garcia", "Mario Gomez"),
    ("Anna Berg", "Hanna Borg"),
    ("Paul Martin", "Paula Martinez"),
    ("Green Basket Ltd", "Blue Basket Ltd"),
    ("Old Harbour Cafe", "Old Harbour Laundry"),
    ("City Taxi", "City Bakery"),
    ("Ahmed Saleh", "Saleh Omar"),
    ("Sofia Rossi", "Silvia Russo"),
    ("Peter Novak", "Petra Novakova"),
    ("سارة أحمد", "منى أحمد"),
    ("Wei Chen", "Wei Cheng Li"),
)


def test_nearly_all_that_are_the_same_are_found_and_few_others() -> None:
    found = [pair for pair in SAME if similarity(*pair) >= ALIKE]
    wrong = [pair for pair in OTHERS if similarity(*pair) >= ALIKE]
    assert len(found) == len(SAME)
    assert len(wrong) <= 2
    reached = [pair for pair in SAME if set(keys_of({"n": pair[0]})) & set(keys_of({"n": pair[1]}))]
    assert len(reached) == len(SAME)  # a key in common is what finds the other at all


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (
            {"name": "Leila Haddad", "id": "880202114471"},
            {"name": "Leyla Hadad", "id": "8802 0211 4471"},
            True,
        ),
        (
            {"name": "Leila Haddad", "id": "880202114471"},
            {"name": "Leila Haddad", "id": "880202114417"},
            True,
        ),
        (
            {"name": "Leila Haddad", "id": "880202114471"},
            {"name": "Leila Haddad", "id": "791130228310"},
            False,
        ),
        ({"name": "Leila Haddad", "id": "880202114471"}, {"name": "Omar Said", "id": "880202114471"}, False),
        ({"name": "Leila Haddad"}, {"name": "Leila Haddad", "id": "791130228310"}, True),
        ({"name": "", "id": ""}, {"name": "", "id": ""}, False),
    ],
)
def test_numbers_weigh_more_than_names(one: dict[str, str], other: dict[str, str], alike: bool) -> None:
    assert compared(one, other).is_alike is alike


def test_what_is_the_same_is_told_from_what_is_nearly_the_same() -> None:
    found = compared(
        {"name": "Leila Haddad", "id": "880202114471", "town": "Old Harbour"},
        {"name": "Leyla Haddad", "id": "880202114471", "town": "Riverside"},
    )
    assert (found.same, found.near) == (("id",), ("name",))


def test_the_keys_tell_nobody_what_was_answered_and_are_few() -> None:
    keys = keys_of({"name": "Leila Haddad", "id": "8802 0211 4471"})
    assert keys == keys_of({"name": "leila HADDAD", "id": "880202114471"})
    assert len(set(keys) & set(keys_of({"name": "Nobody Else", "id": "880202119999"}))) == 1  # a half
    assert len(keys_of({"name": " ".join(f"word{number}" for number in range(500))})) == 40
    assert keys_of({"name": "", "id": " "}) == []
